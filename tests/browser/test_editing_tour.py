"""The steps of docs/editing-forms.md, taken one by one: the words in bold are on the pages, the pictures are made."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Mouse
from workshop.steps import ROOT

PAGE = ROOT / "docs" / "editing-forms.md"
PICTURES = ROOT / "docs" / "pictures"
_STEP = re.compile(r"^## (\d+)\. .+$", re.MULTILINE)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PICTURE = re.compile(r"\(pictures/(editing-[a-z-]+\.png)\)")


class Admin:
    """Ines Marchbanks, who keeps every word that was on a page during a step."""

    def __init__(self, page: Page) -> None:
        self.page, self.hands, self.seen = page, Mouse(page), ""

    def look(self, picture: str = "", whole: bool = True) -> None:
        """Take in the page; make a picture of it, or of its first screen, where the pictures are made anew."""
        self.seen += f" {' '.join((self.page.locator('body').text_content() or '').split())}"
        if picture and "PITH_REWRITE_GOLDEN" in os.environ:
            shown = self.page.locator("main") if whole else self.page
            shown.screenshot(path=PICTURES / f"editing-{picture}.png", animations="disabled")

    def press(self, name: str | re.Pattern[str], role: str = "button") -> None:
        """Press a button or follow a link, and look at the page that follows."""
        self.hands.press(self.page.get_by_role(role, name=name).first)  # type: ignore[arg-type]
        self.look()

    def choose(self, label: str) -> None:
        """Choose a part in the outline."""
        outline = self.page.locator("#outline")
        self.hands.press(outline.get_by_role("link", name=re.compile(f"^{re.escape(label)}")))
        self.look()

    def add(self, label: str, answered: str) -> None:
        """Add a question for analysis after the one that is looked at."""
        self.press("Add a question after it", "link")
        self.page.get_by_role("textbox", name="Question", exact=True).fill(label)
        self.page.get_by_label("Why we ask").fill("It is easy to stop at the first story that fits.")
        self.page.get_by_label(answered, exact=True).check()
        self.page.get_by_label("Analysis: what it means").check()
        self.press("Add it")

    def save_hint(self, words: str) -> None:
        """Write another hint for the question that is looked at."""
        self.page.get_by_role("textbox", name="Hint", exact=True).fill(words)
        self.press("Save this question")

    def write(self, before: str, after: str) -> None:
        """Replace some words of the text and save."""
        self.hands.write_over(self.page.get_by_label("The form as text"), before, after)
        self.hands.press(self.page.get_by_role("button", name="Save", exact=True))


OLD = "What else could explain what you saw or heard?"
NEW = "Could something else explain what you saw or heard?"


def begin(admin: Admin) -> None:
    admin.page.goto("/forms")
    admin.look()
    admin.press(re.compile("^Change this form ?: Visit$"), "link")
    admin.press("Begin a draft")
    admin.look("draft", whole=False)


def replace(admin: Admin) -> None:
    admin.choose(OLD)
    admin.press("Take out")
    admin.add(NEW, "Yes or no")


def follow_up(admin: Admin) -> None:
    admin.add("What else could explain it?", "Analytic writing")
    admin.press("Change when it is asked", "link")
    admin.page.get_by_label("It depends on").select_option(label=NEW)
    admin.page.get_by_label("Yes", exact=True).check()
    admin.look()
    admin.press("Add this line")
    admin.look("asked")
    admin.press("Back to the question", "link")


def cost(admin: Admin) -> None:
    admin.page.goto(admin.page.url.partition("#")[0])
    admin.look("cost", whole=False)
    admin.press("Show me the longest path", "link")
    expect(admin.page.get_by_label("Filled so that")).to_have_value("longest")


def publish(admin: Admin) -> None:
    admin.look()
    admin.press("Check and publish", "link")
    admin.page.get_by_label("Why is this version published?").fill("The box was often left with one word.")
    admin.page.get_by_label("Why may it go over its budget?").fill("One more, for those who need it.")
    admin.look("publish")
    admin.press("Publish")


def take_back(admin: Admin) -> None:
    admin.look("versions")
    admin.page.get_by_label("Why?").fill("It was only a try.")
    admin.press("Take it out of use")
    expect(admin.page.get_by_text("Done: whoever begins this form from now on")).to_be_visible()


def undo(admin: Admin) -> None:
    admin.page.goto("/forms/visit/draft")
    admin.press("Begin a draft")
    admin.choose(OLD)
    admin.save_hint("Think of what you least expect")
    admin.press("Undo")
    admin.press("Redo")


def two(admin: Admin) -> None:
    admin.page.goto("/forms/visit/draft?at=other_story")
    other = Admin(admin.page.context.new_page())
    other.page.goto(admin.page.url)
    other.save_hint("Theirs")
    admin.save_hint("Mine")
    admin.press("Save this question")
    expect(admin.page.locator("#saved")).to_be_visible()


def as_text(admin: Admin) -> None:
    admin.look()
    admin.press("As text", "link")
    admin.write("What does this visit tell you about life in this home?", "What is this child's life like?")
    expect(admin.page.get_by_text("and is now “What is this child's life like?”.").first).to_be_visible()
    admin.look()


def mend(admin: Admin) -> None:
    admin.write('"sections":', '"sections"')
    admin.look("error")


STEPS = (begin, replace, follow_up, cost, publish, take_back, undo, two, as_text, mend)


def _told() -> Mapping[int, str]:
    """What the page says of each step, by its number."""
    _, *parts = _STEP.split(PAGE.read_text(encoding="utf-8"))
    return {int(number): text.partition("\n## ")[0] for number, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.golden
def test_the_steps_are_true_word_for_word(page: Page) -> None:
    """Each can be taken as it is told, and what it names in bold is on the pages it leads through."""
    page.goto("/sign-in")
    page.get_by_role("button", name="Ines Marchbanks").click()
    admin, steps = Admin(page), _told()
    assert list(steps) == list(range(1, len(STEPS) + 1))
    missing = {}
    for number, take in enumerate(STEPS, start=1):
        admin.seen = ""
        take(admin)
        said = _BOLD.findall(steps[number].replace("\n", " "))
        missing[number] = [words for words in said if words not in admin.seen]
    assert {number: words for number, words in missing.items() if words} == {}


def test_every_picture_is_there_and_made_by_the_steps() -> None:
    """What the page shows was taken on the way."""
    taken = re.findall(r'look\("([a-z-]+)"', Path(__file__).read_text(encoding="utf-8"))
    shown = _PICTURE.findall(PAGE.read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(f"editing-{name}.png" for name in taken)
    assert [name for name in shown if not (PICTURES / name).is_file()] == []
