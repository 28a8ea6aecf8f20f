"""What is true of SQLite alone: its settings, its one file, and its one writer at a time."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from webapp.store.database import Connection, Database, open_database, reading, writing
from webapp.store.errors import DatabaseBusy, NoRoom


def test_every_connection_is_durable_and_keeps_references(on_sqlite: Database) -> None:
    """A power cut loses nothing acknowledged: the settings are read back from the connection itself."""
    for transaction in (reading, writing):
        with transaction(on_sqlite) as connection:
            asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
            found = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in asked]
            assert found[:4] == ["wal", 2, 1, 1]
            assert 0 < found[4] < 10_000


def test_a_write_holds_the_lock_from_its_first_moment(on_sqlite: Database) -> None:
    """A second writer does not even begin, so that it never reads what it may not build on."""
    with writing(on_sqlite):
        other = open_database(str(on_sqlite.url), wait=0.05)
        with pytest.raises(DatabaseBusy), writing(other):
            pytest.fail("the second writer got in")
        other.dispose()


def test_a_full_disk_is_told_plainly(on_sqlite: Database) -> None:
    """The refusal names the disk, not a driver's error."""

    def fill(connection: Connection) -> None:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        connection.execute(text("CREATE TABLE filler AS SELECT zeroblob(1000000) AS x"))

    with pytest.raises(NoRoom), writing(on_sqlite) as connection:
        fill(connection)


def test_a_write_is_in_the_file_once_its_transaction_has_ended(on_sqlite: Database) -> None:
    """A reader that shares nothing with us finds it."""
    with writing(on_sqlite) as connection:
        connection.execute(text("UPDATE teams SET name = 'kept' WHERE id = 1"))
    other = sqlite3.connect(str(on_sqlite.url.database))
    assert other.execute("SELECT name FROM teams WHERE id = 1").fetchall() == [("kept",)]
    other.close()


def test_a_missing_folder_is_no_busy_database(tmp_path: Path) -> None:
    """An error that is neither a lock nor a full disk is not dressed up as one."""
    with pytest.raises(Exception, match="unable to open"), reading(open_database(f"sqlite:///{tmp_path}/no/x")) as c:
        c.execute(text("SELECT 1"))
