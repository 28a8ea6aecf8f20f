"""Evidence is pinned by mouse, by keyboard and without scripts, beside the text or folded under it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.drafts import adaeze_at, written
from tests.browser.fitness import check_fit, focused
from tests.browser.hands import Keyboard
from webapp.store.database import Database

Open = Callable[..., Page]
COATS = "Two coats in the hall."


@pytest.fixture
def sense(page: Page, database: Database) -> Page:
    """Adaeze where she makes sense of a visit, at a desk."""
    return adaeze_at(page, f"/assessments/{written(database)}/sections/sense")


def question(page: Page) -> Locator:
    """The first question that evidence can be pinned to."""
    return page.locator("#q-meaning-question")


def tick(page: Page, words: str = COATS) -> Locator:
    """The tick box of an answer."""
    return question(page).get_by_role("checkbox", name=words)


def quoted(page: Page) -> Locator:
    """The quotations that are seen under the text."""
    return question(page).locator(".pith-pinned blockquote:visible")


def saved(page: Page, act: Callable[[], None]) -> None:
    """Do something and wait for the save that it makes."""
    with page.expect_response(lambda response: response.headers.get("pith-save") == "saved"):
        act()


def test_a_tick_stands_under_the_text_at_once_and_is_saved(sense: Page) -> None:
    """The focus stays where it was, it is said aloud, and it is there when the page comes again."""
    expect(quoted(sense)).to_have_count(0)
    saved(sense, lambda: tick(sense).check())
    expect(quoted(sense)).to_have_text([COATS])
    assert focused(sense) == "q-meaning-evidence-saw"
    check_fit(sense)
    sense.reload()
    expect(quoted(sense)).to_have_text([COATS])


def test_a_question_that_comes_back_looks_as_it_was_left(sense: Page) -> None:
    """Drawn anew while its words were not saved yet, it has them again, with their count and what was pinned."""
    sense.evaluate("window.drawnAnew = document.getElementById('q-meaning-question').cloneNode(true)")
    sense.route("**/sections/sense", lambda route: route.abort())
    tick(sense).check()
    question(sense).locator("textarea").first.fill("Nobody has slept much here.")
    expect(sense.locator("#save-status")).to_contain_text("Not saved yet")
    sense.evaluate("document.getElementById('q-meaning-question').replaceWith(drawnAnew)")
    expect(question(sense).locator("textarea").first).to_have_value("Nobody has slept much here.")
    expect(question(sense).locator(".pith-count")).to_contain_text("about 5 words")
    expect(quoted(sense)).to_have_text([COATS])
    saved(sense, lambda: sense.unroute("**/sections/sense"))


def test_pinning_is_said_aloud(sense: Page) -> None:
    """Before the save is on its way, in the region for what has changed."""
    tick(sense).check()
    expect(sense.locator("#changes-said")).to_have_text("Pinned under your text")
    sense.locator("#changes-said").evaluate("e => e.textContent = ''")
    tick(sense).uncheck()
    expect(sense.locator("#changes-said")).to_have_text("Unpinned")
    expect(quoted(sense)).to_have_count(0)


def test_what_is_pinned_is_taken_off_under_the_text(sense: Page) -> None:
    """The keyboard goes to the next one, from the last one to the text; both are saved."""
    tick(sense).check()
    saved(sense, lambda: tick(sense, "“I shut my door.”").check())
    expect(quoted(sense)).to_have_text(["“I shut my door.”", COATS])
    question(sense).get_by_role("button", name="Unpin Wren").click()
    expect(quoted(sense)).to_have_text([COATS])
    assert focused(sense).startswith("Unpin What did you see for yourself?")
    saved(sense, lambda: sense.keyboard.press("Enter"))
    expect(quoted(sense)).to_have_count(0)
    assert focused(sense) == "q-meaning-text"
    expect(tick(sense)).not_to_be_checked()
    sense.reload()
    expect(quoted(sense)).to_have_count(0)


def test_by_the_keyboard_alone(sense: Page) -> None:
    """The evidence comes after the text, the pins after the evidence."""
    hands = Keyboard(sense)
    hands.write(question(sense).locator("textarea").first, "It fits.")
    hands.choose(tick(sense))
    expect(quoted(sense)).to_have_text([COATS])
    unpin = question(sense).get_by_role("button", name="Unpin")
    hands.reach([unpin])
    sense.keyboard.press("Space")
    expect(quoted(sense)).to_have_count(0)


def test_on_a_wide_screen_it_stands_beside_the_text(sense: Page) -> None:
    """At the right of the box; what else is to hand stands out of its way."""
    box, beside = question(sense).locator("textarea").first.bounding_box(), tick(sense).bounding_box()
    assert box is not None
    assert beside is not None
    assert beside["x"] > box["x"] + box["width"]
    assert box["width"] >= 600
    aside = sense.locator(".pith-aside").bounding_box()
    assert aside is not None
    assert aside["x"] == pytest.approx(box["x"], abs=1)


@pytest.mark.parametrize("width", [375, 320])
def test_on_a_narrow_screen_it_is_folded_under_the_text(open_page: Open, database: Database, width: int) -> None:
    """Opened, ticked and fit; nobody scrolls sideways."""
    page = adaeze_at(open_page(width), f"/assessments/{written(database)}/sections/sense")
    expect(tick(page)).to_be_hidden()
    check_fit(page)
    question(page).locator(".pith-pinnable summary").click()
    saved(page, lambda: tick(page).check())
    expect(quoted(page)).to_have_text([COATS])
    check_fit(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_without_scripts_the_button_saves_what_is_ticked(open_page: Open, database: Database, width: int) -> None:
    """The quotation comes with the next page; there is no button that would do nothing."""
    page = adaeze_at(open_page(width, java_script_enabled=False), f"/assessments/{written(database)}/sections/sense")
    if width < 1000:
        question(page).locator(".pith-pinnable summary").click()
    tick(page).check()
    page.get_by_role("textbox", name="What does this visit tell you").fill("It fits.")
    page.locator(".pith-save button").click()
    page.get_by_role("link", name="Making sense").click()
    expect(quoted(page)).to_have_text([COATS])
    expect(question(page).get_by_role("button", name="Unpin")).to_have_count(0)


def test_the_whole_of_a_long_text_is_a_link_away(sense: Page) -> None:
    """What was written on the way is saved."""
    question(sense).locator("textarea").first.press_sequentially("It fits.")
    question(sense).get_by_role("link", name="Whole text of Ossie").click()
    expect(sense.get_by_role("heading", name="The child", level=1)).to_be_visible()
    sense.get_by_role("link", name="Making sense").click()
    expect(question(sense).locator("textarea").first).to_have_value("It fits.")
