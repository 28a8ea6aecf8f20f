"""The tour of docs/tour.md, taken step by step: the words in bold stand on the pages, and the pictures are made."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Mouse
from tests.browser.test_journey import box, on_with, option, write_date
from tests.webapp.demo.conftest import filled
from workshop.steps import ROOT

__all__ = ["filled"]

TOUR = ROOT / "docs" / "tour.md"
PICTURES = ROOT / "docs" / "pictures"
_STEP = re.compile(r"^## (\d+)\. .+$", re.MULTILINE)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PICTURE = re.compile(r"\(pictures/(tour-[a-z-]+\.png)\)")


STORY = (
    "Wren says Kit sleeps in her mother’s room; her mother says nobody else lives there. "
    "The coats in the hall fit what Wren says."
)


class Tourist:
    """Somebody who takes the tour: keeps every word that was on a page during a step."""

    def __init__(self, page: Page) -> None:
        self.page, self.hands = page, Mouse(page)
        self.seen = ""

    def look(self, picture: str = "", part: str = "body") -> None:
        """Take in the page, words for those who cannot see it too; a picture of a part where the tour is made anew."""
        self.seen += f" {' '.join((self.page.locator('body').text_content() or '').split())}"
        if picture and "PITH_REWRITE_GOLDEN" in os.environ:
            self._picture(PICTURES / f"tour-{picture}.png", part)

    def _picture(self, path: Path, part: str) -> None:
        """In a window as high as the page, so that nothing that stays in sight lies over it."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": 1280, "height": self.page.evaluate("document.body.scrollHeight")})
        self.page.locator(part).last.screenshot(path=path, animations="disabled")
        if before is not None:
            self.page.set_viewport_size(before)

    def press(self, name: str, role: str = "link", exact: bool = True) -> None:
        """Follow the first link, or press the first button, of a name."""
        self.hands.press(self.page.get_by_role(role, name=name, exact=exact).first)  # type: ignore[arg-type]


def choose_who_to_be(tourist: Tourist) -> None:
    tourist.page.goto("/")
    tourist.look()
    tourist.press("Adaeze Finch", "button")


def your_children(tourist: Tourist) -> None:
    tourist.look("children")


def someone_has_been_in_touch(tourist: Tourist) -> None:
    tourist.press("New contact")
    tourist.page.get_by_label("Given name").fill("Linet")
    tourist.page.get_by_label("Family name").fill("Garroby")
    tourist.look()
    tourist.press("Look for the child", "button")
    tourist.look("match")


def begin_a_visit(tourist: Tourist) -> None:
    tourist.look()
    tourist.press("Your children")
    tourist.press("Wren Tallowby")
    tourist.look()
    tourist.press("Begin a form")
    tourist.look()
    tourist.press("Visit")
    tourist.page.get_by_label("Ossie Tallowby").check()
    tourist.look()
    tourist.press("Begin", "button")


def questions_that_follow(tourist: Tourist) -> None:
    page = tourist.page
    option(page, "How was the visit made?", "In person").check()
    expect(page.get_by_text("Added because you chose “In person”")).to_have_count(2)
    expect(page.locator("#save-status")).to_contain_text("Saved")
    tourist.look("added")
    write_date(page, tourist.hands, "When was the visit?", "12", "9:15")
    option(page, "Where did you go?", "The child's home").check()
    on_with(page, tourist.hands)


def each_child_apart(tourist: Tourist) -> None:
    page = tourist.page
    option(page, "Did you see the child? About Wren", "Yes, alone").check()
    words = box(page, "What did the child do, say or show? About Wren")
    words.fill("“Kit sleeps in mum’s room now. I shut my door so it’s quiet.”")
    option(page, "Did you see the child? About Ossie", "No").check()
    page.get_by_label("Not known yet: When will you see the child next? About Ossie").check()
    line = "What is being done about it, by whom, by when?: When will you see the child next? About Ossie"
    page.get_by_label(line).fill("I ask the nursery for a time, by Monday.")
    box(page, "What got in the way of seeing the child alone? About Ossie").fill("He was out.")
    for name in ("Wren", "Ossie"):
        option(page, f"Did you see or hear of any injury or mark? About {name}", "No").check()
    tourist.look("not-known", "form section")
    on_with(page, tourist.hands)


