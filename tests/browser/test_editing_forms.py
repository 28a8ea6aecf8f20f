"""A local admin changes a form piece by piece in a real browser: by mouse, by keyboard, on a phone without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.admins import be, begin_a_draft, new_visit
from tests.browser.fitness import check_fit, check_width, focused
from tests.browser.hands import Hands, Keyboard, Mouse
from webapp.store.database import Database

Open = Callable[..., Page]
OLD = "What else could explain what you saw or heard?"
NEW = "Could something else explain what you saw or heard?"
FOLLOW_UP = "What else could explain it?"


def _part(label: str) -> re.Pattern[str]:
    """A part in the outline: its label, then how it is answered and when it is asked."""
    return re.compile(f"^{re.escape(label)}")


def _add(page: Page, hands: Hands, label: str, answered: str) -> None:
    """A question for analysis after the one that is looked at."""
    hands.press(page.get_by_role("link", name="Add a question after it"))
    hands.write(page.get_by_role("textbox", name="Question", exact=True), label)
    hands.write(page.get_by_label("Why we ask"), "It is easy to stop at the first story that fits.")
    hands.choose(page.get_by_label(answered, exact=True))
    hands.choose(page.get_by_label("Analysis: what it means"))
    hands.press(page.get_by_role("button", name="Add it"))
    expect(page.locator("#saved")).to_be_focused()


def _asked_when_yes(page: Page, hands: Hands, scripted: bool) -> None:
    """Have the question asked only when the one before it was answered with yes."""
    hands.press(page.get_by_role("link", name="Change when it is asked"))
    hands.pick(page.get_by_label("It depends on"), NEW)
    if not scripted:
        hands.press(page.get_by_role("button", name="Show its answers"))
    hands.choose(page.get_by_label("Yes", exact=True))
    hands.press(page.get_by_role("button", name="Add this line"))
    expect(page.locator("#saved")).to_be_focused()
    expect(page.locator("#sentence")).to_have_text(f"It is asked when “{NEW}” is “Yes”. Otherwise it is skipped.")
    hands.press(page.get_by_role("link", name="Back to the question"))


def _replace(page: Page, hands: Hands, scripted: bool) -> None:
    """One question in place of another, with a follow-up; the path lengths tell what it costs."""
    burden = page.locator("#burden")
    expect(burden).to_contain_text("Longest path 22 of 22 questions · 12 at least")
    hands.press(page.locator("#outline").get_by_role("link", name=_part(OLD)))
    hands.press(page.get_by_role("button", name="Take out", exact=True))
    expect(page.locator("#saved")).to_contain_text(OLD)
    _add(page, hands, NEW, "Yes or no")
    expect(burden).to_contain_text("Longest path 22 of 22 questions · 12 at least")
    _add(page, hands, FOLLOW_UP, "Analytic writing")
    expect(burden).to_contain_text("Longest path 23 of 22 questions · 13 at least")
    _asked_when_yes(page, hands, scripted)
    expect(burden).to_contain_text("Longest path 23 of 22 questions · 12 at least")
    expect(burden).to_contain_text("It is over its budget")
    expect(page.locator("#part")).to_contain_text(f"Asked when “{NEW}” is “Yes”. Otherwise it is skipped.")
    expect(page.locator("#seen")).to_contain_text(FOLLOW_UP)


def _publish(page: Page, hands: Hands) -> None:
    hands.press(page.get_by_role("link", name="Check and publish"))
    hands.write(page.get_by_label("Why is this version published?"), "The box was often left with one word.")
    hands.write(page.get_by_label("Why may it go over its budget?"), "One more, for those who need it.")
    hands.press(page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("Published: whoever begins this form from now on has your version")).to_be_visible()


@pytest.mark.parametrize("how", ["mouse", "keyboard", "phone without scripts"])
def test_a_question_replaced_with_a_follow_up_reaches_new_assessments_and_no_other(
    how: str, open_page: Open, database: Database
) -> None:
    """Chosen by menus, its cost seen, published with reasons; the assessment under way is untouched."""
    before, scripted = new_visit(database), how != "phone without scripts"
    page = be(open_page(1280 if scripted else 375, java_script_enabled=scripted), "Ines Marchbanks")
    hands = Keyboard(page) if how == "keyboard" else Mouse(page)
    page.goto("/forms")
    begin_a_draft(page, hands)
    _replace(page, hands, scripted)
    check_width(page)
    _publish(page, hands)
    be(page, "Adaeze Finch").goto(before)
    expect(page.get_by_role("textbox", name=OLD)).to_be_visible()
    page.goto(new_visit(database))
    expect(page.get_by_role("textbox", name=OLD)).to_have_count(0)
    expect(page.get_by_role("group", name=NEW)).to_be_visible()
    expect(page.get_by_role("textbox", name=FOLLOW_UP)).to_have_count(0)


@pytest.fixture
def draft(page: Page) -> Page:
    """Ines at a new draft of the visit."""
    be(page, "Ines Marchbanks").goto("/forms/visit/draft")
    Mouse(page).press(page.get_by_role("button", name="Begin a draft"))
    return page


def test_what_is_typed_is_told_and_shown_before_it_is_saved(draft: Page) -> None:
    """The preview and the cost follow a pause; a box that cannot be so is named; saved once, undone once."""
    draft.goto("/forms/visit/draft?at=other_story")
    box, looked, seen = (
        draft.get_by_role("textbox", name="Question", exact=True),
        draft.locator("#looked"),
        draft.locator("#seen"),
    )
    box.fill("What else might be true?")
    expect(draft.locator("#stands")).to_have_text("Not saved yet.")
    expect(seen).to_contain_text("What else might be true?")
    expect(looked).to_have_text("This draft is as long as what is in use. It is within its budget.")
    assert focused(draft) == "set-label"
    box.fill("")
    expect(looked).to_have_text(re.compile("^1 box to mend"))
    box.fill("What else might be true?")
    expect(looked).to_have_text(re.compile("^This draft"))
    Mouse(draft).press(draft.get_by_role("button", name="Save this question"))
    expect(draft.locator("#saved")).to_be_focused()
    expect(draft.locator("#outline [aria-current]")).to_contain_text("What else might be true?")
    Mouse(draft).press(draft.locator(".pith-steps").get_by_role("button", name="Undo"))
    expect(box).to_have_value(OLD)


def test_words_that_are_not_saved_ask_before_they_are_left(draft: Page) -> None:
    """By a link of the outline, by Undo or Up: whoever stays still has them."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    draft.goto("/forms/visit/draft?at=other_story")
    draft.on("dialog", stay)
    draft.get_by_label("Hint").press("End")
    draft.keyboard.type(" not saved")
    for leaving in (
        draft.get_by_role("link", name="The form itself"),
        draft.get_by_role("button", name="Up", exact=True),
    ):
        leaving.click()
        expect(draft.get_by_label("Hint")).to_have_value(re.compile(" not saved$"))
    assert asked == ["beforeunload"] * 2
    Mouse(draft).press(draft.get_by_role("button", name="Save this question"))
    assert asked == ["beforeunload"] * 2


