"""The parts of an analysis by themselves: curves, clustering, several outcomes, the contrast, the interval’s gaps."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engine.trials.clustering import intra_cluster_correlation
from engine.trials.contrast import Contrast
from engine.trials.errors import StatisticsMissing, statistics_needed
from engine.trials.interval import interval_of, needed_hits
from engine.trials.randomisation import Rerandomised
from engine.trials.several import holm
from engine.trials.survival import restricted_mean
from tests.engine.trials.small_trials import every_allocation
from workshop.steps import ROOT


@given(some.lists(some.tuples(some.integers(0, 200), some.booleans()), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_with_all_that_was_abandoned_seen_to_the_cap_the_area_is_a_mean(rows: list[tuple[int, bool]]) -> None:
    """Nothing is censored before the cap, so that the curve’s area is the mean of times and caps."""
    cap = 120.0
    times = np.array([min(time, cap) if ended else cap for time, ended in rows], dtype=float)
    events = np.array([float(ended) for _, ended in rows])
    assert restricted_mean(times, events, cap) == pytest.approx(float(times.mean()))


def test_a_curve_with_forms_that_were_seen_for_a_while() -> None:
    """By hand: one of three ends at 2, one leaves at 3, the last ends at 5: 2 + 3 * 2/3, then nothing."""
    assert restricted_mean(np.array([2.0, 3, 5]), np.array([1.0, 0, 1]), 10) == pytest.approx(4)


def test_clustering_of_unequal_units() -> None:
    """By hand: sizes 1, 2, 3; between 10.5 for 2 degrees, within 4 for 3, a typical size of 11/6."""
    values, codes = np.array([1.0, 3, 5, 5, 6, 7]), np.array([0, 1, 1, 2, 2, 2])
    between = (1 * 3.5**2 + 2 * 0.5**2 + 3 * 1.5**2) / 2
    within = (2 + 2) / 3
    typical = (6 - (1 + 4 + 9) / 6) / 2
    expected = (between - within) / (between + (typical - 1) * within)
    assert intra_cluster_correlation(values, codes) == pytest.approx(expected)


def test_clustering_of_units_in_two_arms() -> None:
    """By hand: two units of two rows in each arm; between 32 for 2 degrees, within 8 for 4, whatever the arm adds."""
    values = np.array([1.0, 3, 5, 7, 101, 103, 105, 107])
    found = intra_cluster_correlation(values, np.repeat(np.arange(4), 2), [False, False, True, True])
    assert found == pytest.approx((16 - 2) / (16 + 2))


def test_clustering_is_found_as_it_was_made() -> None:
    """Many units, yes and no answers and numbers: near the correlation they were made with, whatever the arm adds."""
    chance = np.random.default_rng(3)
    codes = np.repeat(np.arange(400), chance.integers(5, 60, 400))
    arms = np.arange(400) % 2 == 0
    numbers = chance.normal(0, 0.5, 400)[codes] + chance.normal(0, 0.5 * 3, len(codes)) + 2 * arms[codes]
    assert intra_cluster_correlation(numbers, codes, arms.tolist()) == pytest.approx(0.1, abs=0.02)
    assert (intra_cluster_correlation(numbers, codes) or 0) > 0.3
    answers = (chance.random(len(codes)) < chance.beta(2, 2, 400)[codes]).astype(float)
    assert intra_cluster_correlation(answers, codes) == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize("rows", [([1.0, 2, 3], [0, 1, 2]), ([1.0, 2, 3], [0, 0, 0]), ([4.0, 4, 4, 4], [0, 0, 1, 1])])
def test_clustering_that_cannot_be_told_is_none(rows: tuple[list[float], list[int]]) -> None:
    """One row a unit, one unit, or nothing that varies."""
    assert intra_cluster_correlation(np.array(rows[0]), np.array(rows[1])) is None


def test_holm_never_passes_one() -> None:
    """A p is a share."""
    assert holm({"a": 0.9, "b": 0.8}) == {"a": 1.0, "b": 1.0}
    assert holm({}) == {}


def test_differences_of_groups_with_covariates_are_those_of_least_squares() -> None:
    """In strata that share alike, the contrast is the coefficient of a model on strata, arm and covariates."""
    chance = np.random.default_rng(8)
    tested, groups = (0, 1, 0, 1, 1, 0, 1, 0), [0, 0, 0, 0, 1, 1, 1, 1]
    known, values = chance.normal(size=(8, 2)), chance.normal(size=(8, 1))
    contrast = Contrast(np.array(groups), np.array(tested, dtype=bool), known)
    lines = list(every_allocation(tested, groups))
    found = contrast.differences(np.array(lines, dtype=np.int8), values)[:, 0]
    models = [np.column_stack([np.eye(2)[groups], known, line]) for line in lines]
    expected = [np.linalg.lstsq(model, values[:, 0], rcond=None)[0][-1] for model in models]
    assert found == pytest.approx(np.array(expected))


def test_an_allocation_that_the_covariates_tell_is_no_number() -> None:
    """It is then counted as at least as large, whatever the effect."""
    contrast = Contrast(
        np.zeros(4, dtype=np.intp), np.array([1, 0, 1, 0], dtype=bool), np.array([[1.0], [1], [0], [0]])
    )
    found = contrast.differences(np.array([[1, 1, 0, 0], [1, 0, 1, 0]], dtype=np.int8), np.eye(4))
    assert np.isnan(found[0]).all()
    assert not np.isnan(found[1]).any()
    counted = Rerandomised(0.0, np.array([np.nan, 1.0]), np.array([np.nan, 0.0]), 0, 0.0)
    assert [counted.hits(effect) for effect in (0.5, 2.0)] == [2, 1]


@pytest.mark.parametrize(
    ("pulls", "until", "again"), [(0.5, 4 / 1.5, None), (-0.5, 8.0, None), (3.0, 1.0, 2.0), (-3.0, None, None)]
)
def test_where_an_allocation_counts(pulls: float, until: float | None, again: float | None) -> None:
    """With a difference of 4, and one more allocation needed: up to an end, and with a strong pull again later."""
    always = np.array([np.nan])
    found = Rerandomised(0.0, np.append(always, 4.0), np.append(always, pulls), 0, 0.0)
    whole = interval_of(found, 0.5)
    expected = until if again is None else None
    assert whole.high == (None if expected is None else pytest.approx(expected))
    assert whole.gaps == (abs(pulls) > 1)
    assert whole.borne_out
    for effect in (0.1, 0.99, 1.01, 1.99, 2.01, 2.66, 2.67, 7.99, 8.01):
        counts = abs(4 - effect * pulls) >= effect
        assert (found.hits(effect) == 2) == counts


@given(
    some.lists(some.tuples(some.integers(-9, 9), some.integers(-30, 30)), min_size=1, max_size=12), some.integers(1, 9)
)
@settings(max_examples=100, deadline=None)
def test_an_interval_of_any_straight_lines(lines: list[tuple[int, int]], tenths: int) -> None:
    """Even where covariates let an allocation count again: nothing outside is left in, and each end is one."""
    found = Rerandomised(
        0.0, np.array([0.0, *(size for size, _ in lines)]), np.array([1.0, *(pull / 10 for _, pull in lines)]), 0, 1e-12
    )
    level = tenths / 10
    whole = interval_of(found, level)
    needed = needed_hits(found.total, level)
    assert whole.borne_out
    holds = {effect: found.hits(effect) >= needed for effect in np.arange(-400, 400) / 7 + 0.01}
    inside = {
        effect: (whole.low is None or whole.low <= effect) and (whole.high is None or effect <= whole.high)
        for effect in holds
    }
    assert all(inside[effect] for effect, held in holds.items() if held)
    if not whole.gaps:
        assert holds == inside


def test_how_many_hits_are_more_than_the_level() -> None:
    """As the level is written in digits, not as it is kept: 0.05 of 20 is 1, and 2 are more."""
    assert [needed_hits(total, 0.05) for total in (19, 20, 21, 40, 70)] == [1, 2, 2, 3, 4]
    assert needed_hits(100_001, 0.1) == 10_001
    assert needed_hits(10, 0.3) == 4


def test_without_numpy_it_says_what_to_install() -> None:
    """A missing package of ours is told; any other is a fault."""
    with pytest.raises(StatisticsMissing, match=r"pith\[trials\]"), statistics_needed():
        raise ModuleNotFoundError(name="numpy.linalg")
    with pytest.raises(ModuleNotFoundError), statistics_needed():
        raise ModuleNotFoundError(name="engine.other")


def test_designs_and_refusals_need_no_numpy() -> None:
    """Whoever only reads a design does not load it."""
    script = "import sys; import engine.trials.design, engine.trials.errors; sys.exit('numpy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
