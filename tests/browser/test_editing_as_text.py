"""A local admin changes a form as text in a real browser: by mouse, and by keyboard alone without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.admins import be, begin_a_draft
from tests.browser.fitness import check_fit, check_width, focused
from tests.browser.hands import Hands, Keyboard, Mouse

Open = Callable[..., Page]
LIFE = "What does this visit tell you about life in this home?"
PLAINER = "What is this child's life like?"


def _box(page: Page) -> str:
    return page.get_by_label("The form as text").input_value()


def _write(page: Page, hands: Hands, before: str, after: str) -> None:
    hands.write_over(page.get_by_label("The form as text"), before, after)


@pytest.mark.parametrize("how", ["mouse", "keyboard without scripts"])
def test_a_label_is_changed_the_text_broken_and_mended(how: str, open_page: Open) -> None:
    """What is wrong bars publishing, its line is one click away, Undo brings back what stood before."""
    scripted = how == "mouse"
    page = be(open_page(1280 if scripted else 375, java_script_enabled=scripted), "Ines Marchbanks")
    hands, fit = (Mouse(page), check_fit) if scripted else (Keyboard(page), check_width)
    page.goto("/forms")
    begin_a_draft(page, hands)
    hands.press(page.get_by_role("link", name="As text"))
    _write(page, hands, LIFE, PLAINER)
    hands.press(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text(f"and is now “{PLAINER}”.").first).to_be_visible()
    _write(page, hands, '"sections": [', '"sections" [')
    hands.press(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("A colon is missing after a key.")).to_be_visible()
    fit(page)
    hands.press(page.get_by_role("link", name="Check and publish"))
    expect(page.get_by_text("It cannot be published while something has to be mended.")).to_be_visible()
    fit(page)
    hands.press(page.get_by_role("link", name="Line 15"))
    assert '"sections" [' in _box(page)
    hands.press(page.get_by_role("link", name="Back to its parts"))
    expect(page.get_by_role("heading", name="The text has to be mended first")).to_be_visible()
    fit(page)
    hands.press(page.get_by_role("link", name="Line 15"))
    hands.press(page.get_by_role("button", name="Undo"))
    assert '"sections": [' in _box(page)
    hands.press(page.get_by_role("link", name="Check and publish"))
    hands.press(page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_role("link", name="Say why this version is published")).to_be_visible()
    fit(page)


@pytest.fixture
def draft(page: Page) -> Page:
    """Ines at a new draft of the visit, as text."""
    be(page, "Ines Marchbanks").goto("/forms/visit/draft")
    Mouse(page).press(page.get_by_role("button", name="Begin a draft"))
    page.goto("/forms/visit/draft/text")
    return page


def test_a_pause_while_writing_brings_what_the_check_says(draft: Page) -> None:
    """Aloud in a few words, in full beside the text; the box keeps what is typed and where."""
    _write(draft, Mouse(draft), '"sections": [', '"sections" [')
    expect(draft.locator("#said")).to_have_text("1 thing to mend")
    expect(draft.locator("#judged")).to_contain_text("A colon is missing after a key.")
    expect(draft.locator("#mend")).to_be_visible()
    expect(draft.locator("#stands")).to_have_text("Not saved yet")
    assert focused(draft) == "definition"
    check_fit(draft)
    draft.locator("#judged").get_by_role("link", name="Line 15").click()
    chosen = "document.activeElement.value.slice(document.activeElement.selectionStart).split('\\n')[0]"
    assert draft.evaluate(chosen) == '  "sections" ['
    _write(draft, Mouse(draft), '"sections" [', '"sections": [')
    expect(draft.locator("#said")).to_have_text("Nothing to mend")
    expect(draft.locator("#mend")).to_be_hidden()
    expect(draft.locator("#stands")).to_have_text("As it was saved")


def test_leaving_with_words_that_are_not_saved_asks_first(draft: Page) -> None:
    """By a link or by Undo: whoever stays still has them."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    draft.on("dialog", stay)
    draft.get_by_label("The form as text").press("End")
    draft.keyboard.type(" not saved")
    draft.get_by_role("button", name="Discard the draft").click()
    expect(draft.locator("#stands")).to_have_text("Not saved yet")
    assert asked == ["beforeunload"]
    assert " not saved" in _box(draft)
    draft.keyboard.press("Escape")
    Mouse(draft).press(draft.get_by_role("button", name="Save", exact=True))
    assert asked == ["beforeunload"]


def test_two_windows_never_overwrite_each_other(draft: Page) -> None:
    """The older one is told before it saves, and given both texts when it does."""
    other = draft.context.new_page()
    other.goto(draft.url)
    _write(other, Mouse(other), LIFE, "Theirs?")
    Mouse(other).press(other.get_by_role("button", name="Save", exact=True))
    _write(draft, Mouse(draft), LIFE, "Mine?")
    expect(draft.locator("#judged")).to_contain_text("Ines Marchbanks saved another change at 09:30.")
    Mouse(draft).press(draft.get_by_role("button", name="Save", exact=True))
    expect(draft.get_by_role("region", name="Not saved")).to_be_focused()
    expect(draft.get_by_role("region", name="Not saved")).to_contain_text("Theirs?")
    assert '"Mine?"' in _box(draft)
    check_fit(draft)
    Mouse(draft).press(draft.get_by_role("button", name="Save", exact=True))
    assert '"Mine?"' in _box(draft)


def test_going_back_and_reading_at_the_width_of_a_phone(draft: Page) -> None:
    """Nothing is wider than the window, and one step takes a version back."""
    draft.set_viewport_size({"width": 320, "height": 700})
    for address in ("/forms", "/forms/visit/draft/text", "/forms/visit/publish"):
        draft.goto(address)
        check_fit(draft)
    hands = Mouse(draft)
    hands.write(draft.get_by_label("Why is this version published?"), "To try it.")
    hands.press(draft.get_by_role("button", name="Publish", exact=True))
    hands.write(draft.get_by_label("Why?"), "It was only a try.")
    check_fit(draft)
    hands.press(draft.get_by_role("button", name="Take it out of use"))
    expect(draft.get_by_text("Done: whoever begins this form from now on has version 1")).to_be_visible()
    check_fit(draft)
