"""What earlier forms say of how far teams and forms lie apart, before a trial is planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import fmean, stdev
from typing import Any

from sqlalchemy import bindparam, func, select

from engine.trials.plan import Plan, number
from webapp.access import Viewer
from webapp.clock import london_day
from webapp.store.answers import answer_history
from webapp.store.assessments import assessments
from webapp.store.authorities import teams
from webapp.store.database import Connection, UtcTime
from webapp.store.definitions import definitions
from webapp.store.people import people
from webapp.store.sealed_forms import sealed
from webapp.store.submissions import submissions
from webapp.store.trials import must_try_forms


@dataclass(frozen=True, slots=True)
class PastOfTeam:
    """The forms that a team submitted: how many, and the mean and standard deviation of their active minutes."""

    forms: int
    mean: float
    sd: float


_MINUTES = (
    select(teams.c.name, func.sum(answer_history.c.active_seconds))
    .select_from(submissions)
    .join(assessments, assessments.c.id == submissions.c.assessment_id)
    .join(definitions, definitions.c.id == assessments.c.definition_id)
    .join(people, people.c.id == assessments.c.begun_by)
    .join(teams, teams.c.id == people.c.team_id)
    .join(answer_history, answer_history.c.assessment_id == assessments.c.id)
    .where(
        submissions.c.authority_id == bindparam("authority"),
        submissions.c.submitted_at >= bindparam("since", type_=UtcTime),
        submissions.c.submitted_at < bindparam("until", type_=UtcTime),
        ~sealed(assessments.c.id),
        definitions.c.form == bindparam("form"),
    )
    .group_by(teams.c.name, assessments.c.id)
    .order_by(teams.c.name)
)

_DAYS = (
    select(teams.c.name, assessments.c.begun_at, submissions.c.submitted_at)
    .select_from(assessments)
    .join(definitions, definitions.c.id == assessments.c.definition_id)
    .join(people, people.c.id == assessments.c.begun_by)
    .join(teams, teams.c.id == people.c.team_id)
    .outerjoin(submissions, submissions.c.assessment_id == assessments.c.id)
    .where(
        assessments.c.authority_id == bindparam("authority"),
        assessments.c.begun_at >= bindparam("since", type_=UtcTime),
        assessments.c.begun_at < bindparam("until", type_=UtcTime),
        ~sealed(assessments.c.id),
        definitions.c.form == bindparam("form"),
    )
    .order_by(teams.c.name)
)
YEAR = timedelta(days=365)


def baseline_of(connection: Connection, viewer: Viewer, plan: Plan, at: datetime) -> dict[str, float]:
    """By team, its figure in the primary outcome of a plan in the twelve months before a moment.

    Of minutes the mean (each form at most the cap) of the forms it submitted; of being finished in time the share of
    the forms it began early enough to have had the days. {} where the store cannot tell. Raises NotYours.
    """
    must_try_forms(viewer)
    kind = plan.primary.kind if plan.primary else ""
    if kind == "minutes" and plan.primary is not None:
        found = past_minutes(connection, viewer, plan.form, (at - YEAR, at), number(plan.primary.cap) or 240)
        return {name: each.mean for name, each in found.items()}
    if kind == "completed_within" and plan.primary is not None:
        return _in_time(connection, viewer, plan.form, timedelta(days=number(plan.primary.days) or 0), at)
    return {}


def _in_time(connection: Connection, viewer: Viewer, form: str, days: timedelta, at: datetime) -> dict[str, float]:
    asked = {"authority": viewer.authority, "since": at - YEAR, "until": at - days, "day": london_day(at), "form": form}
    rows = connection.execute(_DAYS, asked)
    return {name: fmean(_kept(row, days) for row in each) for name, each in groupby(rows, _name)}


def _kept(row: Any, days: timedelta) -> float:
    return float(row.submitted_at is not None and row.submitted_at - row.begun_at <= days)


def past_minutes(
    connection: Connection, viewer: Viewer, form: str, within: tuple[datetime, datetime], cap: float
) -> Mapping[str, PastOfTeam]:
    """By team, the active minutes (each at most `cap`) of forms of a kind submitted in a period, its end left out.

    Forms that are sealed on the day of its end are not in it. Raises NotYours.
    """
    must_try_forms(viewer)
    since, until = within
    asked = {"authority": viewer.authority, "since": since, "until": until, "day": london_day(until), "form": form}
    rows = connection.execute(_MINUTES, asked)
    found = {name: [min(float(seconds or 0) / 60, cap) for _, seconds in each] for name, each in groupby(rows, _name)}
    return {
        name: PastOfTeam(len(each), fmean(each), stdev(each) if len(each) > 1 else 0) for name, each in found.items()
    }


def _name(row: Any) -> str:
    return str(row[0])
