"""What a worker is served when their team takes part in a trial, decided once, as a form is begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from webapp.access import Viewer
from webapp.store.assessments import Assessment
from webapp.store.children import Child
from webapp.store.database import Connection
from webapp.store.definitions import Edition

Why = Literal["", "withdrawn", "failing", "safety", "family", "none_left"]
"""Why another form was served than the one the team was drawn for; "" where it was that one.

The arm was withdrawn or cannot be read; a form about one of the children was taken out for safety, or their family
opted out; "none_left" where the control was withdrawn too, and the form in use is served.
"""
TakenOutKind = Literal["safety", "family"]


@dataclass(frozen=True, slots=True)
class Serving:
    """What a form begun now would be begun on, and under which trial; `served` is "" where neither arm could be."""

    trial: int
    trial_key: str
    question: str
    whom_to_ask: str
    allocated: str
    served: str
    edition: Edition
    why: Why


@dataclass(frozen=True, slots=True)
class TakenOut:
    """That a form was taken out: for safety or because its family opted out, why, by whom (a name) and when."""

    kind: TakenOutKind
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnderTrial:
    """A form that was begun under a trial: the trial as workers are told of it, the arm, and what is asked of them.

    `over` says that the trial has ended or was stopped; `moved` that the form is on another version by now;
    `asks_worker` and `asks_family` whether their ratings are among what is measured.
    """

    trial: int
    trial_key: str
    question: str
    whom_to_ask: str
    allocated: str
    served: str
    why: Why
    team: int
    over: bool
    moved: bool
    asks_worker: bool
    asks_family: bool
    taken_out: tuple[TakenOut, ...] = ()

    def is_out(self, kind: TakenOutKind) -> bool:
        """Whether it was taken out for a reason of that kind."""
        return any(each.kind == kind for each in self.taken_out)


def arm_for(
    connection: Connection, viewer: Viewer, form: str, day: date, about: Sequence[Child] = ()
) -> Serving | None:
    """What the viewer's team begins a form on during a trial, in one query; None outside trials.

    `about` are the children: where a form about one of them was taken out, the control is served.
    """
    raise NotImplementedError


def enrol(connection: Connection, viewer: Viewer, key: str, serving: Serving, at: datetime) -> None:
    """Record, in the transaction that began an assessment (by key), under which arm it was; enrolled already, nothing
    happens."""
    raise NotImplementedError


def trial_of(connection: Connection, viewer: Viewer, assessment: Assessment, day: date) -> UnderTrial | None:
    """The trial that an assessment, which the caller was given, was begun under; None for none, without a query."""
    raise NotImplementedError


def take_out(
    connection: Connection, viewer: Viewer, assessment: Assessment, kind: TakenOutKind, reason: str, at: datetime
) -> None:
    """Take a form out: for safety by a manager with a reason, for a family by whoever may open it.

    Taken out already, nothing happens. Raises NotYours, NotUnderTrial, ReasonNeeded.
    """
    raise NotImplementedError
