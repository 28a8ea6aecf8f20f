"""What those who look after a form say to a remark on it: all of it kept, the newest stands and staff read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, and_, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from webapp.access import ADMIN, FORMS, Viewer
from webapp.store.access_log import log_act
from webapp.store.append_only import only_grows
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.definitions import EDITION_COLUMNS, Edition, definitions
from webapp.store.errors import AnsweredMeanwhile, NoSuchRecord, NotYours
from webapp.store.feedback import Said, Word, feedback
from webapp.store.people import people
from webapp.store.sealed_forms import pooled_under
from webapp.store.trial_tables import trial_registrations

feedback_answers = Table(
    "feedback_answers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("feedback_id", ForeignKey("feedback.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("answered_at", UtcTime, nullable=False),
)
Index("uq_feedback_answers_number", feedback_answers.c.feedback_id, feedback_answers.c.number, unique=True)
only_grows(feedback_answers)


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a remark that stands: how often it was written, the words, by whom (a name) and when."""

    number: int
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """What was said about a version of a form, by its key, and the answer to it; None while there is none.

    `sealed` says that it was said of an arm of a trial that has not ended: `edition` is then the control, whichever
    arm it was, and nobody is named, since a name tells the team and so its arm.
    """

    key: str
    edition: Edition
    said: Said
    reply: Reply | None
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Replied:
    """A remark and the answer to it, with nobody's name: what staff read."""

    word: Word
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Replying:
    """An answer to a remark on a form (by the key of the remark), and the number of the one that its page showed.

    The number is 0 where none stood there.
    """

    form: str
    remark: str
    words: str
    based_on: int


_replier = people.alias("replier")
_newest = (
    select(func.max(feedback_answers.c.number))
    .where(feedback_answers.c.feedback_id == feedback.c.id)
    .correlate(feedback)
    .scalar_subquery()
)
_STANDS = and_(feedback_answers.c.feedback_id == feedback.c.id, feedback_answers.c.number == _newest)
_OF_FORM = and_(feedback.c.authority_id == bindparam("authority"), definitions.c.form == bindparam("form"))
_SAID = (feedback.c.section, feedback.c.question, feedback.c.words)
_REPLY = (feedback_answers.c.number, feedback_answers.c.words, _replier.c.name, feedback_answers.c.answered_at)
_POOLED = pooled_under(feedback.c.definition_id, trial_registrations.c.registered_at <= feedback.c.said_at)
_ALL = (
    select(feedback.c.key, _POOLED, *EDITION_COLUMNS, *_SAID, people.c.name, feedback.c.said_at, *_REPLY)
    .select_from(feedback)
    .join(definitions, definitions.c.id == feedback.c.definition_id)
    .join(people, people.c.id == feedback.c.person_id)
    .outerjoin(feedback_answers, _STANDS)
    .outerjoin(_replier, _replier.c.id == feedback_answers.c.person_id)
    .where(_OF_FORM)
    .order_by(feedback.c.said_at.desc(), feedback.c.id.desc())
)
_REPLIED = (
    select(*_SAID, feedback_answers.c.words, feedback_answers.c.answered_at)
    .select_from(feedback)
    .join(definitions, definitions.c.id == feedback.c.definition_id)
    .join(feedback_answers, _STANDS)
    .where(_OF_FORM)
    .order_by(feedback_answers.c.answered_at.desc(), feedback_answers.c.id.desc())
    .limit(bindparam("most"))
)
_ONE = (
    select(feedback.c.id)
    .join(definitions, definitions.c.id == feedback.c.definition_id)
    .where(_OF_FORM, feedback.c.key == bindparam("key"))
)
_STANDING = (
    select(*_REPLY)
    .join(_replier, _replier.c.id == feedback_answers.c.person_id)
    .where(feedback_answers.c.feedback_id == bindparam("remark"))
    .order_by(feedback_answers.c.number.desc())
    .limit(1)
)
_EDITIONS = select(*EDITION_COLUMNS).where(definitions.c.id.in_(bindparam("ids", expanding=True)))
_ADD = insert(feedback_answers)


def remarks_on(connection: Connection, viewer: Viewer, form: str, day: date) -> tuple[Remark, ...]:
    """What people of the viewer's authority said about any version of a form, newest first, as it is told on a day.

    Raises NotYours.
    """
    if not FORMS.allows(viewer):
        raise NotYours(who=FORMS.words)
    rows = connection.execute(_ALL, {"authority": viewer.authority, "form": form, "day": day}).all()
    pooled = {row[1] for row in rows if row[1] is not None}
    found = connection.execute(_EDITIONS, {"ids": list(pooled)}) if pooled else ()
    controls = {each.id: each for each in (Edition(*row) for row in found)}
    return tuple(_remark(row, controls) for row in rows)


def replied(connection: Connection, viewer: Viewer, form: str, most: int) -> tuple[Replied, ...]:
    """The remarks on a form that were answered last in the viewer's authority, for all who work there."""
    rows: Iterable[Sequence[Any]] = connection.execute(
        _REPLIED, {"authority": viewer.authority, "form": form, "most": most}
    )
    return tuple(Replied(Word(*row[:3]), *row[3:]) for row in rows)


def reply(connection: Connection, viewer: Viewer, replying: Replying, at: datetime) -> None:
    """Answer a remark, or answer it otherwise; the same words again change nothing. Needs a writing transaction.

    Raises NotYours, NoSuchRecord, and AnsweredMeanwhile where another answer stands than the page showed.
    """
    if not ADMIN.allows(viewer):
        raise NotYours(who=ADMIN.words)
    which = {"authority": viewer.authority, "form": replying.form, "key": replying.remark}
    remark = connection.execute(_ONE, which).scalar_one_or_none()
    if remark is None:
        raise NoSuchRecord
    if _stands(connection, remark, replying):
        return
    row = {"authority_id": viewer.authority, "feedback_id": remark, "number": replying.based_on + 1}
    try:
        with connection.begin_nested():
            connection.execute(_ADD, {**row, "words": replying.words, "person_id": viewer.id, "answered_at": at})
    except IntegrityError:
        if not _stands(connection, remark, replying):
            raise
        return
    log_act(connection, viewer, "remark", [remark], "answered", at)


def _stands(connection: Connection, remark: int, replying: Replying) -> bool:
    """Whether these very words stand already; raises AnsweredMeanwhile for others than the page showed."""
    standing = connection.execute(_STANDING, {"remark": remark}).one_or_none()
    if standing is not None and standing.words == replying.words:
        return True
    if (0 if standing is None else standing.number) != replying.based_on:
        raise AnsweredMeanwhile
    return False


def _remark(row: Sequence[Any], controls: Mapping[int, Edition]) -> Remark:
    key, pooled, *rest = row
    own = len(EDITION_COLUMNS)
    section, question, words, by, at, *answer = rest[own:]
    answered = Reply(*answer) if answer[0] is not None else None
    if pooled is not None:
        return Remark(key, controls[pooled], Said(Word(section, question, words), "", at), answered, sealed=True)
    return Remark(key, Edition(*rest[:own]), Said(Word(section, question, words), by, at), answered)
