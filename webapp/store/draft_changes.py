"""Changing a draft of a form: saved, undone and redone to any depth, ended, brought back, never overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError

from webapp.access import ADMIN, Viewer
from webapp.store.access_log import log_act
from webapp.store.database import Connection
from webapp.store.drafts import (
    CONTENT,
    IS_OPEN,
    MADE_FROM,
    NEWEST_FIRST,
    Revision,
    add_revision,
    discarded,
    drafts,
    numbered,
    refuse_unless,
)
from webapp.store.errors import DraftBegun, DraftEnded, NoSuchRecord, StaleDraft


@dataclass(frozen=True, slots=True)
class Based:
    """What a change was based on: the draft by its key, and the revision that the page showed as the newest."""

    draft: str
    revision: int


_HELD = (
    select(drafts.c.id)
    .where(drafts.c.authority_id == bindparam("authority"), drafts.c.key == bindparam("key"), IS_OPEN)
    .with_for_update()
)
_BECAME = select(drafts.c.id, drafts.c.key).where(
    drafts.c.authority_id == bindparam("authority"), drafts.c.published_as == bindparam("definition")
)
_LISTS = select(drafts.c.code_lists).where(drafts.c.id == bindparam("draft"))
_END = update(drafts).where(drafts.c.id == bindparam("draft"))


def save_draft(
    connection: Connection,
    viewer: Viewer,
    based: Based,
    content: str,
    done: str,
    at: datetime,
    base: int | None = None,
) -> int:
    """Keep a text, valid or not, as the next revision, and give its number; the same text again adds none.

    `done` says in words what was changed; `base` is the definition that ships (its id) that the text is a change of
    from now on, None for that of the text before. Raises NotYours, DraftEnded, and StaleDraft where somebody changed
    the draft since the revision that the change is based on: nothing is kept then.
    """
    draft, newest = _held(connection, viewer, based)
    before, stood_on = connection.execute(CONTENT, {"draft": draft, "number": newest.shows}).one()
    if before == content and base in (None, stood_on):
        return newest.number
    number = newest.number + 1
    change: dict[str, Any] = {"number": number, "parent": newest.shows, "shows": number, "done": done}
    change |= {"content": content, "base_id": stood_on if base is None else base}
    add_revision(connection, viewer, draft, change, at)
    log_act(connection, viewer, "draft", [draft], "saved", at)
    return number


def undo(connection: Connection, viewer: Viewer, based: Based, at: datetime) -> None:
    """Show what stood before the change that is shown; nothing happens at the first. Raises as `save_draft`."""
    draft, newest = _held(connection, viewer, based)
    shown = numbered(connection, draft, newest.shows)
    if shown.parent is not None:
        _show(connection, viewer, draft, newest, shown.parent, f"Took back: {shown.done}", at)
        log_act(connection, viewer, "draft", [draft], "undone", at)


def redo(connection: Connection, viewer: Viewer, based: Based, at: datetime) -> None:
    """Show again the change that was undone last; nothing happens where none was. Raises as `save_draft`."""
    draft, newest = _held(connection, viewer, based)
    row = connection.execute(MADE_FROM, {"draft": draft, "number": newest.shows}).one_or_none()
    if row is not None:
        again = Revision(*row)
        _show(connection, viewer, draft, newest, again.number, f"Made again: {again.done}", at)
        log_act(connection, viewer, "draft", [draft], "redone", at)


def _show(
    connection: Connection, viewer: Viewer, draft: int, newest: Revision, shows: int, done: str, at: datetime
) -> None:
    step = {"number": newest.number + 1, "parent": None, "shows": shows, "content": None, "done": done}
    add_revision(connection, viewer, draft, step, at)


def discard(connection: Connection, viewer: Viewer, based: Based, at: datetime) -> None:
    """End a draft without publishing it; `bring_back` opens it again. Raises as `save_draft`."""
    draft, _ = _held(connection, viewer, based)
    connection.execute(_END, {"draft": draft, "ended_at": at})
    log_act(connection, viewer, "draft", [draft], "discarded", at)


def end_as_published(connection: Connection, viewer: Viewer, based: Based, definition: int, at: datetime) -> None:
    """End a draft that has become a definition (its id). Raises as `save_draft`."""
    draft, _ = _held(connection, viewer, based)
    connection.execute(_END, {"draft": draft, "ended_at": at, "published_as": definition})


def bring_back(connection: Connection, viewer: Viewer, form: str, at: datetime) -> None:
    """Open again the draft of a form that was discarded last. Raises NotYours, NoSuchRecord, DraftBegun."""
    refuse_unless(ADMIN, viewer)
    gone = discarded(connection, viewer, form)
    if gone is None:
        raise NoSuchRecord
    try:
        with connection.begin_nested():
            connection.execute(_END, {"draft": gone.id, "ended_at": None})
    except IntegrityError as error:
        raise DraftBegun from error
    log_act(connection, viewer, "draft", [gone.id], "brought_back", at)


def open_published(connection: Connection, viewer: Viewer, definition: int, at: datetime) -> Based | None:
    """Open again the draft that became a definition (its id) which was taken back; None where another is open.

    Raises NotYours.
    """
    refuse_unless(ADMIN, viewer)
    ended = {"authority": viewer.authority, "definition": definition}
    row = connection.execute(_BECAME, ended).one_or_none()
    if row is None:
        return None
    try:
        with connection.begin_nested():
            connection.execute(_END, {"draft": row.id, "ended_at": None, "published_as": None})
    except IntegrityError:
        return None
    log_act(connection, viewer, "draft", [row.id], "brought_back", at)
    newest = Revision(*connection.execute(NEWEST_FIRST, {"draft": row.id, "most": 1}).one())
    return Based(row.key, newest.number)


def add_code_lists(connection: Connection, viewer: Viewer, based: Based, lists: Mapping[str, Any]) -> None:
    """Keep code lists that came with a form with the draft it is taken into. Raises as `save_draft`."""
    draft, _ = _held(connection, viewer, based)
    kept = connection.execute(_LISTS, {"draft": draft}).scalar_one()
    connection.execute(_END, {"draft": draft, "code_lists": {**kept, **lists}})


def hold(connection: Connection, viewer: Viewer, based: Based) -> None:
    """Let nobody else change a draft until the transaction ends. Raises as `save_draft`."""
    _held(connection, viewer, based)


def _held(connection: Connection, viewer: Viewer, based: Based) -> tuple[int, Revision]:
    """An open draft's id, held until the transaction ends, and its newest revision: the one that was named."""
    refuse_unless(ADMIN, viewer)
    draft = connection.execute(_HELD, {"authority": viewer.authority, "key": based.draft}).scalar_one_or_none()
    if draft is None:
        raise DraftEnded
    newest = Revision(*connection.execute(NEWEST_FIRST, {"draft": draft, "most": 1}).one())
    if newest.number != based.revision:
        own = newest.by_id == viewer.id
        raise StaleDraft(by=newest.by, at=newest.at, revision=newest.number, own=own)
    return draft, newest
