"""What is wrong with the resulting form is told at the operation behind it."""

from typing import Any

import pytest

from engine.overlays import check
from tests.engine.forms import form_json, question, section

Json = Any
BASE = form_json(
    section(
        "first",
        question("met_on", "date"),
        question("days", "number"),
        question("seen", "yes_no"),
    ),
    section(
        "second",
        question("due_on", "worked_out", function="add_days", of=["met_on", "days"]),
        question("why", show_when={"question": "seen", "is": "no"}),
        question("after_that", show_when={"question": "why", "answered": True}),
    ),
)


@pytest.mark.parametrize(
    ("change", "code", "pointer", "about"),
    [
        ({"op": "hide", "question": "met_on"}, "unknown_question", "/changes/1", "due_on"),
        ({"op": "move", "question": "seen", "to_section": "second"}, "forward_reference", "/changes/1", "why"),
        ({"op": "set", "question": "seen", "settings": {"rows": 3}}, "unknown_key", "/changes/1/settings/rows", "seen"),
        (
            {"op": "add", "after": "seen", "question": question("more", reason_for="nobody")},
            "unknown_question",
            "/changes/1/question/reason_for",
            "more",
        ),
        (
            {"op": "add_section", "section": section("third", question("deep", shows=["nobody"]))},
            "unknown_question",
            "/changes/1/section/questions/0/shows/0",
            "deep",
        ),
        (
            {"op": "set", "section": "second", "settings": {"show_when": {"question": "due_on", "answered": True}}},
            "forward_reference",
            "/changes/1/settings/show_when/question",
            "second",
        ),
    ],
)
def test_a_problem_of_the_result_names_its_operation(change: Json, code: str, pointer: str, about: str) -> None:
    """With its place in the overlay where the overlay says it, else the operation and the question in words."""
    overlay = {
        "owner": "northshire",
        "form": "tiny-northshire",
        "version": 1,
        "base": {"owner": "library", "form": "tiny", "version": 1},
        "changes": [{"op": "reword", "question": "days", "label": "How many days?"}, change],
    }
    told = [each for each in check(BASE, overlay) if (each.code, each.about) == (code, about)]
    assert {(each.operation, each.pointer) for each in told} == {(2, pointer)}
    assert pointer.count("/") > 2 or told[0].message.startswith(f"In “{about}”: ")


def test_what_the_base_gets_wrong_is_not_the_overlays_fault() -> None:
    """Two questions with the same label warn in the base; an overlay that changes nothing has no problems."""
    base = form_json(question("one", label="Same?"), question("two", label="Same?"))
    overlay = {
        "owner": "northshire",
        "form": "tiny-northshire",
        "version": 1,
        "base": {"owner": "library", "form": "tiny", "version": 1},
        "changes": [],
    }
    assert check(base, overlay) == ()
