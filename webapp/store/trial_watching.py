"""Watching a trial while it runs: how it goes in each team, without its arms; harm by arm, for its watcher alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, select

from engine.definition import Definition
from engine.trials.plan import plan_from_json
from webapp.access import FORMS, Viewer
from webapp.store.access_log import log_act
from webapp.store.assessments import assessments
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.definitions import EDITION_COLUMNS, Edition, definitions
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.people import people, viewer_from_row, viewers
from webapp.store.trial_named_since import NAMED_SINCE
from webapp.store.trial_tables import trial_arms, trial_forms, trial_measures, trial_taken_out, trial_teams, trials
from webapp.store.trials import Trial, must_try_forms, trial_by_key

WATCHER = "the person who watches this trial for harm"


@dataclass(frozen=True, slots=True)
class TeamCount:
    """The forms of a team under a trial: begun, and of these finished, set aside, and still being written."""

    name: str
    late: bool
    begun: int
    finished: int
    set_aside: int

    @property
    def under_way(self) -> int:
        """Those that are still being written."""
        return self.begun - self.finished - self.set_aside


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How a trial goes, without its arms: by team, and what is counted over all of them.

    `mis_served` were begun on another form than their team was drawn for, by the reason; `moved` are on another
    version by now; `missing` are finished forms without a measure, by the outcome (but for quality, which is scored);
    `safety` and `family` were taken out.
    """

    teams: tuple[TeamCount, ...]
    mis_served: Mapping[str, int]
    moved: int
    safety: int
    family: int
    missing: Mapping[str, int]

    def total(self, what: str) -> int:
        """One count of `TeamCount` over all teams."""
        return sum(getattr(each, what) for each in self.teams)


@dataclass(frozen=True, slots=True)
class ArmHarm:
    """What a watcher sees of an arm (by id): its forms, those whose answer points to harm, and those taken out."""

    arm: str
    begun: int
    finished: int
    pointing: int
    safety: int
    family: int


@dataclass(frozen=True, slots=True)
class SafetyCase:
    """A form that was taken out for safety: its arm, its team, when and by whom (a name); never about which child."""

    arm: str
    team: str
    at: datetime
    by: str


_PEOPLE = viewers().where(people.c.authority_id == bindparam("authority")).order_by(people.c.name, people.c.id)
_OUT = trial_taken_out.alias()


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _taken_out(kind: str) -> ColumnElement[bool]:
    return exists().where(_OUT.c.assessment_id == trial_forms.c.assessment_id, _OUT.c.kind == kind)


_BEGUN = trial_forms.c.assessment_id.is_not(None)
_FINISHED = assessments.c.status == "submitted"
_TEAMS: Select[Any] = (
    select(
        trial_teams.c.name,
        trial_teams.c.late,
        _number(_BEGUN),
        _number(_FINISHED),
        _number(assessments.c.status == "set_aside"),
    )
    .outerjoin(
        trial_forms,
        and_(trial_forms.c.trial_id == trial_teams.c.trial_id, trial_forms.c.team_id == trial_teams.c.team_id),
    )
    .outerjoin(assessments, assessments.c.id == trial_forms.c.assessment_id)
    .where(trial_teams.c.trial_id == bindparam("trial"))
    .group_by(trial_teams.c.team_id, trial_teams.c.name, trial_teams.c.late)
    .order_by(trial_teams.c.name)
)
_OVER_ALL: Select[Any] = (
    select(
        trial_forms.c.why,
        _number(trial_forms.c.served_arm != trial_forms.c.allocated_arm),
        _number(assessments.c.definition_id != trial_forms.c.definition_id),
        _number(_taken_out("safety")),
        _number(_taken_out("family")),
        _number(and_(_FINISHED, ~_taken_out("family"))),
    )
    .join(assessments, assessments.c.id == trial_forms.c.assessment_id)
    .where(trial_forms.c.trial_id == bindparam("trial"))
    .group_by(trial_forms.c.why)
)
_MEASURED = (
    select(trial_measures.c.outcome, func.count())
    .join(trial_forms, trial_forms.c.assessment_id == trial_measures.c.assessment_id)
    .join(assessments, and_(assessments.c.id == trial_measures.c.assessment_id, _FINISHED))
    .where(trial_measures.c.trial_id == bindparam("trial"), ~_taken_out("family"))
    .group_by(trial_measures.c.outcome)
)
_POINTS = exists().where(
    trial_measures.c.assessment_id == trial_forms.c.assessment_id,
    trial_measures.c.outcome == "harm",
    trial_measures.c.value > 0,
)
_BY_ARM: Select[Any] = (
    select(
        trial_forms.c.allocated_arm,
        func.count(),
        _number(_FINISHED),
        _number(_POINTS),
        _number(_taken_out("safety")),
        _number(_taken_out("family")),
    )
    .join(assessments, assessments.c.id == trial_forms.c.assessment_id)
    .where(trial_forms.c.trial_id == bindparam("trial"))
    .group_by(trial_forms.c.allocated_arm)
)
_SAFETY_CASES: Select[Any] = (
    select(trial_forms.c.allocated_arm, trial_teams.c.name, trial_taken_out.c.at, people.c.name)
    .join(trial_forms, trial_forms.c.assessment_id == trial_taken_out.c.assessment_id)
    .join(
        trial_teams,
        and_(trial_teams.c.trial_id == trial_forms.c.trial_id, trial_teams.c.team_id == trial_forms.c.team_id),
    )
    .join(people, people.c.id == trial_taken_out.c.taken_out_by)
    .where(trial_taken_out.c.trial_id == bindparam("trial"), trial_taken_out.c.kind == "safety")
    .order_by(trial_taken_out.c.at.desc())
    .limit(200)
)
_SERVED = (
    select(trial_arms.c.arm, *EDITION_COLUMNS)
    .join(definitions, definitions.c.id == trial_arms.c.definition_id)
    .where(trial_arms.c.trial_id == bindparam("trial"))
    .order_by(trial_arms.c.control.desc())
)
_BEGUN_IN = (
    select(trials.c.key, func.count(trial_forms.c.assessment_id))
    .join(trial_forms, trial_forms.c.trial_id == trials.c.id)
    .where(trials.c.authority_id == bindparam("authority"))
    .group_by(trials.c.key)
)
_REGISTERED = select(trials.c.key, trials.c.plan, NAMED_SINCE).where(
    trials.c.authority_id == bindparam("authority"), trials.c.state.in_(("registered", "stopped"))
)


