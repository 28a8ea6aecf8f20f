"""Answers of a draft: the current ones, every one there ever was, and the one way to change them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
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
    update,
)
from sqlalchemy.exc import IntegrityError

from engine.places import Place
from webapp.access import Viewer
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
    UniqueConstraint("assessment_id", "save_key"),
)
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
    """An answer as it stands: its JSON value (None for one blanked), its revision and when it was saved."""

    value: Json
    revision: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of an assessment by place (`Place(question)` or `Place(question, child's key)`)."""

    by_place: Mapping[Place, Answer]

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
    """

    place: Place
    operation: Operation
    based_on: int
    key: str
    of_page: bool = False


def _same_place(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.assessment_id == bindparam("at_assessment"),
        table.c.question == bindparam("at_question"),
        func.coalesce(table.c.child_id, NO_CHILD) == bindparam("at_child"),
    )


_ALL = (
    select(answers.c.question, answers.c.child_id, answers.c.value, answers.c.revision, answers.c.saved_at)
    .where(answers.c.assessment_id == bindparam("assessment"))
    .order_by(answers.c.id)
)
_SENT_BEFORE = select(
    answer_history.c.sent_hash, answer_history.c.value, answer_history.c.revision, answer_history.c.saved_at
).where(answer_history.c.assessment_id == bindparam("assessment"), answer_history.c.save_key == bindparam("key"))
_CURRENT = (
    select(answers.c.value, answers.c.revision, answers.c.saved_at, people.c.name)
    .join(people, people.c.id == answers.c.saved_by)
    .where(*_same_place(answers))
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
_ADD, _REMEMBER = insert(answers), insert(answer_history)


def answers_of(connection: Connection, assessment: Assessment) -> Answers:
    """Every answer of an assessment that the caller was given by `assessments`."""
    keys = {child.id: child.key for child in assessment.children}
    rows = connection.execute(_ALL, {"assessment": assessment.id})
    return Answers(
        {
            Place(question, None if child is None else keys[child]): Answer(value, revision, saved_at)
            for question, child, value, revision, saved_at in rows
        }
    )


def save(connection: Connection, viewer: Viewer, assessment: Assessment, change: Change, at: datetime) -> Answer:
    """Make one change in the caller's writing transaction and give the answer as it then stands.

    `assessment` comes from `assessment_to_write` in the same transaction. A key seen before repeats its reply; a
    change that would undo what somebody else saved meanwhile raises StaleAnswer, the same key with other words
    KeyReused, a row that is gone RowGone.
    """
    sent_hash = _hash_of(change)
    before = connection.execute(_SENT_BEFORE, {"assessment": assessment.id, "key": change.key}).one_or_none()
    if before is not None:
        return _repeated(before, sent_hash)
    where = _where(assessment, change.place)
    current = connection.execute(_CURRENT, where).one_or_none()
    if current is not None and current.revision != change.based_on:
        kept = _merged(connection, viewer, change, where, current)
        if kept is not None:
            return kept
    value = change.operation.applied(None if current is None else current.value)
    answer = Answer(value, 1 if current is None else current.revision + 1, at)
    _write(connection, viewer, where, answer, {"save_key": change.key, "sent_hash": sent_hash})
    return answer


def _hash_of(change: Change) -> str:
    sent = json.dumps([str(change.place), operation_to_json(change.operation)], sort_keys=True)
    return hashlib.sha256(sent.encode()).hexdigest()


def _repeated(before: Any, sent_hash: str) -> Answer:
    if before.sent_hash != sent_hash:
        raise KeyReused
    return Answer(before.value, before.revision, before.saved_at)


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
    untouched = Answer(current.value, current.revision, current.saved_at) if mine == was else None
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
    connection: Connection, viewer: Viewer, where: Mapping[str, Json], answer: Answer, sent: Mapping[str, str]
) -> None:
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
        _put(connection, where, answer.revision, row)
        connection.execute(_REMEMBER, {**row, **sent})
    except IntegrityError as error:  # only who did not hold the assessment comes here: the indexes stand guard
        raise DatabaseBusy from error


def _put(connection: Connection, where: Mapping[str, Json], revision: int, row: Mapping[str, Json]) -> None:
    if revision == 1:
        connection.execute(_ADD, row)
        return
    new = {f"new_{name}": row[name] for name in _REPLACED}
    if connection.execute(_REPLACE, {**where, **new, "at_revision": revision - 1}).rowcount != 1:
        raise DatabaseBusy
