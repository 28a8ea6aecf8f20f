"""A registered trial with its forms, put straight into the tables: what registering and writing would leave there."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from engine.trials.plan import Plan, plan_from_json
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.answers import answer_history
from webapp.store.assessments import assessments
from webapp.store.authorities import add_team
from webapp.store.database import Connection
from webapp.store.definitions import Publication, definitions, edition, publish
from webapp.store.people import NewPerson, add_person, everyone
from webapp.store.submissions import submissions
from webapp.store.trial_registration import commitment
from webapp.store.trial_tables import (
    trial_arms,
    trial_forms,
    trial_measures,
    trial_registrations,
    trial_taken_out,
    trial_teams,
    trials,
)
from webapp.store.trials import Trial, trial_by_key

Json = Any
BEGAN, ENDED = date(2025, 9, 1), date(2026, 2, 28)
STILL_RUNNING = date(2026, 6, 30)
EIGHT = {
    "Eastmoor": 104,
    "Saltgate": 110,
    "Harbour Side": 118,
    "Fell Road": 126,
    "Quarry Hill": 80,
    "Lark Lane": 88,
    "Northgate": 93,
    "Sedge Lane": 97,
}
"""Teams and their usual minutes; the first four are the control's. Two in seventy ways are as clear."""
SEED = "5e" * 32


@dataclass(frozen=True)
class Made:
    """What to make: teams with their usual minutes, those of the control first, and how many forms each finishes.

    `effect` are the minutes that the form under trial saves, in the time spent at its answers and in what is measured.
    """

    teams: Mapping[str, float] = field(default_factory=lambda: EIGHT)
    forms: int = 12
    abandoned: int = 1
    ends: date = ENDED
    question: str = "Does the short assessment save time?"
    names: tuple[str, str] = ("Present form", "Short form")
    secondary: Sequence[Json] = ({"kind": "words"},)
    co_primary: Json = field(default_factory=lambda: {"kind": "worker_rating"})
    primary: Json = field(default_factory=lambda: {"kind": "minutes", "cap": 240})
    measures: Mapping[str, Callable[[str, int], float]] = field(default_factory=dict)
    sample: int = 3
    scorers: Sequence[str] = ()
    scheme: str = "complete"
    groups: Sequence[str] = ()
    acceptable: Json = None
    effect: float = 0
    baseline: Mapping[str, float] | None = None
    text: str = "Words that nobody but a scorer reads."


def minutes_of(usual: float, number: int) -> float:
    """The minutes of a team's form: around the usual, with the usual as their average over each three."""
    return usual + (number % 3 - 1) * 6


def made(connection: Connection, viewer: Viewer, what: Made) -> Trial:
    """Put a trial and its forms into the tables, and give it as the store does."""
    plan = replace(_plan(what), openers=(viewer.key,), baseline=what.baseline is not None)
    at = datetime(2025, 8, 14, 9, tzinfo=UTC)
    key = f"t{hashlib.sha256(what.question.encode()).hexdigest()[:15]}"
    who = {"planned_by": viewer.id, "planned_at": at, "saved_by": viewer.id, "saved_at": at}
    values = {"authority_id": viewer.authority, "key": key, "form": plan.form, "state": "registered", "revision": 1}
    connection.execute(insert(trials).values(**values, **who, plan=plan.to_json()))
    trial = trial_by_key(connection, viewer, key)
    _register(connection, viewer, trial, plan, what, at)
    arms = _arms(connection, viewer, trial, plan, at)
    teams = _teams(connection, viewer, trial, what, at)
    _forms(connection, viewer, trial, what, arms, teams)
    return trial_by_key(connection, viewer, key)


