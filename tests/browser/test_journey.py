"""A social worker signs in, visits a child, writes the record, submits it and reads it: the whole way."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.fitness import check_fit, check_width
from tests.browser.hands import Hands, Keyboard, Mouse

Open = Callable[..., Page]
Look = Callable[[Page], None]
WHY_NOT = "What got in the way of seeing the child alone? About Ossie"


def sign_in(page: Page, hands: Hands, look: Look) -> None:
    """Choose to be Adaeze."""
    page.goto("/")
    look(page)
    hands.press(page.get_by_role("button", name="Adaeze Finch"))
    look(page)


def begin_visit(page: Page, hands: Hands, look: Look) -> None:
    """Begin a visit to Wren and Ossie from Wren's page."""
    hands.press(page.get_by_role("link", name="Wren Tallowby", exact=True))
    look(page)
    hands.press(page.get_by_role("link", name="Begin a form"))
    look(page)
    hands.press(page.get_by_role("link", name="Visit", exact=True))
    hands.choose(page.get_by_label("Ossie Tallowby"))
    look(page)
    hands.press(page.get_by_role("button", name="Begin"))
    look(page)


def write_date(page: Page, hands: Hands, group: str, day: str, time: str) -> None:
    """Write a day of March 2026 with its time."""
    parts = page.get_by_role("group", name=group, exact=True)
    for label, text in (("Day", day), ("Month", "3"), ("Year", "2026"), ("Time", time)):
        hands.write(parts.get_by_label(label), text)


def on_with(page: Page, hands: Hands) -> None:
    """Save and continue."""
    hands.press(page.locator(".pith-save button"))


def option(page: Page, group: str, label: str) -> Locator:
    """An option of the question with a legend."""
    return page.get_by_role("group", name=group, exact=True).get_by_label(label, exact=True)


def box(page: Page, name: str) -> Locator:
    """The box with a label."""
    return page.get_by_role("textbox", name=name, exact=True)


def write_the_children(page: Page, hands: Hands) -> None:
    """Wren was seen alone, Ossie was not; neither was hurt."""
    hands.choose(option(page, "Did you see the child? About Wren", "Yes, alone"))
    expect(page.locator("#changes-said")).to_contain_text("added below")
    hands.write(box(page, "What did the child do, say or show? About Wren"), "“I shut my door.”")
    hands.choose(option(page, "Did you see or hear of any injury or mark? About Wren", "No"))
    hands.choose(option(page, "Did you see the child? About Ossie", "No"))
    expect(box(page, WHY_NOT)).to_be_visible()
    hands.choose(page.get_by_label("Not known yet: When will you see the child next? About Ossie"))
    hands.write(
        page.get_by_label(
            "What is being done about it, by whom, by when?: When will you see the child next? About Ossie"
        ),
        "Asking the nursery",
    )
    hands.write(box(page, WHY_NOT), "He was at nursery.")
    hands.choose(option(page, "Did you see or hear of any injury or mark? About Ossie", "No"))


def write_the_visit(page: Page, hands: Hands, look: Look) -> None:
    """All sections, by the way they come."""
    write_date(page, hands, "When was the visit?", "12", "9:15")
    hands.choose(option(page, "How was the visit made?", "In person"))
    expect(page.locator("#changes-said")).to_have_text("2 questions added below")
    expect(page.get_by_text("Added because you chose “In person”").first).to_be_visible()
    hands.choose(option(page, "Where did you go?", "The child's home"))
    look(page)
    on_with(page, hands)
    write_the_children(page, hands)
    look(page)
    on_with(page, hands)
    hands.write(box(page, "What did you see for yourself?"), "Two coats in the hall.")
    hands.press(page.get_by_role("button", name="Add a person"))
    expect(page.locator("#row")).to_be_focused()
    hands.write(page.get_by_label("Name", exact=True), "Marisa Tallowby")
    hands.choose(option(page, "What is their place in the home?", "Lives here"))
    look(page)
    hands.press(page.get_by_role("button", name="Done with"))
    expect(page.get_by_role("button", name="Edit Marisa Tallowby")).to_be_visible()
    look(page)
    on_with(page, hands)
    hands.write(box(page, "What does this visit tell you about life in this home?"), "The coats do not fit the story.")
    look(page)
    on_with(page, hands)
    hands.choose(option(page, "Does a manager need to know today?", "Yes"))
    hands.write(box(page, "What is your reason for that answer?"), "Because of the coats.")
    look(page)
    on_with(page, hands)


def submit_and_read(page: Page, hands: Hands, look: Look) -> None:
    """Check, submit, and find everything where it is read."""
    expect(page.get_by_role("heading", name="Check your answers", level=1)).to_be_visible()
    look(page)
    hands.write(page.get_by_label("A line to your manager, if there is something to say"), "Please read tonight.")
    hands.press(page.get_by_role("button", name="Submit to your manager"))
    expect(page.get_by_text("Submitted to your manager.")).to_be_visible()
    expect(page.get_by_text("The coats do not fit the story.")).to_be_visible()
    expect(page.get_by_text("“I shut my door.”")).to_be_visible()
    expect(page.get_by_text("Asking the nursery")).to_be_visible()
    look(page)
    hands.press(page.get_by_role("link", name="Ossie’s record alone"))
    expect(page.get_by_text("“I shut my door.”")).to_have_count(0)
    hands.press(page.get_by_role("link", name="Print"))
    expect(page.get_by_text("He was at nursery.")).to_be_visible()
    look(page)


def whole_way(page: Page, hands: Hands, look: Look) -> None:
    """From signing in to the printed page."""
    sign_in(page, hands, look)
    begin_visit(page, hands, look)
    write_the_visit(page, hands, look)
    submit_and_read(page, hands, look)


def test_with_a_mouse(page: Page) -> None:
    """At a desk: every page on the way is fit."""
    whole_way(page, Mouse(page), check_fit)


def test_with_a_mouse_on_a_small_screen(open_page: Open) -> None:
    """375 pixels wide: nobody scrolls sideways."""
    page = open_page(375)
    whole_way(page, Mouse(page), check_width)


def test_with_the_keyboard_alone_in_a_window_of_320_pixels(open_page: Open) -> None:
    """As wide as a desktop page at 400 % zoom: everything can be reached and used, and nobody scrolls sideways."""
    page = open_page(320)
    whole_way(page, Keyboard(page), check_width)
