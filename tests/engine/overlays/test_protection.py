"""Protection reaches into rows: a protected column, and every column of protected rows."""

from typing import Any

import pytest

from engine.overlays import check
from tests.engine.forms import form_json, question

Json = Any


def codes(base: Json, *changes: Json) -> list[tuple[int | None, str, str]]:
    """The errors of an overlay on a form, as operation, code and what it is about."""
    overlay = {
        "owner": "northshire",
        "form": "tiny-northshire",
        "version": 1,
        "changes": list(changes),
        "base": {"owner": "library", "form": "tiny", "version": 1},
    }
    return [(each.operation, each.code, each.about) for each in check(base, overlay) if each.severity == "error"]


def people(protected_rows: bool, protected_column: bool) -> Json:
    columns = [question("who", protected=protected_column), question("age", "number"), question("tie")]
    return form_json(question("seen"), question("people", "rows", protected=protected_rows, columns=columns))


@pytest.mark.parametrize(
    ("rows", "column", "hidden", "expected"),
    [
        (False, False, "people", []),
        (False, False, "people.who", []),
        (False, True, "people.who", [(1, "protected_dropped", "people.who")]),
        (False, True, "people", [(1, "protected_dropped", "people.who")]),
        (False, True, "people.age", []),
        (True, False, "people.age", [(1, "protected_dropped", "people.age")]),
        (True, True, "people", [(1, "protected_dropped", "people")]),
    ],
)
def test_a_protected_column_may_not_be_hidden(rows: bool, column: bool, hidden: str, expected: Json) -> None:
    """By itself or with its rows; what is not protected may."""
    assert codes(people(rows, column), {"op": "hide", "question": hidden}) == expected


def test_a_column_may_be_added_to_protected_rows() -> None:
    """Asking more weakens nothing."""
    assert codes(people(True, False), {"op": "add", "to_rows": "people", "question": question("met", "yes_no")}) == []


def test_only_the_operation_that_weakens_is_named() -> None:
    """Rewording there and back is no change; the last that differs is behind it."""
    base = form_json(question("seen", protected=True, label="Seen?"))
    there = {"op": "reword", "question": "seen", "label": "Met?"}
    back = {"op": "reword", "question": "seen", "label": "Seen?"}
    assert codes(base, there, back) == []
    assert codes(base, there, back, there) == [(3, "protected_changed", "seen")]
