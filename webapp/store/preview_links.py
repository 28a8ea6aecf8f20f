"""Links by which people of the authority read and try a draft of a form; only the hash of a link is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, bindparam, insert, select, update

from webapp.access import ADMIN, Viewer
from webapp.store.access_log import log_act
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.drafts import IS_OPEN, Standing, drafts, refuse_unless, standing_of
from webapp.store.errors import DraftEnded, NoSuchRecord
from webapp.store.keys import new_key
from webapp.store.people import people
from webapp.store.sessions import hash_of, new_secret

preview_links = Table(
    "preview_links",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("draft_id", ForeignKey("drafts.id"), nullable=False, index=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("made_by", ForeignKey("people.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
)

VALID = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PreviewLink:
    """A link that works: who made it, when, and until when; what stands in it is known to nobody any more."""

    key: str
    made_by: str
    made_at: datetime
    ends_at: datetime


_WORKS = (
    preview_links.c.authority_id == bindparam("authority"),
    preview_links.c.ends_at > bindparam("now", type_=UtcTime),
    IS_OPEN,
)
_LINKS = (
    select(preview_links.c.key, people.c.name, preview_links.c.made_at, preview_links.c.ends_at)
    .join(people, people.c.id == preview_links.c.made_by)
    .join(drafts, drafts.c.id == preview_links.c.draft_id)
    .where(*_WORKS, drafts.c.form == bindparam("form"))
    .order_by(preview_links.c.id)
)
_ONE = (
    select(preview_links.c.id, preview_links.c.draft_id)
    .join(drafts, drafts.c.id == preview_links.c.draft_id)
    .where(*_WORKS, drafts.c.form == bindparam("form"), preview_links.c.key == bindparam("key"))
)
_BY_TOKEN = (
    select(drafts.c.form)
    .join(preview_links, preview_links.c.draft_id == drafts.c.id)
    .where(*_WORKS, preview_links.c.token_hash == bindparam("link"))
)
_END = update(preview_links).where(preview_links.c.id == bindparam("number"))


def make_preview_link(connection: Connection, viewer: Viewer, form: str, at: datetime) -> str:
    """What to put into a new link to the open draft of a form. Raises NotYours, DraftEnded."""
    refuse_unless(ADMIN, viewer)
    standing = standing_of(connection, viewer, form)
    if standing is None:
        raise DraftEnded
    token, draft = new_secret(), standing.draft.id
    values = {"authority_id": viewer.authority, "key": new_key(), "draft_id": draft, "token_hash": hash_of(token)}
    row = {**values, "made_by": viewer.id, "made_at": at, "ends_at": at + VALID}
    connection.execute(insert(preview_links), row)
    log_act(connection, viewer, "draft", [draft], "link_made", at)
    return token


def links_to(connection: Connection, viewer: Viewer, form: str, at: datetime) -> tuple[PreviewLink, ...]:
    """The links to the open draft of a form that work at a moment. Raises NotYours."""
    refuse_unless(ADMIN, viewer)
    asked = {"authority": viewer.authority, "form": form, "now": at}
    return tuple(PreviewLink(*row) for row in connection.execute(_LINKS, asked))


def end_preview_link(connection: Connection, viewer: Viewer, form: str, key: str, at: datetime) -> None:
    """Let a link work no longer; one that does not work already stays as it is. Raises NotYours."""
    refuse_unless(ADMIN, viewer)
    asked = {"authority": viewer.authority, "form": form, "key": key, "now": at}
    found = connection.execute(_ONE, asked).one_or_none()
    if found is not None:
        connection.execute(_END, {"number": found.id, "ends_at": at})
        log_act(connection, viewer, "draft", [found.draft_id], "link_ended", at)


def previewed(connection: Connection, viewer: Viewer, token: str, at: datetime) -> Standing:
    """The draft that a link leads to, as it stands, for anybody of its authority.

    Raises NoSuchRecord for a link that was ended or ran out, whose draft has ended, or that is another authority's.
    """
    asked = {"authority": viewer.authority, "link": hash_of(token), "now": at}
    form = connection.execute(_BY_TOKEN, asked).scalar_one_or_none()
    standing = None if form is None else standing_of(connection, viewer, form)
    if standing is None:
        raise NoSuchRecord
    return standing


def log_preview(connection: Connection, viewer: Viewer, standing: Standing, at: datetime) -> None:
    """Write down that a viewer has read a draft by a link."""
    log_act(connection, viewer, "draft", [standing.draft.id], "opened", at)
