"""Fewer operations with the same result."""

from typing import Any

import pytest
from hypothesis import given

from engine.editing import appended, edited, folded
from tests.engine.editing.forms_and_operations import EDITS, EVERYTHING, WISHES, Edit, Wish, done
from tests.engine.forms import question

Json = Any
NEW = {"op": "add", "after": "seen", "question": question("new")}
LABEL = {"op": "reword", "question": "seen", "label": "Met?"}
HINT = {"op": "reword", "question": "seen", "hint": "By you"}
NEEDED = {"op": "set", "question": "seen", "settings": {"required": True}}
VOICE = {"op": "set", "question": "seen", "settings": {"kind": "voice"}}


@given(EDITS)
def test_what_is_folded_has_the_same_result(edit: Edit) -> None:
    """Whatever the operations are, and there are never more of them."""
    fewer = folded(edit.operations)
    assert edited(edit.before, fewer) == edit.after
    assert len(fewer) <= len(edit.operations)


@given(WISHES, WISHES)
def test_what_is_appended_bit_by_bit_has_the_same_result(first: list[Wish], second: list[Wish]) -> None:
    """A list that was folded before can be added to, as a draft is saved again and again."""
    before = done(EVERYTHING, first)
    after = done(before.after, second)
    overlay: Json = {"owner": "northshire", "changes": []}
    for operation in (*before.operations, *after.operations):
        overlay = appended(overlay, [operation])
    assert edited(EVERYTHING, overlay["changes"]) == after.after
    assert overlay["owner"] == "northshire"


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        ([LABEL, HINT, {**LABEL, "label": "Seen?"}], [{**LABEL, **HINT, "label": "Seen?"}]),
        ([NEEDED, LABEL, VOICE], [{**NEEDED, "settings": {"required": True, "kind": "voice"}}, LABEL]),
        ([NEW, {**LABEL, "question": "new"}], [{**NEW, "question": question("new", label="Met?")}]),
        ([NEW, LABEL, {"op": "hide", "question": "new"}], [LABEL]),
        ([NEW, {"op": "move", "question": "new", "after": "days"}], [{**NEW, "after": "days"}]),
        ([LABEL, NEEDED, {"op": "hide", "question": "seen"}], [{"op": "hide", "question": "seen"}]),
        ([NEW, {"op": "retype", "question": "new", "type": "date"}], [{**NEW, "question": question("new", "date")}]),
        ([{**LABEL, "note": "Plainer"}, HINT], [{**LABEL, **HINT, "note": "Plainer"}]),
    ],
    ids=["words", "settings", "words of new", "new and gone", "new and moved", "idle", "new of another type", "noted"],
)  # fmt: skip
def test_what_melts(operations: list[Json], expected: list[Json]) -> None:
    """Into one operation, or into none."""
    assert list(folded(operations)) == expected
    assert edited(EVERYTHING, operations) == edited(EVERYTHING, expected)


@pytest.mark.parametrize(
    "operations",
    [
        [NEW, {"op": "set", "question": "note", "settings": {"show_when": {"question": "new", "answered": True}}},
         {"op": "hide", "question": "new"}],
        [{"op": "set", "question": "note", "settings": {"required": True}}, NEW,
         {"op": "set", "question": "note", "settings": {"show_when": {"question": "new", "answered": True}}}],
        [{"op": "set", "section": "second", "settings": {"group": "Now"}},
         {"op": "split", "section": "second", "at": "unmet", "id": "third", "title": "Third"},
         {"op": "set", "section": "second", "settings": {"group": None}}],
        [{**LABEL, "note": "Plainer"}, {**HINT, "note": "As staff asked"}],
    ],
    ids=["somebody waits for it", "it is not there yet", "the second half has it", "two notes"],
)  # fmt: skip
def test_what_has_to_stay_apart(operations: list[Json]) -> None:
    """What stands between, or a note, keeps both."""
    assert list(folded(operations)) == operations
