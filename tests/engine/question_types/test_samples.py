"""Samples reach every combination of truth that conditions over any answer can reach."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition import Question
from engine.operators import OPERATORS
from tests.engine.question_types.questions import asked, read_or_none

NUMBER_TESTS = ("is", "is_not", "more_than", "at_least", "less_than", "at_most")
DATE_TESTS = ("is", "is_not", "before", "after")

quick = settings(max_examples=200, deadline=None)
wholes = st.integers(-12, 12)
tenths = st.integers(-120, 120).map(lambda tenth: tenth / 10)
days = st.integers(-400, 400).map(lambda offset: (date(2026, 1, 1) + timedelta(days=offset)).isoformat())
months = days.map(lambda day: day[:7])
years = days.map(lambda day: day[:4])
minutes = st.builds(
    lambda day, hour, minute: f"{day}T{hour:02}:{minute:02}", days, st.integers(0, 23), st.integers(0, 59)
)
near_days = st.integers(-2, 2).map(lambda offset: (date(2026, 1, 1) + timedelta(days=offset)).isoformat())
near_minutes = st.builds(lambda day, minute: f"{day}T{minute}", near_days, st.sampled_from(["00:00", "00:01", "23:59"]))


def truths(answer: Any, literals: Sequence[Any], names: Sequence[str]) -> tuple[bool, ...]:
    """What every comparison with every literal says of an answer."""
    return tuple(OPERATORS[name].test(answer, literal) for literal in literals for name in names)


def is_covered(question: Question, answer: Any, literals: Sequence[Any], names: Sequence[str]) -> bool:
    """Whether some sample is told apart from the literals exactly as the answer is."""
    samples = question.handler.samples(question, literals)
    assert all(read_or_none(question, sample) == sample for sample in samples)
    return truths(answer, literals, names) in {truths(sample, literals, names) for sample in samples}


@st.composite
def number_questions(draw: st.DrawFn) -> Question:
    """Numbers with any mixture of limits, whole or stepped."""
    least, most = sorted([draw(wholes), draw(wholes)])
    kept = {"minimum": least, "maximum": most}
    names = draw(st.sets(st.sampled_from(["minimum", "maximum"])))
    chosen: dict[str, Any] = {name: kept[name] for name in names}
    grain: dict[str, Any] = draw(st.sampled_from([{}, {"integer": True}, {"step": 3}, {"step": 0.5}, {"step": 0.1}]))
    return asked("number", {**chosen, **grain})


@quick
@given(question=number_questions(), literals=st.lists(wholes | tenths, max_size=4), value=wholes | tenths)
def test_numbers_are_covered(question: Question, literals: list[float], value: float) -> None:
    """Whatever number is answered, a sample stands for it."""
    answer = read_or_none(question, value)
    assert answer is None or is_covered(question, answer, literals, NUMBER_TESTS)


@quick
@given(literals=st.lists(wholes, max_size=4), value=st.integers(-3, 5))
def test_scales_are_covered(literals: list[int], value: int) -> None:
    """Whatever number of the scale is chosen, a sample stands for it."""
    question = asked("scale", {"minimum": -3, "maximum": 5})
    assert is_covered(question, value, literals, NUMBER_TESTS)


@st.composite
def date_questions(draw: st.DrawFn) -> Question:
    """Dates of every precision, with or without limits."""
    grain: dict[str, Any] = draw(st.sampled_from([{}, {"partial": True}, {"time": True}]))
    limits = draw(
        st.sampled_from([{}, {"not_before": "2025-12-31"}, {"not_after": "2026-01-01"}, {"not_after": "today"}])
    )
    return asked("date", {**grain, **limits})


all_dates = days | months | years | minutes | near_days | near_minutes


@quick
@given(question=date_questions(), literals=st.lists(all_dates, max_size=4), value=all_dates)
def test_dates_are_covered(question: Question, literals: list[str], value: str) -> None:
    """Whatever date is answered within its limits, a sample stands for it."""
    answer = read_or_none(question, value)
    if answer is None or question.handler.limit(question, answer, lambda _name: None, None):
        return
    assert is_covered(question, answer, literals, DATE_TESTS)


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
