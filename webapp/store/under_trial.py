"""A form that was begun under a trial: what its workers are told, and how it is taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import bindparam, delete, exists, insert, select

from engine.trials.plan import Plan, plan_from_json
from webapp.access import CASEWORK, MANAGER, Rule, Viewer
from webapp.clock import london_day
from webapp.store.access_log import log_act
from webapp.store.assessments import Assessment, assessments
from webapp.store.database import Connection
from webapp.store.errors import NotYours
from webapp.store.moves import moves
from webapp.store.people import people
from webapp.store.trial_errors import NotUnderTrial, ReasonNeeded, TrialIsOver
from webapp.store.trial_serving import ABOUT_FAMILY, Why
from webapp.store.trial_tables import (
    trial_forms,
    trial_measures,
    trial_registrations,
    trial_scores,
    trial_taken_out,
    trials,
)

Kind = Literal["safety", "family"]
WHO_MAY: dict[Kind, Rule] = {"safety": MANAGER, "family": CASEWORK}


@dataclass(frozen=True, slots=True)
class TakenOut:
    """That a form was taken out: for safety or because its family opted out, why, by whom (a name) and when."""

    kind: Kind
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnderTrial:
    """A form that was begun under a trial, with the plan as it was registered.

    `ended` says that the trial's last registered day is past, until which what was begun counts; `over` that it has
    ended or was stopped, so that nothing more is begun; `moved` that the form is on another version by now. `why` says
    why `served` is not the arm that the team (its id) was drawn for.
    """

    trial: int
    trial_key: str
    plan: Plan
    allocated: str
    served: str
    why: Why
    team: int
    ended: bool
    over: bool
    moved: bool
    taken_out: tuple[TakenOut, ...] = ()

    def is_out(self, kind: Kind) -> bool:
        """Whether it was taken out for a reason of that kind."""
        return any(each.kind == kind for each in self.taken_out)

    @property
    def asks_worker(self) -> bool:
        """Whether the worker's own rating is among what is measured of this form."""
        return self.plan.asks_for("worker_rating") and not self.is_out("family")

    @property
    def asks_family(self) -> bool:
        """Whether the family's rating is among what is measured of this form."""
        return self.plan.asks_for("family_rating") and not self.is_out("family")


_MOVED = exists().where(moves.c.assessment_id == trial_forms.c.assessment_id, moves.c.undone_at.is_(None))
_OF = (
    select(
        trials.c.id,
        trials.c.key,
        trials.c.plan,
        trial_forms.c.allocated_arm,
        trial_forms.c.served_arm,
        trial_forms.c.why,
        trial_forms.c.team_id,
        trials.c.stopped_at,
        trial_registrations.c.ends_on,
        _MOVED.label("moved"),
        trial_taken_out.c.kind,
        trial_taken_out.c.reason,
        people.c.name,
        trial_taken_out.c.at,
    )
    .select_from(trial_forms)
    .join(trials, trials.c.id == trial_forms.c.trial_id)
    .join(trial_registrations, trial_registrations.c.trial_id == trials.c.id)
    .outerjoin(trial_taken_out, trial_taken_out.c.assessment_id == trial_forms.c.assessment_id)
    .outerjoin(people, people.c.id == trial_taken_out.c.taken_out_by)
    .where(trial_forms.c.assessment_id == bindparam("assessment"))
    .order_by(trial_taken_out.c.kind)
)
_of_family = select(trial_forms.c.assessment_id).where(
    trial_forms.c.trial_id == bindparam("trial"), trial_forms.c.assessment_id.in_(ABOUT_FAMILY)
)
_IN_ORDER = select(assessments.c.id).order_by(assessments.c.id).with_for_update(of=assessments, key_share=True)
"""Held in one order, so that two who hold the same forms never wait for each other."""
_HOLD_ONE = _IN_ORDER.where(assessments.c.id == bindparam("assessment"))
_HOLD_FAMILY = _IN_ORDER.where(assessments.c.id.in_(_of_family))
_OUT_ALREADY = select(trial_taken_out.c.assessment_id).where(
    trial_taken_out.c.assessment_id.in_(bindparam("assessments", expanding=True)), trial_taken_out.c.kind == "family"
)
_OUT = insert(trial_taken_out)
_FORGET = tuple(
    delete(table).where(table.c.assessment_id.in_(bindparam("assessments", expanding=True)))
    for table in (trial_measures, trial_scores)
)


