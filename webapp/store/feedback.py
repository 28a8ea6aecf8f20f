"""What people say about a form: which question does not help, and why; kept with the version and the place."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, bindparam, insert, select

from webapp.access import FORMS, Viewer
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.definitions import Edition
from webapp.store.errors import NotYours
from webapp.store.people import people

feedback = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
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
_ON = (
    select(feedback.c.section, feedback.c.question, feedback.c.words, people.c.name, feedback.c.said_at)
    .join(people, people.c.id == feedback.c.person_id)
    .where(feedback.c.authority_id == bindparam("authority"), feedback.c.definition_id == bindparam("definition"))
    .order_by(feedback.c.said_at.desc(), feedback.c.id.desc())
)


def leave_word(connection: Connection, viewer: Viewer, which: Edition, word: Word, at: datetime) -> bool:
    """Keep what somebody says about a form; False where the same person has said the same before.

    Nothing of an assessment or a child is kept with it. Needs a writing transaction.
    """
    said = {"section": word.section, "question": word.question, "words": word.words}
    connection.execute(_ONE_AT_A_TIME, {"person": viewer.id})
    if connection.execute(_SAID_BEFORE, {"person": viewer.id, "definition": which.id, **said}).first():
        return False
    row = {"authority_id": viewer.authority, "definition_id": which.id, "person_id": viewer.id, "said_at": at}
    connection.execute(_ADD, {**row, **said})
    return True


def words_on(connection: Connection, viewer: Viewer, which: Edition) -> tuple[Said, ...]:
    """What people of the viewer's authority said about a version, newest first; raises NotYours."""
    if not FORMS.allows(viewer):
        raise NotYours(who=FORMS.words)
    rows = connection.execute(_ON, {"authority": viewer.authority, "definition": which.id})
    return tuple(Said(Word(section, question, words), by, at) for section, question, words, by, at in rows)