def people_here(connection: Connection, viewer: Viewer) -> tuple[Viewer, ...]:
    """Everybody who works in the viewer's authority, by name: who may watch over a trial or score."""
    return tuple(viewer_from_row(row) for row in connection.execute(_PEOPLE, {"authority": viewer.authority}))


def served_in(connection: Connection, trial: Trial, day: date) -> dict[str, Definition]:
    """What each arm of a registered trial serves, by the arm's id: as it was frozen, withdrawn since or not."""
    rows = connection.execute(_SERVED, {"trial": trial.id}).all()
    return {arm: definition_of(connection, Edition(*edition), day) for arm, *edition in rows}


def begun_in(connection: Connection, viewer: Viewer) -> Mapping[str, int]:
    """How many forms were begun under each trial of the viewer's authority, by the trial's key. Raises NotYours."""
    must_try_forms(viewer)
    rows = connection.execute(_BEGUN_IN, {"authority": viewer.authority})
    return {row[0]: int(row[1]) for row in rows}


def enrolment(connection: Connection, viewer: Viewer, trial: Trial) -> Enrolment:
    """How a registered trial goes in each team, without its arms, in three queries. Raises NotYours."""
    must_try_forms(viewer)
    asked = {"trial": trial.id}
    counts = tuple(TeamCount(name, bool(late), *each) for name, late, *each in connection.execute(_TEAMS, asked))
    rows = connection.execute(_OVER_ALL, asked).all()
    moved, safety, family, measurable = (sum(int(row[place]) for row in rows) for place in (2, 3, 4, 5))
    mis_served = {row[0]: int(row[1]) for row in rows if row[1]}
    measured = {row[0]: int(row[1]) for row in connection.execute(_MEASURED, asked)}
    kept = [each for each in trial.plan.outcomes if each.kind != "quality"]
    missing = {each.name: measurable - measured.get(each.measure, 0) for each in kept}
    return Enrolment(counts, mis_served, moved, safety, family, missing)


def watched_by(connection: Connection, viewer: Viewer) -> Sequence[str]:
    """The keys of the registered trials that a viewer, of whichever role, watches for harm."""
    rows = connection.execute(_REGISTERED, {"authority": viewer.authority})
    return [key for key, plan, since in rows if viewer.key == (since or plan_from_json(plan).harm.watcher)]


def harm_in(
    connection: Connection, viewer: Viewer, key: str, at: datetime
) -> tuple[Trial, tuple[ArmHarm, ...], tuple[SafetyCase, ...]]:
    """Harm by arm, the control first, and what was taken out for safety; that it was opened is logged.

    Raises NotYours to all but its watcher, NoSuchRecord for a trial that is not there or not registered.
    """
    trial = trial_by_key(connection, viewer, key)
    if trial.registration is None and not FORMS.allows(viewer):
        raise NoSuchRecord
    if trial.registration is None or viewer.key != trial.watcher:
        raise NotYours(who=WATCHER)
    found = {row[0]: row for row in connection.execute(_BY_ARM, {"trial": trial.id})}
    arms = sorted(trial.plan.arms, key=lambda arm: not arm.control)
    counts = tuple(ArmHarm(*found.get(arm.id, (arm.id, 0, 0, 0, 0, 0))) for arm in arms)
    cases = tuple(SafetyCase(*row) for row in connection.execute(_SAFETY_CASES, {"trial": trial.id}))
    log_act(connection, viewer, "trial", [trial.id], "harm_opened", at)
    return trial, counts, cases
