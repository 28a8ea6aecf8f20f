"""A policy officer plans a trial, registers it and watches it: with a mouse, by the keyboard alone, without script."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admins import be
from tests.browser.fitness import check_fit, check_width
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.webapp.trials.planning import PLAINER, QUESTION, SAFETY, TEAMS, add_teams
from webapp.store.database import Database

OWN = ("Larkfield team", *TEAMS[:7])
WAYS: dict[str, tuple[type[Mouse] | type[Keyboard], int, bool]] = {
    "mouse": (Mouse, 1280, True),
    "mouse on a narrow screen": (Mouse, 375, True),
    "keyboard": (Keyboard, 1280, True),
    "mouse without script": (Mouse, 1280, False),
}
LABELS = {
    "harm": "What would harm be?",
    "approval": "Who approved the trial, and under what reference?",
    "data_protection": "Where is the data protection assessment?",
    "for_families": "What are families told?",
    "for_staff": "What are staff told?",
    "opt_out": "How does somebody opt out?",
    "whom_to_ask": "Whom do people ask?",
}


class Officer:
    """Rowan at a browser, who looks at each page before going on."""

    def __init__(self, page: Page, hands: Hands, look: Callable[[Page], None]) -> None:
        self.page, self.hands, self.look = page, hands, look

    def go_on(self, words: str, role: str = "button") -> None:
        """Press a button or follow a link to the next page, which must be fit."""
        self.hands.press(self.page.get_by_role(role, name=words, exact=role == "button").first)  # type: ignore[arg-type]
        self.look(self.page)

    def write(self, label: str, words: str) -> None:
        """Write into the box that is called so."""
        self.hands.write(self.page.get_by_label(label, exact=True), words)

    def choose(self, name: str, value: str) -> None:
        """Choose one of the options of a question."""
        self.hands.choose(self.page.locator(f'input[name="{name}"][value="{value}"]'))

    def day(self, name: str, day: date) -> None:
        """Write a day into its three boxes."""
        for part, typed in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.hands.write(self.page.locator(f"#{name}-{part}"), str(typed))


def _begin(officer: Officer) -> None:
    officer.go_on("Trials", "link")
    officer.go_on("Plan a trial", "link")
    officer.write("What do you want to find out?", QUESTION)
    officer.choose("form", "visit")
    officer.go_on("Begin the plan")


def _arms(officer: Officer) -> None:
    officer.write("What is the form under trial called?", "Plainer form")
    officer.choose("tested", "changes")
    officer.write("If changes: what they are", json.dumps(PLAINER))
    officer.go_on("Save and stay here")
    expect(officer.page.get_by_text("Proved: all 5 protected questions")).to_be_visible()
    officer.go_on("Save and continue")


def _teams(officer: Officer) -> None:
    for team in OWN[:4]:
        officer.choose("team", team)
    officer.go_on("Save and continue")
    expect(officer.page.locator("#teams-error")).to_contain_text("3 more teams would do")
    for team in OWN[4:]:
        officer.choose("team", team)
    officer.go_on("Save and continue")


def _outcome(officer: Officer) -> None:
    officer.choose("primary", "minutes")
    officer.choose("co_primary", "worker_rating")
    officer.write("What is the smallest difference worth a change?", "10")
    officer.day("begins", date(2026, 3, 12))
    officer.day("ends", date(2026, 6, 30))
    officer.go_on("Save and continue")


def _safety(officer: Officer) -> None:
    for name in ("harm", "approval", "data_protection", "for_families", "for_staff", "opt_out", "whom_to_ask"):
        officer.write(LABELS[name], SAFETY[name])
        if name == "harm":
            person = "Petra Oakenfull, information governance officer, Practice and performance"
            officer.hands.pick(officer.page.locator("#watcher"), person)
    officer.hands.choose(officer.page.get_by_label("Rowan Tideswell", exact=False))
    officer.go_on("Save and continue")


@pytest.mark.parametrize("way", WAYS)
def test_a_trial_is_planned_registered_and_watched(
    way: str, database: Database, open_page: Callable[..., Page]
) -> None:
    """Five steps, each page fit; the last one registers, and how it goes stands on a page of its own."""
    kind, width, script = WAYS[way]
    look = check_fit if script and kind is Mouse else check_width
    add_teams(database)
    page = be(open_page(width, java_script_enabled=script), "Rowan Tideswell")
    officer = Officer(page, kind(page), look)
    _begin(officer)
    _arms(officer)
    _teams(officer)
    _outcome(officer)
    _safety(officer)
    expect(page.get_by_text("With 8 teams and about 20 forms in each")).to_be_visible()
    officer.go_on("Register and draw the teams")
    expect(page.get_by_role("region", name="Done")).to_contain_text("the teams are drawn")
    officer.go_on("How it goes", "link")
    expect(page.get_by_text("Looking earlier would make them wrong")).to_be_visible()
    officer.go_on("The plan", "link")
    officer.go_on("Opening the results early", "link")
    expect(page.get_by_text("Early results swing")).to_be_visible()


def test_what_begins_under_a_trial_is_counted_and_harm_is_the_watchers(
    database: Database, open_page: Callable[..., Page]
) -> None:
    """A worker’s form is a bar of her team, its figures beside it; the watcher sees it by form."""
    add_teams(database)
    page = be(open_page(), "Rowan Tideswell")
    officer = Officer(page, Mouse(page), check_width)
    _begin(officer)
    _arms(officer)
    _teams(officer)
    _outcome(officer)
    _safety(officer)
    officer.go_on("Register and draw the teams")
    address = page.url.partition("?")[0]
    be(page, "Adaeze Finch")
    page.get_by_role("link", name="Wren").first.click()
    page.wait_for_load_state()
    page.goto(f"{page.url}/begin/visit")
    check_fit(page)
    page.get_by_role("button", name="Begin").first.click()
    page.wait_for_load_state()
    for width in (1280, 375):
        page = be(open_page(width), "Rowan Tideswell")
        page.goto(f"{address}/running")
        check_fit(page)
        expect(page.get_by_role("row", name="Larkfield team")).to_contain_text("1")
        expect(page.locator("svg rect.pith-bar")).to_have_count(len(OWN))
        page = be(open_page(width), "Petra Oakenfull")
        page.goto("/help")
        page.get_by_role("link", name="trials you watch").click()
        check_fit(page)
        page.get_by_role("link", name=QUESTION).click()
        check_fit(page)
        expect(page.get_by_role("heading", name="By form")).to_be_visible()
