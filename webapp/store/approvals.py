"""Whether an authority asks a second person before a form is published, and what was asked of that person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, bindparam, func, insert, select, update

from webapp.access import ADMIN, FORMS, Viewer
from webapp.store.access_log import log_act
from webapp.store.authorities import authorities
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.drafts import Draft, Standing, draft_revisions, drafts, refuse_unless
from webapp.store.errors import NobodyToAsk
from webapp.store.keys import new_key
from webapp.store.people import people

approval_requests = Table(
    "approval_requests",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("draft_id", ForeignKey("drafts.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("budget_reason", Text, nullable=False),
    Column("begins_on", Date),
    Column("asked_by", ForeignKey("people.id"), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("ended_by", ForeignKey("people.id")),
    Column("outcome", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("definition_id", ForeignKey("definitions.id")),
)
IS_OPEN = approval_requests.c.ended_at.is_(None)
Index(
    "uq_approval_requests_open",
    approval_requests.c.draft_id,
    unique=True,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Another person's agreement to publish a draft: asked for what, why, from when, by whom (id and name) and when."""

    id: int
    key: str
    draft: int
    revision: int
    reason: str
    budget_reason: str
    begins_on: date | None
    asked_by: int
    asker: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    """A draft given back with words instead of approved: by whom (a name) and when."""

    by: str
    at: datetime
    words: str


_NEEDS_TWO = select(authorities.c.forms_need_two).where(authorities.c.id == bindparam("authority"))
_SET = update(authorities).where(authorities.c.id == bindparam("authority"))
_ADMINS = select(func.count()).where(
    people.c.authority_id == bindparam("authority"), people.c.role == "admin", people.c.ended_at.is_(None)
)
_ASKED = (
    select(
        approval_requests.c.id,
        approval_requests.c.key,
        approval_requests.c.draft_id,
        approval_requests.c.revision,
        approval_requests.c.reason,
        approval_requests.c.budget_reason,
        approval_requests.c.begins_on,
        approval_requests.c.asked_by,
        people.c.name,
        approval_requests.c.asked_at,
    )
    .join(people, people.c.id == approval_requests.c.asked_by)
    .where(approval_requests.c.draft_id == bindparam("draft"), IS_OPEN)
)
_NEWEST = select(func.max(draft_revisions.c.number)).where(draft_revisions.c.draft_id == drafts.c.id).scalar_subquery()
_FORMS_ASKED = (
    select(drafts.c.form, people.c.name)
    .join(approval_requests, approval_requests.c.draft_id == drafts.c.id)
    .join(people, people.c.id == approval_requests.c.asked_by)
    .where(
        drafts.c.authority_id == bindparam("authority"),
        drafts.c.ended_at.is_(None),
        IS_OPEN,
        approval_requests.c.revision == _NEWEST,
    )
)
_RETURNED = (
    select(people.c.name, approval_requests.c.ended_at, approval_requests.c.words)
    .join(people, people.c.id == approval_requests.c.ended_by)
    .where(approval_requests.c.draft_id == bindparam("draft"), approval_requests.c.outcome == "returned")
    .order_by(approval_requests.c.id.desc())
    .limit(1)
)
_LAST = (
    select(approval_requests.c.reason, approval_requests.c.budget_reason, approval_requests.c.begins_on)
    .where(approval_requests.c.draft_id == bindparam("draft"))
    .order_by(approval_requests.c.id.desc())
    .limit(1)
)
_OF_DRAFT = select(func.max(approval_requests.c.id)).where(approval_requests.c.draft_id == drafts.c.id)
_FORMS_RETURNED = (
    select(drafts.c.form, people.c.name)
    .join(approval_requests, approval_requests.c.id == _OF_DRAFT.correlate(drafts).scalar_subquery())
    .join(people, people.c.id == approval_requests.c.ended_by)
    .where(
        drafts.c.authority_id == bindparam("authority"),
        drafts.c.ended_at.is_(None),
        approval_requests.c.outcome == "returned",
    )
)
END = update(approval_requests).where(approval_requests.c.id == bindparam("request"), IS_OPEN)
END_OPEN = update(approval_requests).where(approval_requests.c.draft_id == bindparam("draft"), IS_OPEN)


