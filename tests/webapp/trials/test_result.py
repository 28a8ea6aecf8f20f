"""The page of a result: opened once on purpose, the same for good, by those who try forms."""

import re
import sys
from datetime import UTC, datetime, time, timedelta
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import update

from tests.webapp.assessments.desk import Page
from tests.webapp.conftest import NOW
from tests.webapp.trials.made import EIGHT, Made, made, person
from tests.webapp.trials.planning import Planning
from tests.webapp.visitor import Visitor
from webapp import create_app
from webapp.config import Settings
from webapp.store.database import Database, reading, writing
from webapp.store.drafts import Beginning, begin_draft
from webapp.store.trial_amending import amend
from webapp.store.trial_results import kept
from webapp.store.trial_scoring import give_score, sheets
from webapp.store.trial_tables import trial_measures, trials
from webapp.store.trials import Trial


@pytest.fixture
def trial(database: Database) -> Trial:
    """A trial that ended a fortnight ago, with every kind of further outcome."""
    secondary = ({"kind": "words"}, {"kind": "not_known"}, {"kind": "completed_within", "days": 25})
    with writing(database) as connection:
        return made(connection, person(connection, "Rowan Tideswell"), Made(secondary=secondary))


def opened(client: Visitor, trial: Trial, name: str = "Rowan Tideswell") -> str:
    """The page once it was opened."""
    client.sign_in(name).get(address(trial))
    assert client.send(address(trial)).status_code == 303
    return client.get(address(trial)).text


def address(trial: Trial) -> str:
    """Where the result stands."""
    return f"/trials/{trial.key}/result"


