"""An answer is replaced only while it is as it was read: the last guard, in the statement that writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select, update

from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.answers import answer_history, answers, answers_of
from webapp.store.assessments import Assessment
from webapp.store.changes import SetAnswer
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.errors import DatabaseBusy
from webapp.store.saves import Change, save


def test_an_answer_changed_between_reading_and_writing_is_not_overwritten(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """The save says to try again, and with the transaction that it ends nothing of it stays."""
    place, adaeze = Place("child_words"), people["Adaeze"]
    with writing(database) as connection:
        save(connection, adaeze, draft, Change(place, SetAnswer("first"), 0, "k1"), NOW)
    change = Change(place, SetAnswer("second"), 1, "k2")
    with pytest.raises(DatabaseBusy), _slipped_into(database) as connection:
        save(connection, adaeze, draft, change, NOW)
    with reading(database) as connection:
        assert answers_of(connection, draft).draft() == {"child_words": "first"}
        assert connection.execute(select(answer_history.c.value)).scalars().all() == ["first"]


@contextmanager
def _slipped_into(database: Database) -> Iterator[Connection]:
    """A transaction in which every answer changes as the next statement is about to replace one."""
    slipped_in: list[str] = []

    def slip_in(connection: Connection, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith("UPDATE answers") and not slipped_in:
            slipped_in.append(statement)
            connection.execute(update(answers).values(revision=answers.c.revision + 1, value="slipped in"))

    with writing(database) as connection:
        event.listen(connection, "before_cursor_execute", slip_in)
        try:
            yield connection
        finally:
            assert slipped_in
