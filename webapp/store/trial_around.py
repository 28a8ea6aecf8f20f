"""What the plan of a trial is held against: the authority's teams and people, other trials, figures of every team."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Date, Text, bindparam, func, select

from engine.definition import Definition
from engine.trials.plan import Plan
from engine.trials.plan_problems import Around
from webapp.access import CASEWORK, FORMS, Viewer
from webapp.clock import day_begins
from webapp.store.assessments import assessments
from webapp.store.authorities import teams, teams_of
from webapp.store.contents import definition_of
from webapp.store.database import Connection, UtcTime
from webapp.store.definitions import EDITION_COLUMNS, Edition, definitions
from webapp.store.people import people, viewers
from webapp.store.submissions import submissions
from webapp.store.trial_past import YEAR, known_before
from webapp.store.trial_tables import trial_registrations, trial_teams, trials
from webapp.store.trial_variants import Variant

_BUSY = (
    select(teams.c.name, trial_registrations.c.plan_text)
    .join(trial_teams, trial_teams.c.team_id == teams.c.id)
    .join(trials, trials.c.id == trial_teams.c.trial_id)
    .join(trial_registrations, trial_registrations.c.trial_id == trials.c.id)
    .where(
        trials.c.authority_id == bindparam("authority"),
        trials.c.form == bindparam("form"),
        trials.c.state == "registered",
        trial_registrations.c.ends_on >= bindparam("day", type_=Date),
    )
)
_BASE = select(*EDITION_COLUMNS).where(definitions.c.id == bindparam("id"), definitions.c.authority_id.is_(None))
_WORKERS = (
    select(teams.c.name, func.count(people.c.id))
    .join(people, people.c.team_id == teams.c.id)
    .where(
        teams.c.authority_id == bindparam("authority"),
        people.c.role == bindparam("role", type_=Text),
        people.c.ended_at.is_(None),
    )
    .group_by(teams.c.name)
)
_FORMS = (
    select(teams.c.name, func.count(submissions.c.id))
    .select_from(submissions)
    .join(assessments, assessments.c.id == submissions.c.assessment_id)
    .join(definitions, definitions.c.id == assessments.c.definition_id)
    .join(people, people.c.id == submissions.c.submitted_by)
    .join(teams, teams.c.id == people.c.team_id)
    .where(
        submissions.c.authority_id == bindparam("authority"),
        definitions.c.form == bindparam("form"),
        submissions.c.submitted_at >= bindparam("since", type_=UtcTime),
    )
    .group_by(teams.c.name)
)


def around(connection: Connection, viewer: Viewer, plan: Plan, variants: Sequence[Variant], day: date) -> Around:
    """What a plan of the viewer's authority is held against on a day; `variants` are those of its arms."""
    here = list(connection.execute(viewers().where(people.c.authority_id == viewer.authority)))
    control = next((each for each in variants if each.arm.control), None)
    return Around(
        today=day,
        arms={each.arm.id: each.definition for each in variants if each.definition is not None},
        arm_faults={each.arm.id: each.faults for each in variants if each.faults},
        base=None if control is None or control.base is None else _shipped(connection, control.base, day),
        teams=frozenset(name for _, name in teams_of(connection, viewer.authority)),
        without_workers=_without_workers(connection, viewer),
        busy=_busy(connection, viewer, plan.form, day),
        people={row.key: row[6] for row in here},
        caseworkers=frozenset(row.key for row in here if row.role in CASEWORK.roles),
        known_before=known_before(connection, viewer, plan, day_begins(day)) if plan.baseline else frozenset(),
        readers=frozenset(row.key for row in here if row.role in FORMS.roles),
    )


def _without_workers(connection: Connection, viewer: Viewer) -> frozenset[str]:
    """The teams in which nobody would begin a form."""
    counted = connection.execute(_WORKERS, {"authority": viewer.authority, "role": "practitioner"})
    return frozenset(name for _, name in teams_of(connection, viewer.authority)) - {name for name, _ in counted}


def _busy(connection: Connection, viewer: Viewer, form: str, day: date) -> Mapping[str, str]:
    """The teams in a trial of this form that is not over on a day, each with its question."""
    rows = connection.execute(_BUSY, {"authority": viewer.authority, "form": form, "day": day})
    return {name: str(json.loads(text)["question"]) for name, text in rows}


def _shipped(connection: Connection, base: int, day: date) -> Definition | None:
    row = connection.execute(_BASE, {"id": base}).one_or_none()
    return None if row is None else definition_of(connection, Edition(*row), day)


def covariates(connection: Connection, viewer: Viewer, plan: Plan, day: date) -> dict[str, dict[str, float]]:
    """What a plan balances its drawing on, by team and by name, as it is known on the day of the drawing."""
    asked = {"authority": viewer.authority, "form": plan.form, "since": day_begins(day - YEAR)}
    counted = {
        "workers": connection.execute(_WORKERS, {"authority": viewer.authority, "role": "practitioner"}).all(),
        "forms": connection.execute(_FORMS, asked).all(),
    }
    known = {name: {team: float(number) for team, number in rows} for name, rows in counted.items()}
    return {team.name: {name: known[name].get(team.name, 0.0) for name in plan.balance_on} for team in plan.teams}
