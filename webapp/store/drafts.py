"""Drafts of forms, each a chain of revisions that only grows: how one is begun, and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text, bindparam, insert, literal_column, select
from sqlalchemy.exc import IntegrityError

from webapp.access import ADMIN, FORMS, Rule, Viewer
from webapp.store.access_log import log_act
from webapp.store.append_only import only_grows
from webapp.store.database import METADATA, Connection, UtcTime, new_id
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.keys import new_key
from webapp.store.people import people

drafts = Table(
    "drafts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("form", Text, nullable=False),
    Column("begun_from", ForeignKey("definitions.id")),
    Column("begun_by", ForeignKey("people.id"), nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("published_as", ForeignKey("definitions.id")),
    Column("code_lists", JSON, nullable=False, server_default=literal_column("'{}'")),
)
IS_OPEN = drafts.c.ended_at.is_(None)
Index(
    "uq_drafts_open",
    drafts.c.authority_id,
    drafts.c.form,
    unique=True,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)

draft_revisions = Table(
    "draft_revisions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("draft_id", ForeignKey("drafts.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("parent", Integer),
    Column("shows", Integer, nullable=False),
    Column("content", Text),
    Column("done", Text, nullable=False),
    Column("saved_by", ForeignKey("people.id"), nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("base_id", ForeignKey("definitions.id")),
)
Index("uq_draft_revisions_number", draft_revisions.c.draft_id, draft_revisions.c.number, unique=True)
only_grows(draft_revisions)

MOST_TOLD = 50
"""Revisions that are told of one draft, the newest."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of an authority's form: the definition (by its id) it was begun from, by whom (a name) and when.

    `begun_from` is None for a form of which there is no version yet; `code_lists` are those that came with a form that
    was brought from elsewhere, as their files hold them.
    """

    id: int
    key: str
    form: str
    begun_from: int | None
    begun_by: str
    begun_at: datetime
    code_lists: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revision:
    """One step of a draft: what was done, by whom and when, and what it shows.

    `shows` is the revision whose text stands since: its own for a change, an earlier one's where a change was undone
    or redone. `parent` is, for a change, the revision that was shown before it; None for the first and for the others.
    """

    number: int
    parent: int | None
    shows: int
    done: str
    by: str
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How a draft stands: its newest revision, the text, and the changes that undoing and redoing would concern.

    `base` is the definition that ships (its id) that the text is a change of, None for a form of the authority's own.
    """

    draft: Draft
    newest: Revision
    content: str
    to_undo: Revision | None
    to_redo: Revision | None
    base: int | None


@dataclass(frozen=True, slots=True)
class Beginning:
    """A draft to be begun: of which form, from which definition (its id; None for none), and the text it begins with.

    `code_lists` as in `Draft`, `base` as in `Standing`.
    """

    form: str
    begun_from: int | None
    content: str
    code_lists: Mapping[str, Any] = field(default_factory=dict)
    base: int | None = None


_DRAFT = select(
    drafts.c.id,
    drafts.c.key,
    drafts.c.form,
    drafts.c.begun_from,
    people.c.name,
    drafts.c.begun_at,
    drafts.c.code_lists,
).join(people, people.c.id == drafts.c.begun_by)
_OF_FORM = _DRAFT.where(drafts.c.authority_id == bindparam("authority"), drafts.c.form == bindparam("form"))
_ONE_OPEN = _OF_FORM.where(IS_OPEN)
_EVERY_OPEN = _DRAFT.where(drafts.c.authority_id == bindparam("authority"), IS_OPEN).order_by(drafts.c.form)
_DISCARDED = (
    _OF_FORM.where(drafts.c.ended_at.is_not(None), drafts.c.published_as.is_(None))
    .order_by(drafts.c.ended_at.desc(), drafts.c.id.desc())
    .limit(1)
)
_REVISION = select(
    draft_revisions.c.number,
    draft_revisions.c.parent,
    draft_revisions.c.shows,
    draft_revisions.c.done,
    people.c.name,
    draft_revisions.c.saved_by,
    draft_revisions.c.saved_at,
).join(people, people.c.id == draft_revisions.c.saved_by)
_OF_DRAFT = _REVISION.where(draft_revisions.c.draft_id == bindparam("draft"))
NEWEST_FIRST = _OF_DRAFT.order_by(draft_revisions.c.number.desc()).limit(bindparam("most"))
_NUMBERED = _OF_DRAFT.where(draft_revisions.c.number == bindparam("number"))
MADE_FROM = (
    _OF_DRAFT.where(draft_revisions.c.parent == bindparam("number")).order_by(draft_revisions.c.number.desc()).limit(1)
)
CONTENT = select(draft_revisions.c.content, draft_revisions.c.base_id).where(
    draft_revisions.c.draft_id == bindparam("draft"), draft_revisions.c.number == bindparam("number")
)

