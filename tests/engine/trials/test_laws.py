"""What holds of every trial: against a second implementation, and under changes that must not matter."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from engine.trials.analysis import Analysis, analyse
from engine.trials.table import Table
from tests.engine.trials.small_trials import (
    COMPLETE,
    PAIRED,
    STRATIFIED,
    analysed,
    design,
    difference,
    every_allocation,
    hits,
    table,
)

Trial = tuple[list[int], list[int], dict[str, str], list[int]]
LEVELS = (0.05, 0.1, 0.3)


@some.composite
def trials(draw: some.DrawFn) -> Trial:
    """Which unit is under test, whole outcomes with many ties, a scheme, and the groups it draws in."""
    kind = draw(some.sampled_from(["complete", "stratified", "paired"]))
    if kind == "paired":
        pairs = draw(some.integers(2, 5))
        first = draw(some.lists(some.integers(0, 1), min_size=pairs, max_size=pairs))
        tested, groups = [arm for each in first for arm in (each, 1 - each)], [n // 2 for n in range(2 * pairs)]
    elif kind == "stratified":
        sizes = draw(some.lists(some.integers(2, 4), min_size=2, max_size=2))
        groups = [number for number, size in enumerate(sizes) for _ in range(size)]
        tested = [arm for size in sizes for arm in _one_of_each(draw, size)]
    else:
        groups, tested = [], _one_of_each(draw, draw(some.integers(3, 8)))
    values = draw(some.lists(some.integers(-4, 30), min_size=len(tested), max_size=len(tested)))
    return tested, values, {"complete": COMPLETE, "stratified": STRATIFIED, "paired": PAIRED}[kind], groups


def _one_of_each(draw: some.DrawFn, size: int) -> list[int]:
    """A number of units of both arms, in any order."""
    return draw(some.permutations([1, 0, *draw(some.lists(some.integers(0, 1), min_size=size - 2, max_size=size - 2))]))


def _result(trial: Trial, level: float = 0.05) -> Analysis:
    tested, values, scheme, groups = trial
    return analysed(tested, values, scheme, groups, level=level)


@given(trials())
@settings(max_examples=60, deadline=None)
def test_a_second_implementation_counts_the_same(trial: Trial) -> None:
    """Estimate, hits and allocations are those of plain fractions over every allocation, ties and all."""
    tested, values, _, groups = trial
    found = _result(trial)
    assert found.estimate == pytest.approx(float(difference(tested, values, groups)), abs=1e-9)
    assert (found.hits, found.allocations) == hits(tested, values, groups)
    assert found.p == found.hits / found.allocations


@given(trials(), some.sampled_from(LEVELS))
@settings(max_examples=60, deadline=None)
def test_the_ends_of_the_interval_are_where_the_p_passes_the_level(trial: Trial, level: float) -> None:
    """By the second implementation: just inside an end an effect is not ruled out, just outside it is."""
    tested, values, _, groups = trial
    found = _result(trial, level)
    exact_level = Fraction(str(level))
    for end, outward in zip(found.interval, (-1, 1), strict=True):
        if end is None:
            far, ways = hits(tested, values, groups, Fraction(found.estimate) + outward * 10**9)
            assert Fraction(far, ways) > exact_level
            continue
        away: Fraction = max(Fraction(1), abs(Fraction(end) - Fraction(found.estimate)))
        step = away * Fraction(outward, 10**6)
        outside, ways = hits(tested, values, groups, Fraction(end) + step)
        assert Fraction(outside, ways) <= exact_level
        if abs(end - found.estimate) > 1e-5:
            inside, _ = hits(tested, values, groups, Fraction(end) - step)
            assert Fraction(inside, ways) > exact_level


@given(trials(), some.sampled_from(LEVELS), some.integers(-60, 60))
@settings(max_examples=60, deadline=None)
def test_the_interval_holds_exactly_the_effects_that_are_not_ruled_out(trial: Trial, level: float, at: int) -> None:
    """Any effect lies within if and only if its own p is above the level; no p at 0 disagrees with the interval."""
    tested, values, _, groups = trial
    low, high = _result(trial, level).interval
    assume(all(end is None or abs(end - at) > 1e-6 for end in (low, high)))
    within = (low is None or low < at) and (high is None or at < high)
    count, ways = hits(tested, values, groups, at)
    assert within == (Fraction(count, ways) > Fraction(str(level)))


@given(trials(), some.sampled_from(LEVELS))
@settings(max_examples=40, deadline=None)
def test_the_interval_contains_the_estimate(trial: Trial, level: float) -> None:
    """What was seen is never ruled out."""
    found = _result(trial, level)
    low, high = found.interval
    assert low is None or low <= found.estimate + 1e-9
    assert high is None or found.estimate - 1e-9 <= high


@given(trials(), some.integers(-1000, 1000), some.sampled_from([0.25, 1.0, 3.0, 60.0]))
@settings(max_examples=40, deadline=None)
def test_other_units_of_measurement_only_change_the_units(trial: Trial, shift: int, scale: float) -> None:
    """Minutes or hours, counted from wherever: p stays, the differences scale."""
    tested, values, scheme, groups = trial
    found = _result(trial, 0.3)
    moved = analysed(tested, [value * scale + shift for value in values], scheme, groups, level=0.3)
    assert (moved.hits, moved.allocations) == (found.hits, found.allocations)
    assert moved.estimate == pytest.approx(found.estimate * scale, abs=1e-8)
    assert _close(moved.interval, [None if end is None else end * scale for end in found.interval])


@given(trials(), some.integers(-50, 50))
@settings(max_examples=40, deadline=None)
def test_an_effect_added_to_one_arm_moves_estimate_and_interval_by_it(trial: Trial, effect: int) -> None:
    """The interval is one for a constant effect."""
    tested, values, scheme, groups = trial
    found = _result(trial, 0.3)
    added = [value + effect * arm for value, arm in zip(values, tested, strict=True)]
    moved = analysed(tested, added, scheme, groups, level=0.3)
    assert moved.estimate == pytest.approx(found.estimate + effect, abs=1e-9)
    assert _close(moved.interval, [None if end is None else end + effect for end in found.interval])


@given(trials())
@settings(max_examples=40, deadline=None)
def test_with_the_arms_exchanged_everything_turns_its_sign(trial: Trial) -> None:
    """Which arm is called the control decides the sign, and whether lower is better or worse; nothing else."""
    tested, values, scheme, groups = trial
    found = _result(trial, 0.3)
    turned = analysed([1 - arm for arm in tested], values, scheme, groups, level=0.3)
    assert (turned.hits, turned.allocations) == (found.hits, found.allocations)
    assert turned.estimate == pytest.approx(-found.estimate, abs=1e-9)
    low, high = turned.interval
    assert _close(found.interval, [None if end is None else -end for end in (high, low)])
    other = {"better": "worse", "worse": "better"}
    assert turned.verdict == other.get(found.verdict, found.verdict)


@given(trials(), some.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_changes_nothing(trial: Trial, chance: Any) -> None:
    """Rows in another order give the same result to the last digit, several rows a team too."""
    tested, values, scheme, groups = trial
    whole = table(tested, values, groups or [0] * len(tested))
    rows = [(number, extra) for number in range(len(values)) for extra in (0.1, 0.7, 1.9)]
    results = []
    for _ in range(2):
        chance.shuffle(rows)
        mixed = Table(
            units=[whole.units[number] for number, _ in rows],
            arms=[whole.arms[number] for number, _ in rows],
            values=np.array([values[number] + extra for number, extra in rows]),
            columns={"group": [whole.columns["group"][number] for number, _ in rows]},
        )
        results.append(analyse(design(scheme), mixed).to_json())
    assert results[0] == results[1]


@given(trials(), some.lists(some.integers(-9, 9), min_size=10, max_size=10))
@settings(max_examples=40, deadline=None)
def test_a_covariate_is_taken_out_by_a_linear_model_under_every_allocation(trial: Trial, known: list[int]) -> None:
    """In a complete or paired scheme the estimate is the arm’s coefficient by least squares, and so is each rival’s."""
    tested, values, scheme, groups = trial
    free = len(tested) - (2 if not groups else len(tested) // 2 + 1) - 1
    assume(scheme != STRATIFIED and free >= 1)
    lines = list(every_allocation(tested, groups))
    models = [_model(line, groups, known[: len(tested)]) for line in lines]
    assume(all(np.linalg.svd(model)[1].min() > 1e-3 for model in models))
    found = analyse(design(scheme, covariates=["known"]), table(tested, values, groups, known=known[: len(tested)]))
    rivals = [np.linalg.lstsq(model, np.array(values, float), rcond=None)[0][-1] for model in models]
    seen = rivals[lines.index(tuple(tested))]
    assert found.estimate == pytest.approx(seen, abs=1e-7)
    assume(all(abs(abs(each) - abs(seen)) > 1e-6 or abs(abs(each) - abs(seen)) < 1e-11 for each in rivals))
    assert found.hits == sum(abs(each) >= abs(seen) - 1e-10 for each in rivals)
    low, high = found.interval
    assert low is None or low <= seen + 1e-7
    assert high is None or seen - 1e-7 <= high


def _model(line: Any, groups: list[int], known: list[int]) -> Any:
    within = np.eye(max(groups, default=0) + 1)[groups or [0] * len(line)]
    return np.column_stack([within, np.array(known, float), np.array(line, float)])


def _close(found: tuple[float | None, float | None], expected: list[float | None]) -> bool:
    return all(
        (mine is None) == (other is None) and (mine is None or other is None or mine == pytest.approx(other, abs=1e-6))
        for mine, other in zip(found, expected, strict=True)
    )
