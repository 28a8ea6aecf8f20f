"""The trials of an authority as cards, each saying where it stands."""

from datetime import date, timedelta

import pytest

from tests.webapp.conftest import NOW
from tests.webapp.trials.made import Made, made, person
from tests.webapp.trials.planning import Planning
from tests.webapp.visitor import Visitor
from webapp.store.database import Database, reading, writing
from webapp.store.trials import find_trial
from webapp.trials.standing_words import standing_words


def test_a_trial_that_ended_can_be_opened_and_then_says_its_verdict(client: Visitor, database: Database) -> None:
    """First a link that opens the result; once it was opened, the sentence itself."""
    with writing(database) as connection:
        trial = made(connection, person(connection, "Rowan Tideswell"), Made())
    page = client.sign_in("Rowan Tideswell").get("/trials").text
    assert ": results can be opened" in page
    assert "Open the result" in page
    assert "did better" not in page
    client.get(f"/trials/{trial.key}/result")
    assert client.send(f"/trials/{trial.key}/result").status_code == 303
    page = client.get("/trials").text
    assert "“Short form” did better: each form took about" in page
    assert "Finished on " in page
    assert "Forms so far" not in page
    title = page.partition(f">{trial.plan.question}</a>")[0].rpartition('href="')[2]
    assert title.startswith(f"/trials/{trial.key}/result")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "Begins on 12 March 2026"),
        (0, "Running until 30 June 2026"),
        (110, "Running until 30 June 2026"),
        (111, "Ended on 30 June 2026: results can be opened"),
    ],
)
def test_where_a_trial_stands_is_said_in_words(days: int, words: str, planning: Planning) -> None:
    """Its first and last day are part of it."""
    planning.fill_in().register()
    assert standing_words(planning.trial(), NOW.date() + timedelta(days=days)) == words


def test_what_runs_stands_before_what_is_planned(planning: Planning) -> None:
    """Though the plan is newer; what is over comes last."""
    planning.fill_in().register()
    Planning(planning.visitor, planning.database).begin("A newer question?")
    with writing(planning.database) as connection:
        made(connection, person(connection, "Rowan Tideswell"), Made())
    page = planning.visitor.get("/trials").text
    words = ("Running until", "Being planned", "results can be opened")
    assert sorted(words, key=page.index) == list(words)


def test_a_trial_that_was_stopped_stays_closed_until_its_end(planning: Planning) -> None:
    """Both are said."""
    planning.fill_in().register()
    planning.visitor.get(f"/trials/{planning.key}")
    planning.visitor.send(f"/trials/{planning.key}/stop", {"reason": "Asked for.", "sure": "yes"})
    with reading(planning.database) as connection:
        rowan = person(connection, "Rowan Tideswell")
        trial = find_trial(connection, rowan, planning.key)
    assert standing_words(trial, date(2026, 4, 1)) == "Stopped early; results open after 30 June 2026"
    assert standing_words(trial, date(2026, 7, 1)) == "Stopped early"
    assert "Open the result" not in planning.visitor.get("/trials").text


def test_a_trial_that_was_opened_early_and_then_stopped_leads_to_its_result(planning: Planning) -> None:
    """Neither the list nor the plan says that results are closed, or offers to open them once more."""
    planning.fill_in().register()
    address = f"/trials/{planning.key}"
    planning.visitor.get(address)
    planning.visitor.send(f"{address}/open", {"reason": "The committee sits."})
    planning.visitor.send(f"{address}/stop", {"reason": "Asked for.", "sure": "yes"})
    for path in ("/trials", address):
        page = planning.visitor.get(path).text
        assert "Stopped early; its results were opened before the end" in page
        assert "results open after" not in page
        assert f'href="{address}/result"' in page
        assert f'href="{address}/open"' not in page
