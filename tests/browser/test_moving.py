"""A visit under way is moved to a newer version in a browser: offered, looked at, undone, moved again, submitted."""

import re
from collections.abc import Callable, Sequence
from typing import cast

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.drafts import adaeze_at, written
from tests.browser.fitness import check_fit, check_width
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.visits import saw
from tests.webapp.assessments.desk import begin
from tests.webapp.assessments.finished import finish
from tests.webapp.store.moving import Form, plainer, publish_visit, without
from tests.webapp.visitor import Visitor
from webapp.store.database import Database, writing
from webapp.store.people import everyone

Open = Callable[..., Page]
Look = Callable[[Page], None]
HOPE = "What gives you hope?"


def publish(database: Database, version: int, change: Callable[[Form], None]) -> None:
    """Publish a version of Northshire's own."""
    with writing(database) as connection:
        ines = next(person for person in everyone(connection) if person.name == "Ines Marchbanks")
        publish_visit(connection, ines.authority, version, change)


def hopeful(form: Form) -> None:
    """One question gone, and one that needs an answer new."""
    without(form, "expected")
    hope = {
        "id": "hope",
        "kind": "analysis",
        "type": "long_text",
        "label": HOPE,
        "why": "To build on",
        "required": True,
    }
    form["sections"][-1]["questions"].insert(0, hope)


def a_visit_that_is_finished(app: Flask, database: Database) -> None:
    """Adaeze has answered all that version 1 needs, and more; then version 2 comes into use."""
    publish(database, 1, lambda form: None)
    desk = begin(cast("Visitor", app.test_client(use_cookies=True)).sign_in("Adaeze Finch"))
    finish(desk)
    desk.save("visit", {"q-expected": "yes"})
    publish(database, 2, hopeful)


def offer(page: Page, hands: Hands, look: Look) -> None:
    """By way of the versions of the form."""
    page.goto("/sign-in")
    page.get_by_role("button", name="Ines Marchbanks").click()
    page.goto("/forms/visit/versions")
    hands.press(page.get_by_role("link", name="1 assessment under way stays on your version 1"))
    look(page)
    hands.press(page.get_by_role("button", name="Offer the move"))
    expect(page.get_by_text("Ines Marchbanks offered the move to your version 2")).to_be_visible()
    look(page)


def move(page: Page, hands: Hands, look: Look) -> None:
    """From the line on the draft; what becomes of the answers stands there before."""
    hands.press(page.get_by_role("link", name=re.compile("^See what would change")).first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Move to version 2")
    expect(page.get_by_text("Did the family know you were coming?").first).to_be_visible()
    look(page)
    hands.press(page.get_by_role("button", name="Move to version 2"))
    expect(page.get_by_text("Moved: this draft is on version 2 now.")).to_be_visible()
    look(page)


def undo(page: Page, hands: Hands, look: Look) -> None:
    """On the page that follows, and back to the draft as it was."""
    hands.press(page.get_by_role("button", name="Undo the move"))
    expect(page.get_by_text("Undone: the draft is on version 1")).to_be_visible()
    look(page)
    hands.press(page.get_by_role("link", name="Go on with version 1"))
    look(page)


def answer_and_submit(page: Page, hands: Hands, look: Look) -> None:
    """What is newly asked is answered first; what has no place stands there to be read until then."""
    page.goto(page.url.partition("/sections")[0] + "/check")
    expect(page.get_by_role("heading", name="Kept from version 1")).to_be_visible()
    look(page)
    hands.press(page.get_by_role("link", name=HOPE))
    hands.write(page.get_by_role("textbox", name=HOPE), "Her gran is back.")
    hands.press(page.get_by_role("button", name="Save and continue", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    hands.press(page.get_by_role("button", name="Submit to your manager"))
    expect(page.get_by_text("Submitted to your manager.")).to_be_visible()
    expect(page.get_by_text("Her gran is back.").first).to_be_attached()
    expect(page.get_by_text("Did the family know you were coming?")).to_have_count(0)


def journey(windows: Sequence[Page], hands_of: Callable[[Page], Hands], look: Look) -> None:
    """Offered by Ines in one window, taken up by Adaeze in another."""
    offer(windows[0], hands_of(windows[0]), look)
    page = adaeze_at(windows[1], "/")
    hands = hands_of(page)
    move(page, hands, look)
    undo(page, hands, look)
    move(page, hands, look)
    hands.press(page.get_by_role("link", name="Go on with the visit"))
    expect(page.get_by_text("Moved to version 2 today at 09:30.")).to_be_visible()
    answer_and_submit(page, hands, look)


def test_by_keyboard_alone(open_page: Open, app: Flask, database: Database) -> None:
    """Every page on the way is fit, and nothing is lost."""
    a_visit_that_is_finished(app, database)
    journey((open_page(), open_page()), Keyboard, check_fit)


def test_on_a_phone_without_script(open_page: Open, app: Flask, database: Database) -> None:
    """Nothing of it needs one."""
    a_visit_that_is_finished(app, database)
    windows = [open_page(375, java_script_enabled=False) for _ in range(2)]
    journey(windows, Mouse, check_width)


def test_a_page_open_elsewhere_says_so_and_keeps_the_text(open_page: Open, database: Database) -> None:
    """Nothing is saved into the other version; once the move is undone, the next word saves all of it."""
    page = adaeze_at(open_page(), f"/assessments/{written(database)}/sections/around")
    publish(database, 1, plainer)
    other = page.context.new_page()
    other.goto(page.url.replace("/sections/around", "/move"))
    other.get_by_role("button", name="Move to").click()
    expect(other.get_by_role("button", name="Undo the move")).to_be_visible()
    saw(page).fill("Three coats.")
    page.keyboard.press("Tab")
    expect(page.locator("#save-status")).to_contain_text("Not saved. This draft was moved to another version")
    expect(saw(page)).to_have_value("Three coats.")
    check_fit(page)
    other.get_by_role("button", name="Undo the move").click()
    expect(other.get_by_text("Undone: the draft is on version 1")).to_be_visible()
    saw(page).fill("Three coats, one chair.")
    page.keyboard.press("Tab")
    expect(page.locator("#save-status")).to_contain_text("Saved")
    page.reload()
    expect(saw(page)).to_have_value("Three coats, one chair.")