def needs_two(connection: Connection, authority: int) -> bool:
    """Whether an authority asks a second person before a form of its own is published."""
    return bool(connection.execute(_NEEDS_TWO, {"authority": authority}).scalar_one())


def admins(connection: Connection, viewer: Viewer) -> int:
    """How many people look after forms in the viewer's authority."""
    return int(connection.execute(_ADMINS, {"authority": viewer.authority}).scalar_one())


def ask_for_two(connection: Connection, viewer: Viewer, wanted: bool, at: datetime) -> None:
    """Ask a second person from now on, or no longer. Raises NotYours, and NobodyToAsk where there is only one admin."""
    refuse_unless(ADMIN, viewer)
    if needs_two(connection, viewer.authority) == wanted:
        return
    if wanted and admins(connection, viewer) < 2:
        raise NobodyToAsk
    connection.execute(_SET, {"authority": viewer.authority, "forms_need_two": wanted})
    log_act(connection, viewer, "authority", [viewer.authority], "two_asked" if wanted else "one_asked", at)


def asked_of(connection: Connection, viewer: Viewer, standing: Standing) -> Asked | None:
    """What is asked for a draft as it stands; None where nothing is, or it was changed since. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    row = connection.execute(_ASKED, {"draft": standing.draft.id}).one_or_none()
    if row is None or row.revision != standing.newest.number:
        return None
    found: Sequence[Any] = row
    return Asked(*found)


def forms_asked(connection: Connection, viewer: Viewer) -> Mapping[str, str]:
    """The forms of which a draft, not changed since, waits for a second person, with who asked. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    return {form: name for form, name in connection.execute(_FORMS_ASKED, {"authority": viewer.authority})}  # noqa: C416


def forms_returned(connection: Connection, viewer: Viewer) -> Mapping[str, str]:
    """The forms whose draft came back and was not sent again, with who returned it. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    return {form: name for form, name in connection.execute(_FORMS_RETURNED, {"authority": viewer.authority})}  # noqa: C416


def asked_last(connection: Connection, viewer: Viewer, draft: Draft) -> tuple[str, str, date | None]:
    """What the last request for a draft gave, whatever came of it: reason, that for the budget, day. Raises NotYours.

    Empty words and no day where nobody asked.
    """
    refuse_unless(FORMS, viewer)
    row = connection.execute(_LAST, {"draft": draft.id}).one_or_none()
    return ("", "", None) if row is None else (row.reason, row.budget_reason, row.begins_on)


def returned(connection: Connection, viewer: Viewer, draft: Draft) -> Returned | None:
    """How a draft was given back last; None where it never was. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    row = connection.execute(_RETURNED, {"draft": draft.id}).one_or_none()
    return None if row is None else Returned(*row)


def add_request(
    connection: Connection, viewer: Viewer, standing: Standing, asked: tuple[str, str, date | None], at: datetime
) -> None:
    """Write down what is asked: the reason, that for the budget, and the day; an earlier request ends as changed."""
    ended = {"draft": standing.draft.id, "ended_at": at, "ended_by": viewer.id, "outcome": "changed"}
    connection.execute(END_OPEN, ended)
    reason, budget_reason, begins_on = asked
    values = {
        "authority_id": viewer.authority,
        "key": new_key(),
        "draft_id": standing.draft.id,
        "revision": standing.newest.number,
        "reason": reason,
        "budget_reason": budget_reason,
        "begins_on": begins_on,
        "asked_by": viewer.id,
        "asked_at": at,
        "outcome": "",
        "words": "",
    }
    connection.execute(insert(approval_requests), values)
