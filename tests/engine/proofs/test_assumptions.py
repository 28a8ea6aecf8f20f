"""What the proofs take for granted of operators and types, and the parts they are made of."""

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from random import Random
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms import Field
from wtforms.fields.core import UnboundField

from engine.conditions import Leaf, holds
from engine.operators import OPERATORS
from engine.proofs import Effort, prove
from engine.proofs.circuit import Circuit
from engine.proofs.optimum import most
from engine.proofs.search import Search
from engine.proofs.tables import meeting
from engine.question_types import question_types
from engine.question_types.base import Asked, Finding, Lookup, QuestionType
from tests.engine.forms import form, question

Json = Any
COLOURS = ("red", "green", "blue")
OPERANDS: Mapping[str, Sequence[Json]] = {
    "value": ["red", "grey"],
    "values": [("red", "blue"), ("grey",)],
    "group": [("red", "blue"), ()],
    "true": [True],
}
ON_CHOICES = [
    Leaf("question", "a", name, operand)
    for name, operator in OPERATORS.items()
    if "choices" in operator.measures
    for operand in OPERANDS[operator.operand]
]


@pytest.mark.parametrize("leaf", ON_CHOICES, ids=lambda leaf: f"{leaf.operator} {leaf.operand}")
def test_a_leaf_over_chosen_options_holds_where_it_holds_for_one_of_them(leaf: Leaf) -> None:
    """Proofs try each option alone and combine them: an operator that counts options needs more than that."""
    for size in range(1, 4):
        for chosen in combinations(COLOURS, size):
            assert holds(leaf, list(chosen), None) == any(holds(leaf, [one], None) for one in chosen)


class Mood(QuestionType):
    """A type the proofs have never heard of, with an answer that an earlier one can rule out."""

    name = "mood"
    measure = "choice"
    summary = "How somebody feels"

    def read(self, question: Asked, value: Json) -> Json:
        """Any text."""
        return value

    def reads(self, question: Asked) -> tuple[str, ...]:
        """The question that rules moods out."""
        return ("a",)

    def limit(self, question: Asked, answer: Json, look_up: Lookup, today: str | None) -> Finding | None:
        """Nobody is glad while the other answer is no."""
        return Finding("too_early", {}) if answer == "glad" and look_up("a") == "no" else None

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """Any text."""
        return {"type": "string"}

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """Both moods."""
        return ("glad", "sad")

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """None: it is never drawn here."""
        raise NotImplementedError

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """The mood."""
        return str(answer)


def test_a_new_type_needs_no_change_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its samples and its limit are all that proofs ask for."""
    monkeypatch.setitem(cast("dict[str, QuestionType]", question_types()), "mood", Mood())
    glad = {"question": "b", "is": "glad"}
    parts = [question("a", "yes_no"), question("b", "mood"), question("yes", show_when=glad)]
    parts.append(question("no", show_when={"all": [glad, {"question": "a", "is": "no"}]}))
    assert prove(form(*parts)).never_shown == ("no",)


def test_a_new_operator_needs_no_change_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried on the samples."""
    ends = OPERATORS["is"].__class__(frozenset({"choice"}), "value", lambda answer, end: answer.endswith(end), "ends")
    monkeypatch.setitem(cast("dict[str, Any]", OPERATORS), "ends_with", ends)
    both = {"all": [{"question": "a", "ends_with": "e"}, {"question": "a", "ends_with": "n"}]}
    one = {"question": "a", "ends_with": "n"}
    assert prove(
        form(question("a", "choice"), question("b", show_when=both), question("c", show_when=one))
    ).never_shown == ("b",)


@given(st.integers(1, 70), st.integers(1, 70), st.integers(-5, 75), st.integers(0, 3), st.booleans())
def test_lines_and_bands_across_a_table_are_found_whole(
    firsts: int, seconds: int, shift: int, width: int, inside: bool
) -> None:
    """However large the table, the pairs found are those there are."""

    def meets(first: int, second: int) -> bool:
        return (abs(first - second + shift) <= width) == inside if width else first < second + shift

    found = {pair for group, met in meeting(firsts, seconds, meets) for pair in product(group, met)}
    assert found == {pair for pair in product(range(firsts), range(seconds)) if meets(*pair)}


@pytest.mark.parametrize("count", [0, 1, 2, 6, 7, 12, 30])
def test_at_most_one_of_any_number_holds(count: int) -> None:
    """Each alone, none, and no two."""
    circuit = Circuit()
    variables = [circuit.variable() for _ in range(count)]
    circuit.at_most_one(variables)
    search, effort = Search(circuit), Effort()
    assert search.solve([-each for each in variables], effort)
    assert all(search.solve([each], effort) for each in variables)
    assert not any(search.solve(pair, effort) for pair in combinations(variables, 2))


@pytest.mark.parametrize("seed", range(20))
def test_the_most_is_granted_by_weight(seed: int) -> None:
    """Over random clauses and weights the optimum is that of trying every assignment, also where there is none."""
    chance = Random(seed)
    circuit = Circuit()
    variables = [circuit.variable() for _ in range(7)]
    clauses = [[chance.choice((1, -1)) * each for each in chance.sample(variables, 2)] for _ in range(9)]
    for clause in clauses:
        circuit.require(*clause)
    weights = {chance.choice((1, -1)) * each: chance.randint(1, 4) for each in variables}
    weights[circuit.both(variables[:2])] = 3
    found = most(Search(circuit), weights, (), Effort())
    tried = [
        granted(dict(zip(variables, values, strict=True)), clauses, weights)
        for values in product((True, False), repeat=7)
    ]
    assert found.proved
    assert (found.model is None) == (max(tried) < 0)
    if found.model is not None:
        assert (found.weight, found.bound) == (max(tried), max(tried))


def granted(values: Mapping[int, bool], clauses: Sequence[Sequence[int]], weights: Mapping[int, int]) -> int:
    """The weight an assignment grants, below 0 where it breaks a clause; the last wish is that the first two hold."""

    def holds_in(literal: int) -> bool:
        return values[abs(literal)] == (literal > 0)

    if not all(any(map(holds_in, clause)) for clause in clauses):
        return -1
    both = list(weights)[-1]
    first, second = list(values)[:2]
    own = sum(weight for literal, weight in weights.items() if literal != both and holds_in(literal))
    return own + weights[both] * (values[first] and values[second])
