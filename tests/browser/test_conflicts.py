"""Two people in one answer: both texts side by side, three ways on, by mouse and keyboard, and neither text is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.fitness import check_fit, focused
from tests.browser.visits import leave_the_box, saving, saw, status, stored
from tests.webapp.assessments.desk import share_the_tallowbys
from webapp.store.database import Database

Open = Callable[..., Page]
QUESTION = "What did you see for yourself?"


@pytest.fixture
def corin(visit: Page, open_page: Open, database: Database) -> Page:
    """Corin at the same page in a browser of his own."""
    page = open_page()
    name = share_the_tallowbys(database)
    page.goto("/")
    page.get_by_role("button", name=name).click()
    page.goto(visit.url)
    return page


@pytest.fixture
def clash(visit: Page, corin: Page) -> Page:
    """Adaeze's page, once both have written and Corin was first."""
    saw(corin).fill("A man left.")
    leave_the_box(corin)
    saw(visit).fill("Nobody was in.")
    visit.keyboard.press("Tab")
    expect(both(visit)).to_be_visible()
    return visit


def both(page: Page) -> Locator:
    """Where both texts stand."""
    return page.locator("#q-saw-conflict")


def way(page: Page, words: str) -> Locator:
    """A way on, named with its question."""
    return page.get_by_role("button", name=re.compile(rf"{words} ?: {re.escape(QUESTION)}"))


def test_both_texts_are_shown_and_the_keyboard_is_led_there(clash: Page) -> None:
    """Announced once; one's own stays in its box, and the line leads back to it."""
    expect(both(clash)).to_contain_text("Corin Ashby-Lowe wrote at 09:30")
    expect(both(clash)).to_contain_text("A man left.")
    expect(both(clash)).to_contain_text("Nobody was in.")
    expect(both(clash)).to_be_focused()
    expect(status(clash)).to_have_text("Someone else changed this: look")
    expect(clash.locator("#save-said")).to_have_text("Someone else changed this: look")
    assert saw(clash).input_value() == "Nobody was in."
    check_fit(clash)
    box, theirs = saw(clash).bounding_box(), both(clash).bounding_box()
    assert box is not None
    assert theirs is not None
    assert box["x"] + box["width"] <= theirs["x"]
    clash.keyboard.press("Shift+Tab")
    status(clash).get_by_role("link").click()
    expect(both(clash)).to_be_focused()


def test_on_a_phone_they_stand_one_above_the_other(clash: Page) -> None:
    """And nobody scrolls sideways."""
    clash.set_viewport_size({"width": 375, "height": 800})
    box, theirs = saw(clash).bounding_box(), both(clash).bounding_box()
    assert box is not None
    assert theirs is not None
    assert box["y"] + box["height"] <= theirs["y"]
    check_fit(clash)


def test_nothing_is_saved_over_theirs_until_it_is_chosen(clash: Page, corin: Page) -> None:
    """Writing on, leaving the box and the page's button wait for the choice."""
    saw(clash).fill("Nobody was in, I think.")
    clash.locator(".pith-save button").click()
    expect(both(clash)).to_be_focused()
    clash.wait_for_timeout(2300)
    assert stored(corin) == "A man left."
    way(clash, "Keep mine").click()
    expect(status(clash)).to_have_text("Saved 09:30")
    assert stored(corin) == "Nobody was in, I think."


def test_keep_mine_by_keyboard(clash: Page, corin: Page) -> None:
    """The box has the keyboard again, and what stands in it is saved on top of what was shown."""
    for _ in range(2):
        clash.keyboard.press("Tab")
    expect(way(clash, "Keep mine")).to_be_focused()
    clash.keyboard.press("Enter")
    expect(both(clash)).to_have_count(0)
    expect(status(clash)).to_have_text("Saved 09:30")
    expect(clash.locator("#save-said")).to_have_text("Saved again")
    assert focused(clash) == "q-saw"
    assert stored(corin) == "Nobody was in."


