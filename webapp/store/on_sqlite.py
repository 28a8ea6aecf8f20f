"""SQLite: how its connections are set up, and what its errors mean."""

import sqlite3
from typing import Any

from sqlalchemy import URL, Engine, event
from sqlalchemy.engine import Connection

from webapp.store.errors import DatabaseBusy, NoRoom


def options(where: URL, wait: float) -> dict[str, Any]:
    """What the engine is told: nothing that it does not do anyway."""
    return {}


def set_up(database: Engine, wait: float) -> None:
    """Make every connection durable and every writing transaction the only one; `wait` is in seconds."""

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN is deferred: concurrent updates would be lost
        for setting in (
            f"busy_timeout = {round(wait * 1000)}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "recursive_triggers = ON",  # without it REPLACE takes a row away unseen by the guards of what only grows
        ):
            connection.execute(f"PRAGMA {setting}")

    event.listen(database, "connect", connected)
    event.listen(database, "begin", _begin)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("pith_writes", False)
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")  # through SQLAlchemy it costs ten times as much


def refusal_for(error: Any) -> DatabaseBusy | NoRoom | None:
    """What a driver's error means to whoever was saving; None where it is no such thing."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseBusy()
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")):
        return NoRoom()
    return None
