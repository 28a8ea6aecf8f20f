"""The trials of the demonstration: one of each kind, honestly worked out, and out of everybody else's way."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.burden.measuring import measure
from engine.definition import definition_from_json
from engine.proofs import prove
from engine.trials.errors import StatisticsMissing
from tests.postgres import Server
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp import demo
from webapp.access import Viewer
from webapp.demo.trials import running, teams_under_trial
from webapp.demo.trials.told_trials import ToldTrial, told_trials
from webapp.library import code_list_files, code_lists
from webapp.store import migrations
from webapp.store.access_log import access_log
from webapp.store.answers import answer_history
from webapp.store.assessments import assessments
from webapp.store.children import children, children_of
from webapp.store.database import Connection, Database, open_database, reading, writing
from webapp.store.definitions import definitions
from webapp.store.handovers import takers
from webapp.store.matching import OnRecord, Sought, likeness
from webapp.store.people import everyone, people
from webapp.store.submissions import submissions
from webapp.store.trial_amending import amendments
from webapp.store.trial_errors import Sealed
from webapp.store.trial_registration import teams_in
from webapp.store.trial_results import Kept, canonical, kept, opened
from webapp.store.trial_tables import (
    trial_arms,
    trial_forms,
    trial_measures,
    trial_scores,
    trial_taken_out,
    trial_teams,
)
from webapp.store.trial_working_out import worked_out
from webapp.store.trials import Trial, trials_of

Json = Any
TODAY = NOW.date()
APART = {team.name for team in teams_under_trial()}


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A connection that changes nothing."""
    with reading(database) as opened_one:
        yield opened_one


def _about_quality(told: ToldTrial) -> bool:
    return bool(told.registered) and told.plan["primary"]["kind"] == "quality"


def _rowan(connection: Connection) -> Viewer:
    return next(person for person in everyone(connection) if person.name == "Rowan Tideswell")


def _trial(connection: Connection, form: str) -> Trial:
    return next(each for each in trials_of(connection, _rowan(connection)) if each.form == form)


def _result(connection: Connection, form: str) -> Kept:
    found = kept(connection, _rowan(connection), _trial(connection, form), NOW)
    assert found is not None
    return found


def _told(url: str, at: datetime) -> Database:
    database = open_database(url)
    migrations.prepare(database)
    with writing(database) as connection:
        demo.fill(connection, at)
        demo.publish_library(connection, demo.first_day(at))
        for tell in demo.stories_to_tell(connection, at):
            tell()
    return database


def test_there_is_one_of_each_kind(connection: Connection) -> None:
    """One being planned, one running and sealed, one that found something, one that had not enough evidence."""
    rowan = _rowan(connection)
    standing = {each.form: each.standing(TODAY) for each in trials_of(connection, rowan)}
    assert standing == {
        "supervision": "planned",
        "plan-review": "running",
        "visit": "ended",
        "child-family-assessment": "ended",
    }
    assert _verdict(_result(connection, "child-family-assessment")) == "better"
    assert _verdict(_result(connection, "visit")) == "not_enough_evidence"
    with pytest.raises(Sealed):
        opened(connection, rowan, _trial(connection, "plan-review"), NOW)


def _verdict(result: Kept) -> str:
    return str(result.content["findings"][0]["analysis"]["verdict"])


@pytest.mark.parametrize("form", ["child-family-assessment", "visit"])
def test_what_the_page_shows_is_worked_out_from_what_is_stored(form: str, connection: Connection) -> None:
    """Worked out anew today it is the same, to the last figure."""
    anew = worked_out(connection, _rowan(connection), _trial(connection, form), NOW)
    assert canonical(anew) == canonical(_result(connection, form).content)