def test_keep_theirs_and_mine_stays_to_be_read(clash: Page, corin: Page) -> None:
    """The box holds theirs, and what one had written is kept on the page while one writes on."""
    way(clash, "Keep theirs").click()
    kept = clash.locator("#q-saw-kept")
    expect(kept).to_be_focused()
    expect(kept).to_contain_text("You had written")
    expect(kept).to_contain_text("Nobody was in.")
    expect(saw(clash)).to_have_value("A man left.")
    expect(status(clash)).to_have_text("Saved 09:30")
    check_fit(clash)
    saw(clash).fill("A man left by the back door.")
    leave_the_box(clash)
    expect(kept).to_be_visible()
    assert stored(corin) == "A man left by the back door."


def test_a_box_that_was_made_larger_gives_way_without_a_word(clash: Page) -> None:
    """Dragged by its corner it has a size of its own, which the page's policy lets nobody copy as an attribute."""
    saw(clash).evaluate("box => { box.style.height = '20rem'; }")
    way(clash, "Keep theirs").click()
    expect(saw(clash)).to_have_value("A man left.")
    clash.wait_for_load_state("networkidle")


def test_write_one_from_both(clash: Page, corin: Page) -> None:
    """Both stand in the box with a line between, the keyboard is there, and the next pause saves."""
    with saving(clash):
        way(clash, "Write one from both").click()
    joined = "Nobody was in.\n\n———\n\nA man left."
    expect(saw(clash)).to_have_value(joined)
    assert focused(clash) == "q-saw"
    assert stored(corin) == "A man left."
    expect(status(clash)).to_have_text("Saving")
    expect(status(clash)).to_have_text("Saved 09:30")
    assert stored(corin) == joined


def test_a_choice_between_options_is_not_written_from_both(visit: Page, corin: Page) -> None:
    """Where there is nothing to put together, there are two ways."""
    for page in (corin, visit):
        page.get_by_role("link", name="The child ").click()
        expect(page.get_by_role("heading", name="The child", level=1)).to_be_visible()
    name = "Did you see the child? About Wren"
    with saving(corin):
        corin.get_by_role("group", name=name, exact=True).get_by_label("Yes, alone").check()
    visit.get_by_role("group", name=name, exact=True).get_by_label("No", exact=True).check()
    conflict = visit.locator(".pith-conflict")
    expect(conflict).to_be_focused()
    expect(conflict.get_by_role("button")).to_have_text([f"Keep mine: {name}", f"Keep theirs: {name}"])
    conflict.get_by_role("button", name="Keep theirs").click()
    expect(visit.get_by_role("group", name=name, exact=True).get_by_label("Yes, alone")).to_be_checked()
    expect(visit.get_by_text("What did the child do, say or show?").first).to_be_visible()


def test_words_in_a_row_that_somebody_removed_are_kept_on_the_page(visit: Page, corin: Page) -> None:
    """The list is as it is now; the words stand at the top until they are let go of."""
    visit.get_by_role("button", name="Add a person").click()
    with saving(visit):
        visit.get_by_label("Name", exact=True).fill("Marisa")
        visit.keyboard.press("Tab")
    corin.reload()
    corin.get_by_role("button", name="Remove Marisa").click()
    corin.get_by_role("button", name="Remove Marisa").click()
    expect(corin.get_by_text("No person added yet.")).to_be_visible()
    visit.get_by_label("Name", exact=True).fill("Marisa Tallowby")
    visit.keyboard.press("Tab")
    lost = visit.locator("#lost .pith-conflict")
    expect(lost).to_contain_text("Marisa Tallowby")
    expect(lost).to_be_focused()
    expect(visit.get_by_text("No person added yet.")).to_be_visible()
    expect(visit.get_by_label("Name", exact=True)).to_have_count(0)
    check_fit(visit)
    lost.get_by_role("button", name="I no longer need this").click()
    expect(lost).to_have_count(0)
    assert focused(visit) == "main"
    expect(status(visit)).to_have_text("Saved 09:30")
