"""Making the record of a child who has none: once for each form sent, with whoever made it from the first moment."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from webapp.access import CASEWORK, Viewer, may_write
from webapp.store.access_log import log_act
from webapp.store.allocations import allocate
from webapp.store.children import Child, NewChild, add_child, add_family, children
from webapp.store.database import Connection
from webapp.store.errors import NotYours, ReferenceTaken
from webapp.store.keys import key_made_from

ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to be made: the child (`reference` "" to have one made up), and a brother or sister, None for none.

    `form_key` names the form it was typed into: the same form with the same child in it makes one record.
    """

    child: NewChild
    sibling: Child | None
    form_key: str


def make_record(connection: Connection, viewer: Viewer, new: NewRecord, at: datetime) -> str:
    """Make a record, allocate the child to the viewer (to a manager's team), log it, and give the child's key.

    Made already from the same form, nothing is made again. Raises NotYours, and ReferenceTaken: that the viewer was
    told of that child is written in the access log, once the caller lets the transaction end.
    """
    if not CASEWORK.allows(viewer):
        raise NotYours(who=CASEWORK.words)
    key = _key_of(viewer, new)
    if _is_there(connection, key):
        return key
    for _ in range(ATTEMPTS):
        child = new.child if new.child.reference else replace(new.child, reference=_made_up())
        if _having(connection, viewer, child.reference):
            _tell_if_chosen(connection, viewer, new, at)
            continue
        try:
            with connection.begin_nested():
                _make(connection, viewer, replace(new, child=child), key, at)
        except IntegrityError:
            # Somebody else was quicker: with the same form, or with the same reference.
            if _is_there(connection, key):
                return key
            _tell_if_chosen(connection, viewer, new, at)
        else:
            return key
    raise ReferenceTaken(reference=child.reference)


def _key_of(viewer: Viewer, new: NewRecord) -> str:
    child = new.child
    dates = (day.isoformat() if day else "" for day in (child.born, child.expected))
    return key_made_from(viewer.key, new.form_key, child.given_name, child.family_name, *dates)


def _make(connection: Connection, viewer: Viewer, new: NewRecord, key: str, at: datetime) -> None:
    child = new.child
    family = new.sibling.family if new.sibling else None
    if family is None:
        family = add_family(connection, viewer.authority, f"{child.family_name} family")
    added = add_child(connection, viewer.authority, family, child, key)
    person, team = (viewer.id, None) if may_write(viewer) else (None, viewer.team)
    allocate(connection, viewer.authority, added, at=at, person=person, team=team)
    log_act(connection, viewer, "child", [added], "added", at)


def _tell_if_chosen(connection: Connection, viewer: Viewer, new: NewRecord, at: datetime) -> None:
    """Refuse a reference that was typed; by it somebody could try out whom Pith knows, so it is logged like a match."""
    reference = new.child.reference
    if reference:
        log_act(connection, viewer, "child", _having(connection, viewer, reference), "matched", at)
        raise ReferenceTaken(reference=reference)


def _made_up() -> str:
    return f"P-{secrets.randbelow(900_000) + 100_000}"


def _is_there(connection: Connection, key: str) -> bool:
    return bool(connection.execute(select(exists().where(children.c.key == key))).scalar())


def _having(connection: Connection, viewer: Viewer, reference: str) -> list[int]:
    having = select(children.c.id).where(children.c.authority_id == viewer.authority, children.c.reference == reference)
    return list(connection.execute(having).scalars())
