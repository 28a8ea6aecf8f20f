"""Sessions: who is signed in, kept on the server and known to the browser by an id only its hash of is stored."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, bindparam, insert, select, text, update

from webapp.access import Viewer
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.people import people, viewer_from_row, viewers

sessions = Table(
    "sessions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("begun_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("browser", Text, nullable=False, server_default=text("''")),
)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that somebody is signed in on; `key` names it in a form, `here` is the browser that asks."""

    key: str
    begun_at: datetime
    browser: str
    here: bool


_BEGIN = insert(sessions)
_WHO = (
    viewers()
    .join(sessions, sessions.c.person_id == people.c.id)
    .where(
        sessions.c.token_hash == bindparam("token_hash"),
        sessions.c.ended_at.is_(None),
        sessions.c.ends_at > bindparam("at", type_=UtcTime),
    )
)
_END = (
    update(sessions)
    .where(sessions.c.token_hash == bindparam("of_token"), sessions.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
_END_ALL = (
    update(sessions)
    .where(
        sessions.c.person_id == bindparam("of_person"),
        sessions.c.ended_at.is_(None),
        sessions.c.token_hash != bindparam("but"),
    )
    .values(ended_at=bindparam("at"))
)
_OF_PERSON = (
    select(sessions.c.token_hash, sessions.c.begun_at, sessions.c.browser)
    .where(
        sessions.c.person_id == bindparam("person"),
        sessions.c.ended_at.is_(None),
        sessions.c.ends_at > bindparam("at", type_=UtcTime),
    )
    .order_by(sessions.c.id.desc())
)


def begin_session(connection: Connection, person: Viewer, at: datetime, until: datetime, browser: str = "") -> str:
    """A new session; gives the token that the browser keeps, which is stored nowhere.

    `browser` is in words, such as "Firefox on Windows".
    """
    token = new_secret()
    row = {
        "authority_id": person.authority,
        "person_id": person.id,
        "token_hash": hash_of(token),
        "begun_at": at,
        "ends_at": until,
        "browser": browser,
    }
    connection.execute(_BEGIN, row)
    return token


def viewer_of_session(connection: Connection, token: str, at: datetime) -> Viewer | None:
    """Who a token stands for; None once the session has ended or for a token never given out."""
    row = connection.execute(_WHO, {"token_hash": hash_of(token), "at": at}).one_or_none()
    return None if row is None else viewer_from_row(row)


def end_session(connection: Connection, token: str, at: datetime) -> None:
    """End a session, so that its token is worth nothing; ended already, nothing happens."""
    connection.execute(_END, {"of_token": hash_of(token), "at": at})


def sessions_of(connection: Connection, person: Viewer, token: str, at: datetime) -> tuple[Session, ...]:
    """The browsers that somebody is signed in on, newest first; `token` is that of the browser that asks."""
    rows = connection.execute(_OF_PERSON, {"person": person.id, "at": at})
    here = hash_of(token)
    return tuple(Session(_key(kept), begun_at, browser, kept == here) for kept, begun_at, browser in rows)


def end_session_by_key(connection: Connection, person: Viewer, key: str, at: datetime) -> bool:
    """End one of somebody's own sessions; one that has ended already, or is another's, is left as it is (False)."""
    for kept, *_ in connection.execute(_OF_PERSON, {"person": person.id, "at": at}).all():
        if _key(kept) == key:
            connection.execute(_END, {"of_token": kept, "at": at})
            return True
    return False


def end_sessions_of(connection: Connection, person: int, at: datetime, but: str = "") -> None:
    """Sign somebody out everywhere, except where the token `but` is."""
    connection.execute(_END_ALL, {"of_person": person, "at": at, "but": hash_of(but)})


def new_secret() -> str:
    """A text that nobody can guess."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """The hash under which a secret text is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _key(token_hash: str) -> str:
    """A session's name on a page: from it neither the token nor what is stored of it can be told."""
    return hash_of(token_hash)[:16]
