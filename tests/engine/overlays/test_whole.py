"""A form that was changed as a whole keeps what its base protects, or is told where it does not."""

from typing import Any

import pytest

from engine.checks import check_definition
from engine.overlays import weaknesses
from tests.engine.forms import form_json, question
from webapp.library import LIBRARY, code_list_files, code_lists, read_file

Json = Any

WORRY = question("worry", "yes_no")
SEEN = question("seen", protected=True, required=True, show_when={"question": "worry", "answered": True})
PEOPLE = question("people", "rows", columns=[question("who", protected=True), question("age", "number")])
BASE = form_json(WORRY, SEEN, PEOPLE)


def told(*questions: Json) -> list[tuple[str, str]]:
    """Each code and its place in the changed form, which is sound in itself."""
    changed = form_json(*questions)
    assert not [each for each in check_definition(changed) if each.severity == "error"]
    return [(each.code, each.pointer) for each in weaknesses(BASE, changed)]


def test_what_is_not_protected_may_be_changed_left_out_and_added_to() -> None:
    """The form that comes with Pith is somewhere to start from."""
    other = {**WORRY, "label": "Does anything worry you?"}
    assert told(question("first"), other, SEEN, {**PEOPLE, "columns": [PEOPLE["columns"][0]]}) == []


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([WORRY, PEOPLE], ("protected_dropped", "/sections/0")),
        ([WORRY, SEEN], ("protected_dropped", "/sections/0")),
        (
            [WORRY, SEEN, {**PEOPLE, "columns": PEOPLE["columns"][1:]}],
            ("protected_dropped", "/sections/0/questions/2"),
        ),
        ([WORRY, {**SEEN, "label": "Met?"}, PEOPLE], ("protected_changed", "/sections/0/questions/1")),
        ([WORRY, {**SEEN, "protected": False}, PEOPLE], ("protected_changed", "/sections/0/questions/1")),
        ([WORRY, {**SEEN, "required": False}, PEOPLE], ("protected_not_required", "/sections/0/questions/1")),
        (
            [WORRY, {**SEEN, "show_when": {"question": "worry", "is": "yes"}}, PEOPLE],
            ("protected_hidden", "/sections/0/questions/1"),
        ),
    ],
    ids=["left out", "left out with its rows", "a column", "reworded", "no longer protected", "optional", "asked less"],
)
def test_a_protected_question_may_be_neither_left_out_nor_weakened(questions: list[Json], expected: Any) -> None:
    """Once, with where in the changed form it is or was."""
    assert told(*questions) == [expected]


def test_a_form_that_ships_weakens_nothing_of_itself() -> None:
    """With its code lists, whatever it protects."""
    lists = code_lists(code_list_files())
    form = read_file(LIBRARY / "visit" / "1.json").value
    assert weaknesses(form, {**form, "version": 2, "title": "Our visit"}, lists, "2026-03-12") == ()
