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

    def look(self, picture: str = "") -> None:
        """Take in the page; make a picture of what stands in it where the pictures are made anew."""
        self.seen += f" {' '.join((self.page.locator('body').text_content() or '').split())}"
        if picture and "PITH_REWRITE_GOLDEN" in os.environ:
            self.page.locator("main").screenshot(path=PICTURES / f"editing-{picture}.png", animations="disabled")

    def press(self, name: str, role: str = "button") -> None:
        """Press a button or follow a link, and look at the page that follows."""
        self.hands.press(self.page.get_by_role(role, name=name).first)  # type: ignore[arg-type]

    def write(self, before: str, after: str) -> None:
        """Replace some words of the text and save."""
        box = self.page.get_by_label("The form as text")
        assert before in box.input_value()
        box.fill(box.input_value().replace(before, after, 1))
        self.hands.press(self.page.get_by_role("button", name="Save", exact=True))


def begin(admin: Admin) -> None:
    admin.page.goto("/forms")
    admin.look()
    admin.hands.press(admin.page.get_by_role("link", name=re.compile("^Change this form ?: Visit$")))
    admin.look()
    admin.press("Begin a draft")


def change(admin: Admin) -> None:
    admin.write("What does this visit tell you about life in this home?", "What is this child's life like?")
    expect(admin.page.get_by_text("and is now “What is this child's life like?”.").first).to_be_visible()
    admin.look("draft")


def mend(admin: Admin) -> None:
    admin.write('"sections":', '"sections"')
    admin.look("error")


def undo(admin: Admin) -> None:
    admin.look()
    admin.press("Undo")


def publish(admin: Admin) -> None:
    admin.look()
    admin.press("Check and publish", "link")
    admin.page.get_by_label("Why is this version published?").fill("Workers asked for plainer words.")
    admin.look("publish")
    admin.press("Publish")


def take_back(admin: Admin) -> None:
    admin.look("versions")
    admin.page.get_by_label("Why?").fill("It was only a try.")
    admin.press("Take it out of use")
    expect(admin.page.get_by_text("Done: whoever begins this form from now on")).to_be_visible()


STEPS = (begin, change, mend, undo, publish, take_back)


def _told() -> Mapping[int, str]:
    """What the page says of each step, by its number."""
    _, *parts = _STEP.split(PAGE.read_text(encoding="utf-8"))
    return {int(number): text for number, text in zip(parts[::2], parts[1::2], strict=True)}


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
