"""A removed row is put back where it was, with what it said."""

import pytest

from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.answers import answer_before, answers_of
from webapp.store.assessments import Assessment
from webapp.store.changes import AddRow, Operation, PutBackRow, RemoveRow, SetCell, row_taken_out
from webapp.store.database import Connection, Database, writing
from webapp.store.saves import Change, save

PEOPLE = Place("people")
KIT = {"id": "kit", "tie": "stays"}


def test_a_row_is_put_back_at_its_place_from_the_history(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """Between the rows it stood between, with its cells, as one more change."""
    steps: tuple[Operation, ...] = (
        AddRow("marisa"), AddRow("kit"), SetCell("kit", "tie", "stays"), AddRow("pearl"), RemoveRow("kit"),
    )  # fmt: skip
    with writing(database) as connection:
        for revision, operation in enumerate(steps):
            change = Change(PEOPLE, operation, revision, f"step {revision}")
            save(connection, people["Adaeze"], draft, change, NOW)
        now = answers_of(connection, draft).by_place[PEOPLE]
        assert now.value == [{"id": "marisa"}, {"id": "pearl"}]
        undo = PutBackRow(KIT, 1)
        assert _undo(connection, draft, "kit") == undo
        answer = save(connection, people["Adaeze"], draft, Change(PEOPLE, undo, now.revision, "undo"), NOW)
    assert answer.value == [{"id": "marisa"}, KIT, {"id": "pearl"}]
    assert answer.revision == 6


def test_only_the_last_removal_is_found(database: Database, people: dict[str, Viewer], draft: Assessment) -> None:
    """Not a row that is there, one that never was, or one removed before something else was changed."""
    adaeze = people["Adaeze"]
    steps: tuple[Operation, ...] = (AddRow("kit"), RemoveRow("kit"))
    with writing(database) as connection:
        for revision, operation in enumerate(steps):
            save(connection, adaeze, draft, Change(PEOPLE, operation, revision, f"step {revision}"), NOW)
        assert _undo(connection, draft, "kit") == PutBackRow({"id": "kit"}, 0)
        assert _undo(connection, draft, "nobody") is None
        save(connection, adaeze, draft, Change(PEOPLE, AddRow("pearl"), 2, "later"), NOW)
        assert _undo(connection, draft, "kit") is None
        assert _undo(connection, draft, "pearl") is None


def _undo(connection: Connection, draft: Assessment, row: str) -> PutBackRow | None:
    now = answers_of(connection, draft).by_place[PEOPLE]
    return row_taken_out(answer_before(connection, draft, PEOPLE, now.revision), now.value, row)


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        (None, [KIT]),
        ([{"id": "marisa"}], [{"id": "marisa"}, KIT]),
        ([KIT, {"id": "marisa"}], [KIT, {"id": "marisa"}]),
        ([{"id": "a"}, {"id": "b"}, {"id": "c"}], [{"id": "a"}, {"id": "b"}, KIT, {"id": "c"}]),
    ],
)
def test_it_fits_whatever_the_list_has_become(answer: object, after: object) -> None:
    """At the end of a shorter list; a row that is there already is left alone."""
    assert PutBackRow(KIT, 2).applied(answer) == after
