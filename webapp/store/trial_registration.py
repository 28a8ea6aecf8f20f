"""Registering a trial: its plan is frozen, its teams are drawn by lot, and later changes stand beside it."""

from dataclasses import dataclass
from datetime import datetime

from engine.trials.plan_problems import Around, PlanProblem
from webapp.access import Viewer
from webapp.store.database import Connection
from webapp.store.trials import Trial


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change after registration, in words: by whom (a name) and when."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TeamArm:
    """A team that takes part: its id and its name, the arm it was drawn for, its group, and whether it joined late.

    For those who run the trial, who know which team writes on which form; it says nothing of how that goes.
    """

    team: int
    name: str
    arm: str
    stratum: str
    late: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings that could have come out: teams by name, arms by id.

    Each line is a text with a figure for each team, in their order: the number of its arm, counted from 0.
    """

    teams: tuple[str, ...]
    arms: tuple[str, ...]
    lines: tuple[str, ...]


def around(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> Around:
    """What a plan is held against: the definitions of its arms, the authority's teams and people, other trials."""
    raise NotImplementedError


def plan_problems(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> tuple[PlanProblem, ...]:
    """Everything that keeps a plan from being registered now. Raises NotYours."""
    raise NotImplementedError


def register(
    connection: Connection, viewer: Viewer, key: str, seed: bytes, at: datetime, revision: int | None = None
) -> Trial:
    """Freeze a plan, draw its teams by lot and store what each arm serves, all in the caller's transaction.

    `seed` is 32 random bytes; `revision` the plan that the page showed, None for the one that stands. Raises NotYours,
    NoSuchRecord, StaleTrial, PlanHasProblems, AlreadyRegistered: of two at once the second is told so.
    """
    raise NotImplementedError


def teams_in(connection: Connection, trial: Trial) -> tuple[TeamArm, ...]:
    """Every team that takes part in a registered trial, by name."""
    raise NotImplementedError


def acceptable(connection: Connection, trial: Trial) -> Drawings | None:
    """The drawings that could have come out; None where all could that the scheme allows."""
    raise NotImplementedError


def amend(connection: Connection, viewer: Viewer, key: str, words: str, at: datetime) -> None:
    """Say what is changed after registration; it is shown beside the plan. Raises NotYours, NotRegistered,
    ReasonNeeded for no words."""
    raise NotImplementedError


def amendments(connection: Connection, trial: Trial) -> tuple[Amendment, ...]:
    """What was changed after registration, oldest first."""
    raise NotImplementedError


def stop(connection: Connection, viewer: Viewer, key: str, reason: str, at: datetime) -> None:
    """Begin nothing more under a trial before its end; what was begun goes on. Stopped already, nothing happens.

    Raises NotYours, NotRegistered, ReasonNeeded, TrialIsOver.
    """
    raise NotImplementedError


def join_late(connection: Connection, viewer: Viewer, key: str, team: str, at: datetime) -> TeamArm:
    """Let a team (by name) join a trial under way: drawn from the same seed, left out of the main comparison.

    Raises NotYours, NoSuchRecord, NotRegistered, TrialIsOver, TakesPartAlready.
    """
    raise NotImplementedError
