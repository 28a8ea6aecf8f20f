"""Failed attempts at signing in, under the hash of the name that was typed, whether or not anybody has it."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Integer, Table, Text, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from webapp.store.accounts import as_kept
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.sessions import hash_of

REMEMBERED = timedelta(days=1)
"""How long after the last failure a name's failures are remembered."""

sign_in_attempts = Table(
    "sign_in_attempts",
    METADATA,
    Column("name_hash", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False, index=True),
)

_FORGET = delete(sign_in_attempts).where(sign_in_attempts.c.last_at < bindparam("before", type_=UtcTime))
_HOLD = {
    dialect.__name__.rsplit(".", 1)[1]: dialect.insert(sign_in_attempts)
    .on_conflict_do_update(index_elements=["name_hash"], set_={"last_at": sign_in_attempts.c.last_at})
    .returning(sign_in_attempts.c.failures, sign_in_attempts.c.last_at)
    for dialect in (postgresql, sqlite)
}
"""One statement, which makes the row or holds it as it is: between two, a success could take it away."""

_COUNT = (
    update(sign_in_attempts)
    .where(sign_in_attempts.c.name_hash == bindparam("name"))
    .values(failures=sign_in_attempts.c.failures + 1, last_at=bindparam("now", type_=UtcTime))
)
_CLEAR = delete(sign_in_attempts).where(sign_in_attempts.c.name_hash == bindparam("name"))


def hold_attempts(connection: Connection, email: str, at: datetime, browser: str = "") -> tuple[int, datetime]:
    """How often signing in under a name has failed and when it last did; nobody else counts until this is done.

    `browser` is the id of one in which the name's owner has signed in before: its failures are counted apart. What is
    older than a day is forgotten.
    """
    connection.execute(_FORGET, {"before": at - REMEMBERED})
    new = {"name_hash": _name(email, browser), "failures": 0, "last_at": at}
    failures, last_at = connection.execute(_HOLD[connection.dialect.name], new).one()
    return failures, last_at


def count_failure(connection: Connection, email: str, at: datetime, browser: str = "") -> None:
    """One failure more under a name that is held."""
    connection.execute(_COUNT, {"name": _name(email, browser), "now": at})


def clear_attempts(connection: Connection, email: str, browser: str = "") -> None:
    """Forget the failures under a name: those of one browser, or of all that are not known."""
    connection.execute(_CLEAR, {"name": _name(email, browser)})


def _name(email: str, browser: str) -> str:
    return hash_of(f"{as_kept(email)}\n{browser}" if browser else as_kept(email))
