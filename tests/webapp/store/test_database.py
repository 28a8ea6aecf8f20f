"""What is acknowledged is on the disk; what cannot be done is refused in plain words and in time."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store import database as databases
from webapp.store.answers import Change, answers_of, save
from webapp.store.assessments import Assessment, find_assessment
from webapp.store.changes import AddRow, SetAnswer
from webapp.store.database import Connection, Database, UtcTime, open_database, reading, writing
from webapp.store.errors import DatabaseBusy, NoRoom


def test_every_connection_is_durable_and_keeps_references(database: Database) -> None:
    """A power cut loses nothing acknowledged: the settings are read back from the connection itself."""
    for transaction in (reading, writing):
        with transaction(database) as connection:
            asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            found = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in asked]
            assert found[:3] == ["wal", 2, 1]
            assert 0 < found[3] < 10_000


def test_a_write_holds_the_lock_from_its_first_moment(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two writers never read the same old state: the second waits, then is refused plainly, and nothing is written."""
    with writing(database):
        monkeypatch.setattr(databases, "WAIT_SECONDS", 0.05)
        other = open_database(str(database.url))
        with pytest.raises(DatabaseBusy), writing(other):
            pytest.fail("the second writer got in")
        with reading(other) as connection:
            assert connection.execute(text("SELECT count(*) FROM people")).scalar()
        other.dispose()


def test_a_failed_write_leaves_no_trace(database: Database) -> None:
    """A transaction is done whole or not at all."""
    with pytest.raises(ZeroDivisionError), writing(database) as connection:
        assert 1 / (connection.execute(text("DELETE FROM allocations")).rowcount * 0)
    with reading(database) as connection:
        assert connection.execute(text("SELECT count(*) FROM allocations")).scalar()


def test_a_full_disk_is_told_plainly(database: Database) -> None:
    """The refusal names the disk, not a driver's error."""

    def fill(connection: Connection) -> None:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        connection.execute(text("CREATE TABLE filler AS SELECT zeroblob(1000000) AS x"))

    with pytest.raises(NoRoom), writing(database) as connection:
        fill(connection)


def test_errors_never_repeat_what_was_written(database: Database) -> None:
    """An error from the database names no value: it would end up in a log."""
    with pytest.raises(Exception) as error, writing(database) as connection:  # noqa: PT011
        connection.execute(text("INSERT INTO families (name) VALUES (:name)"), {"name": "canary-words"})
    assert "canary-words" not in str(error.value)


def test_answers_outlive_the_process_that_saved_them(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """A save is in the file once its transaction has ended, for a reader that shares nothing with us."""
    with writing(database) as connection:
        save(connection, people["Adaeze"], draft, Change(Place("home"), SetAnswer("kept"), 0, "k"), NOW)
    other = sqlite3.connect(str(database.url.database))
    assert other.execute("SELECT value FROM answers").fetchall() == [('"kept"',)]
    other.close()


def test_eight_people_adding_rows_at_once_lose_none(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """Every acknowledged change is there once, however many write at the same time."""

    def add(worker: int) -> None:
        for index in range(10):
            change = Change(Place("people"), AddRow(f"r{worker}x{index}"), 0, f"{worker}-{index}")
            with writing(database) as connection:
                save(connection, people["Adaeze"], draft, change, NOW)

    workers = [threading.Thread(target=add, args=(worker,)) for worker in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with reading(database) as connection:
        rows = answers_of(connection, find_assessment(connection, people["Adaeze"], draft.key)).draft()["people"]
    assert {row["id"] for row in rows} == {f"r{worker}x{index}" for worker in range(8) for index in range(10)}
    assert len(rows) == 80


def test_moments_are_kept_in_utc() -> None:
    """A time without its zone is refused, one from elsewhere is turned into UTC."""
    kind, dialect = UtcTime(), open_database("sqlite:///unused").dialect
    summer = datetime(2026, 7, 1, 10, tzinfo=timezone(timedelta(hours=1)))
    assert kind.process_bind_param(summer, dialect) == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert kind.process_result_value(datetime(2026, 7, 1, 9), dialect) == datetime(2026, 7, 1, 9, tzinfo=UTC)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        kind.process_bind_param(datetime(2026, 7, 1, 9), dialect)  # noqa: DTZ001


def test_a_missing_folder_is_no_busy_database(tmp_path: Path) -> None:
    """An error that is neither a lock nor a full disk is not dressed up as one."""
    with pytest.raises(Exception, match="unable to open"), reading(open_database(f"sqlite:///{tmp_path}/no/x")) as c:
        c.execute(text("SELECT 1"))
