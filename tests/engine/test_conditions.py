"""Conditions: what each operator says over an answer, over nothing, over "not known yet", and for each child."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.conditions import (
    All,
    AnyOf,
    Condition,
    Leaf,
    Not,
    Scope,
    age_in_years,
    compile_condition,
    holds,
    parse,
    questions_read,
    reads_today,
    satisfied,
    to_json,
)
from engine.operators import OPERATORS
from engine.question_types.base import NotKnown

NOBODY = frozenset[str]()
TODAY = "2026-03-05"


def _true(data: Any, answers: dict[str, Any], **scope: Any) -> bool:
    test = compile_condition(parse(data), scope.pop("per_child", NOBODY), scope.pop("for_child", False))
    assert test is not None
    return test(Scope(answers, scope.pop("children", {}), TODAY, **scope))


@pytest.mark.parametrize(
    ("leaf", "answer", "expected"),
    [
        ({"is": "red"}, "red", True),
        ({"is": "red"}, "blue", False),
        ({"is_not": "red"}, "blue", True),
        ({"is_not": "red"}, "red", False),
        ({"in": ["red", "blue"]}, "blue", True),
        ({"in": ["red"]}, "blue", False),
        ({"includes": "red"}, ["blue", "red"], True),
        ({"includes_any": ["red", "green"]}, ["blue"], False),
        ({"answered": True}, "x", True),
        ({"not_known": True}, "x", False),
        ({"more_than": 3}, 3, False),
        ({"at_least": 3}, 3, True),
        ({"less_than": 3}, 2.5, True),
        ({"at_most": 3}, 4, False),
        ({"before": "2026-03-02"}, "2026-03-01", True),
        ({"before": "2026-03-02"}, "2026-03", True),
        ({"after": "2026-03-02"}, "2026-03-02T09:00", False),
        ({"after": "2026-03-02T08:00"}, "2026-03-02T09:00", True),
        ({"before": "today"}, "2026-03-04", True),
        ({"after": "today"}, "2026-03-05", False),
        ({"is": "today"}, "today", True),
    ],
)
def test_a_leaf_compares_an_answer_with_its_literal(leaf: dict[str, Any], answer: Any, expected: bool) -> None:
    assert _true({"question": "q", **leaf}, {"q": answer}) is expected
    parsed = parse({"question": "q", **leaf})
    assert isinstance(parsed, Leaf)
    assert holds(parsed, answer, TODAY) is expected


@pytest.mark.parametrize("operator", sorted(OPERATORS))
def test_every_leaf_over_an_absent_answer_is_false_and_not_of_it_true(operator: str) -> None:
    operand = {"row": "r", "answered": True} if operator == "any_row" else True
    leaf = {"question": "q", operator: operand}
    assert _true(leaf, {}) is False
    assert _true({"not": leaf}, {}) is True


@pytest.mark.parametrize("operator", sorted(OPERATORS))
def test_not_known_yet_is_answered_and_not_known_and_meets_no_comparison(operator: str) -> None:
    operand = {"row": "r", "answered": True} if operator == "any_row" else ["x"] if operator == "in" else "x"
    assert _true({"question": "q", operator: operand}, {"q": NotKnown("asking")}) is (
        operator in ("answered", "not_known")
    )


def test_without_today_a_leaf_that_needs_it_is_false() -> None:
    test = compile_condition(parse({"question": "q", "before": "today"}), NOBODY, False)
    assert test is not None
    assert test(Scope({"q": "2020-01-01"}, {}, None)) is False


def test_elsewhere_a_leaf_over_a_per_child_question_holds_if_it_holds_for_any_child() -> None:
    answers, leaf = {"seen": {"c1": "alone", "c2": "no"}}, {"question": "seen", "is": "no"}
    assert _true(leaf, answers, per_child=frozenset({"seen"})) is True
    assert _true(leaf, answers, per_child=frozenset({"seen"}), for_child=True, child="c1") is False
    assert _true(leaf, answers, per_child=frozenset({"seen"}), for_child=True, child="c2") is True


def test_a_fact_of_the_child_is_that_childs_own_or_any_childs() -> None:
    children = {"c1": {"age": 1}, "c2": {"age": 9}}
    leaf = {"child": "age", "less_than": 2}
    assert _true(leaf, {}, children=children) is True
    assert _true(leaf, {}, children=children, for_child=True, child="c2", facts=children["c2"]) is False


def test_any_row_is_met_by_one_row_that_meets_the_whole_condition() -> None:
    inner = {"all": [{"row": "met", "is": "no"}, {"row": "tie", "is": "lives"}]}
    rows = [{"id": "a", "met": "no", "tie": "visits"}, {"id": "b", "met": "yes", "tie": "lives"}]
    assert _true({"question": "people", "any_row": inner}, {"people": rows}) is False
    assert _true(
        {"question": "people", "any_row": inner}, {"people": [*rows, {"id": "c", "met": "no", "tie": "lives"}]}
    )


def test_what_a_condition_reads_is_told_apart_by_where_it_stands() -> None:
    condition = parse(
        {
            "all": [
                {"row": "met", "is": "no"},
                {"child": "age", "less_than": 2},
                {"question": "people", "any_row": {"row": "who", "answered": True}},
            ]
        }
    )
    assert questions_read(condition) == {"people"}
    assert reads_today(condition)
    assert not reads_today(parse({"question": "day", "is": "today"}))


def test_satisfied_names_only_the_leaves_that_opened_it() -> None:
    condition = parse({"any": [{"question": "a", "is": "x"}, {"question": "b", "is": "y"}]})
    assert satisfied(condition, Scope({"b": "y"}, {}, None), NOBODY, False) == (Leaf("question", "b", "is", "y"),)
    assert satisfied(condition, Scope({}, {}, None), NOBODY, False) == ()


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        ("2020-03-05", "2026-03-05", 6),
        ("2020-03-06", "2026-03-05", 5),
        ("2020-02-29", "2021-02-28", 0),
        ("2020", "2026-03-05", 6),
        ("2027-01-01", "2026-03-05", None),
        (None, "2026-03-05", None),
        ("2020-01-01", None, None),
    ],
)
def test_age_is_in_whole_years_and_unknown_without_both_dates(
    born: str | None, today: str | None, age: int | None
) -> None:
    assert age_in_years(born, today) == age


_names = st.sampled_from(["a", "b", "c"])
_leaves = st.one_of(
    st.builds(Leaf, st.just("question"), _names, st.just("is"), st.sampled_from(["x", "y"])),
    st.builds(Leaf, st.just("question"), _names, st.just("in"), st.tuples(st.just("x"), st.just("y"))),
    st.builds(Leaf, st.just("child"), st.just("age"), st.just("less_than"), st.integers(0, 9)),
)
_conditions: st.SearchStrategy[Condition] = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Leaf, st.just("question"), _names, st.just("any_row"), inner),
    ),
    max_leaves=6,
)


@given(_conditions)
def test_a_condition_reads_back_from_its_json_equal(condition: Condition) -> None:
    assert parse(to_json(condition)) == condition