PAGES = {
    "a question with options": "?at=seen",
    "rows": "?at=people",
    "a column": "?at=people.tie",
    "the form": "?at=*",
    "when it is asked": "/asked?at=go_back",
    "a line of it": "/asked?at=go_back&way=0&instead=1",
    "adding": "/add?after=seen",
}


def _fits_wide_and_narrow(page: Page) -> None:
    check_fit(page)
    for width in (800, 320):
        page.set_viewport_size({"width": width, "height": 900})
        check_width(page)
    check_fit(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_every_page_of_the_editor_fits(draft: Page) -> None:
    """Wide and narrow, refused and asking first: nothing that axe can see, nothing beyond the edge."""
    hands = Mouse(draft)
    for address in PAGES.values():
        draft.goto(f"/forms/visit/draft{address}")
        _fits_wide_and_narrow(draft)
    hands.press(draft.get_by_role("button", name="Add it"))
    _fits_wide_and_narrow(draft)
    draft.goto("/forms/visit/draft?at=seen")
    hands.press(draft.get_by_role("button", name="Take out", exact=True))
    expect(draft.get_by_role("heading", name="“Did you see the child?” is not taken out yet")).to_be_visible()
    _fits_wide_and_narrow(draft)
    draft.goto("/forms/visit/draft?at=seen")
    hands.write(draft.get_by_role("textbox", name="Question", exact=True), "")
    hands.press(draft.get_by_role("button", name="Save this question"))
    expect(draft.locator(".govuk-error-summary")).to_be_focused()
    _fits_wide_and_narrow(draft)


def test_on_a_phone_each_column_is_one_step_away(open_page: Open) -> None:
    """The panel stands before the outline once a part is chosen; what leads to the three stays in sight."""
    page = be(open_page(375), "Ines Marchbanks")
    page.goto("/forms/visit/draft")
    Mouse(page).press(page.get_by_role("button", name="Begin a draft"))
    page.goto("/forms/visit/draft?at=seen")
    tops = [page.locator(f"#{column}").bounding_box() for column in ("part", "seen", "outline")]
    assert [top["y"] for top in tops if top] == sorted(top["y"] for top in tops if top)
    leads = page.get_by_role("navigation", name="Parts of this page")
    for words, column in (("As a worker sees it", "seen"), ("Outline", "outline"), ("Question", "part")):
        leads.get_by_role("link", name=words).click()
        expect(page.locator(f"#{column}")).to_be_focused()
        expect(page.locator(f"#{column} h2")).to_be_in_viewport()
        expect(leads).to_be_in_viewport()


def test_the_preview_is_scrolled_by_the_keyboard_alone(draft: Page) -> None:
    """It can be reached by Tab, and the arrows move it."""
    draft.goto("/forms/visit/draft?at=seen")
    seen = draft.locator("#seen")
    Keyboard(draft).reach([seen])
    before = seen.evaluate("column => column.scrollTop")
    draft.keyboard.press("PageDown")
    draft.wait_for_function("before => document.getElementById('seen').scrollTop > before", arg=before)


def test_two_windows_never_overwrite_each_others_part(draft: Page) -> None:
    """Other parts join; where both changed the same, the later is told before anything is kept."""
    draft.goto("/forms/visit/draft?at=other_story")
    other = draft.context.new_page()
    other.goto(draft.url)
    other.get_by_label("Hint").fill("Theirs")
    Mouse(other).press(other.get_by_role("button", name="Save this question"))
    draft.get_by_label("Hint").fill("Mine")
    expect(draft.locator("#looked")).to_contain_text("Ines Marchbanks saved a change at 09:30.")
    Mouse(draft).press(draft.get_by_role("button", name="Save this question"))
    expect(draft.get_by_role("region", name="Not saved")).to_be_focused()
    expect(draft.get_by_label("Hint")).to_have_value("Mine")
    check_fit(draft)
    Mouse(draft).press(draft.get_by_role("button", name="Save this question"))
    expect(draft.locator("#seen")).to_contain_text("Mine")
