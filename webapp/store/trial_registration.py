"""Registering a trial: its plan is frozen, its teams are drawn by lot, and later changes stand beside it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update

from engine.trials.allocation import Allocation, Unit, allocate, late
from engine.trials.plan_problems import PlanProblem
from engine.trials.together import scheme_drawn, unit_name, units
from webapp.access import Viewer
from webapp.clock import london_day
from webapp.store.access_log import log_act
from webapp.store.authorities import hold_authorities, teams_of
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord
from webapp.store.trial_around import around, covariates
from webapp.store.trial_errors import (
    NotRegistered,
    PlanHasProblems,
    ReasonNeeded,
    TakesPartAlready,
    TrialIsOver,
    WatcherInside,
)
from webapp.store.trial_freezing import Frozen, freeze
from webapp.store.trial_held import Held, held_against
from webapp.store.trial_planning import end_planning
from webapp.store.trial_tables import (
    trial_registrations,
    trial_teams,
    trials,
)
from webapp.store.trial_watching import people_here
from webapp.store.trials import ALL_PARTS, Trial, all_parts, find_trial, must_try_forms

SEED_BYTES = 32


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


_TEAMS = select(
    trial_teams.c.team_id,
    trial_teams.c.name,
    trial_teams.c.arm,
    trial_teams.c.stratum,
    trial_teams.c.late,
    trial_teams.c.at,
).where(trial_teams.c.trial_id == bindparam("trial")).order_by(trial_teams.c.name)  # fmt: skip
_ACCEPTABLE = select(trial_registrations.c.acceptable).where(trial_registrations.c.trial_id == bindparam("trial"))
_BASELINES = select(trial_registrations.c.baseline).where(trial_registrations.c.trial_id.in_(ALL_PARTS))
_LEADING_KEY = select(trials.c.key).where(trials.c.id == bindparam("lead"))
_STOP = (
    update(trials)
    .where(
        or_(trials.c.id == bindparam("trial"), trials.c.part_of == bindparam("trial")), trials.c.state == "registered"
    )
    .values(state="stopped", stopped_by=bindparam("by"), stopped_at=bindparam("at"), stopped_reason=bindparam("why"))
)


def plan_problems(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> tuple[PlanProblem, ...]:
    """Everything that keeps a plan from being registered now. Raises NotYours."""
    must_try_forms(viewer)
    return held_against(connection, viewer, trial, london_day(at)).problems


def register(
    connection: Connection, viewer: Viewer, key: str, seed: bytes, at: datetime, revision: int | None = None
) -> Trial:
    """Freeze a plan, draw its teams by lot and store what each arm serves, all in the caller's transaction.

    Of several authorities all of it at once: one plan, one drawing, and a trial in each of them. `seed` is 32 random
    bytes; `revision` the plan that the page showed, None for the one that stands. Raises NotYours, NoSuchRecord,
    StaleTrial, PlanHasProblems, AlreadyRegistered: of two at once the second is told so.
    """
    must_try_forms(viewer)
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed has {SEED_BYTES} bytes")
    hold_authorities(connection)
    trial = find_trial(connection, viewer, key)
    # A caller may catch the refusal and go on with the transaction: nothing of the attempt may stay in it.
    with connection.begin_nested():
        end_planning(connection, viewer, trial, trial.revision if revision is None else revision)
        held = held_against(connection, viewer, trial, london_day(at))
        _refuse_with_problems(held)
        whole = replace(trial, plan=held.plan, whole=held.plan)
        drawn = draw(connection, viewer, whole, seed.hex(), london_day(at))
        freeze(connection, viewer, Frozen(whole, seed.hex(), commitment(seed.hex()), drawn, at), held)
    log_act(connection, viewer, "trial", [trial.id], "registered", at)
    return find_trial(connection, viewer, key)


def _refuse_with_problems(held: Held) -> None:
    if held.problems:
        raise PlanHasProblems(first=f"{held.problems[0].message} {held.problems[0].mend}")


def draw(connection: Connection, viewer: Viewer, trial: Trial, seed: str, day: date) -> Allocation:
    """Draw the teams of a plan by lot: the same for the same seed, trial and teams, on every machine."""
    plan, scheme = trial.plan, scheme_drawn(trial.plan)
    known = covariates(connection, viewer, plan, day) if scheme == "constrained" else {}
    drawn = [_unit(scheme, team.name, team.group, known.get(team.name, {})) for team in units(plan)]
    return allocate(trial.key, seed, [arm.id for arm in plan.arms], drawn, scheme)


def _unit(scheme: str, name: str, group: str, known: dict[str, float]) -> Unit:
    stratum = group if scheme == "stratified" else None
    return Unit(name, stratum, group if scheme == "paired" else None, known)


def commitment(seed: str) -> str:
    """What is made public of a seed at registration: SHA-256 of its hexadecimal text, in hexadecimal."""
    return hashlib.sha256(seed.encode()).hexdigest()


def teams_in(connection: Connection, trial: Trial) -> tuple[TeamArm, ...]:
    """Every team that takes part in a registered trial, by name."""
    return tuple(TeamArm(*row) for row in connection.execute(_TEAMS, {"trial": trial.id}))


def baseline(connection: Connection, trial: Trial) -> Mapping[str, float] | None:
    """Each team's figure before a registered trial, by its name; None where its plan does not adjust for it.

    Of several authorities' trial those of all teams, by the names that they were drawn by.
    """
    found = connection.execute(_BASELINES, {"lead": trial.lead}).scalars().all()
    return {str(name): float(value) for each in found for name, value in (each or {}).items()} or None


def acceptable(connection: Connection, trial: Trial) -> Drawings | None:
    """The drawings that could have come out; None where all could that the scheme allows."""
    kept: Any = connection.execute(_ACCEPTABLE, {"trial": trial.lead}).scalar()
    return None if kept is None else Drawings(tuple(kept["teams"]), tuple(kept["arms"]), tuple(kept["lines"]))


def stop(connection: Connection, viewer: Viewer, key: str, reason: str, at: datetime) -> None:
    """Begin nothing more under a trial before its end; what was begun goes on. Stopped already, nothing happens.

    The authority that leads stops it for all, which stands in the log of each; another one withdraws its own teams
    alone. Raises NotYours, NoSuchRecord, NotRegistered, ReasonNeeded, TrialIsOver.
    """
    trial = registered_trial(connection, viewer, key)
    if trial.stopping is not None:
        return
    if trial.over(london_day(at)):
        raise TrialIsOver
    if not reason.strip():
        raise ReasonNeeded
    parts = [each for each in all_parts(connection, trial) if each.part_of == trial.id and each.stopping is None]
    asked = {"trial": trial.id, "by": viewer.id, "at": at, "why": reason.strip()}
    if connection.execute(_STOP, asked).rowcount:
        log_act(connection, viewer, "trial", [trial.id], "stopped", at)
        for part in parts:
            log_act(connection, replace(viewer, authority=part.authority), "trial", [part.id], "stopped", at)


def join_late(connection: Connection, viewer: Viewer, key: str, team: str, at: datetime) -> TeamArm:
    """Let a team (by name) join a trial under way: drawn from the same seed, left out of the main comparison.

    The key that it is drawn with is that of the leading trial, as for the teams that were there from the start.

    Raises NotYours, NoSuchRecord (also for a team that is not there), NotRegistered, TrialIsOver, TakesPartAlready,
    WatcherInside.
    """
    hold_authorities(connection)
    trial = registered_trial(connection, viewer, key)
    assert trial.registration is not None
    if trial.over(london_day(at)):
        raise TrialIsOver
    joining = next((found for found, name in teams_of(connection, viewer.authority) if name == team), None)
    if joining is None:
        raise NoSuchRecord
    busy = around(connection, viewer, trial.plan, (), london_day(at)).busy
    if team in busy or any(each.team == joining for each in teams_in(connection, trial)):
        raise TakesPartAlready(team=team)
    for each in people_here(connection, viewer):
        if each.key == trial.watcher and each.team == joining:
            raise WatcherInside(name=each.name, team=team)
    name = unit_name(team, trial.authority_name)
    leading = connection.execute(_LEADING_KEY, {"lead": trial.lead}).scalar_one()
    arm = late(leading, trial.registration.seed, [each.id for each in trial.plan.arms], name)
    row = {"trial_id": trial.id, "team_id": joining, "authority_id": viewer.authority, "name": name, "arm": arm}
    connection.execute(insert(trial_teams), {**row, "stratum": "", "late": True, "at": at})
    log_act(connection, viewer, "trial", [trial.id], "joined", at)
    return TeamArm(joining, name, arm, "", True, at)


def registered_trial(connection: Connection, viewer: Viewer, key: str) -> Trial:
    """A trial that was registered, by its key; raises NotYours, NoSuchRecord, NotRegistered."""
    must_try_forms(viewer)
    trial = find_trial(connection, viewer, key)
    if trial.registration is None:
        raise NotRegistered
    return trial
