"""A worker's and a manager's side of a trial in a browser: told while writing, asked once, out when they say so."""

from collections.abc import Callable
from typing import cast

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.fitness import check_fit
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.webapp.assessments.desk import Desk, begin
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.store.trial_plans import committed
from tests.webapp.visitor import Visitor
from webapp.store.database import Database, reading
from webapp.store.people import everyone
from webapp.store.trials import Trial

Open = Callable[..., Page]
LINE = "This form is under trial"
HELPED = "How well did this form help you think about this child?"


@pytest.fixture
def trial(database: Database) -> Trial:
    """The visit under trial in eight teams, Larkfield among them."""
    with reading(database) as connection:
        people = {person.name.partition(" ")[0]: person for person in everyone(connection)}
    return committed(database, people)


@pytest.fixture
def desk(app: Flask, trial: Trial) -> Desk:
    """Adaeze's visit under that trial."""
    return begin(cast("Visitor", app.test_client(use_cookies=True)).sign_in("Adaeze Finch"))


def sign_in(page: Page, name: str) -> None:
    """At this browser."""
    page.goto("/sign-in")
    page.get_by_role("button", name=name).click()


WAYS = [(Mouse, 1280, True), (Keyboard, 375, True), (Mouse, 1280, False)]


@pytest.mark.parametrize(("way", "width", "scripts"), WAYS, ids=["mouse", "keyboard, narrow", "without scripts"])
def test_who_writes_is_told_and_asked_once(
    way: Callable[[Page], Hands], width: int, scripts: bool, open_page: Open, desk: Desk
) -> None:
    """From the form to what is told of the trial; after submission one question, then what the family said."""
    page = open_page(width, java_script_enabled=scripts)
    hands, look = way(page), check_fit if scripts else lambda page: None
    sign_in(page, "Adaeze Finch")
    page.goto(f"/assessments/{desk.key}/sections/visit")
    expect(page.get_by_text(LINE)).to_be_visible()
    look(page)
    hands.press(page.get_by_role("link", name="About this trial"))
    expect(page.get_by_text("Your team writes on “The visit")).to_be_visible()
    look(page)
    finish(desk)
    submit(desk)
    page.goto(f"/assessments/{desk.key}/read")
    look(page)
    hands.choose(page.get_by_role("group", name=HELPED).get_by_label("4. Well"))
    hands.press(page.get_by_role("button", name="Keep my answer"))
    expect(page.get_by_text("Your answer is kept.")).to_be_visible()
    look(page)
    hands.press(page.get_by_role("button", name="Keep what they said"))
    expect(page.get_by_role("link", name="Choose one of the five")).to_be_visible()
    look(page)
    hands.choose(page.get_by_role("group", name="How well does what was written").get_by_label("5. Very well"))
    for part, typed in (("Day", "12"), ("Month", "3"), ("Year", "2026")):
        hands.write(page.get_by_label(part), typed)
    hands.press(page.get_by_role("button", name="Keep what they said"))
    expect(page.get_by_text("What the family said is kept.")).to_be_visible()
    hands.choose(page.get_by_label("The family has said that they do not take part"))
    hands.press(page.get_by_role("button", name="Note that they opt out"))
    expect(page.get_by_text("The family has opted out. Nothing about them is measured.")).to_be_visible()
    expect(page.get_by_role("group")).to_have_count(0)
    look(page)


def test_a_manager_takes_a_form_out_by_keyboard(open_page: Open, desk: Desk) -> None:
    """Without a reason the box is told; with one, the page says what follows."""
    page = open_page(375)
    hands = Keyboard(page)
    sign_in(page, "Tom Brackley")
    page.goto(f"/assessments/{desk.key}/trial")
    check_fit(page)
    hands.press(page.get_by_role("button", name="Take it out for safety"))
    expect(page.get_by_role("link", name="Write a line that says why")).to_be_visible()
    check_fit(page)
    hands.write(page.get_by_label("Why is it taken out?"), "It hides what she said")
    hands.press(page.get_by_role("button", name="Take it out for safety"))
    expect(page.get_by_text("This form is taken out for safety.")).to_be_visible()
    expect(page.get_by_text("It hides what she said")).to_be_visible()
    check_fit(page)