def _plan(what: Made) -> Plan:
    arms = [
        {"id": "present", "name": what.names[0], "control": True, "definition": "shipped-1"},
        {"id": "short", "name": what.names[1], "control": False, "definition": "own-1"},
    ]
    return plan_from_json(
        {
            "question": what.question,
            "form": "visit",
            "arms": arms,
            "teams": [{"name": name, "group": group} for name, group in groups_of(what).items()],
            "begins": BEGAN.isoformat(),
            "ends": what.ends.isoformat(),
            "scheme": what.scheme,
            "primary": what.primary,
            "co_primary": what.co_primary,
            "secondary": list(what.secondary),
            "smallest": 15,
            "sample": what.sample,
            "scorers": list(what.scorers),
        }
    )


def groups_of(what: Made) -> dict[str, str]:
    """The group of each team."""
    return dict(zip(what.teams, what.groups or [""] * len(what.teams), strict=True))


def _register(connection: Connection, viewer: Viewer, trial: Trial, plan: Plan, what: Made, at: datetime) -> None:
    frozen = {"plan_text": plan.text, "plan_hash": plan.hash, "seed": SEED, "seed_commitment": commitment(SEED)}
    period = {
        "begins_on": plan.begins_on,
        "ends_on": plan.ends_on,
        "digest": "d",
        "possible": "70",
        "acceptable": what.acceptable,
        "baseline": what.baseline,
    }
    by = {"registered_by": viewer.id, "registered_at": at, "authority_id": viewer.authority}
    connection.execute(insert(trial_registrations), {"trial_id": trial.id, **by, **frozen, **period})


def _arms(connection: Connection, viewer: Viewer, trial: Trial, plan: Plan, at: datetime) -> dict[str, int]:
    control = edition(connection, viewer, "visit", NOW.date())
    found = select(definitions.c.id).where(
        definitions.c.form == "visit", definitions.c.authority_id == viewer.authority
    )
    tested = connection.execute(found).scalar() or publish(connection, _variant(connection, viewer, control.id), at)
    arms = {"present": control.id, "short": tested}
    rows = [
        {"trial_id": trial.id, "arm": arm.id, "authority_id": viewer.authority, "name": arm.name}
        | {"control": arm.control, "definition_id": arms[arm.id]}
        for arm in plan.arms
    ]
    connection.execute(insert(trial_arms), rows)
    return arms


def _variant(connection: Connection, viewer: Viewer, control: int) -> Publication:
    from engine.code_lists import code_list_from_json
    from engine.definition import definition_from_json

    row = connection.execute(select(definitions.c.content, definitions.c.code_lists).where(definitions.c.id == control))
    content, lists = row.one()
    read = {name: code_list_from_json(each) for name, each in lists.items()}
    first, *others = content["sections"]
    tried = {**content, "version": 1, "sections": [{**first, "title": "The visit itself"}, *others]}
    definition = definition_from_json(tried, read, NOW.date().isoformat())
    return Publication(definition, lists, viewer.authority, viewer.id, "for a trial", for_trial=True)


def _teams(
    connection: Connection, viewer: Viewer, trial: Trial, what: Made, at: datetime
) -> dict[str, tuple[int, str]]:
    """Each team's id and arm."""
    half = len(what.teams) // 2
    found = {}
    for number, name in enumerate(what.teams):
        team = add_team(connection, viewer.authority, name)
        found[name] = (team, "present" if number < half else "short")
    rows = [
        {"trial_id": trial.id, "team_id": team, "authority_id": viewer.authority, "name": name, "arm": arm}
        | {"stratum": groups_of(what)[name], "late": False, "at": at}
        for name, (team, arm) in found.items()
    ]
    connection.execute(insert(trial_teams), rows)
    return found


