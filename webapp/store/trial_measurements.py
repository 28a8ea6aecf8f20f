"""What the forms of a trial were measured by, as columns, once the trial is opened: one query for each outcome.

Of a trial of several authorities the forms of all of them, by team: the one thing that crosses between them.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, not_, select

from engine.trials.plan import Outcome, number
from webapp.access import Viewer
from webapp.store.answers import answer_history
from webapp.store.assessments import assessments
from webapp.store.authorities import teams
from webapp.store.database import Connection
from webapp.store.definitions import definitions
from webapp.store.submissions import submissions
from webapp.store.trial_results import Opening, opened
from webapp.store.trial_scoring import sample, standing_score
from webapp.store.trial_tables import (
    trial_arms,
    trial_forms,
    trial_measures,
    trial_scores,
    trial_taken_out,
    trial_teams,
    trials,
)
from webapp.store.trials import ALL_PARTS, Trial, all_parts

Json = Any


@dataclass(frozen=True, slots=True)
class Measured:
    """One outcome of the forms that count, a row a form: its team by name, its value (None where missing).

    `events` is 1 for a form that was finished and 0 for one that was abandoned; None where only finished ones count.
    """

    teams: Sequence[str]
    values: Sequence[float | None]
    events: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class TeamCounts:
    """What became of the forms that a team began: how many, and how many of them for each reason.

    `mis_served` had another arm than their team's, `moved` went to another version of the form.
    """

    name: str
    arm: str
    stratum: str
    late: bool
    begun: int = 0
    finished: int = 0
    safety: int = 0
    family: int = 0
    mis_served: int = 0
    moved: int = 0

    @property
    def abandoned(self) -> int:
        """Begun and not finished by the end."""
        return self.begun - self.finished


def _out(kind: str) -> ColumnElement[bool]:
    return exists().where(
        trial_taken_out.c.assessment_id == trial_forms.c.assessment_id, trial_taken_out.c.kind == kind
    )


_opted_out = _out("family")
_done = exists().where(
    submissions.c.assessment_id == trial_forms.c.assessment_id, submissions.c.submitted_at <= bindparam("up_to")
)
_team_of_form = and_(trial_teams.c.trial_id == trial_forms.c.trial_id, trial_teams.c.team_id == trial_forms.c.team_id)
_COUNTED = (
    select(trial_teams.c.name)
    .select_from(trial_forms)
    .join(trial_teams, _team_of_form)
    .where(
        trial_forms.c.trial_id.in_(ALL_PARTS),
        trial_forms.c.begun_at <= bindparam("up_to"),
        not_(trial_teams.c.late),
        not_(_opted_out),
    )
)
"""Every form that counts, with its team's name: as allocated, whatever was served; families who opted out do not."""
_measure_of_form = and_(
    trial_measures.c.assessment_id == trial_forms.c.assessment_id,
    trial_measures.c.outcome == bindparam("outcome"),
    trial_measures.c.at <= bindparam("up_to"),
)
_FINISHED: Select[Any] = (
    _COUNTED.add_columns(trial_measures.c.value).outerjoin(trial_measures, _measure_of_form).where(_done)
)
_IN_TIME: Select[Any] = (
    _COUNTED.add_columns(trial_measures.c.value)
    .outerjoin(trial_measures, _measure_of_form)
    .where(trial_forms.c.begun_at <= bindparam("soon_enough"))
)
_ABANDONED: Select[Any] = (
    _COUNTED.add_columns(func.coalesce(func.sum(answer_history.c.active_seconds), 0) / 60.0)
    .outerjoin(
        answer_history,
        and_(
            answer_history.c.assessment_id == trial_forms.c.assessment_id,
            answer_history.c.saved_at <= bindparam("up_to"),
        ),
    )
    .where(not_(_done))
    .group_by(trial_forms.c.assessment_id, trial_teams.c.name)
)
_SCORES: Select[Any] = (
    _COUNTED.add_columns(trial_scores.c.assessment_id, trial_scores.c.score)
    .join(trial_scores, trial_scores.c.assessment_id == trial_forms.c.assessment_id)
    .where(_done)
    .order_by(trial_scores.c.assessment_id, trial_scores.c.at, trial_scores.c.scorer_id)
)


def _how_many(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)