def test_the_clear_answer_can_be_counted_by_hand(connection: Connection) -> None:
    """Means of forms and of teams, their difference, and all 924 ways of drawing six teams of twelve."""
    trial = _trial(connection, "child-family-assessment")
    rows = connection.execute(
        select(trial_teams.c.name, trial_teams.c.arm, trial_scores.c.assessment_id, trial_scores.c.score)
        .join(trial_forms, trial_forms.c.assessment_id == trial_scores.c.assessment_id)
        .join(
            trial_teams,
            (trial_teams.c.team_id == trial_forms.c.team_id) & (trial_teams.c.trial_id == trial_forms.c.trial_id),
        )
        .where(trial_scores.c.trial_id == trial.id)
    ).all()
    arms = {row.name: row.arm for row in rows}
    forms: dict[str, dict[int, list[int]]] = {}
    for row in rows:
        forms.setdefault(row.name, {}).setdefault(row.assessment_id, []).append(row.score)
    assert all(len(scores) == 2 for each in forms.values() for scores in each.values())
    means = {team: fmean(map(fmean, each.values())) for team, each in forms.items()}
    tested = frozenset(team for team, arm in arms.items() if arm == "danger")
    differences = [_difference(means, frozenset(drawn)) for drawn in combinations(sorted(means), 6)]
    found = _difference(means, tested)
    analysis = _result(connection, trial.form).content["findings"][0]["analysis"]
    assert analysis["estimate"] == pytest.approx(found)
    assert analysis["allocations"] == len(differences) == 924
    assert analysis["hits"] == sum(abs(each) >= abs(found) - 1e-9 for each in differences)
    assert analysis["p"] <= 0.05


def _difference(means: Mapping[str, float], tested: frozenset[str]) -> float:
    return fmean(means[team] for team in tested) - fmean(means[team] for team in means.keys() - tested)


def test_things_happened_in_it_as_they_do(connection: Connection) -> None:
    """Unequal teams, forms that nobody handed in, one out for safety and then mis-served, an opt-out, a late team."""
    trial = _trial(connection, "child-family-assessment")
    counts = _result(connection, trial.form).content["teams"]
    begun = [each["begun"] for each in counts if not each["late"]]
    assert len(begun) == 12
    assert max(begun) > 2 * min(begun)
    assert sum(each["abandoned"] for each in counts) > 5
    assert [sum(each[what] for each in counts) for what in ("safety", "family", "mis_served", "late")] == [1, 1, 1, 1]
    (again,) = connection.execute(select(trial_forms).where(trial_forms.c.why == "safety")).all()
    assert (again.allocated_arm, again.served_arm) == ("danger", "plain")
    out = select(trial_taken_out.c.assessment_id).where(trial_taken_out.c.kind == "family")
    assert connection.execute(select(trial_measures).where(trial_measures.c.assessment_id.in_(out))).all() == []
    assert [each.words.partition(" ")[0] for each in amendments(connection, trial)] == ["Mossgarth"]


def test_forms_were_measured_as_a_page_would_have_measured_them(connection: Connection) -> None:
    """The minutes are those of the history, and nothing was measured of a form that was not handed in."""
    written = select(answer_history.c.assessment_id, func.sum(answer_history.c.active_seconds))
    rows = connection.execute(written.group_by(answer_history.c.assessment_id)).all()
    seconds = {row[0]: row[1] for row in rows}
    minutes = connection.execute(
        select(trial_measures.c.assessment_id, trial_measures.c.value).where(trial_measures.c.outcome == "minutes")
    ).all()
    assert len(minutes) > 250
    assert all(value == pytest.approx(seconds[form] / 60) for form, value in minutes)
    unfinished = select(trial_forms.c.assessment_id).where(
        trial_forms.c.assessment_id.not_in(select(submissions.c.assessment_id))
    )
    measured = select(trial_measures.c.assessment_id).where(trial_measures.c.assessment_id.in_(unfinished))
    assert len(connection.execute(unfinished).all()) > 10
    assert connection.execute(measured).all() == []