def people(tourist: Tourist) -> None:
    page = tourist.page
    box(page, "What did you see for yourself?").fill("Two coats in the hall, one of them a man’s.")
    for name in ("Marisa Tallowby", "Kit"):
        tourist.hands.press(page.get_by_role("button", name="Add a person"))
        page.get_by_label("Name", exact=True).fill(name)
        tourist.look()
        tourist.hands.press(page.get_by_role("button", name="Done with"))
    tourist.look()
    on_with(page, tourist.hands)


def making_sense(tourist: Tourist) -> None:
    page = tourist.page
    box(page, "What does this visit tell you about life in this home?").fill(STORY)
    page.get_by_role("checkbox", name=re.compile("Kit sleeps in mum’s room")).first.check()
    expect(page.locator("[data-pin]:not([hidden])").first).to_be_visible()
    tourist.look("sense")


def check_and_submit(tourist: Tourist) -> None:
    page = tourist.page
    on_with(page, tourist.hands)
    tourist.look()
    page.get_by_role("link", name=re.compile("^Check your answers")).first.click()
    expect(page.get_by_role("heading", name="Check your answers", level=1)).to_be_visible()
    tourist.look("check")
    page.get_by_role("link", name=re.compile("Does a manager need to know today")).first.click()
    option(page, "Does a manager need to know today?", "Yes").check()
    box(page, "What is your reason for that answer?").fill("Somebody we have not met stays overnight.")
    on_with(page, tourist.hands)
    tourist.look()
    tourist.press("Submit to your manager", "button")


def read(tourist: Tourist) -> None:
    tourist.look("read")
    tourist.press("Ossie’s record alone")
    expect(tourist.page.get_by_text("I shut my door")).to_have_count(0)


def the_manager(tourist: Tourist) -> None:
    tourist.look()
    tourist.press("Sign out", "button")
    tourist.press("Tom Brackley", "button")
    tourist.look()
    tourist.press("Wren Tallowby")
    expect(tourist.page.get_by_text("I shut my door")).to_be_visible()
    tourist.look()
    tourist.press("Change who works with Wren")
    tourist.look()


def who_has_looked(tourist: Tourist) -> None:
    tourist.press("Sign out", "button")
    tourist.look()
    tourist.press("Petra Oakenfull", "button")
    tourist.look()
    tourist.page.get_by_label("Name of the person who looked").fill("Adaeze")
    tourist.press("Find", "button")
    expect(tourist.page.get_by_text("Orla Stonehewer")).to_have_count(0)
    tourist.look("log")


STEPS: tuple[Callable[[Tourist], None], ...] = (
    choose_who_to_be,
    your_children,
    someone_has_been_in_touch,
    begin_a_visit,
    questions_that_follow,
    each_child_apart,
    people,
    making_sense,
    check_and_submit,
    read,
    the_manager,
    who_has_looked,
)


def told() -> Mapping[int, str]:
    """What the page says of each step, by its number."""
    _, *parts = _STEP.split(TOUR.read_text(encoding="utf-8"))
    return {int(number): text for number, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.golden
def test_the_tour_is_true_word_for_word(page: Page) -> None:
    """Each step can be taken as it is told, and what it names in bold is on the pages it leads through."""
    tourist, steps = Tourist(page), told()
    assert list(steps) == list(range(1, len(STEPS) + 1))
    missing = {}
    for number, take in enumerate(STEPS, start=1):
        tourist.seen = ""
        take(tourist)
        plain = steps[number].replace("\n", " ")
        missing[number] = [words for words in _BOLD.findall(plain) if words not in tourist.seen]
    assert {number: words for number, words in missing.items() if words} == {}


def test_every_picture_of_the_tour_is_there_and_made_by_it() -> None:
    """What the page shows was taken on the way."""
    taken = re.findall(r'look\("([a-z-]+)"', Path(__file__).read_text(encoding="utf-8"))
    shown = _PICTURE.findall(TOUR.read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(f"tour-{name}.png" for name in taken)
    assert [name for name in shown if not (PICTURES / name).is_file()] == []
