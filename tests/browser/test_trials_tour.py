"""The tour of docs/trials-tour.md, taken step by step: the words in bold stand on the pages, the pictures are made."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.fitness import check_fit
from tests.browser.hands import Mouse
from tests.webapp.demo.conftest import filled
from workshop.steps import ROOT

__all__ = ["filled"]

TOUR = ROOT / "docs" / "trials-tour.md"
PICTURES = ROOT / "docs" / "pictures"
_STEP = re.compile(r"^## (?:(\d+)\. )?.+$", re.MULTILINE)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PICTURE = re.compile(r"\(pictures/(trials-[a-z-]+\.png)\)")
CLEAR, VISIT, REVIEW, SUPERVISION = "harm, danger and safety", "a visit record", "a standstill", "supervision come"


class Officer:
    """Somebody who takes the tour: keeps every word that was on a page during a step."""

    def __init__(self, page: Page) -> None:
        self.page, self.hands, self.seen = page, Mouse(page), ""

    def look(self) -> None:
        """Take in the page."""
        self.seen += f" {' '.join((self.page.locator('body').text_content() or '').split())}"

    def picture(self, name: str, part: str) -> None:
        """A picture of a part of the page, or of its first screen, where the tour is made anew."""
        if "PITH_REWRITE_GOLDEN" in os.environ:
            shown = self.page.locator(part).first if part else self.page
            shown.screenshot(path=PICTURES / f"trials-{name}.png", animations="disabled")

    def press(self, name: str | re.Pattern[str], role: str = "link") -> None:
        """Follow the first link, or press the first button, of a name, and look at the page that follows."""
        exact = isinstance(name, str)
        self.hands.press(self.page.get_by_role(role, name=name, exact=exact).first)  # type: ignore[arg-type]
        self.page.wait_for_load_state()
        self.look()

    def card(self, link: str, question: str) -> None:
        """Follow a link of a trial's card, among the trials."""
        self.press("Trials")
        self.press(re.compile(f"^{link} ?: .*{question}"))

    def be(self, name: str) -> None:
        """Sign out and be somebody else."""
        self.press("Sign out", "button")
        self.press(name, "button")


def four_trials(officer: Officer) -> None:
    officer.page.goto("/")
    officer.look()
    officer.press("Rowan Tideswell", "button")
    officer.press("Trials")
    officer.picture("cards", "main")


def a_clear_answer(officer: Officer) -> None:
    officer.card("The result", CLEAR)
    officer.picture("result", "section:has(> h2:text-is('Each team'))")


def what_it_rests_on(officer: Officer) -> None:
    officer.look()
    officer.picture("flow", "section:has(> h2:text-is('What became of the teams and the forms'))")
    officer.press("How far scorers agreed")


def not_enough_evidence(officer: Officer) -> None:
    officer.card("The result", VISIT)


def a_trial_that_runs(officer: Officer) -> None:
    officer.card("How it goes", REVIEW)
    officer.picture("running", "section:has(> h2:text-is('Forms in each team'))")
    officer.card("The plan", REVIEW)


def a_plan_half_written(officer: Officer) -> None:
    officer.card("Go on planning", SUPERVISION)
    officer.press(re.compile("^Who takes part"))
    officer.press(re.compile("^Register"))
    officer.be("Elowen Trescobeas")
    officer.press("Trials")
    officer.press(re.compile("^Read the plan and answer"))
    check_fit(officer.page)


def whoever_writes_in_it(officer: Officer) -> None:
    officer.be("Sorrel Hathersedge")
    officer.press(re.compile("^Continue"))
    officer.picture("worker", "")
    officer.press("About this trial")
    officer.press("Your children")
    _finished_review(officer)
    officer.be("Bettany Vantongeren")
    _finished_review(officer)
    officer.press(re.compile("taking this form out$"))


def _finished_review(officer: Officer) -> None:
    officer.press(re.compile("^Open"))
    officer.press(re.compile("^Read it all"))


def whoever_watches(officer: Officer) -> None:
    officer.be("Constance Adeyemi-Holt")
    officer.press("Help")
    officer.press("trials you watch")
    officer.press(re.compile(REVIEW))
    officer.be("Hester Quillfeather")
    officer.press("Help")
    officer.press("texts to score")
    officer.press(re.compile("Score texts of a trial"))


STEPS: tuple[Callable[[Officer], None], ...] = (
    four_trials,
    a_clear_answer,
    what_it_rests_on,
    not_enough_evidence,
    a_trial_that_runs,
    a_plan_half_written,
    whoever_writes_in_it,
    whoever_watches,
)


def _told() -> Mapping[int, str]:
    """What the page says of each step, by its number."""
    _, *parts = _STEP.split(TOUR.read_text(encoding="utf-8"))
    return {int(number): text for number, text in zip(parts[::2], parts[1::2], strict=True) if number}


@pytest.mark.golden
def test_the_tour_is_true_word_for_word(page: Page) -> None:
    """Each step can be taken as it is told, and what it names in bold is on the pages it leads through."""
    officer, steps = Officer(page), _told()
    assert list(steps) == list(range(1, len(STEPS) + 1))
    missing = {}
    for number, take in enumerate(STEPS, start=1):
        officer.seen = ""
        take(officer)
        said = _BOLD.findall(steps[number].replace("\n", " "))
        missing[number] = [words for words in said if words not in officer.seen]
    assert {number: words for number, words in missing.items() if words} == {}


def test_every_picture_of_the_tour_is_there_and_made_by_it() -> None:
    """What the page shows was taken on the way."""
    taken = re.findall(r'picture\("([a-z-]+)"', Path(__file__).read_text(encoding="utf-8"))
    shown = _PICTURE.findall(TOUR.read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(f"trials-{name}.png" for name in taken)
    assert [name for name in shown if not (PICTURES / name).is_file()] == []
