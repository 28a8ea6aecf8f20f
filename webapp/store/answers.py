"""Answers of a draft: the current ones, every one there ever was, and the one way to change them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from engine.places import Place
from webapp.access import Viewer
from webapp.store.append_only import only_grows
from webapp.store.assessments import Assessment
from webapp.store.changes import Operation, operation_to_json
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.errors import DatabaseBusy, KeyReused, NoSuchRecord, StaleAnswer
from webapp.store.people import people

Json = Any

NO_CHILD: ColumnElement[int] = literal_column("0", Integer)
"""In the place of a child's id where an answer is about all of them, so that indexes can tell places apart."""


def _of_one_save() -> tuple[Column[Any], ...]:
    """What an answer and each of its earlier states hold alike."""
    return (
        Column("id", Integer, primary_key=True),
        Column("authority_id", ForeignKey("authorities.id"), nullable=False),
        Column("assessment_id", ForeignKey("assessments.id"), nullable=False),
        Column("question", Text, nullable=False),
        Column("child_id", ForeignKey("children.id")),
        Column("value", JSON, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("saved_by", ForeignKey("people.id"), nullable=False),
        Column("saved_at", UtcTime, nullable=False),
    )


answers = Table(
    "answers",
    METADATA,
    *_of_one_save(),
)
Index(
    "uq_answers_place",
    answers.c.assessment_id,
    answers.c.question,
    func.coalesce(answers.c.child_id, NO_CHILD),
    unique=True,
)

answer_history = Table(
    "answer_history",
    METADATA,
    *_of_one_save(),
    Column("save_key", Text, nullable=False),
    Column("sent_hash", Text, nullable=False),
    Column("active_seconds", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("assessment_id", "save_key"),
)
Index("ix_answer_history_newest", answer_history.c.assessment_id, answer_history.c.id)
only_grows(answer_history)
Index(
    "uq_answer_history_revision",
    answer_history.c.assessment_id,
    answer_history.c.question,
    func.coalesce(answer_history.c.child_id, NO_CHILD),
    answer_history.c.revision,
    unique=True,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it stands: its JSON value (None for one blanked), its revision, when it was saved and by whom.

    `entry` is the id of the row that this very save added to the history; 0 where it added none.
    """

    value: Json
    revision: int
    saved_at: datetime
    saved_by: int
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of an assessment by place (`Place(question)` or `Place(question, child's key)`).

    `newest` is the id of the newest row in the history they were read with: another one means that they are old.
    """

    by_place: Mapping[Place, Answer]
    newest: int = 0

    def after(self, saved: Mapping[Place, Answer]) -> "Answers":
        """The same once some were saved, in the transaction that these were read in."""
        newest = max((answer.entry for answer in saved.values()), default=0)
        return Answers({**self.by_place, **saved}, max(self.newest, newest))

    def draft(self) -> dict[str, Json]:
        """The answers as the engine takes them: by question id, those asked for each child by child within."""
        draft: dict[str, Json] = {}
        for place, answer in self.by_place.items():
            if place.child is None:
                draft[place.question] = answer.value
            else:
                draft.setdefault(place.question, {})[place.child] = answer.value
        return draft

    def revision(self, place: Place) -> int:
        """The revision a change to a place is based on; 0 where nothing was ever saved."""
        answer = self.by_place.get(place)
        return 0 if answer is None else answer.revision

    @property
    def saved_at(self) -> datetime | None:
        """When the latest of them was saved; None where there is none."""
        return max((answer.saved_at for answer in self.by_place.values()), default=None)


@dataclass(frozen=True, slots=True)
class Change:
    """One save: where (question, and child's key where asked for each), what, and what it was based on.

    `based_on` is the revision the page showed (0 for none); `key` is the save's own, the same when it is sent again.
    `of_page` says that it came with all of a page's answers, so that one the page was given so was not touched.
    `active_seconds` is how long its writer was at it since the save before, as the page counted.
    """

    place: Place
    operation: Operation
    based_on: int
    key: str
    of_page: bool = False
    active_seconds: int = 0


def _same_place(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.assessment_id == bindparam("at_assessment"),
        table.c.question == bindparam("at_question"),
        func.coalesce(table.c.child_id, NO_CHILD) == bindparam("at_child"),
    )


_STANDING = (answers.c.value, answers.c.revision, answers.c.saved_at, answers.c.saved_by)
_ALL = (
    select(answers.c.question, answers.c.child_id, *_STANDING)
    .where(answers.c.assessment_id == bindparam("assessment"))
    .order_by(answers.c.id)
)
_NEWEST = (
    select(answer_history.c.id)
    .where(answer_history.c.assessment_id == bindparam("assessment"))
    .order_by(answer_history.c.id.desc())
    .limit(1)
)
_SENT_BEFORE = select(
    answer_history.c.sent_hash,
    answer_history.c.value,
    answer_history.c.revision,
    answer_history.c.saved_at,
    answer_history.c.saved_by,
).where(answer_history.c.assessment_id == bindparam("assessment"), answer_history.c.save_key == bindparam("key"))
_CURRENT = (
    select(*_STANDING, people.c.name).join(people, people.c.id == answers.c.saved_by).where(*_same_place(answers))
)
_VALUE_AT = select(answer_history.c.value).where(
    *_same_place(answer_history), answer_history.c.revision == bindparam("at_revision")
)
_OTHERS_SINCE = (
    select(answer_history.c.id)
    .where(
        *_same_place(answer_history),
        answer_history.c.revision > bindparam("at_revision"),
        answer_history.c.saved_by != bindparam("me"),
    )
    .limit(1)
)
_REPLACED = ("value", "revision", "saved_by", "saved_at")
_REPLACE = (
    update(answers)
    .where(*_same_place(answers), answers.c.revision == bindparam("at_revision"))
    .values({name: bindparam(f"new_{name}") for name in _REPLACED})
)
_ADD = insert(answers)
_REMEMBER = {
    dialect.__name__.rsplit(".", 1)[1]: dialect.insert(answer_history)
    .on_conflict_do_nothing(index_elements=["assessment_id", "save_key"])
    .returning(answer_history.c.id)
    for dialect in (postgresql, sqlite)
}
"""By dialect: adds nothing, and gives nothing, where the assessment has a save under the same key."""


def newest_entry(connection: Connection, assessment: Assessment) -> int:
    """The id of the newest row in an assessment's history, 0 for none: the same number, the same answers."""
    return connection.execute(_NEWEST, {"assessment": assessment.id}).scalar() or 0


def answers_of(connection: Connection, assessment: Assessment, newest: int | None = None) -> Answers:
    """Every answer of an assessment that the caller was given by `assessments`.

    `newest` is `newest_entry` where the caller has asked for it in the same transaction.
    """
    keys = {child.id: child.key for child in assessment.children}
    stamp = newest_entry(connection, assessment) if newest is None else newest
    rows = connection.execute(_ALL, {"assessment": assessment.id})
    return Answers(
        {
            Place(question, None if child is None else keys[child]): Answer(*standing)
            for question, child, *standing in rows
        },
        stamp,
    )


def answer_before(connection: Connection, assessment: Assessment, place: Place, revision: int) -> Json:
    """What an answer held at the revision before one; None where it held nothing or there was none."""
    where = dict(_where(assessment, place), at_revision=revision - 1)
    return connection.execute(_VALUE_AT, where).scalar_one_or_none()


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
    that would undo what somebody else saved meanwhile raises StaleAnswer, the same key with other words KeyReused, a
    row that is gone RowGone.
    """
    where, sent_hash = _where(assessment, change.place), _hash_of(change)
    current = known.by_place.get(change.place) if known else connection.execute(_CURRENT, where).one_or_none()
    if (0 if current is None else current.revision) != change.based_on:
        found = _found_otherwise(connection, viewer, change, where, sent_hash)
        if found is not None:
            return found
    value = change.operation.applied(None if current is None else current.value)
    answer = Answer(value, 1 if current is None else current.revision + 1, at, viewer.id)
    sent = {"save_key": change.key, "sent_hash": sent_hash, "active_seconds": change.active_seconds}
    return _write(connection, viewer, where, answer, sent)


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


def _where(assessment: Assessment, place: Place) -> dict[str, Json]:
    children = {child.key: child.id for child in assessment.children}
    if place.child is not None and place.child not in children:
        raise NoSuchRecord
    child = 0 if place.child is None else children[place.child]
    return {"at_assessment": assessment.id, "at_question": place.question, "at_child": child}


def _merged(
    connection: Connection, viewer: Viewer, change: Change, where: Mapping[str, Json], current: Any
) -> Answer | None:
    """What stands if the change turns out to change nothing, None if it may go ahead; raises StaleAnswer."""
    since = dict(where, at_revision=change.based_on if change.based_on < current.revision else 0)
    base = connection.execute(_VALUE_AT, since).scalar_one_or_none()
    operation = change.operation
    was, theirs = operation.part(base), operation.part(current.value)
    mine = operation.part(operation.applied(current.value))
    if theirs in (was, mine):
        return None
    untouched = Answer(*current[:4]) if mine == was else None
    if untouched is not None and change.of_page:
        return untouched
    if not connection.execute(_OTHERS_SINCE, dict(since, me=viewer.id)).first():
        return None
    if untouched is not None:
        return untouched
    raise StaleAnswer(
        place=str(change.place),
        mine=mine,
        theirs=theirs,
        revision=current.revision,
        by=current.name,
        at=current.saved_at,
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
