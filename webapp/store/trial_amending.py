"""What is changed about a trial after it was registered: said beside its plan, and who watches from then on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from webapp.access import Viewer
from webapp.store.access_log import log_act
from webapp.store.authorities import authorities, hold_authorities
from webapp.store.database import Connection
from webapp.store.people import people
from webapp.store.trial_errors import CannotWatch, ReasonNeeded
from webapp.store.trial_registration import registered_trial, teams_in
from webapp.store.trial_tables import trial_amendments
from webapp.store.trial_watching import people_here
from webapp.store.trials import ALL_PARTS, Trial, must_lead


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change after registration, in words: by whom (a name) and when.

    `watcher` is the name of whoever watches for harm from then on, None where that stays as it was.
    """

    words: str
    by: str
    at: datetime
    watcher: str | None = None


_watcher = people.alias("watcher")
_AMENDMENTS = (
    select(
        trial_amendments.c.words,
        people.c.name,
        trial_amendments.c.at,
        _watcher.c.name,
        people.c.authority_id,
        authorities.c.name,
    )
    .join(people, people.c.id == trial_amendments.c.amended_by)
    .join(authorities, authorities.c.id == people.c.authority_id)
    .outerjoin(_watcher, _watcher.c.id == trial_amendments.c.watcher)
    .where(trial_amendments.c.trial_id.in_(ALL_PARTS))
    .order_by(trial_amendments.c.id)
)


def amend(connection: Connection, viewer: Viewer, key: str, words: str, at: datetime, watcher: str = "") -> None:
    """Say what is changed after registration; it is shown beside the plan.

    `watcher` is the key of whoever watches for harm from now on, "" where that stays as it is. Raises NotYours,
    NoSuchRecord, NotRegistered, ReasonNeeded for no words, and CannotWatch; LeadersAlone to a part of another
    authority's trial, but for who watches there: harm has to be watched by somebody.
    """
    hold_authorities(connection)
    trial = registered_trial(connection, viewer, key)
    if not watcher:
        must_lead(trial)
    if not words.strip():
        raise ReasonNeeded
    named = _who_can_watch(connection, viewer, trial, watcher).id if watcher else None
    row = {"authority_id": viewer.authority, "trial_id": trial.id, "words": words.strip(), "amended_by": viewer.id}
    connection.execute(insert(trial_amendments), {**row, "watcher": named, "at": at})
    log_act(connection, viewer, "trial", [trial.id], "amended", at)


def able_to_watch(connection: Connection, viewer: Viewer, trial: Trial) -> tuple[Viewer, ...]:
    """Who may be named to watch a registered trial for harm: outside its teams and not among its scorers, by name."""
    inside = {each.team for each in teams_in(connection, trial)}
    everybody = people_here(connection, viewer)
    return tuple(each for each in everybody if each.team not in inside and each.key not in trial.plan.scorers)


def _who_can_watch(connection: Connection, viewer: Viewer, trial: Trial, key: str) -> Viewer:
    found = next((each for each in able_to_watch(connection, viewer, trial) if each.key == key), None)
    if found is None:
        raise CannotWatch
    return found


def amendments(connection: Connection, trial: Trial) -> tuple[Amendment, ...]:
    """What was changed after registration, oldest first; by which authority where that is another one."""
    rows = connection.execute(_AMENDMENTS, {"lead": trial.lead})
    return tuple(_as_seen(trial, *row) for row in rows)


def _as_seen(
    trial: Trial, words: str, by: str, at: datetime, watcher: str | None, authority: int, name: str
) -> Amendment:
    """An amendment as the authority of a trial sees it: nobody who works elsewhere is named."""
    return Amendment(words, by, at, watcher) if authority == trial.authority else Amendment(words, name, at)
