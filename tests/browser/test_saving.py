"""What is written is saved as it is written: nothing is lost, nothing replaced, and the line says how it stands."""

from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser.fitness import focused
from tests.browser.visits import begun, count_saves, leave_the_box, saving, saw, status, stored

__all__ = ["begun"]

NASTY = (
    "</textarea><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<svg/onload=alert(3)>",
    "\"><iframe srcdoc='<script>alert(4)</script>'>",
    "{{7*7}} ${alert(5)} <hx-partial hx-target='#main'>gone</hx-partial>",
)
"""Texts that would run, or change the page, were they not shown as text."""


def test_text_is_saved_after_a_pause(visit: Page) -> None:
    """Two seconds without a key, and the line says when."""
    with saving(visit):
        saw(visit).press_sequentially("Two coats.")
    expect(status(visit)).to_have_text("Saved 09:30")
    assert stored(visit) == "Two coats."


def test_text_is_saved_at_least_every_ten_seconds(visit: Page) -> None:
    """Also when nobody pauses."""
    visit.clock.install()
    sent = count_saves(visit)
    for letter in "abcdef":
        saw(visit).press_sequentially(letter)
        visit.clock.run_for(1500)
    assert sent == []
    saw(visit).press_sequentially("g")
    with saving(visit):
        visit.clock.run_for(1500)


def test_what_is_typed_during_a_save_is_kept_and_saved_next(visit: Page) -> None:
    """The answer to a save touches no text; there is one save on its way at a time, and the newest text wins."""
    held: list[Route] = []
    sent = count_saves(visit)
    visit.route("**/sections/around", lambda route: route.continue_() if held else held.append(route))
    with visit.expect_request("**/sections/around"):
        saw(visit).press_sequentially("Two")
    saw(visit).press_sequentially(" coats.")
    visit.wait_for_timeout(2300)
    assert len(sent) == 1
    held[0].continue_()
    expect(status(visit)).to_have_text("Saved 09:30")
    assert saw(visit).input_value() == "Two coats."
    assert stored(visit) == "Two coats."


def test_leaving_the_page_saves_first(visit: Page) -> None:
    """A link waits for what is on its way."""
    saw(visit).press_sequentially("Two coats.")
    with visit.expect_navigation():
        visit.get_by_role("link", name="Making sense").click()
    visit.go_back()
    assert stored(visit) == "Two coats."


def test_arrow_keys_through_options_make_one_save(visit: Page) -> None:
    """A group is saved a second after the last change, or when the keyboard leaves it; focus stays where it was."""
    visit.get_by_role("link", name="The visit 1 of").click()
    expect(visit.get_by_role("heading", name="The visit", level=1)).to_be_visible()
    sent = count_saves(visit)
    visit.get_by_label("In person").focus()
    for _ in range(2):
        visit.keyboard.press("ArrowDown")
    expect(visit.locator("#changes-said")).to_have_text("2 questions removed, their answers are kept")
    assert len(sent) == 1
    assert focused(visit) == "q-contact-3"


def test_saved_does_not_stand_while_newer_words_wait(visit: Page) -> None:
    """From the first key the line says that saving goes on; nothing is read aloud for it."""
    with saving(visit):
        saw(visit).press_sequentially("Two")
    expect(status(visit)).to_have_text("Saved 09:30")
    saw(visit).press_sequentially(" coats")
    assert status(visit).inner_text() == "Saving"
    expect(status(visit)).to_have_text("Saved 09:30")
    expect(visit.locator("#save-said")).to_be_empty()


def test_closing_the_tab_with_unsaved_words_asks_first(visit: Page) -> None:
    """The browser's own question; with everything saved there is none."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    visit.on("dialog", stay)
    visit.route("**/sections/around", lambda route: route.abort())
    saw(visit).press_sequentially("Two coats.")
    with visit.expect_event("dialog"):
        visit.evaluate("() => void setTimeout(() => location.assign('/help'))")
    assert saw(visit).input_value() == "Two coats."
    visit.unroute("**/sections/around")
    expect(status(visit)).to_have_text("Saved 09:30")
    visit.goto("/help")
    assert asked == ["beforeunload"]


def test_what_somebody_writes_never_runs(visit: Page) -> None:
    """Neither while it is written nor on the pages that show it."""
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    visit.on("dialog", dismiss)
    saw(visit).fill(" ".join(NASTY))
    leave_the_box(visit)
    expect(status(visit)).to_have_text("Saved 09:30")
    assert stored(visit) == " ".join(NASTY)
    visit.get_by_role("link", name="Check your answers").click()
    for words in NASTY:
        expect(visit.get_by_text(words)).to_be_visible()
    assert dialogs == []
