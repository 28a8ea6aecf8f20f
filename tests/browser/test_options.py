"""Long lists of options in a browser: under headings, narrowed while one types; links that lead to an input."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.drafts import adaeze_at
from tests.browser.fitness import check_fit
from tests.browser.hands import Keyboard
from tests.browser.visits import count_saves, saving
from tests.webapp.conftest import NOW
from webapp.store.beginning import begin_assessment
from webapp.store.children import children_of
from webapp.store.database import Database, writing
from webapp.store.definitions import edition
from webapp.store.people import everyone

Open = Callable[..., Page]


@pytest.fixture
def contact(database: Database) -> str:
    """The address of a contact about Wren that Adaeze has begun."""
    return f"/assessments/{begun(database, 'contact-referral')}"


@pytest.fixture
def assessment(database: Database) -> str:
    """The address of an assessment of Wren that Adaeze has begun."""
    return f"/assessments/{begun(database, 'child-family-assessment')}"


def begun(database: Database, form: str) -> str:
    """The key of a form about Wren with nothing in it."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        wren = next(each for each in children_of(connection, adaeze) if each.given_name == "Wren")
        return begin_assessment(connection, adaeze, edition(connection, adaeze, form, NOW.date()), [wren], NOW)


def factors(page: Page) -> Locator:
    """The question with the longest list."""
    return page.get_by_role("group", name="Which of these did you find?").first


def find_box(question: Locator) -> Locator:
    """The box that narrows the list."""
    return question.get_by_role("searchbox", name="Find in this list")


@pytest.mark.parametrize("width", [1280, 375])
def test_options_stand_under_headings(open_page: Open, assessment: str, width: int) -> None:
    """A heading names its group; two columns where there is room, one where there is not."""
    page = adaeze_at(open_page(width), f"{assessment}/sections/deciding")
    group = factors(page).get_by_role("group", name="Violence at home", exact=True)
    expect(group.get_by_role("checkbox")).to_have_count(3)
    lefts = {box.bounding_box()["x"] for box in factors(page).get_by_role("checkbox").all()}  # type: ignore[index]
    assert len(lefts) == (2 if width == 1280 else 1)
    check_fit(page)


def test_a_list_is_narrowed_by_keyboard(open_page: Open, assessment: str) -> None:
    """What is ticked stays, a line says how many are shown, Enter sends nothing, and no save is made of it."""
    page = adaeze_at(open_page(), f"{assessment}/sections/deciding")
    hands, question = Keyboard(page), factors(page)
    with saving(page):
        hands.choose(question.get_by_role("checkbox", name="Young carer"))
    saves, address = count_saves(page), page.url
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    hands.write(find_box(question), "VIOLENCE adult")
    expect(question.get_by_role("status")).to_have_text("1 of 42 shown")
    hands.write(find_box(question), "violence hárm")
    expect(question.get_by_role("status")).to_have_text("4 of 42 shown")
    expect(question.get_by_role("checkbox", name="Young carer")).to_be_checked()
    expect(question.get_by_role("group", name="Abuse and neglect")).to_have_count(0)
    check_fit(page)
    page.keyboard.press("Enter")
    hands.write(find_box(question), " ")
    expect(question.get_by_role("status")).to_have_text("All 42 shown")
    expect(question.get_by_role("checkbox")).to_have_count(42)
    page.wait_for_timeout(2500)
    assert (saves, page.url) == ([], address)


def test_a_list_stands_whole_without_script(open_page: Open, assessment: str) -> None:
    """There is no box that would do nothing."""
    page = adaeze_at(open_page(java_script_enabled=False), f"{assessment}/sections/deciding")
    expect(find_box(factors(page))).to_have_count(0)
    expect(factors(page).get_by_role("checkbox")).to_have_count(42)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 375])
def test_what_must_be_said_takes_the_keyboard_where_it_is_said(
    open_page: Open, contact: str, width: int, scripts: bool
) -> None:
    """From the error summary, each link focuses its question's first input in another section, the label in sight."""
    page = adaeze_at(open_page(width, java_script_enabled=scripts), f"{contact}/check")
    hands = Keyboard(page)
    hands.press(page.get_by_role("button", name="Submit to your manager"))
    refused = page.url
    for label, kind in (("danger today", "radio"), ("When did this reach us?", "text"), ("Who has contacted", "radio")):
        hands.press(page.get_by_role("alert").get_by_role("link", name=label))
        focused = page.locator(":focus")
        expect(focused).to_have_attribute("type", kind)
        question = page.locator(".pith-q").filter(has=focused)
        expect(question.locator("legend").first).to_be_in_viewport()
        expect(question.locator("legend").first).to_contain_text(label.split(" ")[0])
        page.goto(refused.replace("/submit", "/check"))
        hands.press(page.get_by_role("button", name="Submit to your manager"))
