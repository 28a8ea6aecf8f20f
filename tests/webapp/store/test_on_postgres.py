"""What is true of PostgreSQL alone: its settings, a server that goes away, and what its indexes guard."""

import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text

from engine.errors import Refusal
from engine.places import Place
from tests.postgres import Kept
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store import on_postgres as settings
from webapp.store.answers import answer_history, answers_of
from webapp.store.assessments import Assessment, assessment_to_write
from webapp.store.changes import SetAnswer
from webapp.store.children import find_child
from webapp.store.database import Connection, Database, open_database, reading, writing
from webapp.store.errors import CannotKeep, DatabaseBusy, DatabaseGone, NoDriver, NoRoom
from webapp.store.people import everyone
from webapp.store.saves import Change, save

pytestmark = pytest.mark.postgres
WORDS = Place("child_words")


@pytest.fixture
def database(on_postgres: Kept) -> Iterator[Database]:
    """Only PostgreSQL here."""
    opened = open_database(on_postgres.url)
    yield opened
    opened.dispose()


def _asked(database: Database, name: str, *, to_write: bool = False) -> str:
    with (writing if to_write else reading)(database) as connection:
        return str(connection.execute(text(f"SHOW {name}")).scalar_one())


def test_every_connection_is_durable_and_gives_up_in_time(database: Database) -> None:
    """What is acknowledged outlives a power cut, and nothing waits ten seconds: read back from the connection."""
    assert _asked(database, "synchronous_commit", to_write=True) == "on"
    assert _asked(database, "fsync") == "on"
    assert _asked(database, "lock_timeout") == "5s"
    assert _asked(database, "statement_timeout") == "5500ms"
    assert _asked(database, "idle_in_transaction_session_timeout") == "1min"
    assert _asked(database, "timezone") == "UTC"


def test_a_save_is_written_through_to_the_disk_when_it_returns(
    database: Database, people: dict[str, Viewer], draft: Assessment, on_postgres: Kept
) -> None:
    """The server has synced its log past everything that the save wrote into it."""
    for turn in range(5):
        with writing(database) as connection:
            change = Change(WORDS, SetAnswer(f"words {turn}"), turn, f"k{turn}")
            save(connection, people["Adaeze"], draft, change, NOW)
            written = connection.execute(text("SELECT pg_current_wal_insert_lsn()::text")).scalar_one()
        asked = f"SELECT pg_current_wal_flush_lsn() > '{written}'"
        assert on_postgres.server.do(asked, on_postgres.name) == [(True,)]


def test_reading_can_change_nothing_and_writing_reads_what_is_there(database: Database) -> None:
    """A reader has one snapshot; a writer who waited for a lock goes on from what the other left."""
    assert (_asked(database, "transaction_isolation"), _asked(database, "transaction_read_only")) == (
        "repeatable read",
        "on",
    )
    assert _asked(database, "transaction_isolation", to_write=True) == "read committed"
    assert _asked(database, "transaction_read_only", to_write=True) == "off"


def test_what_an_address_says_of_a_connection_stands(on_postgres: Kept) -> None:
    """An installation may be more patient, and may set what Pith does not; it cannot make saves less durable."""
    more = "&application_name=ours&options=-c%20work_mem%3D2MB%20-c%20synchronous_commit%3Doff"
    opened = open_database(on_postgres.url + more)
    assert _asked(opened, "application_name") == "ours"
    assert _asked(opened, "work_mem") == "2MB"
    assert _asked(opened, "synchronous_commit") == "on"
    opened.dispose()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_addresses_are_taken_as_people_write_them(on_postgres: Kept, scheme: str) -> None:
    """Hosts and libraries spell the scheme in several ways."""
    opened = open_database(on_postgres.url.replace("postgresql", scheme, 1))
    assert _asked(opened, "application_name") == "pith"
    opened.dispose()


def test_connections_that_were_ended_are_made_anew(database: Database, on_postgres: Kept) -> None:
    """No request fails after the server was restarted or somebody ended its connections."""
    with reading(database), reading(database):
        pass
    on_postgres.server.hang_up(on_postgres.name)
    assert _asked(database, "application_name") == "pith"


def test_a_connection_ended_in_the_middle_is_refused_plainly(database: Database, on_postgres: Kept) -> None:
    """Nothing of the broken save is there, and the next one works."""

    def go_on(connection: Connection) -> None:
        connection.execute(text("DELETE FROM allocations"))
        on_postgres.server.hang_up(on_postgres.name)
        connection.execute(text("SELECT 1"))

    with pytest.raises(DatabaseGone), writing(database) as connection:
        go_on(connection)
    with reading(database) as connection:
        assert connection.execute(text("SELECT count(*) FROM allocations")).scalar()


