"""What came of a trial: sealed until its registered end, worked out once at the first opening, and kept as it was."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from webapp.access import Viewer
from webapp.clock import day_ends, london_day
from webapp.store.access_log import log_act
from webapp.store.authorities import authorities
from webapp.store.database import Connection, unless_taken
from webapp.store.errors import NotYours
from webapp.store.people import people
from webapp.store.trial_errors import NotRegistered, ReasonNeeded, Sealed, TrialIsOver
from webapp.store.trial_tables import trial_openings, trial_results, trials
from webapp.store.trials import Trial, find_trial, must_lead, must_try_forms

Json = Any
OPENERS = "those whom its plan names to open its results before the end"


@dataclass(frozen=True, slots=True)
class EarlyOpening:
    """That results were opened before the registered end: by whom (a name), when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Opening:
    """That a trial's results may be seen: `early` before the registered end; what counts is what was there `up_to`."""

    early: bool
    up_to: datetime
    openings: tuple[EarlyOpening, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A result as it was worked out at its first opening, by whom (a name) and when; `digest` is its text's SHA-256."""

    early: bool
    content: Mapping[str, Json]
    digest: str
    by: str
    at: datetime


_EARLY = (
    select(people.c.name, trial_openings.c.at, trial_openings.c.reason)
    .join(people, people.c.id == trial_openings.c.opened_by)
    .where(trial_openings.c.trial_id == bindparam("trial"), trial_openings.c.early)
    .order_by(trial_openings.c.id)
)
_OPENED_EARLY = (
    select(trials.c.id)
    .join(trial_openings, trial_openings.c.trial_id == func.coalesce(trials.c.part_of, trials.c.id))
    .where(trials.c.authority_id == bindparam("authority"), trial_openings.c.early)
)
_KEPT = (
    select(
        trial_results.c.trial_id,
        trial_results.c.early,
        trial_results.c.content,
        trial_results.c.digest,
        people.c.name,
        people.c.authority_id,
        authorities.c.name.label("authority"),
        trial_results.c.at,
    )
    .join(people, people.c.id == trial_results.c.worked_out_by)
    .join(authorities, authorities.c.id == people.c.authority_id)
    .where(trial_results.c.trial_id.in_(bindparam("trials", expanding=True)))
    .order_by(trial_results.c.early)
)
_KEEP = unless_taken(trial_results, "trial_id", "early")


def opened(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> Opening:
    """That the results of a trial may be seen at a moment, by those who try forms and nobody else.

    Raises NotYours, and Sealed until the registered end is over or an earlier opening was recorded. A trial that was
    stopped stays sealed for as long.
    """
    must_try_forms(viewer)
    if trial.registration is None:
        raise Sealed
    early = early_openings(connection, trial)
    if london_day(at) > trial.registration.ends_on:
        return Opening(False, day_ends(trial.registration.ends_on), early)
    if early:
        return Opening(True, early[0].at, early)
    raise Sealed


def early_openings(connection: Connection, trial: Trial) -> tuple[EarlyOpening, ...]:
    """When a trial was opened before its end, oldest first; by the authority that leads, where that is another one."""
    rows = connection.execute(_EARLY, {"trial": trial.lead})
    leader = trial.whole.led_by if trial.part_of is not None else ""
    return tuple(EarlyOpening(leader or by, at, reason) for by, at, reason in rows)


def opened_early(connection: Connection, viewer: Viewer) -> frozenset[int]:
    """The trials (by id) of the viewer's authority that were opened before their end. Raises NotYours."""
    must_try_forms(viewer)
    return frozenset(connection.execute(_OPENED_EARLY, {"authority": viewer.authority}).scalars())


def open_early(connection: Connection, viewer: Viewer, key: str, reason: str, at: datetime) -> None:
    """Open a trial before its registered end, which every later result tells with its reason.

    Raises NotYours to all but those whom its plan, or an amendment since, names for it; NoSuchRecord, NotRegistered,
    LeadersAlone, ReasonNeeded, and TrialIsOver once the registered end is over.
    """
    trial = openable(connection, viewer, key)
    if not reason.strip():
        raise ReasonNeeded
    if trial.registration is None or london_day(at) > trial.registration.ends_on:
        raise TrialIsOver
    _note_opening(connection, viewer, trial, early=True, reason=reason.strip(), at=at)
    log_act(connection, viewer, "trial", [trial.id], "opened_early", at)


def openable(connection: Connection, viewer: Viewer, key: str) -> Trial:
    """A registered trial, for whoever is named to open its results early; raises as `open_early`."""
    must_try_forms(viewer)
    trial = find_trial(connection, viewer, key)
    if trial.registration is None:
        raise NotRegistered
    must_lead(trial)
    if viewer.key not in trial.openers:
        raise NotYours(who=OPENERS)
    return trial


def _note_opening(
    connection: Connection, viewer: Viewer, trial: Trial, *, early: bool, reason: str, at: datetime
) -> None:
    values = {"authority_id": viewer.authority, "trial_id": trial.lead, "opened_by": viewer.id}
    connection.execute(insert(trial_openings), {**values, "early": early, "reason": reason, "at": at})


def kept(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> Kept | None:
    """The result that counts at a moment, as it was first worked out; None where nobody opened it yet.

    Raises as `opened`. Once the registered end is over, what was seen early no longer counts.
    """
    opening = opened(connection, viewer, trial, at)
    found = _kept(connection, [trial])
    return next((each for _, each in found if each.early == opening.early), None)


def finished(connection: Connection, viewer: Viewer, trials: Sequence[Trial], at: datetime) -> Mapping[int, Kept]:
    """The results at the end of those trials (by id) that ended and were opened; one query for all.

    Raises NotYours.
    """
    must_try_forms(viewer)
    day = london_day(at)
    ended = [each for each in trials if each.registration is not None and day > each.registration.ends_on]
    return {trial: each for trial, each in _kept(connection, ended) if not each.early}


def is_worked_out(connection: Connection, trial: Trial) -> bool:
    """Whether the result at the end is kept, so that nothing that counts towards it can change."""
    return any(not each.early for _, each in _kept(connection, [trial]))


def _kept(connection: Connection, trials: Sequence[Trial]) -> list[tuple[int, Kept]]:
    """The results of trials (by id), that of several authorities the same for each of them."""
    rows = connection.execute(_KEPT, {"trials": [each.lead for each in trials]}).all() if trials else ()
    return [(each.id, _as_seen(each, row)) for row in rows for each in trials if each.lead == row.trial_id]


def _as_seen(trial: Trial, row: Any) -> Kept:
    """A result as the authority of a trial sees it: who works elsewhere is not named, only where."""
    by = row.name if row.authority_id == trial.authority else row.authority
    return Kept(row.early, json.loads(row.content), row.digest, by, row.at)


def keep(connection: Connection, viewer: Viewer, trial: Trial, content: Mapping[str, Json], at: datetime) -> Kept:
    """Keep what was worked out; of two who open it at once, what the first one kept stands and is given.

    Raises as `opened`, and for what cannot be kept as JSON (a number that is none) ValueError.
    """
    opening = opened(connection, viewer, trial, at)
    text = canonical(content)
    values = {"authority_id": viewer.authority, "trial_id": trial.lead, "early": opening.early, "content": text}
    digest = hashlib.sha256(text.encode()).hexdigest()
    values |= {"digest": digest, "worked_out_by": viewer.id, "at": at}
    if connection.execute(_KEEP[connection.dialect.name], values).first() is not None:
        if not opening.early:
            _note_opening(connection, viewer, trial, early=False, reason="", at=at)
        log_act(connection, viewer, "trial", [trial.id], "opened", at)
    found = kept(connection, viewer, trial, at)
    assert found is not None
    return found


def log_result_opened(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> None:
    """Write down that a viewer read the result of a trial. Raises as `opened`."""
    opened(connection, viewer, trial, at)
    log_act(connection, viewer, "trial", [trial.id], "opened", at)


def canonical(content: Mapping[str, Json]) -> str:
    """The text of a result that its digest is of: the same for the same content, on every machine."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
