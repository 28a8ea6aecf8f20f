"""Trials of an authority: a plan that grows until it is registered, and where each trial stands on a day."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Select, bindparam, insert, select, update

from engine.trials.plan import Plan, plan_from_json
from webapp.access import FORMS, Viewer
from webapp.store.access_log import log_act
from webapp.store.database import Connection, new_id
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.keys import new_key
from webapp.store.people import people
from webapp.store.trial_errors import AlreadyRegistered, StaleTrial, TrialDiscarded
from webapp.store.trial_named_since import NAMED_SINCE, OPENERS_SINCE
from webapp.store.trial_tables import trial_registrations, trials

State = Literal["planned", "registered", "stopped"]
Standing = Literal["planned", "waiting", "running", "ended", "stopped"]


@dataclass(frozen=True, slots=True)
class Registration:
    """What registration froze: by whom (a name), when, the canonical text and its SHA-256, and the period.

    `seed` is secret until the trial is over; `seed_commitment`, its SHA-256, was public from the start. `digest` is the
    allocation's and `possible` how many drawings there were.
    """

    by: str
    at: datetime
    plan_text: str
    plan_hash: str
    seed: str
    seed_commitment: str
    begins_on: date
    ends_on: date
    digest: str
    possible: int


@dataclass(frozen=True, slots=True)
class Stopping:
    """That a trial was stopped before its end: by whom (a name), when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial as the store knows it; names of people are words, `id` is for other functions of the store.

    `plan` is the one that was registered, as soon as it was; `revision` counts how often it was saved before.
    `named_since` is the key of whoever was named since to watch for harm, None for nobody; `openers_since` are those
    of whoever was named since to open the results early, None where nothing was said.
    """

    id: int
    key: str
    form: str
    state: State
    plan: Plan
    revision: int
    planned_by: str
    planned_at: datetime
    saved_by: str
    saved_at: datetime
    registration: Registration | None = None
    stopping: Stopping | None = None
    named_since: str | None = None
    openers_since: tuple[str, ...] | None = None

    @property
    def watcher(self) -> str:
        """The key of whoever watches for harm: named last in an amendment, else in the plan."""
        return self.named_since or self.plan.harm.watcher

    @property
    def openers(self) -> tuple[str, ...]:
        """The keys of those who may open the results early: as the last amendment names them, else the plan."""
        return self.plan.openers if self.openers_since is None else self.openers_since

    def standing(self, day: date) -> Standing:
        """Where it stands on a day (London's): being planned, waiting for its first day, running, ended, stopped."""
        if self.registration is None:
            return "planned"
        if self.stopping is not None:
            return "stopped"
        if day < self.registration.begins_on:
            return "waiting"
        return "running" if day <= self.registration.ends_on else "ended"

    def over(self, day: date) -> bool:
        """Whether nothing more is begun in it: it has ended or was stopped."""
        return self.standing(day) in ("ended", "stopped")


_saver, _registrar, _stopper = people.alias("saver"), people.alias("registrar"), people.alias("stopper")
_REGISTRATION = (
    _registrar.c.name,
    trial_registrations.c.registered_at,
    trial_registrations.c.plan_text,
    trial_registrations.c.plan_hash,
    trial_registrations.c.seed,
    trial_registrations.c.seed_commitment,
    trial_registrations.c.begins_on,
    trial_registrations.c.ends_on,
    trial_registrations.c.digest,
    trial_registrations.c.possible,
)
_STOPPING = (_stopper.c.name, trials.c.stopped_at, trials.c.stopped_reason)
_TRIAL = (
    trials.c.id,
    trials.c.key,
    trials.c.form,
    trials.c.state,
    trials.c.plan,
    trials.c.revision,
    people.c.name,
    trials.c.planned_at,
    _saver.c.name,
    trials.c.saved_at,
)
_ALL: Select[Any] = (
    select(*_TRIAL, *_REGISTRATION, *_STOPPING, NAMED_SINCE, OPENERS_SINCE)
    .join(people, people.c.id == trials.c.planned_by)
    .join(_saver, _saver.c.id == trials.c.saved_by)
    .outerjoin(trial_registrations, trial_registrations.c.trial_id == trials.c.id)
    .outerjoin(_registrar, _registrar.c.id == trial_registrations.c.registered_by)
    .outerjoin(_stopper, _stopper.c.id == trials.c.stopped_by)
    .where(trials.c.authority_id == bindparam("authority"), trials.c.state != "discarded")
    .order_by(trials.c.id.desc())
)
_ONE = _ALL.where(trials.c.key == bindparam("key"))
_STANDS = (
    select(trials.c.id, trials.c.state, trials.c.revision, trials.c.saved_at, trials.c.saved_by, people.c.name)
    .join(people, people.c.id == trials.c.saved_by)
    .where(trials.c.authority_id == bindparam("authority"), trials.c.key == bindparam("key"))
)
_CHANGE = update(trials).where(
    trials.c.id == bindparam("trial"),
    trials.c.state == "planned",
    trials.c.revision == bindparam("based_on"),
)
_SAVE = _CHANGE.values(
    plan=bindparam("new_plan"),
    form=bindparam("new_form"),
    revision=bindparam("new_revision"),
    saved_by=bindparam("by"),
    saved_at=bindparam("at"),
)
_END = _CHANGE.values(state=bindparam("becomes"))


def add_trial(connection: Connection, viewer: Viewer, plan: Plan, at: datetime, key: str = "") -> Trial:
    """Begin to plan a trial, under a given key or a new one; the plan may be half written. Raises NotYours."""
    must_try_forms(viewer)
    key = key or new_key()
    values = {"authority_id": viewer.authority, "key": key, "form": plan.form, "state": "planned", "revision": 1}
    who = {"planned_by": viewer.id, "planned_at": at, "saved_by": viewer.id, "saved_at": at}
    made = new_id(connection, insert(trials).values(**values, **who, plan=plan.to_json()))
    log_act(connection, viewer, "trial", [made], "begun", at)
    return find_trial(connection, viewer, key)


def save_plan(connection: Connection, viewer: Viewer, key: str, plan: Plan, based_on: int, at: datetime) -> Trial:
    """Keep a plan as it was typed, valid or not; `based_on` is the revision that the page showed.

    The same plan again changes nothing. Raises NotYours, NoSuchRecord, StaleTrial where it was changed meanwhile,
    AlreadyRegistered, TrialDiscarded.
    """
    must_try_forms(viewer)
    before = _found_to_change(connection, viewer, key)
    if before.plan == plan:
        return before
    values = {
        "new_plan": plan.to_json(),
        "new_form": plan.form,
        "new_revision": based_on + 1,
        "by": viewer.id,
        "at": at,
    }
    change_planned(connection, viewer, before, based_on, _SAVE, values)
    log_act(connection, viewer, "trial", [before.id], "changed", at)
    return find_trial(connection, viewer, key)


def discard_trial(connection: Connection, viewer: Viewer, key: str, based_on: int, at: datetime) -> None:
    """Give up a plan that was never registered. Raises as `save_plan`; discarded already, nothing happens."""
    must_try_forms(viewer)
    try:
        before = _found_to_change(connection, viewer, key)
    except TrialDiscarded:
        return
    change_planned(connection, viewer, before, based_on, _END, {"becomes": "discarded"})
    log_act(connection, viewer, "trial", [before.id], "discarded", at)


def end_planning(connection: Connection, viewer: Viewer, trial: Trial, based_on: int) -> None:
    """Let a plan be the registered one, in the caller's transaction. Raises as `save_plan`."""
    change_planned(connection, viewer, trial, based_on, _END, {"becomes": "registered"})


def change_planned(
    connection: Connection, viewer: Viewer, trial: Trial, based_on: int, change: Any, values: dict[str, Any]
) -> None:
    """Change a trial that is still planned at a revision; raises AlreadyRegistered, TrialDiscarded, StaleTrial."""
    done = connection.execute(change, {"trial": trial.id, "based_on": based_on, **values}).rowcount
    if done != 1:
        _refuse(connection, viewer, trial.key)


def _found_to_change(connection: Connection, viewer: Viewer, key: str) -> Trial:
    try:
        return find_trial(connection, viewer, key)
    except NoSuchRecord:
        _refuse_if_discarded(connection, viewer, key)
        raise


def _refuse_if_discarded(connection: Connection, viewer: Viewer, key: str) -> None:
    row = connection.execute(_STANDS, {"authority": viewer.authority, "key": key}).one_or_none()
    if row is not None and row.state == "discarded":
        raise TrialDiscarded


def _refuse(connection: Connection, viewer: Viewer, key: str) -> None:
    row = connection.execute(_STANDS, {"authority": viewer.authority, "key": key}).one()
    if row.state == "discarded":
        raise TrialDiscarded
    if row.state != "planned":
        raise AlreadyRegistered
    raise StaleTrial(by=row.name, at=row.saved_at, revision=row.revision, own=row.saved_by == viewer.id)


def trials_of(connection: Connection, viewer: Viewer) -> tuple[Trial, ...]:
    """Every trial of the viewer's authority, newest first, those that were discarded left out. Raises NotYours."""
    must_try_forms(viewer)
    return _trials(connection.execute(_ALL, {"authority": viewer.authority}))


def find_trial(connection: Connection, viewer: Viewer, key: str) -> Trial:
    """One trial, for whoever tries forms, and for whom it names as watcher or scorer.

    Raises NoSuchRecord, also to everybody else.
    """
    trial = trial_by_key(connection, viewer, key)
    named = trial.registration is not None and viewer.key in (trial.watcher, *trial.plan.scorers)
    if not FORMS.allows(viewer) and not named:
        raise NoSuchRecord
    return trial


def trial_by_key(connection: Connection, viewer: Viewer, key: str) -> Trial:
    """One trial of the viewer's authority, for a step that decides itself what to show; raises NoSuchRecord."""
    found = _trials(connection.execute(_ONE, {"authority": viewer.authority, "key": key}))
    if not found:
        raise NoSuchRecord
    return found[0]


def must_try_forms(viewer: Viewer) -> None:
    """Raise NotYours where the viewer may not plan trials."""
    if not FORMS.allows(viewer):
        raise NotYours(who=FORMS.words)


def _trials(rows: Iterable[Sequence[Any]]) -> tuple[Trial, ...]:
    return tuple(_trial(row) for row in rows)


def _trial(row: Sequence[Any]) -> Trial:
    own, both = len(_TRIAL), len(_TRIAL) + len(_REGISTRATION)
    trial, key, form, state, plan, revision, by, at, saved_by, saved_at = row[:own]
    registration = _registration(*row[own:both])
    *stopped, named_since, openers = row[both:]
    stopping = None if stopped[0] is None else Stopping(*stopped)
    since = (named_since, None if openers is None else tuple(openers))
    standing = (revision, by, at, saved_by, saved_at, registration, stopping, *since)
    frozen = plan if registration is None else json.loads(registration.plan_text)
    return Trial(trial, key, form, state, plan_from_json(frozen), *standing)


def _registration(by: str | None, *rest: Any) -> Registration | None:
    if by is None:
        return None
    frozen: tuple[Any, ...] = (*rest[:-1], int(rest[-1]))
    return Registration(by, *frozen)
