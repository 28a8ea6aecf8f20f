"""Trials of an authority as the store knows them: each with its plan, what froze it, and where it stands on a day."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Select, bindparam, or_, select

from engine.trials.plan import Plan, plan_from_json
from engine.trials.together import part_of, within
from webapp.access import FORMS, Viewer
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.people import people
from webapp.store.trial_errors import LeadersAlone
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
    """That a trial was stopped before its end: by whom (a name), when and why; `for_all` by the one that leads."""

    by: str
    at: datetime
    reason: str
    for_all: bool = True


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial as the store knows it; names of people are words, `id` is for other functions of the store.

    `plan` is the one that was registered, as soon as it was; `revision` counts how often it was saved before.
    `named_since` is the key of whoever was named since to watch for harm, None for nobody; `openers_since` are those
    of whoever was named since to open the results early, None where nothing was said.

    Of several authorities' trial `plan` is what it is in this one and `whole` what was registered for all; `part_of` is
    the leading one's trial (an id), None where this one leads. `authority` is the id of the one whose it is.
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
    part_of: int | None = None
    whole: Plan = field(default_factory=Plan)
    authority: int = 0

    @property
    def lead(self) -> int:
        """The trial (its id) of the authority that leads, with which what is said of all parts is kept."""
        return self.id if self.part_of is None else self.part_of

    @property
    def together(self) -> bool:
        """Whether other authorities take part too."""
        return bool(self.whole.parts)

    @property
    def authority_name(self) -> str:
        """What its authority was registered as among several; "" for the trial of one alone."""
        part = part_of(self.whole, self.key)
        return part.authority if part else self.whole.led_by

    @property
    def watcher(self) -> str:
        """The key of whoever watches for harm: named last in an amendment, else in the plan."""
        return self.named_since or self.plan.harm.watcher

    @property
    def openers(self) -> tuple[str, ...]:
        """The keys of those here who may open the results early: as the last amendment names them, else the plan."""
        return self._openers if self.part_of is None else ()

    @property
    def may_be_opened(self) -> bool:
        """Whether anybody may open the results early, in the authority that leads."""
        return bool(self._openers)

    @property
    def _openers(self) -> tuple[str, ...]:
        return self.whole.openers if self.openers_since is None else self.openers_since

    @property
    def withdrawn(self) -> bool:
        """Whether its authority withdrew its teams from a trial that another one leads."""
        return self.stopping is not None and not self.stopping.for_all

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
_STOPPING = (
    _stopper.c.name,
    trials.c.stopped_at,
    trials.c.stopped_reason,
    _stopper.c.authority_id != trials.c.authority_id,
)
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
    select(*_TRIAL, *_REGISTRATION, *_STOPPING, NAMED_SINCE, OPENERS_SINCE, trials.c.part_of, trials.c.authority_id)
    .join(people, people.c.id == trials.c.planned_by)
    .join(_saver, _saver.c.id == trials.c.saved_by)
    .outerjoin(trial_registrations, trial_registrations.c.trial_id == trials.c.id)
    .outerjoin(_registrar, _registrar.c.id == trial_registrations.c.registered_by)
    .outerjoin(_stopper, _stopper.c.id == trials.c.stopped_by)
    .where(trials.c.state != "discarded")
    .order_by(trials.c.id.desc())
)
_OWN = _ALL.where(trials.c.authority_id == bindparam("authority"))
_ONE = _OWN.where(trials.c.key == bindparam("key"))
ALL_PARTS = select(trials.c.id).where(or_(trials.c.id == bindparam("lead"), trials.c.part_of == bindparam("lead")))
"""The trial of the authority that leads and those of all others that take part: only for what all of them may know."""
_TOGETHER = _ALL.where(trials.c.id.in_(ALL_PARTS))


def trials_of(connection: Connection, viewer: Viewer) -> tuple[Trial, ...]:
    """Every trial of the viewer's authority, newest first, those that were discarded left out. Raises NotYours."""
    must_try_forms(viewer)
    return _trials(connection.execute(_OWN, {"authority": viewer.authority}))


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


def all_parts(connection: Connection, trial: Trial) -> tuple[Trial, ...]:
    """The trial with those of all that take part, for what crosses between them: the result, and earlier trials."""
    return _trials(connection.execute(_TOGETHER, {"lead": trial.lead})) if trial.together else (trial,)


def must_lead(trial: Trial) -> None:
    """Raise LeadersAlone where the trial is led by another authority."""
    if trial.part_of is not None:
        raise LeadersAlone(leader=trial.whole.led_by)


def must_try_forms(viewer: Viewer) -> None:
    """Raise NotYours where the viewer may not plan trials."""
    if not FORMS.allows(viewer):
        raise NotYours(who=FORMS.words)


def _trials(rows: Iterable[Sequence[Any]]) -> tuple[Trial, ...]:
    return tuple(_trial(row) for row in rows)


def _trial(row: Sequence[Any]) -> Trial:
    first, both = len(_TRIAL), len(_TRIAL) + len(_REGISTRATION)
    trial, key, form, state, plan, revision, by, at, saved_by, saved_at = row[:first]
    registration = _registration(*row[first:both])
    *stopped, named_since, openers, leading, authority = row[both:]
    whole = plan_from_json(plan if registration is None else json.loads(registration.plan_text))
    # What the leading authority did for all stands with its name, not with that of whoever did it there.
    leader = "" if leading is None else whole.led_by
    if registration is not None and leader:
        registration = replace(registration, by=leader)
    stopping = None if stopped[0] is None else _stopping(stopped, leader)
    since = (named_since, None if openers is None else tuple(openers))
    standing = (revision, by, at, saved_by, saved_at, registration, stopping, *since, leading, whole)
    own = whole if leading is None else within(whole, key)
    return Trial(trial, key, form, state, own, *standing, authority=authority)


def _stopping(stopped: Sequence[Any], leader: str) -> Stopping:
    by, at, reason, elsewhere = stopped
    return Stopping(leader if elsewhere else by, at, reason, for_all=bool(elsewhere) or not leader)


def _registration(by: str | None, *rest: Any) -> Registration | None:
    if by is None:
        return None
    frozen: tuple[Any, ...] = (*rest[:-1], int(rest[-1]))
    return Registration(by, *frozen)
