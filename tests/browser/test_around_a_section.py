"""What stands around the questions of a section: a welcome, the child's name, what a question is about, an undo."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from tests.browser.drafts import adaeze_at, written
from tests.browser.fitness import check_fit, focused
from tests.browser.hands import Keyboard
from tests.webapp.conftest import NOW
from webapp.store.assessments import assessments
from webapp.store.database import Database, reading

Open = Callable[..., Page]
WIDTHS = pytest.mark.parametrize("width", [1280, 320])
SEEN = "What did you see for yourself?"


@WIDTHS
def test_whoever_comes_back_is_led_to_where_they_were(open_page: Open, database: Database, width: int) -> None:
    """From the list of children; the link goes to the question."""
    written(database, NOW - timedelta(days=2))
    page = adaeze_at(open_page(width), "/")
    page.get_by_role("link", name="Continue the visit about Wren Tallowby").click()
    expect(page.get_by_text("Welcome back. You last wrote here on Tuesday 10 March at 09:30")).to_be_visible()
    check_fit(page)
    page.get_by_role("link", name=SEEN).click()
    expect(page.get_by_role("textbox", name=SEEN)).to_be_in_viewport()


@WIDTHS
def test_a_word_about_the_form_is_left_and_nothing_written_is_lost(
    open_page: Open, database: Database, width: int
) -> None:
    """Errors take the keyboard, the thanks lead back, and the text is there."""
    page = adaeze_at(open_page(width), f"/assessments/{written(database)}/sections/around")
    page.get_by_role("textbox", name=SEEN).fill("Three coats.")
    page.get_by_role("button", name="Which question here does not help, and why?").click()
    check_fit(page)
    page.get_by_role("textbox", name="Why does it not help?").fill("I am asked it twice.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check_fit(page)
    page.get_by_role("link", name="Choose a question").click()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_focused()
    check_fit(page)
    page.get_by_role("link", name="Back to What you saw and heard").click()
    expect(page.get_by_role("textbox", name=SEEN)).to_have_value("Three coats.")


def test_a_word_is_left_by_the_keyboard_without_scripts(open_page: Open, database: Database) -> None:
    """The link is a button of the form, and saves it."""
    page = adaeze_at(open_page(java_script_enabled=False), f"/assessments/{written(database)}/sections/around")
    hands = Keyboard(page)
    hands.write(page.get_by_role("textbox", name=SEEN), "Three coats.")
    hands.press(page.get_by_role("button", name="Which question here does not help, and why?"))
    hands.choose(page.get_by_label("The section as a whole"))
    hands.write(page.get_by_role("textbox", name="Why does it not help?"), "Too long.")
    hands.press(page.get_by_role("button", name="Send"))
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    hands.press(page.get_by_role("link", name="Back to What you saw and heard"))
    expect(page.get_by_role("textbox", name=SEEN)).to_have_value("Three coats.")


@WIDTHS
def test_a_removed_row_comes_back_by_the_keyboard(open_page: Open, database: Database, width: int) -> None:
    """What was done is said where the keyboard is, and Undo is the next step."""
    page = adaeze_at(open_page(width), f"/assessments/{written(database)}/sections/around")
    hands = Keyboard(page)
    hands.press(page.get_by_role("button", name="Remove A man called Kit"))
    hands.press(page.get_by_role("button", name="Remove A man called Kit"))
    expect(page.locator("#removed")).to_be_focused()
    expect(page.locator("#removed")).to_have_text("Removed A man called Kit.")
    check_fit(page)
    page.keyboard.press("Tab")
    assert focused(page) == "Undo removing A man called Kit"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert focused(page) == "Edit A man called Kit"


def test_a_box_grows_where_the_browser_does_not_do_it(open_page: Open, database: Database) -> None:
    """All of a text is seen, when the page comes and while it is written; a box made larger stays so."""
    page = open_page()
    page.add_init_script("CSS.supports = () => false")
    adaeze_at(page, f"/assessments/{written(database)}/sections/around")
    box = page.get_by_role("textbox", name=SEEN)
    box.evaluate("e => { e.style.fieldSizing = 'fixed'; e.style.height = '' }")
    box.fill("Two coats.\n" * 30)
    assert box.evaluate("e => e.scrollHeight <= e.clientHeight")
    tall = box.evaluate("e => e.offsetHeight")
    box.fill("Two coats.")
    assert box.evaluate("e => e.offsetHeight") == tall


def test_the_list_of_sections_is_folded_on_a_phone(open_page: Open, database: Database) -> None:
    """It says which section this is, and opens."""
    page = adaeze_at(open_page(375), f"/assessments/{written(database)}/sections/around")
    expect(page.locator("#steps")).to_be_hidden()
    page.get_by_text("Section 3 of 5. See all sections").click()
    expect(page.locator("#steps")).to_be_visible()
    check_fit(page)


def test_a_double_click_on_begin_begins_one(page: Page, database: Database) -> None:
    """However quick the fingers."""
    adaeze_at(page, "/")
    page.get_by_role("link", name="Wren Tallowby", exact=True).click()
    page.get_by_role("link", name="Begin a form").click()
    page.get_by_role("link", name="Visit").click()
    page.get_by_role("button", name="Begin").dblclick()
    expect(page.get_by_role("heading", name="The visit", level=1)).to_be_visible()
    with reading(database) as connection:
        assert connection.execute(select(func.count()).select_from(assessments)).scalar_one() == 1


@WIDTHS
def test_what_a_question_is_about_closes_where_it_was_opened(open_page: Open, database: Database, width: int) -> None:
    """A second click in the same place closes it, and neither the box nor anything above it moves."""
    page = adaeze_at(open_page(width), f"/assessments/{written(database)}/sections/around")
    about = page.locator(".pith-q__foot details").first
    summary = about.locator("summary")
    summary.scroll_into_view_if_needed()
    where = summary.bounding_box()
    assert where is not None
    for is_open in (True, False):
        page.mouse.click(where["x"] + where["width"] / 2, where["y"] + where["height"] / 2)
        expect(about).to_have_js_property("open", is_open)
        assert summary.bounding_box() == where
        check_fit(page)


@WIDTHS
def test_the_childs_name_stays_in_view(open_page: Open, database: Database, width: int) -> None:
    """Whoever writes at the end of a long section sees about whom, and the keyboard's place is not under the name."""
    page = adaeze_at(open_page(width), f"/assessments/{written(database)}/sections/each_child")
    for name in ("Wren", "Ossie"):
        box = page.get_by_role("textbox", name=f"What did the child do, say or show? About {name}")
        box.evaluate("box => box.scrollIntoView()")
        heading = page.get_by_role("heading", name=name, level=2)
        expect(heading).to_be_in_viewport(ratio=1)
        above, place = heading.bounding_box(), box.bounding_box()
        assert above is not None
        assert place is not None
        assert above["y"] + above["height"] <= place["y"]
    check_fit(page)


def test_on_a_phone_the_lines_above_the_page_are_few(open_page: Open, database: Database) -> None:
    """Who is signed in stands beside the places to go to."""
    page = adaeze_at(open_page(375), f"/assessments/{written(database)}/sections/around")
    name, place = page.get_by_role("link", name="Adaeze Finch"), page.get_by_role("link", name="Your children")
    left, right = place.bounding_box(), name.bounding_box()
    assert left is not None
    assert right is not None
    assert abs(left["y"] - right["y"]) < 4
    check_fit(page)