def trial_of(connection: Connection, assessment: Assessment, day: date) -> UnderTrial | None:
    """The trial that an assessment, which the caller was given, was begun under, as it is on a day.

    None for one outside trials, which costs no query; one query otherwise.
    """
    if assessment.trial is None:
        return None
    rows = connection.execute(_OF, {"assessment": assessment.id}).all()
    return _under_trial(rows, day)


def held_trial_of(connection: Connection, assessment: Assessment, day: date) -> UnderTrial | None:
    """The same as it is once nobody else can change the form until the caller's writing transaction ends."""
    if assessment.trial is not None:
        connection.execute(_HOLD_ONE, {"assessment": assessment.id})
    return trial_of(connection, assessment, day)


def _under_trial(rows: Sequence[Any], day: date) -> UnderTrial:
    first = rows[0]
    out = tuple(TakenOut(row.kind, row.reason, row.name, row.at) for row in rows if row.kind is not None)
    ended = day > first.ends_on
    over = ended or first.stopped_at is not None
    arms = (first.allocated_arm, first.served_arm, first.why, first.team_id)
    return UnderTrial(first.id, first.key, plan_from_json(first.plan), *arms, ended, over, bool(first.moved), out)


def take_out(
    connection: Connection, viewer: Viewer, assessment: Assessment, kind: Kind, reason: str, at: datetime
) -> None:
    """Take a form out: for safety by a manager with a reason, for a family by whoever may open it.

    Out for safety, it counts with its arm as before, and what is begun about its children later is the control. Out for
    a family, nothing of any of their forms in this trial is measured, and what was is forgotten. Out already, nothing
    happens. Raises NotYours, NotUnderTrial, ReasonNeeded, and TrialIsOver where it is for safety.
    """
    if not WHO_MAY[kind].allows(viewer):
        raise NotYours(who=WHO_MAY[kind].words)
    held = _hold(connection, assessment, kind)
    under = trial_of(connection, assessment, london_day(at))
    if under is None:
        raise NotUnderTrial
    if under.is_out(kind):
        return
    if kind == "safety" and under.over:
        raise TrialIsOver
    if kind == "safety" and not reason.strip():
        raise ReasonNeeded
    found = held if kind == "safety" else _still_in(connection, held)
    row = {"authority_id": viewer.authority, "trial_id": under.trial, "kind": kind, "reason": reason.strip()}
    who = {"taken_out_by": viewer.id, "at": at}
    connection.execute(_OUT, [{**row, **who, "assessment_id": each} for each in found])
    if kind == "family":
        for forget in _FORGET:
            connection.execute(forget, {"assessments": found})
    log_act(connection, viewer, "assessment", found, "taken_out" if kind == "safety" else "opted_out", at)


def _hold(connection: Connection, assessment: Assessment, kind: Kind) -> list[int]:
    """Hold what is taken out: the form, or every form of its family in its trial."""
    if kind == "safety":
        return list(connection.execute(_HOLD_ONE, {"assessment": assessment.id}).scalars())
    asked = {"trial": assessment.trial, "children": [child.id for child in assessment.children]}
    return list(connection.execute(_HOLD_FAMILY, asked).scalars())


def _still_in(connection: Connection, held: list[int]) -> list[int]:
    already = set(connection.execute(_OUT_ALREADY, {"assessments": held}).scalars())
    return [each for each in held if each not in already]
