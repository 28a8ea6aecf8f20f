"""Who changes forms, and a worker whose assessments show what came of it."""

import re

from playwright.sync_api import Page

from tests.browser.hands import Hands
from tests.webapp.conftest import NOW
from webapp.store.beginning import begin_assessment
from webapp.store.children import children_of
from webapp.store.database import Database, writing
from webapp.store.definitions import edition
from webapp.store.people import everyone

CHANGE_THE_VISIT = re.compile("^Change this form ?: Visit$")


def be(page: Page, name: str) -> Page:
    """Sign in as somebody of the demonstration."""
    page.goto("/sign-in")
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()
    return page


def begin_a_draft(page: Page, hands: Hands) -> None:
    """From the list of forms to a new draft of the visit."""
    hands.press(page.get_by_role("link", name=CHANGE_THE_VISIT))
    hands.press(page.get_by_role("button", name="Begin a draft"))


def new_visit(database: Database) -> str:
    """The address of the section in which Adaeze's new visit to Wren makes sense of things."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        wren = [child for child in children_of(connection, adaeze) if child.given_name == "Wren"]
        key = begin_assessment(connection, adaeze, edition(connection, adaeze, "visit", NOW.date()), wren, NOW)
    return f"/assessments/{key}/sections/sense"
