"""Problems: in definition order, one for each place, none for what is hidden."""

from typing import Any

import pytest

from engine.answers import Accepted, accept, complete
from engine.forms import Address
from engine.journey import Journey, evaluate
from engine.messages import FORMATS, MESSAGES, in_words
from engine.places import Place
from engine.question_types import question_type
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


def _posted(before: Journey, **values: Any) -> Accepted:
    return accept(before, {Address(name): value for name, value in values.items()})


def test_posted_answers_are_kept_as_typed_and_say_what_they_opened_and_closed() -> None:
    asked = form(
        question("seen", "yes_no"),
        question("why", show_when={"question": "seen", "is": "no"}),
        question("days", "number", maximum=9),
    )
    accepted = _posted(evaluate(asked, {"seen": "yes"}), seen="no", days=12)
    assert accepted.changed == {"seen": "no", "days": 12}
    assert accepted.opened == (Place("why"),)
    assert accepted.closed == ()
    assert [(str(problem.place), problem.code) for problem in accepted.problems] == [("days", "too_large")]
    back = _posted(accepted.journey, seen="yes")
    assert back.closed == (Place("why"),)
    assert back.problems == ()


def test_what_has_no_place_in_the_draft_is_told_and_not_kept() -> None:
    asked = form(question("a"), question("n", "worked_out", function="count", of=["a"]), question("note", "statement"))
    accepted = _posted(evaluate(asked, {}), n=3, note="x", nowhere="y", a="kept")
    assert accepted.changed == {"a": "kept"}
    assert sorted((str(problem.place), problem.code) for problem in accepted.problems) == [
        ("n", "worked_out_posted"),
        ("note", "statement_posted"),
        ("nowhere", "unknown_question"),
    ]


def test_posting_what_stands_already_changes_nothing() -> None:
    before = evaluate(form(question("a")), {"a": "x"})
    assert _posted(before, a="x").changed == {}
    assert _posted(before, a="x").journey is before


def test_one_childs_answer_leaves_the_others_alone() -> None:
    before = evaluate(form(question("seen", per_child=True)), {"seen": {"c1": "one", "c2": "two"}})
    accepted = accept(before, {Address("seen", "c1"): "new"})
    assert accepted.changed == {"seen": {"c1": "new", "c2": "two"}}
    assert accept(before, {Address("seen"): "all"}).problems[0].code == "unknown_question"


def test_every_named_format_says_what_to_enter() -> None:
    formats = question_type("short_text").settings["format"]["enum"]
    assert set(formats) == set(FORMATS)
    assert "AA3A 8AA" in in_words(Finding("bad_format", {"format": "postcode"}))


def test_a_date_asked_with_its_time_says_that_the_time_is_needed() -> None:
    timed = form(question("visit", "date", time=True))
    for typed in ("2026-03-02", "2026-03-02T25:00"):
        (problem,) = complete(timed, {"visit": typed})
        assert (problem.code, "15:30" in problem.message) == ("not_a_date", True)
    (plain,) = complete(form(question("visit", "date")), {"visit": "2026-02-30"})
    assert "15:30" not in plain.message