def words_of(page: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_how_it_was_worked_out_says_what_is_easily_missed(client: Visitor, trial: Trial) -> None:
    """That late unfinished forms count too, and which outcomes share the allowance for having looked at several."""
    told = words_of(opened(client, trial))
    assert "even one begun the day before the end" in told
    assert "The main outcome is judged by itself. Of the others, a second main outcome among them" in told


def test_looking_opens_nothing(client: Visitor, database: Database, trial: Trial) -> None:
    """Before somebody opens it on purpose, the page says what opening does, and nothing is worked out."""
    page = client.sign_in("Rowan Tideswell").get(address(trial))
    assert page.status_code == 200
    assert "Its result has not been opened yet" in page.text
    assert "pith-verdict" not in page.text
    with reading(database) as connection:
        assert kept(connection, person(connection, "Rowan Tideswell"), trial, NOW) is None
    assert client.get(f"{address(trial)}.csv").status_code in (403, 409)


def test_the_page_holds_what_a_committee_needs(client: Visitor, trial: Trial) -> None:
    """Verdict, range, chance, each team, other outcomes, flow, limits, method, the plan’s hash."""
    words = words_of(opened(client, trial))
    assert "“Short form” did better: each form took about 23 minutes less." in words
    assert "The difference is likely to be between 6 and 42 minutes less." in words
    assert "in only 2 of the 70 ways of sharing eight teams between two forms" in words
    assert "What became of the teams and the forms" in words
    assert "8 teams drawn by lot" in words
    assert "Was anything lost?" in words
    assert "Finished within 25 days" in words
    assert "What this cannot say" in words
    assert "The usual t-test over the averages of teams" in words
    assert "intra-cluster correlation" in words
    assert trial.registration is not None
    assert trial.registration.plan_hash in words
    assert "after the end, as planned" in words
    assert "None: no trial of this form that was registered before had any of these teams." in words


def test_teams_stand_in_alphabetical_order(client: Visitor, trial: Trial) -> None:
    """No league table: by name, whatever their figures."""
    page = opened(client, trial)
    table = page[page.index("The same figures") :]
    found = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', table)[:8]
    assert found == sorted(EIGHT, key=str.casefold)


def test_everybody_sees_the_same_afterwards(client: Visitor, database: Database, trial: Trial) -> None:
    """Opened by one, changed below, opened by another: the same words and the same digest."""
    first = opened(client, trial)
    with writing(database) as connection:
        connection.execute(update(trial_measures).values(value=1.0))
    again = opened(client, trial, "Ines Marchbanks")
    digest = re.compile(r"This result \(SHA-256\): <[^>]+>([0-9a-f]{64})")
    assert digest.findall(first) == digest.findall(again) != []


def test_a_later_amendment_is_told_as_later(client: Visitor, database: Database, trial: Trial) -> None:
    """Beside the result, with who and when; one made after it says so."""
    with writing(database) as connection:
        amend(
            connection,
            person(connection, "Rowan Tideswell"),
            trial.key,
            "The team at Fell Road moved house.",
            NOW,
            openers=[],
        )
    page = opened(client, trial)
    assert "The team at Fell Road moved house." in page
    assert "From then on nobody may open the results early." in page


@pytest.mark.parametrize("name", ["Adaeze Finch", "Tom Brackley", "Petra Oakenfull"])
def test_others_are_refused(client: Visitor, trial: Trial, name: str) -> None:
    """Workers, managers and whoever checks the log neither see nor open it."""
    client.sign_in(name)
    for path in (address(trial), f"{address(trial)}.csv"):
        assert client.get(path).status_code == 403
    assert client.send(address(trial)).status_code == 403


def test_the_figures_are_a_file(client: Visitor, trial: Trial) -> None:
    """A line a team, named, no form and no person in it."""
    opened(client, trial)
    response = client.get(f"{address(trial)}.csv")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="trial-visit-by-team.csv"'
    assert len(response.text.splitlines()) == 9
    assert "Writer Nobody" not in response.text


def test_opening_twice_at_once_keeps_one(client: Visitor, trial: Trial) -> None:
    """A second post leads to the same page."""
    first = opened(client, trial)
    assert client.send(address(trial)).status_code == 303
    assert client.get(address(trial)).text.count("pith-verdict") == first.count("pith-verdict") == 1


def test_unfinished_scoring_is_said_before_opening(client: Visitor, database: Database) -> None:
    """How many scores are missing, and that later ones do not count."""
    with writing(database) as connection:
        nell, jago = person(connection, "Nell Ottaway"), person(connection, "Jago Merrick-Vale")
        what = Made(co_primary={"kind": "quality"}, scorers=[nell.key, jago.key])
        scored = made(connection, person(connection, "Rowan Tideswell"), what)
        give_score(connection, nell, scored, sheets(connection, nell, scored, NOW)[0].key, 4, NOW)
    words = words_of(client.sign_in("Rowan Tideswell").get(address(scored)).text)
    assert "Scoring is not finished: 1 of 48 scores were given." in words
    words = words_of(opened(client, scored))
    assert "Quality of the analysis, scored blind" in words


def test_the_card_says_the_verdict(client: Visitor, trial: Trial) -> None:
    """On the list of trials, once it was opened."""
    assert "did better" not in client.sign_in("Rowan Tideswell").get("/trials").text
    opened(client, trial)
    assert "did better" in client.get("/trials").text


def test_without_numpy_the_page_says_what_to_install(
    client: Visitor, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of Pith works; opening a result names the extra, and nothing is kept."""
    for name in [each for each in sys.modules if each.startswith("engine.trials.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    client.sign_in("Rowan Tideswell").get(address(trial))
    response = client.send(address(trial))
    assert response.status_code == 400
    assert "pith[trials]" in response.text


def test_a_trial_in_which_nothing_was_written_says_so(settings: Settings, planning: Planning) -> None:
    """Registered as people do it, and no form begun: no verdict, the reason in words, charts left out, a file."""
    planning.fill_in().register()
    trial = planning.trial()
    assert trial.registration is not None
    after = datetime.combine(trial.registration.ends_on + timedelta(days=2), time(9), UTC)
    app = create_app(settings, lambda: after)
    app.testing, app.test_client_class = True, Visitor
    client = cast("Visitor", app.test_client())
    words = words_of(opened(client, trial))
    assert "There is no answer yet on whether" in words
    assert "too few teams have an outcome" in words
    assert "How sure we can be" not in words
    assert "0 forms begun" in words
    assert len(client.get(f"{address(trial)}.csv").text.splitlines()) == 1 + len(trial.plan.teams)


def test_twenty_and_two_hundred_teams(app: Flask, client: Visitor, database: Database) -> None:
    """The page holds for many teams, drawn wide and slim; past thirty the table is folded on screen."""
    for number in (20, 200):
        teams = {f"Team {number}-{each:03}": 90.0 + each % 17 for each in range(number)}
        with writing(database) as connection:
            what = Made(question=f"{number} teams?", teams=teams, forms=3, secondary=())
            many = made(connection, person(connection, "Rowan Tideswell"), what)
        page = opened(client, many)
        assert page.count("pith-chart__dot ") == 2 * number
        assert ("The same figures as a table" in page) == (number > 30)


def test_the_form_that_did_better_is_used_from_now_on(client: Visitor, trial: Trial) -> None:
    """One press: it is the draft, and the page before publishing has the trial as its reason; then it is published."""
    assert "Use this form from now on" not in opened(client, trial)
    page = client.sign_in("Ines Marchbanks").get(address(trial)).text
    assert "Use this form from now on" in page
    begun = [client.send(f"/forms/visit/from-trial/{trial.key}") for _ in range(2)]
    assert {each.location for each in begun} == {f"/forms/visit/publish?trial={trial.key}"}
    before = Page(client.get(begun[0].location))
    reason = f"It did better in trial {trial.key}: {trial.plan.question}"
    assert before.filled("main")["reason"] == [reason]
    sent = {**before.filled("main"), "budget_reason": "It was shown in a trial."}
    assert client.send("/forms/visit/publish", sent).status_code == 303
    assert reason in client.get("/forms/visit/versions").text
    page = words_of(client.get(address(trial)).text)
    assert "In use as your version 2 since 12 March 2026." in page
    assert "Use this form from now on" not in page
    assert "A draft of this form is open" not in page


def test_what_was_taken_up_and_given_up_can_be_taken_up_again(client: Visitor, trial: Trial) -> None:
    """Back on the shipped version, the form that did better is not in use any more."""
    opened(client, trial)
    client.sign_in("Ines Marchbanks").get(address(trial))
    before = Page(client.get(client.send(f"/forms/visit/from-trial/{trial.key}").location))
    client.send("/forms/visit/publish", {**before.filled("main"), "budget_reason": "It was shown in a trial."})
    assert "In use as your version 2" in client.get(address(trial)).text
    client.get("/forms/visit/versions")
    back = {"in_use": "own-2", "to": "shipped-1", "reason": "It did not last."}
    assert client.send("/forms/visit/versions/back", back).status_code == 303
    page = client.get(address(trial)).text
    assert "In use as" not in page
    assert "Use this form from now on" in page


def test_a_form_of_a_stopped_trial_is_taken_up_knowing_that(client: Visitor, database: Database, trial: Trial) -> None:
    """Beside the button stands that it was stopped, and why; where it was not, nothing does."""
    opened(client, trial)
    ines = client.sign_in("Ines Marchbanks")
    assert "The trial was stopped on" not in words_of(ines.get(address(trial)).text)
    with writing(database) as connection:
        stopped = {"state": "stopped", "stopped_by": person(connection, "Rowan Tideswell").id}
        values = {**stopped, "stopped_at": NOW, "stopped_reason": "A child was not seen"}
        connection.execute(update(trials).where(trials.c.id == trial.id).values(**values))
    page = words_of(ines.get(address(trial)).text).partition("Take it up")[2]
    assert "The trial was stopped on 12 March 2026: A child was not seen" in page
    assert "Use this form from now on" in page


def test_a_form_is_not_taken_up_over_an_open_draft(client: Visitor, database: Database, trial: Trial) -> None:
    """Nor by those who only try forms, nor where it did not do better."""
    opened(client, trial)
    assert client.send(f"/forms/visit/from-trial/{trial.key}").status_code == 403
    client.sign_in("Ines Marchbanks").get("/forms/visit/draft")
    assert client.send(f"/forms/supervision/from-trial/{trial.key}").status_code == 404
    with writing(database) as connection:
        begin_draft(connection, person(connection, "Ines Marchbanks"), Beginning("visit", None, "{}\n"), NOW)
    page = client.get(address(trial)).text
    assert "A draft of this form is open" in page
    assert "Use this form from now on" not in page
    assert client.send(f"/forms/visit/from-trial/{trial.key}").status_code == 409