def test_every_form_was_written_on_what_its_team_was_drawn_for(connection: Connection) -> None:
    """In the period, on a weekday, by somebody of the team; the version is the arm's."""
    rows = connection.execute(
        select(trial_forms, people.c.team_id.label("of"))
        .add_columns(assessments.c.begun_at.label("at"), assessments.c.definition_id.label("on"))
        .join(assessments, assessments.c.id == trial_forms.c.assessment_id)
        .join(people, people.c.id == assessments.c.begun_by)
    ).all()
    assert all(row.team_id == row.of and row.begun_at == row.at and row.definition_id == row.on for row in rows)
    assert all(row.at.weekday() < 5 and row.at < NOW for row in rows)
    for trial in trials_of(connection, _rowan(connection)):
        drawn = {each.team: each.arm for each in teams_in(connection, trial)}
        assert all(drawn[row.team_id] == row.allocated_arm for row in rows if row.trial_id == trial.id)


def test_nothing_of_it_is_in_the_lists_of_others(connection: Connection) -> None:
    """No child of the trials is within reach of anybody in the stories; managers find few new names to hand on to."""
    for person in everyone(connection):
        mine = [child for child in children_of(connection, person) if child.reference.startswith("N-3")]
        assert mine == [] or person.team_name in APART
    tom = next(person for person in everyone(connection) if person.name == "Tom Brackley")
    assert len([taker for taker in takers(connection, tom) if taker.key and taker.team in APART]) == 9


def test_no_child_of_the_trials_is_taken_for_another(connection: Connection) -> None:
    """Whoever is looked for in the stories and the tours, no such child is among the matches, whatever the date."""
    rows = connection.execute(select(children)).all()
    trials = [row for row in rows if row.reference.startswith("N-3")]
    others = [row for row in rows if not row.reference.startswith("N-3")]
    assert len(trials) > 100
    assert len({(row.given_name, row.family_name) for row in trials}) == len(trials)
    sought = [(row.given_name, row.family_name, row.born) for row in others] + [("Linet", "Garroby", None)]
    for given, family, born in sought:
        for row in trials:
            record = OnRecord(row.given_name, row.family_name, row.unborn, row.born, row.expected)
            assert likeness(Sought(given, family, False, born, born), record) is None, (given, family, row)


def test_one_of_the_teams_under_trial_can_be_chosen(client: Visitor) -> None:
    """Sorrel, who finds a form to go on with and one to rate, and her manager; nobody else of these teams."""
    page = client.get("/sign-in").text
    names = {person.name for team in teams_under_trial() for person in (*team.workers, team.manager)}
    assert [name for name in sorted(names) if f">{name}<" in page] == ["Bettany Vantongeren", "Sorrel Hathersedge"]
    client.sign_in("Sorrel Hathersedge")
    home = client.get("/").text
    assert home.count("Continue") == 1


def test_the_half_written_plan_says_what_it_lacks(client: Visitor, connection: Connection) -> None:
    """Each of the five steps opens, and the last one lists what keeps it from being registered."""
    key = _trial(connection, "supervision").key
    client.sign_in("Rowan Tideswell")
    for step in ("arms", "teams", "outcome", "safety", "register"):
        assert client.get(f"/trials/{key}/plan/{step}").status_code == 200
    assert "It does not say what is measured first of all." in client.get(f"/trials/{key}/plan/register").text


def test_another_authority_was_asked_and_can_answer(client: Visitor, connection: Connection) -> None:
    """Its policy officer finds the plan of Northshire with its own teams to tick; Northshire reads who was asked."""
    key = _trial(connection, "supervision").key
    client.sign_in("Rowan Tideswell")
    assert "Southmere Council: asked on" in client.get(f"/trials/{key}/plan/teams").text
    page = client.sign_in("Elowen Trescobeas").get("/trials").text
    assert "Read the plan and answer" in page
    found = re.search(r'href="(/trials/[^"]+/invitation)"', page)
    assert found
    page = client.get(found[1]).text
    assert "Join with these teams" in page
    assert "Quay team" in page
    assert "Jory Pascoe-Lunt" in page


