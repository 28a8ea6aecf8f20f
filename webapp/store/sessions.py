"""Sessions: who is signed in, kept on the server and known to the browser by an id only its hash of is stored."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, bindparam, insert, text, update

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


def begin_session(connection: Connection, person: Viewer, at: datetime, until: datetime) -> str:
    """A new session; gives the token that the browser keeps, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    row = {
        "authority_id": person.authority,
        "person_id": person.id,
        "token_hash": _hash(token),
        "begun_at": at,
        "ends_at": until,
    }
    connection.execute(_BEGIN, row)
    return token


def viewer_of_session(connection: Connection, token: str, at: datetime) -> Viewer | None:
    """Who a token stands for; None once the session has ended or for a token never given out."""
    row = connection.execute(_WHO, {"token_hash": _hash(token), "at": at}).one_or_none()
    return None if row is None else viewer_from_row(row)


def end_session(connection: Connection, token: str, at: datetime) -> None:
    """End a session, so that its token is worth nothing; ended already, nothing happens."""
    connection.execute(_END, {"of_token": _hash(token), "at": at})


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
