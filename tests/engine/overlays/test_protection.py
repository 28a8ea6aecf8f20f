"""Protection reaches into rows: a protected column, and every column of protected rows."""

from typing import Any

import pytest

from engine.overlays import check
from engine.proofs import Effort
from tests.engine.forms import form_json, question

Json = Any


def codes(base: Json, *changes: Json, effort: Effort | None = None) -> list[tuple[int | None, str, str]]:
    """The errors of an overlay on a form, as operation, code and what it is about."""
    overlay = {
        "owner": "northshire",
        "form": "tiny-northshire",
        "version": 1,
        "changes": list(changes),
        "base": {"owner": "library", "form": "tiny", "version": 1},
    }
    return [
        (each.operation, each.code, each.about)
        for each in check(base, overlay, effort=effort)
        if each.severity == "error"
    ]


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


def test_a_protected_statement_stays_where_it_is_shown() -> None:
    """It asks for nothing, yet may neither be hidden, nor reworded, nor shown less often."""
    stop = question(
        "stop", "statement", protected=True, label="Stop here.", show_when={"question": "danger", "is": "yes"}
    )
    base = form_json(question("danger", "yes_no"), question("who", "yes_no"), stop)
    less = {"all": [{"question": "danger", "is": "yes"}, {"question": "who", "is": "yes"}]}
    assert codes(base, {"op": "hide", "question": "stop"}) == [(1, "protected_dropped", "stop")]
    assert codes(base, {"op": "reword", "question": "stop", "label": "Go on."}) == [(1, "protected_changed", "stop")]
    narrowed = {"op": "set", "question": "stop", "settings": {"show_when": less}}
    assert codes(base, narrowed) == [(1, "protected_hidden", "stop")]


def test_only_the_operation_that_weakens_is_named() -> None:
    """Rewording there and back is no change; the last that differs is behind it."""
    base = form_json(question("seen", protected=True, label="Seen?"))
    there = {"op": "reword", "question": "seen", "label": "Met?"}
    back = {"op": "reword", "question": "seen", "label": "Seen?"}
    assert codes(base, there, back) == []
    assert codes(base, there, back, there) == [(3, "protected_changed", "seen")]


def test_what_cannot_be_decided_is_an_error() -> None:
    """Without the effort to prove it, a protected question is not taken to be safe."""
    base = form_json(
        question("seen", "yes_no"), question("why", protected=True, show_when={"question": "seen", "is": "no"})
    )
    condition = {"any": [{"question": "seen", "is": "no"}, {"child": "age", "less_than": 2}]}
    change = {"op": "set", "question": "why", "settings": {"show_when": condition}}
    assert codes(base, change) == []
    assert codes(base, change, effort=Effort(steps=0)) == [(1, "protection_not_decided", "why")]


def test_a_protected_column_is_proved_too() -> None:
    """A column's own condition may not be tightened, nor that of its rows."""
    columns = [question("met", "yes_no"), question("why", protected=True, show_when={"row": "met", "is": "no"})]
    base = form_json(question("seen", "yes_no"), question("people", "rows", columns=columns))
    seen = {"question": "seen", "is": "yes"}
    tighter = {"all": [{"row": "met", "is": "no"}, seen]}
    told = [(1, "protected_hidden", "people.why")]
    assert codes(base, {"op": "set", "question": "people.why", "settings": {"show_when": tighter}}) == told
    assert codes(base, {"op": "set", "question": "people", "settings": {"show_when": seen}}) == told
    assert codes(base, {"op": "set", "question": "people.why", "settings": {"show_when": None}}) == []


def test_protection_holds_for_every_child() -> None:
    """A question asked for each child may not come to depend on what is said of one."""
    base = form_json(question("seen", "yes_no", per_child=True), question("why", protected=True, per_child=True))
    narrower = {"op": "set", "question": "why", "settings": {"show_when": {"question": "seen", "answered": True}}}
    assert codes(base, narrower) == [(1, "protected_hidden", "why")]