@pytest.mark.postgres
def test_a_demonstration_made_again_is_the_same(connection: Connection, server: Server) -> None:
    """On PostgreSQL too: the same teams are drawn for the same arms, the same is measured, scored and found."""
    name = server.new_database()
    database = _told(server.url(name), NOW)
    with reading(database) as opened_again:
        again = _told_of(opened_again)
    database.dispose()
    server.drop(name)
    assert again == _told_of(connection)


def _told_of(connection: Connection) -> Json:
    """Everything that a result rests on, and the results without what names people of this database."""
    results = [_rounded(_result(connection, form).content) for form in ("child-family-assessment", "visit")]
    for each in results:
        del each["plan_hash"]
    tables = (
        select(trial_teams.c.name, trial_teams.c.arm).order_by(trial_teams.c.trial_id, trial_teams.c.name),
        select(trial_measures.c.outcome, trial_measures.c.value).order_by(
            trial_measures.c.assessment_id, trial_measures.c.outcome
        ),
        select(trial_scores.c.score).order_by(trial_scores.c.assessment_id, trial_scores.c.scorer_id),
        select(trial_forms.c.served_arm, trial_forms.c.begun_at).order_by(trial_forms.c.assessment_id),
    )
    return results, [connection.execute(table).all() for table in tables]


def _rounded(value: Json) -> Json:
    """Figures without their last digits, which hang on the order in which a database gives its rows."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return round(value, 9) + 0.0 if isinstance(value, float) else value


def test_it_can_be_made_on_any_day_and_without_statistics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a Sunday after Christmas, where neither numpy nor scipy is: the results are then left to be opened."""

    def missing(*_: object) -> Json:
        raise StatisticsMissing

    monkeypatch.setattr(running, "worked_out", missing)
    sunday = datetime(2027, 1, 3, 10, 0, tzinfo=UTC)
    database = _told(f"sqlite:///{tmp_path}/sunday.sqlite", sunday)
    with reading(database) as connection:
        rowan = _rowan(connection)
        ended = [each for each in trials_of(connection, rowan) if each.standing(sunday.date()) == "ended"]
        assert len(ended) == 2
        assert [kept(connection, rowan, each, sunday) for each in ended] == [None, None]
        times = list(connection.execute(select(access_log.c.at).order_by(access_log.c.id)).scalars())
        assert times == sorted(times)
    database.dispose()


@pytest.mark.parametrize("told", [each for each in told_trials() if _about_quality(each)], ids=lambda told: told.name)
def test_both_arms_of_a_trial_cost_about_the_same(told: ToldTrial, connection: Connection) -> None:
    """Where it is the wording that is tried: a question more at most, and no tenth more minutes on the longest path."""
    arms = select(trial_arms.c.definition_id).where(trial_arms.c.trial_id == _trial(connection, told.plan["form"]).id)
    contents = connection.execute(select(definitions.c.content).where(definitions.c.id.in_(arms))).scalars()
    lists = code_lists(code_list_files())
    made = [definition_from_json(content, lists) for content in contents]
    first, second = (measure(each, prove(each)) for each in made)
    assert abs(first.longest_path - second.longest_path) <= 1
    assert first.minutes == pytest.approx(second.minutes, rel=0.1)


def test_who_takes_part_is_plainly_invented() -> None:
    """No two people have one name, telephone numbers are those kept for fiction, and no date would grow old."""
    everybody = [person for team in teams_under_trial() for person in (*team.workers, team.manager)]
    assert len({person.name for person in everybody}) == len(everybody)
    assert all(not person.phone or person.phone.startswith("01632 960") for person in everybody)
    assert all("20" not in str(told.plan.get("begins", "")) for told in told_trials())
