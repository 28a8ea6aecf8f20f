"""A visit begun by mistake is set aside and brought back, by keyboard alone, and with scripts switched off."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drafts import adaeze_at, written
from tests.browser.fitness import check_fit, check_width
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.visits import saw
from webapp.store.database import Database

Open = Callable[..., Page]
Look = Callable[[Page], None]


def set_aside(page: Page, hands: Hands, look: Look) -> None:
    """From the section where it was begun; the reason is asked for."""
    hands.press(page.get_by_role("link", name="Set this draft aside"))
    look(page)
    hands.press(page.get_by_role("button", name="Set aside"))
    expect(page.get_by_role("link", name="Choose why it is set aside")).to_be_visible()
    look(page)
    hands.choose(page.get_by_label("Written elsewhere"))
    hands.write(page.get_by_label("A line about it"), "It stands in the visit of Monday")
    hands.press(page.get_by_role("button", name="Set aside"))
    expect(page.get_by_text("Set aside by Adaeze Finch on 12 March 2026: written elsewhere.")).to_be_visible()
    look(page)


def bring_back(page: Page, hands: Hands, look: Look) -> None:
    """By way of the child's page, where one quiet line is left of it."""
    hands.press(page.get_by_role("link", name="Wren’s page"))
    look(page)
    summary = page.get_by_text("1 draft set aside")
    if isinstance(hands, Keyboard):
        hands.reach([summary])
        page.keyboard.press("Enter")
    else:
        summary.click()
    look(page)
    hands.press(page.get_by_role("link", name="Visit begun 12 March 2026"))
    hands.press(page.get_by_role("button", name="Bring it back"))
    expect(page.get_by_role("heading", level=1)).to_have_text("What you saw and heard")
    expect(saw(page)).to_have_value("Two coats in the hall.")


@pytest.mark.parametrize("width", [1280, 375])
def test_by_keyboard_alone(open_page: Open, database: Database, width: int) -> None:
    """Each page on the way is fit, and every word is there afterwards."""
    page = adaeze_at(open_page(width), f"/assessments/{written(database)}/sections/around")
    if width == 375:
        Keyboard(page).reach([page.locator(".pith-sections summary")])
        page.keyboard.press("Enter")
    set_aside(page, Keyboard(page), check_fit)
    bring_back(page, Keyboard(page), check_fit)


def test_without_script(open_page: Open, database: Database) -> None:
    """Nothing of it needs one."""
    page = adaeze_at(open_page(java_script_enabled=False), f"/assessments/{written(database)}/sections/around")
    set_aside(page, Mouse(page), check_width)
    bring_back(page, Mouse(page), check_width)


def test_a_page_open_elsewhere_says_so_and_keeps_the_text(open_page: Open, database: Database) -> None:
    """Nothing is saved while it is set aside; once it is back, the next word saves all of it."""
    page = adaeze_at(open_page(), f"/assessments/{written(database)}/sections/around")
    other = page.context.new_page()
    other.goto(page.url.replace("/sections/around", "/set-aside"))
    other.get_by_label("Begun by mistake").check()
    other.get_by_role("button", name="Set aside").click()
    expect(other.get_by_role("button", name="Bring it back")).to_be_visible()
    saw(page).fill("Three coats.")
    page.keyboard.press("Tab")
    expect(page.locator("#save-status")).to_contain_text("Not saved. This draft has been set aside")
    expect(saw(page)).to_have_value("Three coats.")
    check_fit(page)
    other.get_by_role("button", name="Bring it back").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("What you saw and heard")
    saw(page).press_sequentially(" Four.")
    expect(page.locator("#save-status")).to_contain_text("Saved")
    other.reload()
    expect(saw(other)).to_have_value("Three coats. Four.")


@pytest.mark.parametrize("width", [1280, 375])
def test_choosing_a_form_is_fit(open_page: Open, database: Database, width: int) -> None:
    """With a draft still open, by keyboard, and for an only child, where the press begins."""
    written(database)
    page = adaeze_at(open_page(width), "/")
    hands = Keyboard(page)
    hands.press(page.get_by_role("link", name="Wren Tallowby", exact=True))
    check_fit(page)
    hands.press(page.get_by_role("link", name="Begin another form"))
    expect(page.get_by_text("A visit begun 12 March 2026 by Adaeze Finch is still open.")).to_be_visible()
    check_fit(page)
    hands.press(page.get_by_role("link", name="Go on with it"))
    page.goto("/")
    hands.press(page.get_by_role("link", name="Tobi Penhallow-Ode", exact=True))
    hands.press(page.get_by_role("link", name="Begin a form"))
    check_fit(page)
    hands.press(page.get_by_role("button", name="Supervision"))
    expect(page).to_have_url(re.compile("/sections/"))
