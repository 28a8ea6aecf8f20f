"""One-time links by which somebody sets a password; only the hash of what stands in a link is stored."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, bindparam, insert, select, update

from webapp.access import Viewer
from webapp.store.accounts import Account, account_of
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.sessions import hash_of, new_secret

account_links = Table(
    "account_links",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("made_by", ForeignKey("people.id")),
    Column("made_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
)

_OPEN = (
    account_links.c.token_hash == bindparam("link"),
    account_links.c.used_at.is_(None),
    account_links.c.ends_at > bindparam("now", type_=UtcTime),
)
_WHOSE = select(account_links.c.person_id).where(*_OPEN)
_USE = update(account_links).where(*_OPEN).values(used_at=bindparam("now", type_=UtcTime))
_VOID = (
    update(account_links)
    .where(
        account_links.c.person_id == bindparam("person"),
        account_links.c.used_at.is_(None),
        account_links.c.ends_at > bindparam("now", type_=UtcTime),
    )
    .values(ends_at=bindparam("now", type_=UtcTime))
)


def make_link(connection: Connection, by: Viewer, person: int, at: datetime, until: datetime) -> str:
    """What to put into a new link for somebody in the maker's authority; their earlier links are void."""
    void_links(connection, person, at)
    token = new_secret()
    row = {
        "authority_id": by.authority,
        "person_id": person,
        "token_hash": hash_of(token),
        "made_by": by.id,
        "made_at": at,
        "ends_at": until,
    }
    connection.execute(insert(account_links), row)
    return token


def account_by_link(connection: Connection, token: str, at: datetime) -> Account | None:
    """Whose password a link sets; None once it was used, ran out or was made void, or if the person has left."""
    person = connection.execute(_WHOSE, {"link": hash_of(token), "now": at}).scalar()
    return None if person is None else account_of(connection, person)


def use_link(connection: Connection, token: str, at: datetime) -> bool:
    """Use a link up; False where somebody else was first."""
    return connection.execute(_USE, {"link": hash_of(token), "now": at}).rowcount == 1


def void_links(connection: Connection, person: int, at: datetime) -> None:
    """Make every link that somebody could still use worth nothing."""
    connection.execute(_VOID, {"person": person, "now": at})
