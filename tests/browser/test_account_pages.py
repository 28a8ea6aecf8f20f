"""The pages about accounts in a real browser: by keyboard, without scripts, on a narrow screen, in every state."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.fitness import check_fit, focused
from tests.browser.hands import Keyboard
from tests.browser.test_signing_in import enter
from tests.webapp.accounts.conftest import office, quick
from tests.webapp.accounts.office import NEW, PASSWORD, Office

__all__ = ["office", "quick"]

Open = Callable[..., Page]
NARROW = 320


@pytest.fixture
def app(office: Office) -> Flask:
    """An authority's own Pith in place of the demonstration."""
    return office.app


def test_a_password_is_shown_on_request(page: Page) -> None:
    """And hidden again; without scripts there is no such button."""
    page.goto("/sign-in")
    box, button = page.locator("#password"), page.locator("[data-shows]")
    box.fill(PASSWORD)
    expect(box).to_have_attribute("type", "password")
    button.click()
    expect(box).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(box).to_have_attribute("type", "password")


@pytest.mark.parametrize("width", [1280, NARROW])
def test_signing_in_is_fit_to_be_used_in_every_state(width: int, open_page: Open) -> None:
    """Empty, wrong, one's own account, a link that does not work."""
    page = open_page(width)
    page.goto("/sign-in")
    check_fit(page)
    enter(page, "Ines Marchbanks", "wrong")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check_fit(page)
    enter(page, "Ines Marchbanks")
    for address in ("/account", "/new-password/never-given-out"):
        page.goto(address)
        check_fit(page)


@pytest.mark.parametrize("width", [1280, NARROW])
def test_the_pages_of_people_are_fit_to_be_used_in_every_state(width: int, open_page: Open) -> None:
    """The list, the form with what is missing, what is refused, somebody who has left."""
    page = open_page(width)
    enter(page, "Ines Marchbanks")
    check_fit(page)
    page.goto("/people/add")
    page.get_by_role("button", name="Add and make a link").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check_fit(page)
    page.get_by_role("link", name="Choose what they do in Pith").click()
    assert focused(page) == "role"
    page.goto("/people")
    page.get_by_role("main").get_by_role("link", name="Ines Marchbanks").click()
    page.get_by_role("button", name="No longer works here").click()
    page.get_by_role("link", name="Nobody else looks after people").click()
    assert focused(page) == "leaving"
    check_fit(page)
    page.goto("/people")
    page.get_by_role("link", name="Corin Ashby-Lowe").click()
    page.get_by_role("button", name="No longer works here").click()
    expect(page.get_by_role("region", name="Done")).to_be_focused()
    check_fit(page)


def test_somebody_is_added_and_sets_a_password_with_the_keyboard_alone(open_page: Open) -> None:
    """From the form to the first page of the new colleague."""
    page = open_page()
    enter(page, "Ines Marchbanks")
    hands = Keyboard(page)
    hands.press(page.get_by_role("link", name="People"))
    hands.press(page.get_by_role("link", name="Add a person"))
    link = _add_cedric(page, hands)
    check_fit(page)
    cedric = open_page(NARROW)
    cedric.goto(link)
    check_fit(cedric)
    hands = Keyboard(cedric)
    hands.write(cedric.get_by_label("New password"), "Cedric Holloway")
    hands.press(cedric.get_by_role("button", name="Set the password"))
    expect(cedric.locator(".govuk-error-summary")).to_be_focused()
    check_fit(cedric)
    hands.write(cedric.get_by_label("New password"), NEW)
    hands.press(cedric.get_by_role("button", name="Set the password"))
    expect(cedric.get_by_role("heading", name="Your children")).to_be_visible()


def test_everything_works_without_scripts(open_page: Open) -> None:
    """Signing in, adding, the link, one's own account."""
    page = open_page(java_script_enabled=False)
    enter(page, "Ines Marchbanks")
    expect(page.locator("[data-shows]")).to_have_count(0)
    page.goto("/people/add")
    page.get_by_label("Name", exact=True).fill("Cedric Holloway")
    page.get_by_label("Job").fill("social worker")
    page.get_by_label("Writes about children").check()
    page.get_by_label("Team", exact=True).select_option("Larkfield team")
    page.get_by_label("E-mail address").fill("cedric@council.example")
    page.get_by_role("button", name="Add and make a link").click()
    link = page.get_by_label("Link").input_value()
    cedric = open_page(java_script_enabled=False)
    cedric.goto(link)
    expect(cedric.locator("[data-shows]")).not_to_be_visible()
    cedric.get_by_label("New password").fill(NEW)
    cedric.get_by_role("button", name="Set the password").click()
    cedric.get_by_role("link", name="Cedric Holloway").click()
    expect(cedric.get_by_text("(this one)")).to_be_visible()


def _add_cedric(page: Page, hands: Keyboard) -> str:
    hands.write(page.get_by_label("Name", exact=True), "Cedric Holloway")
    hands.write(page.get_by_label("Job"), "social worker")
    hands.choose(page.get_by_label("Writes about children"))
    hands.write(page.get_by_label("Or a new team"), "Night duty team")
    hands.write(page.get_by_label("E-mail address"), "cedric@council.example")
    hands.press(page.get_by_role("button", name="Add and make a link"))
    expect(page.get_by_label("Link")).to_be_focused()
    return page.get_by_label("Link").input_value()
