"""Cases of an authority's forms: made while a form is tried, taken out and brought back, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, bindparam, func, insert, select, update

from webapp.access import ADMIN, FORMS, Viewer
from webapp.store.access_log import log_act
from webapp.store.database import METADATA, Connection, UtcTime, new_id
from webapp.store.drafts import refuse_unless
from webapp.store.errors import NoSuchRecord, TooManyCases
from webapp.store.keys import new_key
from webapp.store.people import people

form_cases = Table(
    "form_cases",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("form", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("made_by", ForeignKey("people.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
)
Index("ix_form_cases_form", form_cases.c.authority_id, form_cases.c.form)

LONGEST_TITLE = 200
MOST_CASES = 200
"""Cases that are kept of one form, those taken out not counted."""


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case of a form: its JSON as text, who made it and when; `removed_at` is None for one that stands."""

    key: str
    title: str
    content: str
    made_by: str
    made_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be kept: of which form, what it shows, and its JSON as text."""

    form: str
    title: str
    content: str


_OF_FORM = (form_cases.c.authority_id == bindparam("authority"), form_cases.c.form == bindparam("form"))
_CASES = (
    select(
        form_cases.c.key,
        form_cases.c.title,
        form_cases.c.content,
        people.c.name,
        form_cases.c.made_at,
        form_cases.c.removed_at,
    )
    .join(people, people.c.id == form_cases.c.made_by)
    .where(*_OF_FORM)
    .order_by(form_cases.c.id)
)
_TITLES = (
    select(form_cases.c.key, form_cases.c.title)
    .where(*_OF_FORM, form_cases.c.removed_at.is_(None))
    .order_by(form_cases.c.id)
)
_KEPT = _CASES.where(form_cases.c.key == bindparam("key"))
_COUNT = select(func.count()).where(*_OF_FORM, form_cases.c.removed_at.is_(None))
_ONE = select(form_cases.c.id).where(*_OF_FORM, form_cases.c.key == bindparam("key"))
_REMOVE = update(form_cases).where(form_cases.c.id == bindparam("case"))


def keep_case(connection: Connection, viewer: Viewer, case: NewCase, at: datetime) -> str:
    """Keep a case of a form and give its key. Raises NotYours, TooManyCases."""
    refuse_unless(ADMIN, viewer)
    _refuse_too_many(connection, viewer, case.form)
    key = new_key()
    values = {"authority_id": viewer.authority, "key": key, "form": case.form, "title": case.title}
    made = insert(form_cases).values(**values, content=case.content, made_by=viewer.id, made_at=at)
    log_act(connection, viewer, "case", [new_id(connection, made)], "made", at)
    return key


def cases_kept(connection: Connection, viewer: Viewer, form: str) -> tuple[KeptCase, ...]:
    """The authority's cases of a form in the order they were made, those taken out too. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    return tuple(KeptCase(*row) for row in connection.execute(_CASES, {"authority": viewer.authority, "form": form}))


def case_titles(connection: Connection, viewer: Viewer, form: str) -> Mapping[str, str]:
    """The titles of the authority's cases of a form that stand, by their keys, as made. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    rows = connection.execute(_TITLES, {"authority": viewer.authority, "form": form})
    return {key: title for key, title in rows}  # noqa: C416


def case_kept(connection: Connection, viewer: Viewer, form: str, key: str) -> KeptCase:
    """One case of a form, one that was taken out too. Raises NotYours, NoSuchRecord."""
    refuse_unless(FORMS, viewer)
    row = connection.execute(_KEPT, {"authority": viewer.authority, "form": form, "key": key}).one_or_none()
    if row is None:
        raise NoSuchRecord
    return KeptCase(*row)


def take_out_case(connection: Connection, viewer: Viewer, form: str, key: str, at: datetime) -> None:
    """Hold drafts against a case no longer; `bring_back_case` does so again. Raises NotYours, NoSuchRecord."""
    refuse_unless(ADMIN, viewer)
    case = _case(connection, viewer, form, key)
    connection.execute(_REMOVE, {"case": case, "removed_at": at})
    log_act(connection, viewer, "case", [case], "removed", at)


def bring_back_case(connection: Connection, viewer: Viewer, form: str, key: str, at: datetime) -> None:
    """Hold drafts against a case again that was taken out. Raises NotYours, NoSuchRecord, TooManyCases."""
    refuse_unless(ADMIN, viewer)
    case = _case(connection, viewer, form, key)
    _refuse_too_many(connection, viewer, form)
    connection.execute(_REMOVE, {"case": case, "removed_at": None})
    log_act(connection, viewer, "case", [case], "brought_back", at)


def _case(connection: Connection, viewer: Viewer, form: str, key: str) -> int:
    asked = {"authority": viewer.authority, "form": form, "key": key}
    found = connection.execute(_ONE, asked).scalar_one_or_none()
    if found is None:
        raise NoSuchRecord
    return int(found)


def _refuse_too_many(connection: Connection, viewer: Viewer, form: str) -> None:
    if connection.execute(_COUNT, {"authority": viewer.authority, "form": form}).scalar_one() >= MOST_CASES:
        raise TooManyCases(limit=MOST_CASES)
