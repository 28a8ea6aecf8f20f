"""Answers of a draft: the current ones, and every one there ever was."""

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
    literal_column,
    select,
    text,
)

from engine.places import Place
from webapp.store.append_only import only_grows
from webapp.store.assessments import Assessment
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.errors import NoSuchRecord

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
    Column("page_key", Text, nullable=False, server_default=text("''")),
    Column("act", Text, nullable=False, server_default=text("'saved'")),
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
        """The answers as the engine takes them: by question id, those asked for each child by child within.

        A draft that was moved to another version of its form may have had a question asked in both ways: of these
        places those that hold something count.
        """
        draft: dict[str, Json] = {}
        by_child: dict[str, dict[str, Json]] = {}
        for place, answer in self.by_place.items():
            if place.child is not None and answer.value is not None:
                by_child.setdefault(place.question, {})[place.child] = answer.value
            elif place.child is None and answer.value is not None:
                draft[place.question] = answer.value
            else:
                draft.setdefault(place.question, None)
        return {**draft, **by_child}

    def revision(self, place: Place) -> int:
        """The revision a change to a place is based on; 0 where nothing was ever saved."""
        answer = self.by_place.get(place)
        return 0 if answer is None else answer.revision

    @property
    def saved_at(self) -> datetime | None:
        """When the latest of them was saved; None where there is none."""
        return max((answer.saved_at for answer in self.by_place.values()), default=None)


def same_place(table: Table) -> tuple[ColumnElement[bool], ...]:
    """The condition that a row is about one place; its parameters are `parameters_of`."""
    return (
        table.c.assessment_id == bindparam("at_assessment"),
        table.c.question == bindparam("at_question"),
        func.coalesce(table.c.child_id, NO_CHILD) == bindparam("at_child"),
    )


STANDING = (answers.c.value, answers.c.revision, answers.c.saved_at, answers.c.saved_by)
"""The columns of an `Answer`, in its order."""

_ALL = (
    select(answers.c.question, answers.c.child_id, *STANDING)
    .where(answers.c.assessment_id == bindparam("assessment"))
    .order_by(answers.c.id)
)
_NEWEST = (
    select(answer_history.c.id)
    .where(answer_history.c.assessment_id == bindparam("assessment"))
    .order_by(answer_history.c.id.desc())
    .limit(1)
)
VALUE_AT = select(answer_history.c.value).where(
    *same_place(answer_history), answer_history.c.revision == bindparam("at_revision")
)
"""What an answer held at a revision."""


def parameters_of(assessment: Assessment, place: Place) -> dict[str, Json]:
    """The values of the parameters in `same_place`; raises NoSuchRecord for a child whom it is not about."""
    children = {child.key: child.id for child in assessment.children}
    if place.child is not None and place.child not in children:
        raise NoSuchRecord
    child = 0 if place.child is None else children[place.child]
    return {"at_assessment": assessment.id, "at_question": place.question, "at_child": child}


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
    where = dict(parameters_of(assessment, place), at_revision=revision - 1)
    return connection.execute(VALUE_AT, where).scalar_one_or_none()
