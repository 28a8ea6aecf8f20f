"""One person with a page open twice: the older page is told, and what was written on the other is not lost unseen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.fitness import check_fit
from tests.browser.visits import leave_the_box, saving, saw, status, stored

Open = Callable[..., Page]


@pytest.fixture
def elsewhere(visit: Page, open_page: Open) -> Page:
    """Adaeze at the same page on another device, where she was first."""
    other = open_page()
    other.goto("/")
    other.get_by_role("button", name="Adaeze Finch").click()
    other.goto(visit.url)
    saw(other).fill("Two coats.")
    leave_the_box(other)
    return other


def conflict(page: Page) -> Locator:
    """Where both texts stand."""
    return page.locator("#q-saw-conflict")


def _write_in_the_older(page: Page) -> None:
    saw(page).fill("A red bowl.")
    page.keyboard.press("Tab")
    expect(conflict(page)).to_be_focused()


def test_ones_own_other_window_is_told_that_it_is_older(visit: Page) -> None:
    """The newest text stands; the window that shows the older one says so and leads to the new one."""
    newer = visit.context.new_page()
    newer.goto(visit.url)
    saw(newer).fill("Two coats.")
    leave_the_box(newer)
    note = visit.locator("#q-saw-question .pith-elsewhere")
    expect(note).to_contain_text("You changed this answer in another window")
    expect(newer.locator(".pith-elsewhere")).to_have_count(0)
    visit.bring_to_front()
    expect(visit.locator("#changes-said")).to_contain_text("You changed this answer in another window")
    check_fit(visit)
    note.get_by_role("link").click()
    expect(saw(visit)).to_have_value("Two coats.")
    expect(note).to_have_count(0)


def test_what_one_wrote_on_another_device_is_shown_first(visit: Page, elsewhere: Page) -> None:
    """Both texts stand on the older page, and nothing is overwritten until it is chosen."""
    _write_in_the_older(visit)
    expect(conflict(visit)).to_contain_text("You changed this answer somewhere else while this page was open.")
    expect(conflict(visit)).to_contain_text("You wrote at 09:30, in another window or on another device")
    expect(conflict(visit)).to_contain_text("Two coats.")
    expect(status(visit)).to_have_text("You changed this elsewhere: look")
    expect(visit.locator("#save-said")).to_have_text("You changed this elsewhere: look")
    assert saw(visit).input_value() == "A red bowl."
    check_fit(visit)
    assert stored(elsewhere) == "Two coats."
    conflict(visit).get_by_role("button", name=re.compile("^Keep what is here")).click()
    expect(status(visit)).to_have_text("Saved 09:30")
    assert stored(elsewhere) == "A red bowl."


def test_ones_other_text_may_stand_or_be_joined(visit: Page, elsewhere: Page) -> None:
    """The same ways on as with a colleague's."""
    _write_in_the_older(visit)
    with saving(visit):
        conflict(visit).get_by_role("button", name=re.compile("^Write one from both")).click()
    expect(saw(visit)).to_have_value("A red bowl.\n\n———\n\nTwo coats.")
    leave_the_box(visit)
    assert stored(elsewhere) == "A red bowl.\n\n———\n\nTwo coats."
    saw(elsewhere).fill("Nobody was in.")
    leave_the_box(elsewhere)
    _write_in_the_older(visit)
    with saving(visit):
        conflict(visit).get_by_role("button", name=re.compile("^Keep the other")).click()
    expect(saw(visit)).to_have_value("Nobody was in.")


def test_a_page_is_not_in_its_own_way(visit: Page) -> None:
    """Its next save goes on where a reply was lost after the words had been kept."""
    lost: list[bool] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(True)
        route.fetch()
        return route.abort()

    visit.route("**/sections/around", lose_the_first)
    saw(visit).fill("Two coats.")
    visit.keyboard.press("Tab")
    expect(status(visit)).to_have_text("Not saved yet: no connection, trying again")
    saw(visit).fill("Two coats and a red bowl.")
    expect(status(visit)).to_have_text("Saved 09:30")
    visit.unroute("**/sections/around")
    assert stored(visit) == "Two coats and a red bowl."