_STEP = draft_revisions.alias()
_TEXT_AT = (
    select(draft_revisions.c.content)
    .join(
        _STEP,
        (_STEP.c.draft_id == draft_revisions.c.draft_id) & (_STEP.c.shows == draft_revisions.c.number),
    )
    .join(drafts, drafts.c.id == draft_revisions.c.draft_id)
    .where(drafts.c.authority_id == bindparam("authority"), drafts.c.key == bindparam("key"))
    .where(_STEP.c.number == bindparam("number"))
)


def begin_draft(connection: Connection, viewer: Viewer, beginning: Beginning, at: datetime) -> Standing:
    """Begin a draft of a form, or go on with the one that the authority has open. Raises NotYours."""
    refuse_unless(ADMIN, viewer)
    found = open_draft(connection, viewer, beginning.form)
    if found is not None:
        return found
    try:
        with connection.begin_nested():
            draft = _insert(connection, viewer, beginning, at)
    except IntegrityError:
        meanwhile = open_draft(connection, viewer, beginning.form)
        if meanwhile is None:
            raise
        return meanwhile
    log_act(connection, viewer, "draft", [draft], "begun", at)
    return _standing(connection, viewer, beginning.form)


def _insert(connection: Connection, viewer: Viewer, beginning: Beginning, at: datetime) -> int:
    values: dict[str, Any] = {"authority_id": viewer.authority, "key": new_key(), "form": beginning.form}
    begun = {"begun_from": beginning.begun_from, "begun_by": viewer.id, "begun_at": at}
    values["code_lists"] = dict(beginning.code_lists)
    draft = new_id(connection, insert(drafts).values(**values, **begun))
    first: dict[str, Any] = {"number": 1, "parent": None, "shows": 1, "done": "Began the draft"}
    first |= {"content": beginning.content, "base_id": beginning.base}
    add_revision(connection, viewer, draft, first, at)
    return draft


def add_revision(connection: Connection, viewer: Viewer, draft: int, revision: dict[str, Any], at: datetime) -> None:
    """Write down a step of a draft (its id): its columns but for the authority, by whom and when."""
    by = {"authority_id": viewer.authority, "draft_id": draft, "saved_by": viewer.id, "saved_at": at}
    connection.execute(insert(draft_revisions), {**revision, **by})


def open_draft(connection: Connection, viewer: Viewer, form: str) -> Standing | None:
    """The authority's open draft of a form as it stands; None where there is none. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    return standing_of(connection, viewer, form)


def standing_of(connection: Connection, viewer: Viewer, form: str) -> Standing | None:
    """The same for whom the caller has let through."""
    row = connection.execute(_ONE_OPEN, {"authority": viewer.authority, "form": form}).one_or_none()
    if row is None:
        return None
    draft = Draft(*row)
    newest = Revision(*connection.execute(NEWEST_FIRST, {"draft": draft.id, "most": 1}).one())
    shown = numbered(connection, draft.id, newest.shows)
    content, base = connection.execute(CONTENT, {"draft": draft.id, "number": newest.shows}).one()
    redo = connection.execute(MADE_FROM, {"draft": draft.id, "number": newest.shows}).one_or_none()
    return Standing(draft, newest, content, shown if shown.parent else None, Revision(*redo) if redo else None, base)


def text_at(connection: Connection, viewer: Viewer, key: str, number: int) -> str | None:
    """What a draft (by its key) showed at one of its revisions; None where it has none. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    asked = {"authority": viewer.authority, "key": key, "number": number}
    return connection.execute(_TEXT_AT, asked).scalar_one_or_none()


def open_drafts(connection: Connection, viewer: Viewer) -> tuple[Draft, ...]:
    """Every open draft of the authority, by form. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    return tuple(Draft(*row) for row in connection.execute(_EVERY_OPEN, {"authority": viewer.authority}))


def revisions(connection: Connection, viewer: Viewer, draft: Draft) -> tuple[Revision, ...]:
    """What was done to a draft of the authority, the newest first. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    return tuple(Revision(*row) for row in connection.execute(NEWEST_FIRST, {"draft": draft.id, "most": MOST_TOLD}))


def discarded(connection: Connection, viewer: Viewer, form: str) -> Draft | None:
    """The draft of a form that was discarded last and could be brought back; None for none. Raises NotYours."""
    refuse_unless(FORMS, viewer)
    row = connection.execute(_DISCARDED, {"authority": viewer.authority, "form": form}).one_or_none()
    return None if row is None else Draft(*row)


def numbered(connection: Connection, draft: int, number: int) -> Revision:
    """A revision of a draft (its id) that is there."""
    return Revision(*connection.execute(_NUMBERED, {"draft": draft, "number": number}).one())


def _standing(connection: Connection, viewer: Viewer, form: str) -> Standing:
    found = open_draft(connection, viewer, form)
    if found is None:
        raise NoSuchRecord
    return found


def refuse_unless(rule: Rule, viewer: Viewer) -> None:
    """Raise NotYours for a viewer whom a rule does not let through."""
    if not rule.allows(viewer):
        raise NotYours(who=rule.words)
