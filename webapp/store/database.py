"""The database: how it is opened, its column types, and the two kinds of transaction all queries run in."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import DateTime, Engine, Insert, MetaData, create_engine, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import TypeDecorator

from webapp.store.errors import DatabaseBusy, NoRoom

Database = Engine

__all__ = ["METADATA", "Connection", "Database", "UtcTime", "new_id", "open_database", "reading", "writing"]

WAIT_SECONDS = 5
"""How long a transaction waits for another before it is refused."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware on the Python side, UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time rather than guess its zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that it is UTC where the database forgot."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def open_database(url: str) -> Database:
    """Open the database at a SQLAlchemy URL, with the settings under which no acknowledged write is lost.

    The server's threads bound how many connections there are; the one used last is used next, its pages still held.
    """
    database = create_engine(
        url,
        pool_use_lifo=True,
        max_overflow=-1,
        pool_pre_ping=not url.startswith("sqlite"),
        hide_parameters=True,
        json_serializer=partial(json.dumps, allow_nan=False, separators=(",", ":")),
    )
    if database.dialect.name == "sqlite":
        event.listen(database, "connect", _set_up_sqlite)
        event.listen(database, "begin", _begin_sqlite)
    return database


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred: concurrent updates would be lost
    for setting in (
        f"busy_timeout = {WAIT_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("pith_writes", False)
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")  # through SQLAlchemy it costs ten times as much


def new_id(connection: Connection, statement: Insert) -> int:
    """Insert one row and give its id."""
    (key,) = connection.execute(statement).inserted_primary_key or (None,)
    assert isinstance(key, int)
    return key


@contextmanager
def reading(database: Database) -> Iterator[Connection]:
    """A transaction that sees one state of the database and changes nothing."""
    with _plain_refusals(), database.connect() as connection:
        yield connection


@contextmanager
def writing(database: Database) -> Iterator[Connection]:
    """A transaction that is durable when the block ends, and leaves no trace if the block raises.

    Raises DatabaseBusy when another writer does not finish in time, NoRoom when the disk takes no more.
    """
    with (
        _plain_refusals(),
        database.connect().execution_options(pith_writes=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def _plain_refusals() -> Iterator[None]:
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        refusal = _refusal_for(getattr(error, "orig", error))
        if refusal is None:
            raise
        raise refusal from error


def _refusal_for(error: Any) -> DatabaseBusy | NoRoom | None:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseBusy()
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")):
        return NoRoom()
    return None
