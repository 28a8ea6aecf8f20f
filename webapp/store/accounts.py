"""Accounts: the e-mail address and the hashed password that somebody signs in with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Select, Table, Text, bindparam, insert, select, update

from webapp.access import Viewer
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.people import people, viewer_from_row, viewers

accounts = Table(
    "accounts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, unique=True),
    Column("email", Text, nullable=False, unique=True),
    Column("password_hash", Text),
    Column("password_set_at", UtcTime),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account it is, the address it is signed in to with, and the password's hash: "" until one was set."""

    person: Viewer
    email: str
    password_hash: str


_ACCOUNTS: Select[Any] = (
    viewers()
    .join(accounts, accounts.c.person_id == people.c.id)
    .add_columns(accounts.c.email, accounts.c.password_hash)
)
_BY_EMAIL = _ACCOUNTS.where(accounts.c.email == bindparam("email"))
_HELD = _BY_EMAIL.with_for_update(of=(people, accounts), key_share=True)
_OF_PERSON = _ACCOUNTS.where(people.c.id == bindparam("person"))
_HOLDERS = viewers().join(accounts, accounts.c.person_id == people.c.id).order_by(people.c.id)
_HOLDER = select(accounts.c.person_id).where(accounts.c.email == bindparam("email"))


def as_kept(email: str) -> str:
    """An e-mail address as it is kept and compared: capitals and spaces around it make no difference."""
    return email.replace("\0", "").strip().casefold()


def account_by_email(connection: Connection, email: str) -> Account | None:
    """The account of somebody who works here now; None for an address that nobody signs in with."""
    return _account(connection, _BY_EMAIL, email=as_kept(email))


def hold_account(connection: Connection, email: str) -> Account | None:
    """The same, and until the transaction ends nobody changes the password or ends the person."""
    return _account(connection, _HELD, email=as_kept(email))


def account_of(connection: Connection, person: int) -> Account | None:
    """The account of somebody who works here now, by the person's id; None without one."""
    return _account(connection, _OF_PERSON, person=person)


def _account(connection: Connection, query: Select[Any], **values: object) -> Account | None:
    row = connection.execute(query, values).one_or_none()
    if row is None:
        return None
    *person, email, password_hash = row
    return Account(viewer_from_row(person), email, password_hash or "")


def account_holders(connection: Connection) -> tuple[Viewer, ...]:
    """Everybody who has an account, in the order they were added: only for choosing whom to be in the demonstration."""
    return tuple(viewer_from_row(row) for row in connection.execute(_HOLDERS))


def nobody_has_one(connection: Connection) -> bool:
    """Whether there is no account at all yet."""
    return connection.execute(select(accounts.c.id).limit(1)).first() is None


def holder_of(connection: Connection, email: str) -> int | None:
    """The id of the person whose address it is, working here or not, in whichever authority."""
    return connection.execute(_HOLDER, {"email": as_kept(email)}).scalar()


def add_account(connection: Connection, authority: int, person: int, email: str) -> None:
    """An account without a password: nobody can sign in to it until one is set."""
    connection.execute(insert(accounts).values(authority_id=authority, person_id=person, email=as_kept(email)))


def change_email(connection: Connection, authority: int, person: int, email: str) -> None:
    """Another address to sign in with; whoever had no account has one now."""
    changed = connection.execute(
        update(accounts).where(accounts.c.person_id == person).values(email=as_kept(email))
    ).rowcount
    if not changed:
        add_account(connection, authority, person, email)


def set_password(connection: Connection, person: int, password_hash: str, at: datetime) -> None:
    """A new password, of which only the hash is kept."""
    connection.execute(
        update(accounts).where(accounts.c.person_id == person).values(password_hash=password_hash, password_set_at=at)
    )


def rehash(connection: Connection, account: Account, password_hash: str) -> None:
    """The same password under today's parameters, unless it was changed meanwhile."""
    connection.execute(
        update(accounts)
        .where(accounts.c.person_id == account.person.id, accounts.c.password_hash == account.password_hash)
        .values(password_hash=password_hash)
    )
