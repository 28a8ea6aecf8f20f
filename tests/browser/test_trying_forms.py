"""A draft of a form is tried in a real browser: by whoever changes it, and by a worker who was sent a link."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.fitness import check_fit
from tests.browser.hands import Hands, Keyboard, Mouse

Open = Callable[..., Page]


def _ines_at_a_draft(page: Page) -> None:
    _be(page, "Ines Marchbanks")
    page.goto("/forms/visit/draft")
    Mouse(page).press(page.get_by_role("button", name="Begin a draft"))


def _be(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


def test_with_scripts_follow_ups_open_while_one_writes(open_page: Open) -> None:
    """Nothing typed is lost and the keyboard stays where it was; what was tried becomes a case."""
    page = open_page()
    _ines_at_a_draft(page)
    hands: Hands = Keyboard(page)
    hands.press(page.get_by_role("link", name="Try it"))
    check_fit(page)
    hands.choose(page.get_by_role("radio", name="In person"))
    expect(page.get_by_text("Added because you chose “In person”").first).to_be_visible()
    expect(page.locator("#changes-said")).to_have_text("2 questions added below")
    expect(page.get_by_role("radio", name="In person")).to_be_focused()
    check_fit(page)
    hands.press(page.get_by_role("button", name="What you saw and heard"))
    _writes_what_was_seen(page, hands)
    hands.press(page.get_by_role("button", name="Making sense"))
    page.get_by_role("checkbox", name="The kitchen was warm.").first.check()
    expect(page.locator(".pith-pinned").first).to_be_visible()
    check_fit(page)
    _makes_a_case(page, hands)


def _writes_what_was_seen(page: Page, hands: Hands) -> None:
    """On while the page saves nothing, and a line into a list."""
    hands.write(page.locator("#q-saw"), "The kitchen was warm.")
    page.keyboard.press("Tab")
    expect(page.locator("#steps [aria-current]")).to_contain_text("1 of 3 answered")
    page.locator("#q-saw").press_sequentially(" Dana had baked.")
    hands.press(page.get_by_role("button", name="Add a person"))
    expect(page.locator("#q-saw")).to_have_value("The kitchen was warm. Dana had baked.")
    check_fit(page)
    hands.write(page.locator("#q-people-r-r1-who-name"), "Dana")
    hands.press(page.get_by_role("button", name="Done"))


def _makes_a_case(page: Page, hands: Hands) -> None:
    hands.press(page.get_by_role("button", name="Check your answers"))
    check_fit(page)
    hands.write(page.get_by_label("What does it show?"), "Somebody new in the home")
    hands.press(page.get_by_role("button", name="Keep as a case"))
    expect(page.get_by_text(re.compile("^The draft keeps all [0-9]+ cases[.]$"))).to_be_visible()
    check_fit(page)
    hands.press(page.get_by_role("link", name=re.compile("Fill the form with it.*Somebody new")))
    hands.press(page.get_by_role("button", name="The record"))
    check_fit(page)


def test_a_worker_tries_it_by_a_link(open_page: Open) -> None:
    """Made by whoever looks after forms, opened on a phone."""
    page = open_page()
    _ines_at_a_draft(page)
    page.goto("/forms/visit/draft/links")
    Mouse(page).press(page.get_by_role("button", name="Make a link"))
    check_fit(page)
    _worker_tries_it(open_page(375), page.get_by_label("The link, for 30 days.").input_value())


def _worker_tries_it(page: Page, link: str) -> None:
    """On a phone."""
    _be(page, "Adaeze Finch")
    page.goto(link)
    check_fit(page)
    Mouse(page).press(page.get_by_role("link", name="Try it"))
    page.get_by_text("Somebody else, or another day").click()
    page.get_by_role("radio", name="Two sisters and a baby to come").check()
    Mouse(page).press(page.get_by_role("button", name="Use these"))
    check_fit(page)
    page.get_by_text("See all sections").click()
    Mouse(page).press(page.get_by_role("button", name="The child"))
    expect(page.get_by_role("heading", name="Baby, expected")).to_be_visible()
    check_fit(page)


def test_without_scripts_continue_opens_them(open_page: Open) -> None:
    """The same pages, to the check and the record, with Enter in a box going on and nowhere else."""
    page = open_page(java_script_enabled=False)
    _ines_at_a_draft(page)
    hands = Mouse(page)
    hands.press(page.get_by_role("link", name="Try it"))
    hands.choose(page.get_by_role("radio", name="In person"))
    hands.press(page.get_by_role("button", name="Continue", exact=True))
    expect(page.get_by_text("2 questions added below")).to_be_visible()
    page.locator("#q-visited_on-day").fill("2")
    with page.expect_navigation():
        page.locator("#q-visited_on-day").press("Enter")
    expect(page.get_by_text("There is a problem")).to_be_visible()
    hands.press(page.get_by_role("button", name="Check your answers"))
    hands.press(page.get_by_role("button", name="What does this visit tell you about life in this home?"))
    expect(page.get_by_role("heading", name="Making sense")).to_be_visible()
    expect(page.locator("#q-meaning-text-error")).to_be_visible()
    hands.write(page.locator("#q-meaning-text"), "He is quieter than he was.")
    hands.press(page.get_by_role("button", name="The record"))
    expect(page.get_by_text("He is quieter than he was.")).to_be_visible()
    hands.press(page.get_by_role("button", name="Start again"))
    expect(page.get_by_role("radio", name="In person")).not_to_be_checked()