_form_of_team = and_(_team_of_form, trial_forms.c.begun_at <= bindparam("up_to"))
_COUNTS = (
    select(
        trial_teams.c.name,
        trial_teams.c.arm,
        trial_teams.c.stratum,
        trial_teams.c.late,
        func.count(trial_forms.c.assessment_id),
        _how_many(_done),
        _how_many(_out("safety")),
        _how_many(_opted_out),
        _how_many(trial_forms.c.served_arm != trial_forms.c.allocated_arm),
        _how_many(assessments.c.definition_id != trial_forms.c.definition_id),
    )
    .select_from(trial_teams)
    .outerjoin(trial_forms, _form_of_team)
    .outerjoin(assessments, assessments.c.id == trial_forms.c.assessment_id)
    .where(trial_teams.c.trial_id.in_(ALL_PARTS))
    .group_by(trial_teams.c.name, trial_teams.c.arm, trial_teams.c.stratum, trial_teams.c.late)
    .order_by(trial_teams.c.name)
)
_TEAMS = (
    select(func.count())
    .select_from(teams)
    .where(teams.c.authority_id.in_(select(trials.c.authority_id).where(trials.c.id.in_(ALL_PARTS))))
)
_CONTENTS = (
    select(definitions.c.content)
    .join(trial_arms, trial_arms.c.definition_id == definitions.c.id)
    .where(trial_arms.c.trial_id == bindparam("trial"), trial_arms.c.control)
)


def team_counts(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> tuple[TeamCounts, ...]:
    """What became of the forms of each team, by name. Raises as `opened`."""
    opening = opened(connection, viewer, trial, at)
    rows = connection.execute(_COUNTS, {"lead": trial.lead, "up_to": opening.up_to})
    return tuple(TeamCounts(*row) for row in rows)


def measured(connection: Connection, viewer: Viewer, trial: Trial, outcome: Outcome, at: datetime) -> Measured:
    """One outcome of every form that counts. Raises as `opened`.

    Of "minutes" abandoned forms are rows too; of "completed_within" only forms begun early enough to have had the
    days; of "quality" the forms that were scored, with the score that stands.
    """
    opening = opened(connection, viewer, trial, at)
    asked = {"lead": trial.lead, "up_to": opening.up_to, "outcome": outcome.measure}
    if outcome.kind == "completed_within":
        return _in_time(connection, asked, opening, number(outcome.days) or 0)
    if outcome.kind == "quality":
        parts = all_parts(connection, trial)
        drawn = {each.assessment for part in parts for each in sample(connection, part, opening.up_to)}
        return _scored(connection.execute(_SCORES, asked), drawn)
    finished = connection.execute(_FINISHED, asked).all()
    names, values = [row[0] for row in finished], [row[1] for row in finished]
    if outcome.kind != "minutes":
        return Measured(names, values)
    abandoned = connection.execute(_ABANDONED, asked).all()
    events = [1] * len(finished) + [0] * len(abandoned)
    return Measured(names + [row[0] for row in abandoned], values + [float(row[1]) for row in abandoned], events)


def _in_time(connection: Connection, asked: dict[str, Json], opening: Opening, days: float) -> Measured:
    """Whether each form that had the days was finished within them."""
    soon_enough = opening.up_to - timedelta(days=days)
    rows = connection.execute(_IN_TIME, {**asked, "soon_enough": soon_enough}).all()
    return Measured([row[0] for row in rows], [float(row[1] is not None and row[1] <= days) for row in rows])


def _scored(rows: Iterable[Any], sampled: Collection[int]) -> Measured:
    by: dict[int, str] = {}
    scores: dict[int, list[int]] = {}
    for team, assessment, score in rows:
        if assessment in sampled:
            by[assessment] = team
            scores.setdefault(assessment, []).append(score)
    return Measured(list(by.values()), [standing_score(each) for each in scores.values()])


def teams_of_authorities(connection: Connection, trial: Trial) -> int:
    """How many teams there are in every authority of a trial, whether they take part or not."""
    return int(connection.execute(_TEAMS, {"lead": trial.lead}).scalar_one())


def label_and_type(connection: Connection, trial: Trial, question: str) -> tuple[Json, str, bool]:
    """The words (in one or more languages) and the type of a question of the control, and whether each child has it."""
    content = connection.execute(_CONTENTS, {"trial": trial.id}).scalar_one()
    for section in content["sections"]:
        for each in section["questions"]:
            if each["id"] == question:
                per_child = bool(section.get("per_child") or each.get("per_child"))
                return each["label"], each["type"], per_child
    return question, "", False
