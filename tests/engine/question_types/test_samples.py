"""Samples reach every combination of truth that conditions over any answer can reach."""

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import Any

import pytest

from engine.definition import Question
from engine.operators import OPERATORS
from tests.engine.question_types.questions import asked, read_or_none

Json = Any
NUMBER_TESTS = ("is", "is_not", "more_than", "at_least", "less_than", "at_most")
DATE_TESTS = ("is", "is_not", "before", "after")

NUMBERS = [tenth / 10 for tenth in range(-40, 41)]
NUMBER_LITERALS = (-1, 0, 0.3, 1, 3)
NUMBER_LIMITS: list[dict[str, Json]] = [{}, {"minimum": -2}, {"maximum": 2}, {"minimum": -0.5, "maximum": 2.5}]
NUMBER_GRAINS: list[dict[str, Json]] = [{}, {"integer": True}, {"step": 0.5}, {"step": 0.1}, {"step": 3}]

DAYS = ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03", "2026-02-01"]
TIMES = ["00:00", "00:01", "00:02", "12:00", "23:58", "23:59"]
DATES = ["2025", "2026", "2025-12", "2026-01", "2026-02", *DAYS, *(f"{day}T{time}" for day in DAYS for time in TIMES)]
DATE_LITERALS = (
    "2025",
    "2026-01",
    "2026-01-01",
    "2026-01-03",
    "2026-01-01T00:00",
    "2026-01-01T00:02",
    "2026-01-02T23:59",
)
DATE_LIMITS: list[dict[str, Json]] = [
    {},
    {"not_before": "2025-12-31"},
    {"not_after": "2026-01-01"},
    {"not_after": "today"},
]
DATE_GRAINS: list[dict[str, Json]] = [{}, {"partial": True}, {"time": True}]


def truths(answer: Json, literals: Sequence[Json], names: Sequence[str]) -> tuple[bool, ...]:
    """What every comparison with every literal says of an answer."""
    return tuple(OPERATORS[name].test(answer, literal) for literal in literals for name in names)


def not_covered(
    question: Question, answers: Iterable[Json], literals: Sequence[Json], names: Sequence[str]
) -> list[Json]:
    """The answers that no sample stands for."""
    samples = question.handler.samples(question, literals)
    assert all(is_answer(question, sample) for sample in samples)
    reached = {truths(sample, literals, names) for sample in samples}
    return [answer for answer in answers if truths(answer, literals, names) not in reached]


def is_answer(question: Question, value: Json) -> bool:
    """Whether a value is an answer within the limits that do not depend on others."""
    if read_or_none(question, value) is None:
        return False
    return question.handler.limit(question, value, lambda _name: None, None) is None


def up_to_three(literals: Sequence[Json]) -> list[tuple[Json, ...]]:
    """Every choice of at most three literals."""
    return [chosen for count in range(4) for chosen in combinations(literals, count)]


@pytest.mark.parametrize(("limits", "grain"), list(product(NUMBER_LIMITS, NUMBER_GRAINS)))
def test_numbers_are_covered(limits: dict[str, Json], grain: dict[str, Json]) -> None:
    """Whatever number is answered, a sample stands for it."""
    question = asked("number", {**limits, **grain})
    answers = [number for number in NUMBERS if is_answer(question, number)]
    for literals in up_to_three(NUMBER_LITERALS):
        assert not_covered(question, answers, literals, NUMBER_TESTS) == []


def test_scales_are_covered() -> None:
    """Whatever number of the scale is chosen, a sample stands for it."""
    question = asked("scale", {"minimum": -3, "maximum": 5})
    for literals in up_to_three(NUMBER_LITERALS):
        assert not_covered(question, range(-3, 6), literals, NUMBER_TESTS) == []


@pytest.mark.parametrize(("limits", "grain"), list(product(DATE_LIMITS, DATE_GRAINS)))
def test_dates_are_covered(limits: dict[str, Json], grain: dict[str, Json]) -> None:
    """Whatever date is answered within its limits, a sample stands for it."""
    question = asked("date", {**limits, **grain})
    answers = [text for text in DATES if is_answer(question, text)]
    for literals in up_to_three(DATE_LITERALS):
        assert not_covered(question, answers, literals, DATE_TESTS) == []


def test_each_option_is_a_sample() -> None:
    """Choices between options are tried one by one."""
    options = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
    one, many, truth = asked("choice", {"options": options}), asked("choices", {"options": options}), asked("yes_no")
    assert one.handler.samples(one, ["a"]) == ("a", "b")
    assert many.handler.samples(many, ["a"]) == (["a"], ["b"])
    assert truth.handler.samples(truth, []) == ("yes", "no")


def test_limits_far_from_any_literal_still_leave_a_sample() -> None:
    """A question nothing compares has a sample within its limits."""
    number, day = asked("number", {"minimum": 40, "maximum": 41}), asked("date", {"not_before": "2090-01-01"})
    assert number.handler.samples(number, [7])
    assert day.handler.samples(day, ["2026-03-05"])