def test_a_server_that_crashed_is_refused_plainly_and_keeps_what_it_acknowledged(
    database: Database, people: dict[str, Viewer], draft: Assessment, on_postgres: Kept
) -> None:
    """Killed and started again, it holds every acknowledged save, and the same connections' pool goes on."""
    with writing(database) as connection:
        save(connection, people["Adaeze"], draft, Change(WORDS, SetAnswer("kept"), 0, "k"), NOW)
    on_postgres.server.stop(signal.SIGQUIT)
    try:
        for transaction in (reading, writing):
            with pytest.raises(DatabaseGone), transaction(database) as connection:
                connection.execute(text("SELECT 1"))
    finally:
        on_postgres.server.start()
    with reading(database) as connection:
        assert answers_of(connection, draft).draft() == {"child_words": "kept"}


def test_a_machine_that_never_answers_is_given_up_in_time() -> None:
    """A server that takes the connection and says nothing is refused by the driver's own limit."""
    assert 2 <= int(settings.ARGUMENTS["connect_timeout"]) <= 5
    assert int(settings.ARGUMENTS["tcp_user_timeout"]) <= 5000
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        opened = open_database(f"postgresql://127.0.0.1:{port}/pith?connect_timeout=2")
        with pytest.raises(DatabaseGone), reading(opened):
            pytest.fail("somebody answered")


def test_a_frozen_server_is_given_up_in_time(database: Database, on_postgres: Kept) -> None:
    """Connected before, and its sockets still open: told within ten seconds, and all is well once it goes on."""
    with writing(database) as connection:
        connection.execute(text("SELECT 1"))
    process = on_postgres.server.process
    assert process is not None
    frozen = [process.pid, *(child for (child,) in on_postgres.server.do("SELECT pid FROM pg_stat_activity"))]
    begun = time.monotonic()
    try:
        _signal(frozen, signal.SIGSTOP)
        with pytest.raises(DatabaseGone), writing(database):
            pytest.fail("a frozen server answered")
        assert time.monotonic() - begun < 10
    finally:
        _signal(frozen, signal.SIGCONT)
    assert _asked(database, "application_name") == "pith"


def _signal(processes: list[int], how: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, how)


def test_a_locked_table_is_refused_in_time(database: Database, on_postgres: Kept) -> None:
    """Work on the database by others holds nobody up for long."""
    hasty = open_database(on_postgres.url, wait=0.05)
    with writing(database) as connection:
        connection.execute(text("LOCK TABLE people IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(DatabaseBusy) as refused, reading(hasty) as reader:
            everyone(reader)
    assert refused.value.code == "busy"
    hasty.dispose()


def test_a_statement_without_an_end_is_refused_in_time(database: Database) -> None:
    """Also what waits for no lock is given up."""

    def sleep(connection: Connection) -> None:
        connection.execute(text("SET LOCAL statement_timeout = 20"))
        connection.execute(text("SELECT pg_sleep(30)"))

    with pytest.raises(DatabaseBusy) as refused, reading(database) as connection:
        sleep(connection)
    assert refused.value.code == "busy"


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (psycopg.errors.DeadlockDetected, DatabaseBusy),
        (psycopg.errors.SerializationFailure, DatabaseBusy),
        (psycopg.errors.TooManyConnections, DatabaseGone),
        (psycopg.errors.CannotConnectNow, DatabaseGone),
        (psycopg.errors.DiskFull, NoRoom),
        (psycopg.errors.IoError, NoRoom),
    ],
)
def test_what_a_server_says_is_told_in_plain_words(error: type[psycopg.Error], refusal: type[Refusal]) -> None:
    """Each of the driver's errors that a person can meet has words for her."""
    assert type(settings.refusal_for(error("words of the driver"))) is refusal


def test_without_the_driver_the_package_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who set the address and not the extra reads what to do."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NoDriver, match=r"pith\[postgres\]"):
        open_database("postgresql://somewhere/pith")


def test_an_error_of_ours_is_not_dressed_up() -> None:
    """A mistake in a statement is no busy database."""
    assert settings.refusal_for(psycopg.errors.UndefinedTable("x")) is None


def test_what_cannot_be_kept_is_refused_plainly(database: Database, people: dict[str, Viewer]) -> None:
    """PostgreSQL holds no NUL in a text, whether it is looked for or written."""
    with pytest.raises(CannotKeep), reading(database) as connection:
        find_child(connection, people["Adaeze"], "a\0b")
    with pytest.raises(CannotKeep), writing(database) as connection:
        connection.execute(text("UPDATE teams SET name = :name"), {"name": "a\0b"})


def test_an_answer_may_hold_any_character(database: Database, people: dict[str, Viewer], draft: Assessment) -> None:
    """Answers are JSON, which can write down what a text of PostgreSQL cannot."""
    words = "a\0b\ud800\u202e🙂"
    with writing(database) as connection:
        held = assessment_to_write(connection, people["Adaeze"], draft.key)
        save(connection, people["Adaeze"], held, Change(WORDS, SetAnswer(words), 0, "k"), NOW)
        assert answers_of(connection, held).draft() == {"child_words": words}
        assert len(connection.execute(answer_history.select()).all()) == 1
