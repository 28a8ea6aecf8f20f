"""What earlier forms say of how far teams and forms lie apart, before a trial is planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import fmean, stdev
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from engine.trials.measuring import words_of_record
from engine.trials.plan import MOST_DAYS, Plan, number
from webapp.access import Viewer
from webapp.clock import london_day
from webapp.store.answers import answer_history
from webapp.store.assessments import assessments
from webapp.store.authorities import teams
from webapp.store.contents import definition_of
from webapp.store.database import Connection, UtcTime
from webapp.store.definitions import EDITION_COLUMNS, Edition, definitions
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


_WITHIN = (
    submissions.c.authority_id == bindparam("authority"),
    submissions.c.submitted_at >= bindparam("since", type_=UtcTime),
    submissions.c.submitted_at < bindparam("until", type_=UtcTime),
    ~sealed(assessments.c.id),
    definitions.c.form == bindparam("form"),
)
"""That a form of a kind was submitted in a period, and is not sealed on a day."""


def _submitted(*columns: Any) -> Select[Any]:
    """Columns of submitted forms, after the name of the team of whoever began each."""
    return (
        select(teams.c.name, *columns)
        .select_from(submissions)
        .join(assessments, assessments.c.id == submissions.c.assessment_id)
        .join(definitions, definitions.c.id == assessments.c.definition_id)
        .join(people, people.c.id == assessments.c.begun_by)
        .join(teams, teams.c.id == people.c.team_id)
        .where(*_WITHIN)
    )


_MINUTES = (
    _submitted(func.sum(answer_history.c.active_seconds))
    .join(answer_history, answer_history.c.assessment_id == assessments.c.id)
    .group_by(teams.c.name, assessments.c.id)
    .order_by(teams.c.name)
)
_TEAMS = _submitted().distinct()
_RECORDS = _submitted(submissions.c.record, *EDITION_COLUMNS).order_by(teams.c.name)
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


def known_before(connection: Connection, viewer: Viewer, plan: Plan, at: datetime) -> frozenset[str]:
    """The teams of which `baseline_of` would have a figure, without reading what was written. Raises NotYours."""
    must_try_forms(viewer)
    if plan.primary is not None and plan.primary.kind == "words":
        return frozenset(connection.execute(_TEAMS, _asked(viewer, plan, at)).scalars())
    return frozenset(baseline_of(connection, viewer, plan, at))


def baseline_of(connection: Connection, viewer: Viewer, plan: Plan, at: datetime) -> dict[str, float]:
    """By team, its figure in the primary outcome of a plan in the twelve months before a moment.

    Of minutes the mean (each form at most the cap) of the forms it submitted, of words likewise; of being finished in
    time the share of the forms it began early enough to have had the days. {} where the store cannot tell. Words take
    as long as reading every one of these forms. Raises NotYours.
    """
    must_try_forms(viewer)
    outcome = plan.primary
    if outcome is not None and outcome.kind == "minutes":
        found = past_minutes(connection, viewer, plan.form, (at - YEAR, at), number(outcome.cap) or 240)
        return {name: each.mean for name, each in found.items()}
    if outcome is not None and outcome.kind == "completed_within":
        days = number(outcome.days) or 0
        return _in_time(connection, viewer, plan.form, timedelta(days=days), at) if 0 < days <= MOST_DAYS else {}
    if outcome is not None and outcome.kind == "words":
        return _words(connection, viewer, plan, at)
    return {}


def _asked(viewer: Viewer, plan: Plan, at: datetime) -> dict[str, Any]:
    period = {"since": at - YEAR, "until": at, "day": london_day(at)}
    return {"authority": viewer.authority, "form": plan.form, **period}


def _words(connection: Connection, viewer: Viewer, plan: Plan, at: datetime) -> dict[str, float]:
    rows, day = connection.execute(_RECORDS, _asked(viewer, plan, at)), london_day(at)

    def words(record: Any, *which: Any) -> int:
        return words_of_record(definition_of(connection, Edition(*which), day), record)

    return {name: fmean(words(*of_form) for _, *of_form in each) for name, each in groupby(rows, _name)}


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