def _forms(
    connection: Connection,
    viewer: Viewer,
    trial: Trial,
    what: Made,
    arms: Mapping[str, int],
    teams: Mapping[str, tuple[int, str]],
) -> None:
    begun = datetime.combine(BEGAN + timedelta(days=9), datetime.min.time(), UTC)
    writer = add_person(connection, viewer.authority, next(iter(teams.values()))[0], WRITER)
    first = (connection.execute(select(func.max(assessments.c.id))).scalar() or 0) + 1
    forms: list[Json] = []
    for name, (team, arm) in teams.items():
        for number in range(what.forms + what.abandoned):
            forms.append((first + len(forms), name, team, arm, number))
    own = {"authority_id": viewer.authority}
    connection.execute(
        insert(assessments),
        [
            {"id": form, **own, "key": f"{trial.key}-{form}", "definition_id": arms[arm], "begun_by": writer}
            | {"status": "submitted" if number < what.forms else "draft", "begun_at": begun}
            for form, _, _, arm, number in forms
        ],
    )
    of_trial = {**own, "trial_id": trial.id}
    connection.execute(
        insert(trial_forms),
        [
            {"assessment_id": form, **of_trial, "team_id": team, "allocated_arm": arm, "served_arm": arm}
            | {"definition_id": arms[arm], "why": "", "begun_at": begun}
            for form, _, team, arm, _ in forms
        ],
    )
    done, at = [each for each in forms if each[4] < what.forms], begun + timedelta(days=20)
    frozen = {"shown": [], "context": {}, "code_lists": {}, "note": "", "submitted_by": writer, "submitted_at": at}
    connection.execute(
        insert(submissions),
        [{**own, "assessment_id": form, "record": {"meaning": what.text}, **frozen} for form, *_ in done],
    )
    _measures(connection, of_trial, what, done, at)
    _time_spent(connection, own, what, done, writer, at)
    given_up = [each for each in forms if each[4] >= what.forms]
    saved = {**own, "value": None, "revision": 1, "saved_by": writer, "saved_at": at, "question": "sense"}
    sent = {"save_key": "k", "sent_hash": "h", "active_seconds": 600}
    if given_up:
        connection.execute(insert(answer_history), [{**saved, **sent, "assessment_id": form} for form, *_ in given_up])


def _time_spent(connection: Connection, own: Json, what: Made, done: Sequence[Json], writer: int, at: datetime) -> None:
    saved = {**own, "value": None, "revision": 1, "saved_by": writer, "saved_at": at, "question": "meaning"}
    sent = {"save_key": "k", "sent_hash": "h"}
    rows = [
        {**saved, **sent, "assessment_id": form, "active_seconds": round(_minutes(what, team, number, arm) * 60)}
        for form, team, _, arm, number in done
    ]
    connection.execute(insert(answer_history), rows)


def _minutes(what: Made, team: str, number: int, arm: str) -> float:
    return minutes_of(what.teams[team], number) - (what.effect if arm == "short" else 0)


WRITER = NewPerson("Writer Nobody", "social worker", "practitioner")


def _measures(connection: Connection, of_trial: Json, what: Made, done: Sequence[Json], at: datetime) -> None:
    usual: dict[str, Callable[[str, int], float]] = {
        "minutes": lambda team, number: minutes_of(what.teams[team], number),
        "words": lambda team, number: 180 + number,
        "worker_rating": lambda team, number: 3 + number % 2,
        "family_rating": lambda team, number: 3 + number % 3,
        "not_known": lambda team, number: 0.1,
        "days": lambda team, number: 20 + number,
    }
    kept = {**usual, **what.measures}
    saved = {"short": what.effect}
    less = {"minutes": saved, "worker_rating": {"short": what.effect / 40}}
    rows = [
        {**of_trial, "assessment_id": form, "outcome": outcome, "at": at}
        | {"value": float(value(team, number)) - less.get(outcome, {}).get(arm, 0)}
        for form, team, _, arm, number in done
        for outcome, value in kept.items()
    ]
    connection.execute(insert(trial_measures), rows)


def person(connection: Connection, name: str) -> Viewer:
    """Somebody of the demonstration by name."""
    return next(each for each in everyone(connection) if each.name == name)


def taken_out(connection: Connection, trial: Trial, viewer: Viewer, assessment: int, kind: str) -> None:
    """Let a form have been taken out."""
    row = {"assessment_id": assessment, "kind": kind, "authority_id": viewer.authority, "trial_id": trial.id}
    connection.execute(insert(trial_taken_out), {**row, "reason": "x", "taken_out_by": viewer.id, "at": NOW})
