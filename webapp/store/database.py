"""The database: how it is opened, its column types, and the two kinds of transaction all queries run in."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from types import ModuleType

from sqlalchemy import URL, DateTime, Engine, Executable, Insert, MetaData, Table, create_engine, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.types import TypeDecorator

from webapp.store import on_postgres, on_sqlite
from webapp.store.errors import CannotOpen, NoDriver

Database = Engine

__all__ = [
    "METADATA",
    "Connection",
    "Database",
    "UtcTime",
    "new_id",
    "open_database",
    "reading",
    "unless_taken",
    "writing",
]

WAIT_SECONDS = 5
"""How long a transaction waits for another before it is refused."""

POSTGRES = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
"""How an address may begin: as libraries of PostgreSQL write it, or as SQLAlchemy does."""

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


def open_database(url: str, wait: float = WAIT_SECONDS) -> Database:
    """Open the database at a URL, with the settings under which no acknowledged write is lost.

    The server's threads bound how many connections there are; the one used last is used next, its pages still held.
    Raises CannotOpen for a URL of no database that Pith can use; whether it is there is seen by the first transaction.
    """
    where, kind = _kind_of(url)
    try:
        database = create_engine(
            where,
            pool_use_lifo=True,
            max_overflow=-1,
            hide_parameters=True,
            json_serializer=partial(json.dumps, allow_nan=False, separators=(",", ":")),
            **kind.options(where, wait),
        )
    except ModuleNotFoundError as error:
        raise NoDriver from error
    kind.set_up(database, wait)
    return database


def _kind_of(url: str) -> tuple[URL, ModuleType]:
    """The address for our driver, and the module that knows the kind of database."""
    try:
        where = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise CannotOpen from error
    if where.drivername in POSTGRES:
        return where.set(drivername="postgresql+psycopg"), on_postgres
    if where.drivername == "sqlite":
        return where, on_sqlite
    raise CannotOpen


def new_id(connection: Connection, statement: Insert) -> int:
    """Insert one row and give its id."""
    (key,) = connection.execute(statement).inserted_primary_key or (None,)
    assert isinstance(key, int)
    return key


def unless_taken(table: Table, *unique: str) -> Mapping[str, Executable]:
    """By dialect: insert one row and give its id; where these columns are taken, add nothing and give nothing."""
    return {
        dialect.__name__.rsplit(".", 1)[1]: dialect.insert(table)
        .on_conflict_do_nothing(index_elements=unique)
        .returning(table.c.id)
        for dialect in (postgresql, sqlite)
    }


@contextmanager
def reading(database: Database) -> Iterator[Connection]:
    """A transaction that sees one state of the database and changes nothing."""
    with _plain_refusals(database), database.connect() as connection:
        yield connection


@contextmanager
def writing(database: Database) -> Iterator[Connection]:
    """A transaction that is durable when the block ends, and leaves no trace if the block raises.

    Raises DatabaseBusy when another writer does not finish in time, DatabaseGone when there is no database to be
    reached, NoRoom when the disk takes no more, CannotKeep for a text that the database cannot hold.
    """
    with (
        _plain_refusals(database),
        database.connect().execution_options(pith_writes=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def _plain_refusals(database: Database) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.OperationalError) as error:
        kind = on_postgres if database.dialect.name == "postgresql" else on_sqlite
        refusal = kind.refusal_for(getattr(error, "orig", error))
        if refusal is None:
            raise
        raise refusal from error
