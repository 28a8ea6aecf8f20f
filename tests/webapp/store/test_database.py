"""What is acknowledged is on the disk; what cannot be done is refused in plain words; on either database."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text, update

from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.allocations import allocations
from webapp.store.answers import Answer, answers_of
from webapp.store.assessments import Assessment, assessment_to_write, find_assessment
from webapp.store.changes import AddRow, SetAnswer
from webapp.store.database import Database, UtcTime, open_database, reading, writing
from webapp.store.errors import CannotOpen, DatabaseBusy
from webapp.store.saves import Change, save


def test_a_failed_write_leaves_no_trace(database: Database) -> None:
    """A transaction is done whole or not at all."""
    with pytest.raises(ZeroDivisionError), writing(database) as connection:
        assert 1 / (connection.execute(text("DELETE FROM allocations")).rowcount * 0)
    with reading(database) as connection:
        assert connection.execute(text("SELECT count(*) FROM allocations")).scalar()


def test_errors_never_repeat_what_was_written(database: Database) -> None:
    """An error from the database names no value, also not where it tells of the row: it would end up in a log."""
    statement = text("INSERT INTO families (name) VALUES (:name)")
    with pytest.raises(Exception) as error, writing(database) as connection:  # noqa: PT011
        connection.execute(statement, {"name": "canary-words"})
    told = error.value
    assert "families" in str(told)
    assert "canary-words" not in f"{told} {told.args} {told.__cause__} {told.__context__}"


def test_a_reader_sees_one_state(database: Database) -> None:
    """What somebody saves meanwhile does not come into the middle of a page."""
    with reading(database) as connection:
        before = connection.execute(text("SELECT name FROM teams ORDER BY id")).all()
        with writing(database) as other:
            other.execute(text("UPDATE teams SET name = name || '!'"))
        assert connection.execute(text("SELECT name FROM teams ORDER BY id")).all() == before
    with reading(database) as connection:
        assert connection.execute(text("SELECT name FROM teams ORDER BY id")).all() != before


def test_a_writer_waits_for_another_and_is_then_refused_plainly(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """Two writers never work on the same old state of an assessment, and reading goes on."""
    with writing(database) as connection:
        assessment_to_write(connection, people["Adaeze"], draft.key)
        other = open_database(database.url.render_as_string(hide_password=False), wait=0.05)
        with pytest.raises(DatabaseBusy) as refused, writing(other) as late:
            assessment_to_write(late, people["Adaeze"], draft.key)
        assert refused.value.code == "busy"
        with reading(other) as reader:
            assert find_assessment(reader, people["Adaeze"], draft.key) == draft
        other.dispose()


def test_eight_people_adding_rows_at_once_lose_none(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """Every acknowledged change is there once, however many write at the same time."""

    def add(worker: int) -> None:
        for index in range(10):
            change = Change(Place("people"), AddRow(f"r{worker}x{index}"), 0, f"{worker}-{index}")
            with writing(database) as connection:
                held = assessment_to_write(connection, people["Adaeze"], draft.key)
                save(connection, people["Adaeze"], held, change, NOW)

    _all_at_once(8, add)
    with reading(database) as connection:
        rows = answers_of(connection, draft).draft()["people"]
    assert {row["id"] for row in rows} == {f"r{worker}x{index}" for worker in range(8) for index in range(10)}
    assert len(rows) == 80


def test_a_save_sent_eight_times_at_once_is_saved_once(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """Every sending is given the same reply, whichever came first."""
    replies: list[Answer] = []

    def send(_: int) -> None:
        with writing(database) as connection:
            held = assessment_to_write(connection, people["Adaeze"], draft.key)
            change = Change(Place("home"), SetAnswer("once"), 0, "same")
            replies.append(save(connection, people["Adaeze"], held, change, NOW))

    _all_at_once(8, send)
    assert len(replies) == 8
    assert {(reply.value, reply.revision) for reply in replies} == {("once", 1)}


def _all_at_once(number: int, do: Callable[[int], None]) -> None:
    workers = [threading.Thread(target=do, args=(worker,)) for worker in range(number)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def test_moments_come_back_in_utc(database: Database) -> None:
    """Whatever zone a moment was given in and whatever zone the server is in."""
    summer = datetime(2026, 7, 1, 10, tzinfo=timezone(timedelta(hours=1)))
    with writing(database) as connection:
        connection.execute(update(allocations).values(ended_at=summer))
        found = connection.execute(select(allocations.c.ended_at)).scalars().first()
    assert found is not None
    assert (found.isoformat(), found.tzinfo is not None) == ("2026-07-01T09:00:00+00:00", True)


def test_a_time_without_its_zone_is_refused() -> None:
    """Nobody guesses whether it was summer."""
    with pytest.raises(ValueError, match="time zone"):
        UtcTime().process_bind_param(datetime(2026, 7, 1, 9), open_database("sqlite:///unused").dialect)  # noqa: DTZ001


@pytest.mark.parametrize("address", ["pith.sqlite", "mysql://somewhere/pith", "postgresql+asyncpg://host/pith", "//"])
def test_an_address_of_no_database_is_told_by_its_setting(address: str) -> None:
    """Whoever set it reads which variable it was, and nothing of the password in it."""
    with pytest.raises(CannotOpen, match=r"^PITH_DATABASE_URL must be"):
        open_database(address)
