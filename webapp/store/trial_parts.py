"""Other authorities in a planned trial, as the one that leads has them: invited, or taken off again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, insert, select, update

from engine.trials.plan import Part
from engine.trials.plan_teams import part_from_json
from webapp.access import Viewer
from webapp.store.access_log import log_act
from webapp.store.authorities import authorities, hold_authorities
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord
from webapp.store.keys import new_key
from webapp.store.trial_errors import AlreadyRegistered
from webapp.store.trial_tables import trial_parts, trials
from webapp.store.trials import Trial, find_trial, must_try_forms

State = Literal["invited", "joined", "declined", "taken_off"]


@dataclass(frozen=True, slots=True)
class Invitation:
    """Another authority in a planned trial: what it brings, how far it is, when it was invited and when it answered.

    `agreed` is the hash of what it agreed to, `words` why it declined; `answered_by` is a person's id, never shown.
    """

    id: int
    trial: int
    authority: int
    authority_name: str
    key: str
    state: State
    part: Part
    agreed: str
    words: str
    invited_at: datetime
    answered_by: int | None
    answered_at: datetime | None


INVITATIONS = (
    select(
        trial_parts.c.id,
        trial_parts.c.trial_id,
        trial_parts.c.authority_id,
        authorities.c.name,
        trial_parts.c.key,
        trial_parts.c.state,
        trial_parts.c.part,
        trial_parts.c.agreed,
        trial_parts.c.words,
        trial_parts.c.invited_at,
        trial_parts.c.answered_by,
        trial_parts.c.answered_at,
    )
    .join(authorities, authorities.c.id == trial_parts.c.authority_id)
    .where(trial_parts.c.state != "taken_off")
    .order_by(authorities.c.name, trial_parts.c.id)
)
_OF_TRIAL = INVITATIONS.where(trial_parts.c.trial_id == bindparam("trial"))
_AUTHORITIES = (
    select(authorities.c.id, authorities.c.key, authorities.c.name)
    .where(authorities.c.id != bindparam("authority"))
    .order_by(authorities.c.name, authorities.c.id)
)
_BEFORE = select(trial_parts.c.id).where(
    trial_parts.c.trial_id == bindparam("trial"), trial_parts.c.authority_id == bindparam("invited")
)
CHANGE = update(trial_parts).where(trial_parts.c.id == bindparam("part_id"))
_AGAIN = CHANGE.values(state="invited", invited_at=bindparam("at"), words="")
_OFF = CHANGE.values(state="taken_off")
COUNTED = (
    update(trials)
    .where(trials.c.id == bindparam("trial"), trials.c.state == "planned")
    .values(revision=trials.c.revision + 1)
)
"""Whoever is about to register saw the parts as they were: their page is stale from then on."""


def invitations_of(connection: Connection, viewer: Viewer, trial: Trial) -> tuple[Invitation, ...]:
    """The other authorities of a trial of the viewer's, by name; none that were taken off. Raises NotYours."""
    must_try_forms(viewer)
    return invitations_from(connection.execute(_OF_TRIAL, {"trial": trial.id}))


def can_be_invited(connection: Connection, viewer: Viewer, trial: Trial) -> tuple[tuple[str, str], ...]:
    """The keys and names of the authorities that could be asked too. Raises NotYours."""
    asked = {each.authority for each in invitations_of(connection, viewer, trial)}
    rows = connection.execute(_AUTHORITIES, {"authority": viewer.authority})
    return tuple((key, name) for number, key, name in rows if number not in asked)


def invite(connection: Connection, viewer: Viewer, key: str, authority: str, at: datetime) -> None:
    """Ask another authority (by its key) to take part; asked already, nothing happens.

    Raises NotYours, NoSuchRecord, AlreadyRegistered.
    """
    trial = _planned(connection, viewer, key)
    rows = connection.execute(_AUTHORITIES, {"authority": viewer.authority})
    found = next((each for each in rows if each.key == authority), None)
    if found is None:
        raise NoSuchRecord
    if any(each.authority == found.id for each in invitations_of(connection, viewer, trial)):
        return
    before = connection.execute(_BEFORE, {"trial": trial.id, "invited": found.id}).scalar()
    if before is not None:
        connection.execute(_AGAIN, {"part_id": before, "at": at})
    else:
        own = new_key()
        row = {"trial_id": trial.id, "authority_id": found.id, "key": own, "state": "invited", "invited_at": at}
        connection.execute(insert(trial_parts), {**row, "part": Part(own, found.name).to_json()})
    connection.execute(COUNTED, {"trial": trial.id})
    log_act(connection, viewer, "trial", [trial.id], "invited", at)


def take_off(connection: Connection, viewer: Viewer, key: str, part: str, at: datetime) -> None:
    """Let another authority (by its part's key) take no part in a planned trial; off already, nothing happens.

    Raises NotYours, NoSuchRecord, AlreadyRegistered.
    """
    trial = _planned(connection, viewer, key)
    found = next((each for each in invitations_of(connection, viewer, trial) if each.key == part), None)
    if found is None:
        return
    connection.execute(_OFF, {"part_id": found.id})
    connection.execute(COUNTED, {"trial": trial.id})
    log_act(connection, viewer, "trial", [trial.id], "taken_off", at)


def _planned(connection: Connection, viewer: Viewer, key: str) -> Trial:
    must_try_forms(viewer)
    hold_authorities(connection)
    trial = find_trial(connection, viewer, key)
    if trial.registration is not None:
        raise AlreadyRegistered
    return trial


def invitations_from(rows: Any) -> tuple[Invitation, ...]:
    """The rows of `INVITATIONS`."""
    return tuple(_invitation(*row) for row in rows)


def _invitation(number: int, trial: int, authority: int, name: str, key: str, state: State, *rest: Any) -> Invitation:
    return Invitation(number, trial, authority, name, key, state, part_from_json(rest[0]), *rest[1:])
