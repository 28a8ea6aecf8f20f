"""The one way to change an answer: one save, once, and over no words unseen."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from engine.places import Place
from webapp.access import Viewer
from webapp.store.answers import STANDING, VALUE_AT, Answer, Answers, answer_history, answers, parameters_of, same_place
from webapp.store.assessments import Assessment
from webapp.store.changes import Operation, SetAnswer, SetCell, operation_to_json
from webapp.store.database import Connection, unless_taken
from webapp.store.errors import DatabaseBusy, KeyReused, StaleAnswer
from webapp.store.people import people

Json = Any
Act = Literal["saved", "moved", "move_undone"]


@dataclass(frozen=True, slots=True)
class Change:
    """One save: where (question, and child's key where asked for each), what, and what it was based on.

    `based_on` is the revision the page showed (0 for none); `key` is the save's own, the same when it is sent again.
    `of_page` says that it came with all of a page's answers, so that one the page was given so was not touched; it has
    the page's key, also when the page is sent again with other words. `page` is the key of the page it was written on,
    "" where that is not told: what the same person wrote on another page is overwritten unseen only then.
    `active_seconds` is how long its writer was at it since the save before, as the page counted. `act` says what the
    history tells of it: "saved", or that a move to another version of the form made it or was undone.
    """

    place: Place
    operation: Operation
    based_on: int
    key: str
    of_page: bool = False
    active_seconds: int = 0
    page: str = ""
    act: Act = "saved"


_SENT_BEFORE = select(
    answer_history.c.sent_hash,
    answer_history.c.value,
    answer_history.c.revision,
    answer_history.c.saved_at,
    answer_history.c.saved_by,
).where(answer_history.c.assessment_id == bindparam("assessment"), answer_history.c.save_key == bindparam("key"))
_CURRENT = select(*STANDING, people.c.name).join(people, people.c.id == answers.c.saved_by).where(*same_place(answers))
_SINCE = (
    select(answer_history.c.id)
    .where(*same_place(answer_history), answer_history.c.revision > bindparam("at_revision"))
    .limit(1)
)
_OTHERS_SINCE = _SINCE.where(answer_history.c.saved_by != bindparam("me"))
_ELSEWHERE_SINCE = _SINCE.where(
    or_(answer_history.c.saved_by != bindparam("me"), answer_history.c.page_key != bindparam("page"))
)
_LAST_OF_PAGE = (
    select(*(answer_history.c[column.name] for column in STANDING))
    .where(*same_place(answer_history), answer_history.c.page_key == bindparam("page"))
    .order_by(answer_history.c.revision.desc())
    .limit(1)
)
"""What a page has saved last at a place."""
_REPLACED = ("value", "revision", "saved_by", "saved_at")
_REPLACE = (
    update(answers)
    .where(*same_place(answers), answers.c.revision == bindparam("at_revision"))
    .values({name: bindparam(f"new_{name}") for name in _REPLACED})
)
_ADD = insert(answers)
_REMEMBER = unless_taken(answer_history, "assessment_id", "save_key")


def save(
    connection: Connection,
    viewer: Viewer,
    assessment: Assessment,
    change: Change,
    at: datetime,
    known: Answers | None = None,
) -> Answer:
    """Make one change in the caller's writing transaction and give the answer as it then stands.

    `assessment` comes from `assessment_to_write` in the same transaction, and so does `known`: the answers, where they
    were read, so that a change based on what stands there reads nothing. A key seen before repeats its reply; a change
    that would undo what was saved elsewhere meanwhile raises StaleAnswer, the same key with other words KeyReused
    unless a whole page was sent, a row that is gone RowGone.
    """
    where = parameters_of(assessment, change.place)
    if change.of_page:
        repeated, change = _of_page(connection, change, where)
        if repeated is not None:
            return repeated
    sent_hash = _hash_of(change)
    current = known.by_place.get(change.place) if known else connection.execute(_CURRENT, where).one_or_none()
    if (0 if current is None else current.revision) != change.based_on:
        found = _found_otherwise(connection, viewer, change, where, sent_hash)
        if found is not None:
            return found
    value = change.operation.applied(None if current is None else current.value)
    answer = Answer(value, 1 if current is None else current.revision + 1, at, viewer.id)
    sent = {
        "save_key": change.key,
        "sent_hash": sent_hash,
        "active_seconds": change.active_seconds,
        "page_key": change.page,
        "act": change.act,
    }
    return _write(connection, viewer, where, answer, sent)


def _of_page(connection: Connection, change: Change, where: Mapping[str, Json]) -> tuple[Answer | None, Change]:
    """The reply to a page that was sent before as it is, else None; and the change under a key not used before.

    A page that is sent once more with other words, as after Back, says what its writer wants now.
    """
    last = connection.execute(_LAST_OF_PAGE, dict(where, page=change.page)).one_or_none()
    if last is None:
        return None, change
    operation = change.operation
    holds = isinstance(operation, SetAnswer | SetCell) and operation.part(last.value) == operation.value
    repeated = Answer(*last) if holds and change.based_on < last.revision else None
    return repeated, replace(change, key=f"{change.key} {last.revision}")


def _found_otherwise(
    connection: Connection, viewer: Viewer, change: Change, where: Mapping[str, Json], sent_hash: str
) -> Answer | None:
    """What stands where a change is not based on it, None if the change may go ahead."""
    before = _sent_before(connection, where, change.key, sent_hash)
    if before is not None:
        return before
    current = connection.execute(_CURRENT, where).one_or_none()
    return None if current is None else _merged(connection, viewer, change, where, current)


def _sent_before(connection: Connection, where: Mapping[str, Json], key: str, sent_hash: str) -> Answer | None:
    """The reply to a save that was sent before; raises KeyReused where it held other words."""
    before = connection.execute(_SENT_BEFORE, {"assessment": where["at_assessment"], "key": key}).one_or_none()
    if before is None:
        return None
    if before.sent_hash != sent_hash:
        raise KeyReused
    return Answer(*before[1:])


def _hash_of(change: Change) -> str:
    sent = json.dumps([str(change.place), operation_to_json(change.operation)], sort_keys=True)
    return hashlib.sha256(sent.encode()).hexdigest()


def _merged(
    connection: Connection, viewer: Viewer, change: Change, where: Mapping[str, Json], current: Any
) -> Answer | None:
    """What stands where a page did not touch it, None if the change may go ahead; raises StaleAnswer.

    A single answer that was put back to what its page showed is refused too: its box holds words that no longer stand.
    """
    since = dict(where, at_revision=change.based_on if change.based_on < current.revision else 0)
    base = connection.execute(VALUE_AT, since).scalar_one_or_none()
    operation = change.operation
    was, theirs = operation.part(base), operation.part(current.value)
    mine = operation.part(operation.applied(current.value))
    if theirs in (was, mine):
        return None
    if mine == was and change.of_page:
        return Answer(*current[:4])
    unseen = _ELSEWHERE_SINCE if change.page else _OTHERS_SINCE
    if not connection.execute(unseen, dict(since, me=viewer.id, page=change.page)).first():
        return None
    raise StaleAnswer(
        place=str(change.place),
        mine=mine,
        theirs=theirs,
        revision=current.revision,
        by=current.name,
        at=current.saved_at,
        own=current.saved_by == viewer.id,
    )


def _write(
    connection: Connection, viewer: Viewer, where: Mapping[str, Json], answer: Answer, sent: Mapping[str, Json]
) -> Answer:
    row = {
        "authority_id": viewer.authority,
        "assessment_id": where["at_assessment"],
        "question": where["at_question"],
        "child_id": where["at_child"] or None,
        "value": answer.value,
        "revision": answer.revision,
        "saved_by": viewer.id,
        "saved_at": answer.saved_at,
    }
    try:
        entry = connection.execute(_REMEMBER[connection.dialect.name], {**row, **sent}).scalar()
        if entry is None:
            return _sent_before(connection, where, sent["save_key"], sent["sent_hash"]) or answer
        _put(connection, where, answer.revision, row)
    except IntegrityError as error:  # only who did not hold the assessment comes here: the indexes stand guard
        raise DatabaseBusy from error
    return replace(answer, entry=entry)


def _put(connection: Connection, where: Mapping[str, Json], revision: int, row: Mapping[str, Json]) -> None:
    if revision == 1:
        connection.execute(_ADD, row)
        return
    new = {f"new_{name}": row[name] for name in _REPLACED}
    if connection.execute(_REPLACE, {**where, **new, "at_revision": revision - 1}).rowcount != 1:
        raise DatabaseBusy
