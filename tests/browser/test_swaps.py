"""Questions that come, go or get a message while somebody writes: the focus stays, the text stays, it is announced."""

from playwright.sync_api import Page, Route, expect

from tests.browser.fitness import check_fit, focused
from tests.browser.visits import saw


def test_a_question_that_opens_leaves_the_focus_alone(visit: Page) -> None:
    """Whoever has gone on to the next question is not thrown back."""
    visit.get_by_role("link", name="The child nothing").click()
    seen = visit.get_by_role("group", name="Did you see the child? About Wren", exact=True)
    seen.get_by_label("Yes, alone").check()
    visit.keyboard.press("Tab")
    before = focused(visit)
    expect(visit.locator("#changes-said")).to_contain_text("added below")
    assert focused(visit) == before != ""


def test_a_question_that_goes_gives_its_focus_back_and_keeps_its_text(visit: Page) -> None:
    """What was being written in it is saved, and the keyboard goes on at the answer that took it away."""
    visit.get_by_role("link", name="The child nothing").click()
    seen = visit.get_by_role("group", name="Did you see the child? About Wren", exact=True)
    seen.get_by_label("Yes, alone").check()
    words = visit.get_by_role("textbox", name="What did the child do, say or show? About Wren", exact=True)
    expect(words).to_be_visible()
    held: list[Route] = []
    visit.route("**/sections/each_child", lambda route: route.continue_() if held else held.append(route))
    seen.get_by_label("No", exact=True).check()
    words.press_sequentially("I shut")
    held[0].continue_()
    expect(words).to_have_count(0)
    assert focused(visit).startswith("q-seen")
    seen.get_by_label("Yes, alone").check()
    expect(words).to_have_value("I shut")


def test_a_message_comes_to_its_question_and_goes(visit: Page) -> None:
    """While the box keeps what was typed, and the keyboard its place."""
    visit.get_by_role("link", name="The visit 1 of").click()
    group = visit.get_by_role("group", name="When was the visit?")
    for label, text in (("Day", "42"), ("Month", "3"), ("Year", "2026")):
        group.get_by_label(label).fill(text)
    visit.locator("#q-visited_on-time").press_sequentially("9:15")
    message = visit.locator("#q-visited_on-error")
    expect(message).to_contain_text("Enter a real date")
    assert focused(visit) == "q-visited_on-time"
    assert group.get_by_label("Day").input_value() == "42"
    check_fit(visit)
    group.get_by_label("Day").fill("12")
    visit.get_by_label("In person").focus()
    expect(message).to_have_count(0)
    assert group.get_by_label("Day").input_value() == "12"


def test_not_known_yet_opens_a_line_and_gives_way_to_an_answer(visit: Page) -> None:
    """The line is announced; an answer written later takes the tick's place."""
    tick = visit.get_by_label("Not known yet: What did you see for yourself?")
    tick.check()
    line = visit.get_by_label("What is being done about it, by whom, by when?: What did you see for yourself?")
    expect(line).to_be_visible()
    expect(visit.locator("#changes-said")).to_contain_text("One line added below")
    saw(visit).fill("Two coats.")
    expect(tick).not_to_be_checked()
    expect(line).to_be_hidden()
