"""Somebody has been in touch: a child is looked for, a record made, and who works with the child changed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fitness import check_fit, check_width
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.test_states import as_person

Open = Callable[..., Page]
Look = Callable[[Page], None]
NARROW = 320
"""As wide as a desktop page at 400 % zoom."""


def write(page: Page, hands: Hands, **texts: str) -> None:
    """Write into boxes by their labels."""
    for label, text in texts.items():
        hands.write(page.get_by_label(label.replace("_", " ").capitalize(), exact=True), text)


def look_for(page: Page, hands: Hands) -> None:
    """Press the button of the search."""
    hands.press(page.get_by_role("button", name="Look for the child"))


def find_records(page: Page, hands: Hands, look: Look) -> None:
    """Nothing typed, a record of another team, one's own, and none."""
    hands.press(page.get_by_role("navigation", name="Main").get_by_role("link", name="New contact"))
    look(page)
    look_for(page, hands)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    look(page)
    write(page, hands, given_name="Lynette", family_name="Garoby")
    look_for(page, hands)
    expect(page.get_by_text("Nell Ottaway, social worker, Saltmere team: 01632 960103")).to_be_visible()
    expect(page.get_by_text("Linnet")).to_have_count(0)
    look(page)
    hands.press(page.get_by_role("button", name="Change what you typed"))
    write(page, hands, given_name="Ren", family_name="Tallowby")
    look_for(page, hands)
    expect(page.get_by_role("link", name="Wren Tallowby")).to_be_visible()
    look(page)
    hands.press(page.get_by_role("button", name="Change what you typed"))
    hands.choose(page.get_by_label("Not yet", exact=True))
    write(page, hands, given_name="", family_name="Ostrander", month="5", year="2026")
    look_for(page, hands)
    expect(page.get_by_role("heading", name="No record was found")).to_be_visible()
    look(page)


def make_record(page: Page, hands: Hands, look: Look) -> None:
    """What was typed stands there; what is wrong is told; then the child's page."""
    hands.press(page.get_by_role("button", name="Make a new record"))
    expect(page.get_by_label("Family name")).to_have_value("Ostrander")
    expect(page.get_by_text("You wrote May 2026.")).to_be_visible()
    look(page)
    write(page, hands, day="42")
    hands.press(page.get_by_role("button", name="Make the record"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(page)
    write(page, hands, day="2", month="May", year="2026")
    hands.press(page.get_by_role("button", name="Make the record"))
    expect(page.get_by_role("heading", name="Baby Ostrander")).to_be_visible()
    expect(page.get_by_role("region", name="Record made")).to_be_focused()
    look(page)


def hand_over(page: Page, hands: Hands, look: Look) -> None:
    """Tom talks with Corin and gives him Wren."""
    hands.press(page.get_by_role("button", name="Sign out"))
    hands.press(page.get_by_role("button", name="Tom Brackley"))
    look(page)
    hands.press(page.get_by_role("link", name="Wren Tallowby", exact=True))
    hands.press(page.get_by_role("link", name="Change who works with Wren"))
    look(page)
    hands.choose(page.get_by_label("Adaeze Finch, social worker"))
    hands.press(page.get_by_role("button", name="Save the change"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(page)
    choose_corin(page, hands)
    write(page, hands, **{"what_was_talked_about?": "He knows the school."})
    hands.press(page.get_by_role("button", name="Save the change"))
    expect(page.get_by_role("complementary").get_by_text("Corin Ashby-Lowe")).to_be_visible()
    look(page)
    hands.press(page.get_by_role("link", name="Change who works with Wren"))
    expect(page.get_by_text("When it ended: He knows the school.")).to_be_visible()
    look(page)


def choose_corin(page: Page, hands: Hands) -> None:
    """By typing the beginning of his name, or by choosing."""
    box = page.get_by_label("Who is to work with Wren as well, or instead?")
    if isinstance(hands, Keyboard):
        hands.reach([box])
        page.keyboard.type("Corin")
    else:
        box.select_option(label="Corin Ashby-Lowe, social worker")
    expect(box.locator("option:checked")).to_have_text("Corin Ashby-Lowe, social worker")


def whole_way(page: Page, hands: Hands, look: Look) -> None:
    """From the call to another worker's list."""
    as_person(page, "Adaeze Finch")
    find_records(page, hands, look)
    make_record(page, hands, look)
    hand_over(page, hands, look)


def test_with_a_mouse(page: Page) -> None:
    """At a desk: every page and state on the way is fit."""
    whole_way(page, Mouse(page), check_fit)


def test_with_the_keyboard_alone_in_a_window_of_320_pixels(open_page: Open) -> None:
    """Everything can be reached and used, and nobody scrolls sideways."""
    page = open_page(NARROW)
    whole_way(page, Keyboard(page), check_fit)


def test_without_script_on_a_small_screen(open_page: Open) -> None:
    """375 pixels wide, scripts switched off."""
    page = open_page(375, java_script_enabled=False)
    whole_way(page, Mouse(page), check_width)


@pytest.mark.parametrize("width", [375, NARROW])
def test_the_list_fits_a_phone(open_page: Open, width: int) -> None:
    """The button stands beside the child, and new contact beneath the list."""
    page = as_person(open_page(width), "Adaeze Finch")
    check_width(page)
    link = page.get_by_role("link", name="Ossie Tallowby", exact=True).bounding_box()
    button = page.get_by_role("link", name="Open Ossie Tallowby").bounding_box()
    assert link
    assert button
    assert button["x"] > link["x"] + link["width"]
    assert abs(button["y"] - link["y"]) < link["height"]


def test_pressing_twice_makes_one_record(page: Page) -> None:
    """A double click leads to one child, who stands on the list once."""
    as_person(page, "Adaeze Finch")
    page.goto("/new-contact")
    write(page, Mouse(page), given_name="Kit", family_name="Ostrander")
    page.get_by_role("button", name="Look for the child").click()
    page.get_by_role("button", name="Make a new record").click()
    page.get_by_role("group", name="Has the child been born?").get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Make the record").dblclick()
    page.wait_for_url("**/children/**", wait_until="commit")  # the second press may end what the first one began
    expect(page.get_by_role("heading", name="Kit Ostrander")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("link", name="Kit Ostrander", exact=True)).to_have_count(1)
