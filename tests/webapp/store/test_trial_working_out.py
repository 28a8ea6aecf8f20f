"""How a result is worked out from what was measured: as allocated, by the registered end, as the lot was drawn."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import delete, event, insert, select

from engine.trials.plan import Outcome
from tests.webapp.conftest import NOW
from tests.webapp.store.test_trial_measures import handed_in, written
from tests.webapp.store.test_trial_serving import tallowbys, under_trial
from tests.webapp.store.trial_plans import AFTER, committed
from tests.webapp.trials.made import BEGAN, EIGHT, Made, made, taken_out
from webapp.access import Viewer
from webapp.store.authorities import add_team
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.trial_measurements import measured, team_counts
from webapp.store.trial_tables import trial_forms, trial_measures, trial_teams
from webapp.store.trial_working_out import worked_out
from webapp.store.trials import Trial

Json = Any
WORDS, MINUTES = Outcome("words"), Outcome("minutes", cap=240)
IN_25 = Outcome("completed_within", days=25)


@pytest.fixture
def rowan(people: Mapping[str, Viewer]) -> Viewer:
    """Who tries forms."""
    return people["Rowan"]


@pytest.fixture
def ended(database: Database, rowan: Viewer) -> Trial:
    """A trial that ended a fortnight ago."""
    with writing(database) as connection:
        return made(connection, rowan, Made())


def first_form(connection: Connection, trial: Trial, arm: str = "present") -> int:
    """The id of a finished form of an arm."""
    asked = select(trial_forms.c.assessment_id).where(
        trial_forms.c.trial_id == trial.id, trial_forms.c.allocated_arm == arm
    )
    return int(connection.execute(asked.order_by(trial_forms.c.assessment_id)).scalars().first() or 0)


def test_the_verdict_is_the_analysis_of_teams(database: Database, rowan: Viewer, ended: Trial) -> None:
    """Two of seventy ways are as clear, so it is better; each team counts once, by arm as drawn."""
    with reading(database) as connection:
        result = worked_out(connection, rowan, ended, NOW)
    primary = result["findings"][0]["analysis"]
    assert (primary["verdict"], primary["hits"], primary["allocations"]) == ("better", 2, 70)
    assert sorted(primary["units"]) == sorted(EIGHT)
    assert [each["role"] for each in result["findings"]] == ["primary", "co_primary", "secondary"]
    assert result["findings"][0]["adjusted"] is None
    assert result["findings"][1]["adjusted"] == 1.0
    assert result["up_to"] == "2026-02-28"


def test_abandoned_forms_count_with_their_time(database: Database, rowan: Viewer, ended: Trial) -> None:
    """A form that was begun and never finished is a row of its team, with the minutes spent on it, not finished."""
    with reading(database) as connection:
        found = measured(connection, rowan, ended, MINUTES, NOW)
    assert found.events is not None
    assert (found.events.count(1), found.events.count(0)) == (96, 8)
    assert {value for value, done in zip(found.values, found.events, strict=True) if not done} == {10.0}


def test_what_comes_after_the_end_does_not_count(database: Database, rowan: Viewer) -> None:
    """Forms handed in after the last day are not finished, and of their time only what was spent before counts."""
    with writing(database) as connection:
        trial = made(connection, rowan, Made(ends=BEGAN + timedelta(days=15)))
        found = measured(connection, rowan, trial, MINUTES, NOW)
        counts = team_counts(connection, rowan, trial, NOW)
    assert found.events is not None
    assert (found.events.count(1), found.events.count(0)) == (0, 104)
    assert set(found.values) == {0.0}
    assert sum(each.abandoned for each in counts) == 104


def test_families_who_opted_out_are_left_out_and_safety_is_not(database: Database, rowan: Viewer, ended: Trial) -> None:
    """Taking forms out for safety could favour an arm, so they stay where they were drawn; both are counted."""
    with writing(database) as connection:
        taken_out(connection, ended, rowan, first_form(connection, ended), "family")
        taken_out(connection, ended, rowan, first_form(connection, ended, "short"), "safety")
        found = measured(connection, rowan, ended, WORDS, NOW)
        counts = {each.name: each for each in team_counts(connection, rowan, ended, NOW)}
    assert len(found.teams) == 95
    assert counts["Eastmoor"].family == 1
    assert counts["Quarry Hill"].safety == 1


def test_late_teams_are_counted_and_not_compared(database: Database, rowan: Viewer, ended: Trial) -> None:
    """They stand in the flow alone."""
    with writing(database) as connection:
        team = add_team(connection, rowan.authority, "Latecomers")
        row = {"trial_id": ended.id, "team_id": team, "authority_id": rowan.authority, "name": "Latecomers"}
        connection.execute(insert(trial_teams), {**row, "arm": "short", "stratum": "", "late": True, "at": NOW})
        result = worked_out(connection, rowan, ended, NOW)
    assert "Latecomers" not in result["findings"][0]["analysis"]["units"]
    assert next(each for each in result["teams"] if each["name"] == "Latecomers")["late"] is True


def test_only_forms_that_had_the_days_are_asked_whether_they_kept_them(
    database: Database, rowan: Viewer, ended: Trial
) -> None:
    """Begun nine days after the first, all had 25 days; of a trial that ended sooner none had."""
    with writing(database) as connection:
        in_25 = measured(connection, rowan, ended, IN_25, NOW)
        short = made(connection, rowan, Made(question="Short?", ends=BEGAN + timedelta(days=25), teams=_named(0)))
        assert measured(connection, rowan, short, IN_25, NOW).teams == []
    assert len(in_25.teams) == 104
    assert sum(value or 0 for value in in_25.values) == 8 * 6


def test_a_team_without_any_figure_is_told(database: Database, rowan: Viewer) -> None:
    """It stays in the result without a summary, and the others are compared."""
    with writing(database) as connection:
        trial = made(connection, rowan, Made(teams={**EIGHT, "Silent": 1.0}, secondary=()))
        silent = connection.execute(select(trial_teams.c.team_id).where(trial_teams.c.name == "Silent")).scalar_one()
        forms = select(trial_forms.c.assessment_id).where(trial_forms.c.team_id == silent)
        connection.execute(delete(trial_measures).where(trial_measures.c.assessment_id.in_(forms)))
        result = worked_out(connection, rowan, trial, NOW)
    rating = result["findings"][1]["analysis"]
    assert rating["units"]["Silent"]["summary"] is None
    assert len(rating["units"]) == 9


def test_names_of_teams_stay_as_they_are(database: Database, rowan: Viewer) -> None:
    """What the analysis says of units is said of teams, but in no team’s own name."""
    with writing(database) as connection:
        what = Made(teams={**EIGHT, "Community unit": 1.0}, co_primary=None, secondary=({"kind": "words"},))
        trial = made(connection, rowan, what)
        team = connection.execute(
            select(trial_teams.c.team_id).where(trial_teams.c.name == "Community unit")
        ).scalar_one()
        forms = select(trial_forms.c.assessment_id).where(trial_forms.c.team_id == team)
        connection.execute(delete(trial_measures).where(trial_measures.c.assessment_id.in_(forms)))
        result = worked_out(connection, rowan, trial, NOW)
    told = result["findings"][1]["analysis"]["warnings"]
    assert "Without any outcome, and so left out: “Community unit”. The others are compared as they were drawn." in told


def test_yes_and_no_are_shares(database: Database, rowan: Viewer) -> None:
    """The measure follows the type of the question; its words are kept with the result."""
    question = "answer:manager_today"
    with writing(database) as connection:
        what = Made(
            secondary=({"kind": "answer", "question": "manager_today"},),
            measures={question: lambda team, number: float(number % 2)},
        )
        result = worked_out(connection, rowan, made(connection, rowan, what), NOW)
    found = result["findings"][2]
    assert found["measure"] == "proportion"
    assert found["label"]
    assert found["analysis"]["arm_means"]["control"] == pytest.approx(0.5)


SCHEMES = {
    "complete": (Made(), 70),
    "stratified": (Made(scheme="stratified", groups=["n", "n", "s", "s"] * 2), 36),
    "paired": (Made(scheme="paired", groups=["a", "b", "c", "d"] * 2), 16),
}


@pytest.mark.parametrize(("what", "ways"), SCHEMES.values(), ids=SCHEMES)
def test_the_lot_is_repeated_as_it_was_drawn(database: Database, rowan: Viewer, what: Made, ways: int) -> None:
    """All together, within groups or within pairs: only drawings that could have come out are gone through."""
    with writing(database) as connection:
        result = worked_out(connection, rowan, made(connection, rowan, what), NOW)
    analysis = result["findings"][0]["analysis"]
    assert (analysis["allocations"], analysis["exact"]) == (ways, True)
    assert result["scheme"] == what.scheme


def test_a_list_of_drawings_is_gone_through_as_it_was_kept(database: Database, rowan: Viewer) -> None:
    """Where teams were balanced, the drawings that were acceptable; their teams stand in another order there."""
    teams, arms = sorted(EIGHT, reverse=True), ("short", "present")
    tested = set(list(EIGHT)[4:])
    drawn = "".join("0" if team in tested else "1" for team in teams)
    others = sorted({"".join(each) for each in permutations("00001111")} - {drawn})[:39]
    kept_list = {"teams": teams, "arms": list(arms), "lines": [*others, drawn]}
    with writing(database) as connection:
        what = Made(scheme="constrained", acceptable=kept_list)
        result = worked_out(connection, rowan, made(connection, rowan, what), NOW)
    analysis = result["findings"][0]["analysis"]
    assert analysis is not None, result["findings"][0]["problem"]
    assert analysis["allocations"] == 40
    assert 1 <= analysis["hits"] <= 2


def test_the_queries_do_not_grow_with_the_forms(database: Database, rowan: Viewer) -> None:
    """Ten times the forms, the same number of statements: one for each outcome, and one more for abandoned forms."""
    asked: list[int] = []
    for number, forms in enumerate((2, 20)):
        with writing(database) as connection:
            trial = made(connection, rowan, Made(question=f"Trial {number}?", forms=forms, teams=_named(number)))
        statements: list[str] = []

        def count(*given: Any, kept: list[str] = statements) -> None:
            kept.append(given[2])

        event.listen(database, "before_cursor_execute", count)
        with reading(database) as connection:
            worked_out(connection, rowan, trial, NOW)
        event.remove(database, "before_cursor_execute", count)
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 14


def _named(number: int) -> dict[str, float]:
    return {f"{name} {number}": usual for name, usual in EIGHT.items()}


def test_what_was_registered_is_on_the_result(database: Database, rowan: Viewer, ended: Trial) -> None:
    """The plan’s hash, its question and the names of its arms."""
    with reading(database) as connection:
        result = worked_out(connection, rowan, ended, NOW)
    assert ended.registration is not None
    assert result["plan_hash"] == ended.registration.plan_hash
    assert result["arms"] == {"control": "Present form", "under_test": "Short form"}
    assert date.fromisoformat(result["up_to"]) == ended.registration.ends_on


def test_what_workers_hand_in_is_what_is_read(database: Database, people: dict[str, Viewer]) -> None:
    """A form begun, written and submitted as the pages do it, in a trial registered as people do it."""
    trial = committed(database, people)
    with writing(database) as connection:
        adaeze, rowan = people["Adaeze"], people["Rowan"]
        draft = written(connection, adaeze, under_trial(connection, adaeze, tallowbys(connection, people)))
        handed_in(connection, adaeze, draft)
        minutes = measured(connection, rowan, trial, MINUTES, AFTER)
        within = measured(connection, rowan, trial, Outcome("completed_within", days=5), AFTER)
        counts = {each.name: each for each in team_counts(connection, rowan, trial, AFTER)}
        result = worked_out(connection, rowan, trial, AFTER)
    assert (minutes.teams, minutes.values, minutes.events) == (["Larkfield team"], [4.5], [1])
    assert list(within.values) == [1.0]
    assert (counts["Larkfield team"].begun, counts["Larkfield team"].finished) == (1, 1)
    assert (counts["Saltmere team"].begun, counts["Saltmere team"].late) == (0, False)
    assert result["findings"][0]["analysis"] is None
    assert "too few teams" in result["findings"][0]["problem"]


def test_a_result_is_adjusted_for_what_teams_were_before(database: Database, rowan: Viewer) -> None:
    """As the plan says: where teams were as quick before, nothing is left of the difference; without it, as ever."""
    with writing(database) as connection:
        plain = worked_out(connection, rowan, made(connection, rowan, Made(abandoned=0)), NOW)["findings"][0]
        teams = {f"{name} two": usual for name, usual in EIGHT.items()}
        before = {name: usual * 1.5 + 3 for name, usual in teams.items()}
        what = Made(question="Once more?", teams=teams, baseline=before, effect=20, abandoned=0)
        found = worked_out(connection, rowan, made(connection, rowan, what), NOW)["findings"]
    primary = found[0]
    assert primary["analysis"]["estimate"] == pytest.approx(-20)
    assert primary["unadjusted"]["estimate"] == pytest.approx(plain["analysis"]["estimate"] - 20)
    low, high = primary["analysis"]["interval"]
    assert high - low < 1 < primary["unadjusted"]["interval"][1] - primary["unadjusted"]["interval"][0]
    assert plain["unadjusted"] is None
    assert [each["unadjusted"] for each in found[1:]] == [None, None]
