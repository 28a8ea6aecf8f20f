"""Adaeze's visit to Wren and Ossie in a browser: the box most tests write in, and how saving stands."""

from contextlib import AbstractContextManager

from playwright.sync_api import Locator, Page, Request

from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.store.assessments import assessment_to_write
from webapp.store.beginning import begin_assessment
from webapp.store.changes import SetAnswer
from webapp.store.children import children_of
from webapp.store.database import Database, writing
from webapp.store.definitions import edition
from webapp.store.people import everyone
from webapp.store.saves import Change, save


def begun(database: Database) -> str:
    """The key of a visit that Adaeze has begun."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        tallowbys = [each for each in children_of(connection, adaeze) if each.family_name == "Tallowby"]
        key = begin_assessment(connection, adaeze, edition(connection, adaeze, "visit", NOW.date()), tallowbys, NOW)
        draft = assessment_to_write(connection, adaeze, key)
        save(connection, adaeze, draft, Change(Place("contact"), SetAnswer("in_person"), 0, "first"), NOW)
    return key


def saw(page: Page) -> Locator:
    """The box for what was seen."""
    return page.get_by_role("textbox", name="What did you see for yourself?", exact=True)


def status(page: Page) -> Locator:
    """The line that says how saving stands."""
    return page.locator("#save-status")


def stored(page: Page) -> str:
    """What the box holds once the page is loaded anew."""
    page.reload()
    return saw(page).input_value()


def count_saves(page: Page) -> list[Request]:
    """Every save from now on."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    return sent


def saving(page: Page) -> AbstractContextManager[object]:
    """Waits at its end until a save is back."""
    return page.expect_response(lambda response: response.headers.get("pith-save") == "saved")


def leave_the_box(page: Page) -> None:
    """Go on with the keyboard, and wait for the save that this makes."""
    with saving(page):
        page.keyboard.press("Tab")
