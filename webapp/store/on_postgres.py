"""PostgreSQL: how its connections are set up, and what its errors mean."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import URL, Engine, event, text
from sqlalchemy.engine import Connection, ExceptionContext

from engine.errors import Refusal
from webapp.store.errors import CannotKeep, DatabaseBusy, DatabaseGone, NoRoom

ARGUMENTS: Mapping[str, int | str] = {
    "application_name": "pith",
    "connect_timeout": 2,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 4000,
}
"""Seconds, the last in milliseconds: a machine that is gone is noticed in time, connected before or not."""

READ_COMMITTED, REPEATABLE_READ = 2, 3
"""The driver's numbers. A writer first locks what it is about, then reads what others have left there."""

MIGRATING = 0x70697468
"""The number of the lock that a migration holds."""

_BUSY = ("55P03", "57014", "40001", "40P01")
_NO_ROOM = ("53100", "58030")
_GONE = ("08", "57P", "53300")
_UNKEPT = ("22021", "22P05")


def options(where: URL, wait: float) -> dict[str, Any]:
    """What the engine is told: how every connection is made, durable and patient for `wait` seconds.

    What an address says of a connection stands over ours, but for the settings of durability and patience.
    """
    settings = {
        "synchronous_commit": "on",
        "lock_timeout": f"{round(wait * 1000)}",
        "statement_timeout": f"{round(wait * 1000) + 500}",
        "idle_in_transaction_session_timeout": "60000",
        "timezone": "UTC",
    }
    given = str(where.query.get("options", ""))
    said = " ".join([given, *(f"-c {name}={value}" for name, value in settings.items())])
    ours = {name: value for name, value in ARGUMENTS.items() if name not in where.query}
    return {"pool_pre_ping": True, "connect_args": {**ours, "options": said.strip()}}


def set_up(database: Engine, wait: float) -> None:
    """Make each transaction of its kind: those that only read see one state of the database; `wait` is in seconds.

    A server that says nothing for longer than any lock is waited for is given up, so that all is told in ten seconds.
    """
    from webapp.store.impatient_connection import ImpatientConnection

    def connect(_dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
        connection = ImpatientConnection.connect(*arguments, **named)
        connection.patience = wait + 1
        return connection

    event.listen(database, "do_connect", connect)
    event.listen(database, "begin", _begin)
    event.listen(database, "handle_error", _tell_no_values)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("pith_writes", False)
    driver: Any = connection.connection.driver_connection
    driver.isolation_level = READ_COMMITTED if writes else REPEATABLE_READ
    driver.read_only = not writes


def _tell_no_values(context: ExceptionContext) -> None:
    """The server's words hold the row that was refused; only what the error is and where may reach a log."""
    error: Any = context.original_exception
    if getattr(error, "sqlstate", None) is None:
        return
    at = (error.diag.table_name, error.diag.column_name, error.diag.constraint_name)
    words = " ".join([type(error).__name__, error.sqlstate, *filter(None, at)])
    error.args = (words,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (words,)


def wait_to_migrate(connection: Connection) -> None:
    """Wait until nobody else migrates this database, and then take whatever time it needs."""
    driver: Any = connection.connection.driver_connection
    driver.patience = None
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATING})


def refusal_for(error: Any) -> Refusal | None:
    """What a driver's error means to whoever was saving; None where it is no such thing."""
    state = getattr(error, "sqlstate", None)
    if state is None:
        return _without_state(error)
    if state in _BUSY:
        return DatabaseBusy()
    if state in _NO_ROOM:
        return NoRoom()
    if state in _UNKEPT:
        return CannotKeep()
    return DatabaseGone() if state.startswith(_GONE) else None


def _without_state(error: Any) -> Refusal | None:
    """Errors that the server never saw: there was no connection, or the driver would not send what it was given."""
    if type(error).__name__ == "DataError" and "NUL" in str(error):
        return CannotKeep()
    return DatabaseGone() if type(error).__name__ in ("OperationalError", "ConnectionTimeout") else None
