"""What people say about a form: which question does not help, and why; kept with the version and the place."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, bindparam, insert, select

from webapp.access import Viewer
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.definitions import Edition
from webapp.store.keys import new_key
from webapp.store.people import people

feedback = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("definition_id", ForeignKey("definitions.id"), nullable=False, index=True),
    Column("section", Text, nullable=False),
    Column("question", Text),
    Column("words", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("said_at", UtcTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says about a section of a form, or about one question of it (None: the section as a whole)."""

    section: str
    question: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """A word that was left, by whom (a name) and when."""

    word: Word
    by: str
    at: datetime


_ONE_AT_A_TIME = select(people.c.id).where(people.c.id == bindparam("person")).with_for_update()
_SAID_BEFORE = (
    select(feedback.c.id)
    .where(
        feedback.c.person_id == bindparam("person"),
        feedback.c.definition_id == bindparam("definition"),
        feedback.c.section == bindparam("section"),
        feedback.c.question.is_not_distinct_from(bindparam("question")),
        feedback.c.words == bindparam("words"),
    )
    .limit(1)
)
_ADD = insert(feedback)


def leave_word(connection: Connection, viewer: Viewer, which: Edition, word: Word, at: datetime) -> bool:
    """Keep what somebody says about a form; False where the same person has said the same before.

    Nothing of an assessment or a child is kept with it. Needs a writing transaction.
    """
    said = {"section": word.section, "question": word.question, "words": word.words}
    connection.execute(_ONE_AT_A_TIME, {"person": viewer.id})
    if connection.execute(_SAID_BEFORE, {"person": viewer.id, "definition": which.id, **said}).first():
        return False
    row = {"authority_id": viewer.authority, "key": new_key(), "definition_id": which.id}
    connection.execute(_ADD, {**row, **said, "person_id": viewer.id, "said_at": at})
    return True
