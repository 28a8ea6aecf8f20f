"""What is changed about a trial after it was registered: said beside its plan, and who watches from then on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from webapp.access import FORMS, Viewer
from webapp.store.access_log import log_act
from webapp.store.authorities import authorities, hold_authorities
from webapp.store.database import Connection
from webapp.store.people import people
from webapp.store.trial_errors import CannotOpen, CannotWatch, ReasonNeeded
from webapp.store.trial_registration import registered_trial, teams_in
from webapp.store.trial_tables import trial_amendments
from webapp.store.trial_watching import people_here
from webapp.store.trials import ALL_PARTS, Trial, must_lead


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change after registration, in words: by whom (a name) and when.

    `watcher` is the name of whoever watches for harm from then on, None where that stays as it was; `openers` the
    names of those who may open the results early from then on, in the same way.
    """

    words: str
    by: str
    at: datetime
    watcher: str | None = None
    openers: tuple[str, ...] | None = None

    @property
    def who_may_open(self) -> str:
        """Who may open the results early from then on, in words; "" where that stays as it was."""
        return "" if self.openers is None else " or ".join(self.openers) or "nobody"


_watcher = people.alias("watcher")
_AMENDMENTS = (
    select(
        trial_amendments.c.words,
        people.c.name,
        trial_amendments.c.at,
        _watcher.c.name,
        trial_amendments.c.openers,
        people.c.authority_id,
        authorities.c.name,
    )
    .join(people, people.c.id == trial_amendments.c.amended_by)
    .join(authorities, authorities.c.id == people.c.authority_id)
    .outerjoin(_watcher, _watcher.c.id == trial_amendments.c.watcher)
    .where(trial_amendments.c.trial_id.in_(ALL_PARTS))
    .order_by(trial_amendments.c.id)
)

_NAMES = select(people.c.key, people.c.name).where(people.c.key.in_(bindparam("keys", expanding=True)))


def amend(
    connection: Connection,
    viewer: Viewer,
    key: str,
    words: str,
    at: datetime,
    watcher: str = "",
    openers: Sequence[str] | None = None,
) -> None:
    """Say what is changed after registration; it is shown beside the plan.

    `watcher` is the key of whoever watches for harm from now on, "" where that stays as it is; `openers` the keys of
    those who may open the results early from now on, None where that stays. Raises NotYours, NoSuchRecord,
    NotRegistered, ReasonNeeded for no words, CannotWatch and CannotOpen; LeadersAlone to a part of another authority's
    trial, but for who watches there alone: harm has to be watched by somebody.
    """
    hold_authorities(connection)
    trial = registered_trial(connection, viewer, key)
    if not watcher or openers is not None:
        must_lead(trial)
    if not words.strip():
        raise ReasonNeeded
    named = _who_can_watch(connection, viewer, trial, watcher).id if watcher else None
    if openers is not None and not {*openers} <= {each.key for each in able_to_open(connection, viewer)}:
        raise CannotOpen
    opening = None if openers is None else list(dict.fromkeys(openers))
    row = {"authority_id": viewer.authority, "trial_id": trial.id, "words": words.strip(), "amended_by": viewer.id}
    connection.execute(insert(trial_amendments), {**row, "watcher": named, "openers": opening, "at": at})
    log_act(connection, viewer, "trial", [trial.id], "amended", at)


def able_to_watch(connection: Connection, viewer: Viewer, trial: Trial) -> tuple[Viewer, ...]:
    """Who may be named to watch a registered trial for harm: outside its teams and not among its scorers, by name."""
    inside = {each.team for each in teams_in(connection, trial)}
    everybody = people_here(connection, viewer)
    return tuple(each for each in everybody if each.team not in inside and each.key not in trial.plan.scorers)


def able_to_open(connection: Connection, viewer: Viewer) -> tuple[Viewer, ...]:
    """Who may be named to open results early: those who may read results, by name."""
    return tuple(each for each in people_here(connection, viewer) if FORMS.allows(each))


def _who_can_watch(connection: Connection, viewer: Viewer, trial: Trial, key: str) -> Viewer:
    found = next((each for each in able_to_watch(connection, viewer, trial) if each.key == key), None)
    if found is None:
        raise CannotWatch
    return found


def amendments(connection: Connection, trial: Trial) -> tuple[Amendment, ...]:
    """What was changed after registration, oldest first; by which authority where that is another one."""
    rows = connection.execute(_AMENDMENTS, {"lead": trial.lead}).all()
    keys = {key for row in rows for key in row.openers or ()}
    names = {key: name for key, name in connection.execute(_NAMES, {"keys": list(keys)})} if keys else {}  # noqa: C416
    return tuple(_as_seen(trial, row, names) for row in rows)


def _as_seen(trial: Trial, row: Sequence[Any], names: Mapping[str, str]) -> Amendment:
    """An amendment as the authority of a trial sees it: nobody who works elsewhere is named."""
    words, by, at, watcher, openers, authority, name = row
    if authority != trial.authority:
        return Amendment(words, name, at)
    return Amendment(words, by, at, watcher, None if openers is None else tuple(names[key] for key in openers))
