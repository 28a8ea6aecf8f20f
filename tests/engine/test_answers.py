"""Problems: in definition order, one for each place, none for what is hidden."""

from typing import Any

import pytest

from engine.answers import complete
from engine.messages import MESSAGES, in_words
from engine.question_types.base import Finding
from tests.engine.forms import form, question


def _codes(*questions: dict[str, Any], answers: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(problem.place), problem.code) for problem in complete(form(*questions), answers)]


def test_a_required_question_left_blank_is_a_problem_and_a_hidden_one_is_not() -> None:
    both = (
        question("a", "yes_no", required=True),
        question("b", required=True, show_when={"question": "a", "is": "yes"}),
    )
    assert _codes(*both, answers={}) == [("a", "required")]
    assert _codes(*both, answers={"a": "no"}) == []
    assert _codes(*both, answers={"a": "yes", "b": "  "}) == [("b", "required")]


def test_an_invalid_required_answer_has_its_own_problem_only() -> None:
    assert _codes(question("a", "number", required=True, maximum=3), answers={"a": 5}) == [("a", "too_large")]


def test_not_known_yet_satisfies_required_only_where_it_is_offered() -> None:
    unknown = {"not_known": True, "doing": "Asking the school"}
    assert _codes(question("a", required=True), answers={"a": unknown}) == []
    assert _codes(question("a", required=True, not_known=False), answers={"a": unknown}) == [
        ("a", "not_known_not_allowed")
    ]
    assert _codes(question("a", kind="decision"), answers={"a": unknown}) == [("a", "not_known_not_allowed")]


@pytest.mark.parametrize("broken", [{"not_known": False}, {"not_known": "yes"}, {"not_known": True, "doing": 3}])
def test_a_not_known_answer_of_the_wrong_shape_is_bad_format(broken: dict[str, Any]) -> None:
    assert _codes(question("a"), answers={"a": broken}) == [("a", "bad_format")]


def test_answers_nobody_asked_for_are_each_a_problem() -> None:
    people = question("people", "rows", columns=[question("who")])
    asked = (question("a"), people, question("n", "worked_out", function="count", of=["people"]))
    posted = {"z": "x", "people": [{"id": "r1", "who": "Kit", "shoe": "9"}], "n": 4, "b": 1}
    assert _codes(*asked, answers=posted) == [
        ("people[0].shoe", "unknown_question"),
        ("n", "worked_out_posted"),
        ("b", "unknown_question"),
        ("z", "unknown_question"),
    ]


def test_per_child_answers_need_the_children_of_the_assessment() -> None:
    assert _codes(question("seen", per_child=True), answers={"seen": "alone"}) == [("seen", "bad_format")]
    assert _codes(question("seen", per_child=True), answers={"seen": {"c9": "x"}}) == [("seen[c9]", "unknown_child")]


def test_required_cells_are_asked_of_rows_that_hold_something_and_required_rows_mean_one() -> None:
    people = question("people", "rows", required=True, columns=[question("who", required=True), question("tie")])
    assert _codes(people, answers={"people": [{"id": "r1"}]}) == [("people", "required")]
    assert _codes(people, answers={"people": [{"id": "r1"}, {"id": "r2", "tie": "aunt"}]}) == [
        ("people[1].who", "required")
    ]


def test_every_message_is_a_sentence_without_holes() -> None:
    for code in MESSAGES:
        words = in_words(Finding(code, {}))
        assert words
        assert "{" not in words
