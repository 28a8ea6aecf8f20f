"""What came of a trial in a real browser: opened, read at any width and on paper; texts scored by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admins import be
from tests.browser.fitness import check_fit, focused
from tests.browser.paper import words_on_pages
from tests.webapp.trials.made import STILL_RUNNING, Made, made, person
from webapp.store.database import Database, writing
from webapp.store.trials import Trial

OVERLAPS = """
() => {
  const boxes = [...document.querySelectorAll(".pith-chart--dots .pith-chart__name")].map(each => each.getBBox());
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width
    && a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height;
  return [boxes.length, boxes.filter((one, at) => boxes.some((other, place) => place > at && meet(one, other))).length];
}
"""
"""How many names the dots have, and how many of them lie over another as the browser draws them."""
SPILL = """
() => [...document.querySelectorAll(".pith-chart--flow")].flatMap(chart => {
  const boxes = [...chart.querySelectorAll("rect")].map(each => each.getBBox());
  return [...chart.querySelectorAll("text")].map(each => each.getBBox()).filter(
    words => !boxes.some(box => words.x >= box.x && words.x + words.width <= box.x + box.width
      && words.y >= box.y && words.y + words.height <= box.y + box.height));
}).length
"""
"""How many lines of the flow reach out of their boxes."""


def trial_of(database: Database, **changes: Any) -> Trial:
    """A trial with its forms; scored by Nell and Jago."""
    with writing(database) as connection:
        scorers = [person(connection, name).key for name in ("Nell Ottaway", "Jago Merrick-Vale")]
        own: dict[str, Any] = {"co_primary": {"kind": "quality"}, "scorers": scorers, "sample": 1}
        return made(connection, person(connection, "Rowan Tideswell"), Made(**{**own, **changes}))


def opened(page: Page, trial: Trial) -> Page:
    """The result, opened by who tries forms."""
    be(page, "Rowan Tideswell").goto(f"/trials/{trial.key}/result")
    page.get_by_role("button", name="Open the result").click()
    expect(page.locator(".pith-verdict")).to_be_visible()
    return page


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_the_result_is_fit_at_any_width(open_page: Callable[..., Page], database: Database, width: int) -> None:
    """Before it is opened and after, with the method unfolded: nothing that axe finds, no sideways scrolling."""
    page, trial = open_page(width), trial_of(database)
    be(page, "Rowan Tideswell").goto(f"/trials/{trial.key}/result")
    check_fit(page)
    opened(page, trial)
    check_fit(page)
    page.get_by_text("How it was worked out").click()
    check_fit(page)
    assert page.evaluate(SPILL) == 0


@pytest.mark.parametrize("long", [False, True])
def test_names_of_twenty_teams_do_not_meet(page: Page, database: Database, long: bool) -> None:
    """As the browser draws them, short and long ones."""
    more = " and surrounding villages locality team" if long else ""
    teams = {f"Team {chr(65 + number)}{more}": 90.0 + (number * 7) % 20 for number in range(20)}
    opened(page, trial_of(database, teams=teams, forms=3))
    assert page.evaluate(OVERLAPS) == [20, 0]


def test_two_hundred_teams_go_without_names(page: Page, database: Database) -> None:
    """A dot each, and the table has their names once it is unfolded."""
    teams = {f"Team {number:03}": 90.0 + (number * 7) % 40 for number in range(200)}
    opened(page, trial_of(database, teams=teams, forms=2, sample=0))
    assert page.evaluate(OVERLAPS) == [0, 0]
    expect(page.locator(".pith-chart--dots .pith-chart__dot")).to_have_count(200)
    check_fit(page)
    page.get_by_text("The same figures as a table, 200 teams").click()
    expect(page.get_by_role("rowheader", name="Team 199")).to_be_visible()


def test_the_committee_gets_it_on_paper(page: Page, database: Database) -> None:
    """Named on each sheet, with the method open and the links to other pages left out."""
    opened(page, trial_of(database))
    sheets = words_on_pages(page.pdf(format="A4"))
    whole = "".join(sheets)
    assert len(sheets) <= 4
    assert all("Trial:Doestheshortassessmentsavetime?" in sheet for sheet in sheets)
    assert "Eachteamcountsonce" in whole
    assert "Takeitwithyou" not in whole
    page.emulate_media(media="print")
    check_fit(page)


def test_a_sealed_result_says_when_it_opens(page: Page, database: Database) -> None:
    """Fit to be read, with a way on."""
    trial = trial_of(database, ends=STILL_RUNNING)
    be(page, "Rowan Tideswell").goto(f"/trials/{trial.key}/result")
    expect(page.get_by_text("Results open once 30 June 2026 is over")).to_be_visible()
    check_fit(page)
    page.get_by_role("link", name="How the trial is going").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_texts_are_scored_by_keyboard(open_page: Callable[..., Page], database: Database, script: bool) -> None:
    """From the first text to the last, with and without script; an error is told, a score can be changed."""
    page, trial = open_page(java_script_enabled=script), trial_of(database)
    be(page, "Nell Ottaway").goto(f"/trials/{trial.key}/scoring")
    page.get_by_role("button", name="Score the first text").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Text 1", exact=True)).to_be_visible()
    for number in range(1, 9):
        expect(page.get_by_role("heading", name=f"Text {number}", exact=True)).to_be_visible()
        page.get_by_role("radio").first.focus()
        page.keyboard.press("Space")
        for _ in range(number % 4):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.get_by_text("8 of 8 scored.")).to_be_visible()
    expect(page.get_by_text("4: It says it well")).to_have_count(2)


@pytest.mark.parametrize("width", [1280, 375])
def test_scoring_is_fit_in_each_state(open_page: Callable[..., Page], database: Database, width: int) -> None:
    """The list, a text, an error, what was kept, and how it goes for those who run the trial."""
    page, trial = open_page(width), trial_of(database)
    be(page, "Nell Ottaway").goto(f"/trials/{trial.key}/scoring")
    check_fit(page)
    page.get_by_role("button", name="Score the first text").click()
    check_fit(page)
    page.get_by_role("button", name="Keep this score").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_fit(page)
    page.get_by_label("4. It says it well").check()
    page.get_by_role("button", name="Keep this score").click()
    expect(page.get_by_role("heading", name="Text 2", exact=True)).to_be_visible()
    assert "Text 1 is kept" in focused(page)
    check_fit(page)
    be(page, "Rowan Tideswell").goto(f"/trials/{trial.key}/scoring")
    check_fit(page)
