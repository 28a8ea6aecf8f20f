"""Two forms side by side in a browser and on paper, and a form of 350 questions that is opened and filled in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drafts import adaeze_at
from tests.browser.fitness import check_fit
from tests.browser.hands import Keyboard
from tests.webapp.conftest import NOW
from webapp.library import LIBRARY, read_definition
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish

Open = Callable[..., Page]
WIDTHS = pytest.mark.parametrize("width", [1280, 375, 320])
LONG = "Long tick-box assessment"


@pytest.fixture
def long_form(database: Database) -> None:
    """The long form of tick boxes, published as any other."""
    with writing(database) as connection:
        publish(connection, Publication(*read_definition(LIBRARY / "_features/long-tick-box/1.json")), NOW)


def ines_at(page: Page, address: str) -> Page:
    """Sign in as who looks after forms, and open an address."""
    page.goto("/")
    page.get_by_role("button", name="Ines Marchbanks").click()
    page.goto(address)
    return page


@WIDTHS
def test_the_page_fits_and_every_bar_lies_inside_it(open_page: Open, width: int) -> None:
    """With its figures beside the bars, or under them; also where one form was chosen twice."""
    page = ines_at(open_page(width), "/forms")
    page.get_by_role("link", name="Compare two forms").click()
    check_fit(page)
    ends = page.locator("svg.pith-bars text").evaluate_all("texts => texts.map(e => e.getBoundingClientRect().right)")
    assert len(ends) == 30
    assert max(ends) <= width
    page.get_by_label("Second form").select_option(label=f"{LONG}, for comparison")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("You chose the same form twice.")).to_be_visible()
    check_fit(page)


def test_two_forms_are_chosen_by_the_keyboard_without_scripts(open_page: Open) -> None:
    """The lists and the button are a plain form; the address can be kept."""
    page = ines_at(open_page(java_script_enabled=False), "/forms/compare")
    hands = Keyboard(page)
    for label, letter in (("First form", "v"), ("Second form", "l")):
        hands.reach([page.get_by_label(label)])
        page.keyboard.press(letter)
    hands.press(page.get_by_role("button", name="Compare"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Visit beside {LONG}")
    page.goto(page.url)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Visit beside {LONG}")


def test_it_prints_on_two_pages_without_what_only_a_screen_needs(page: Page) -> None:
    """A4 upright, with bars, tables and sources; the lists to choose from stay behind."""
    ines_at(page, "/forms/compare")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) <= 2
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Compare")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.locator("svg.pith-bars").first).to_be_visible()
    expect(page.get_by_text("socialnidocs.tripod.com").first).to_be_visible()


@pytest.mark.usefixtures("long_form")
@pytest.mark.parametrize("width", [1280, 375])
def test_a_form_of_350_questions_is_begun_and_written_like_any_other(open_page: Open, width: int) -> None:
    """A section opens, what is ticked is saved, and checking lists what is written and what is missing."""
    page = adaeze_at(open_page(width), "/")
    page.get_by_role("link", name="Tobi Penhallow-Ode", exact=True).click()
    page.get_by_role("link", name="Begin a form").click()
    page.get_by_role("button", name=LONG).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Details of the child")
    page.get_by_role("textbox", name="Case number", exact=True).fill("N-1")
    page.get_by_role("group", name="Is an interpreter or signer needed?").get_by_label("No", exact=True).check()
    expect(page.locator("#save-status")).to_contain_text("Saved")
    check_fit(page)
    page.goto(page.url.replace("/details", "/end"))
    page.get_by_role("textbox", name="Analysis of what was found", exact=True).fill("He is safe with his aunt.")
    page.locator(".pith-save button").click()
    page.goto(re.sub("/sections/.*", "/check", page.url))
    expect(page.get_by_text("He is safe with his aunt.")).to_be_visible()
    check_fit(page)
