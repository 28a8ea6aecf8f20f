"""How small a p there can be: worked out, held against every allocation, and how many more teams would do."""

from fractions import Fraction

import numpy as np
import pytest

from engine.trials.attainable import attainable, least_p
from engine.trials.repeated import Repeated, contrast
from engine.trials.schemes import allocations, scheme_of


@pytest.mark.parametrize(
    ("scheme", "sizes", "p", "more"),
    [
        ("complete", [4], Fraction(2, 6), 3),
        ("complete", [5], Fraction(1, 10), 2),
        ("complete", [6], Fraction(2, 20), 1),
        ("complete", [7], Fraction(1, 35), 0),
        ("complete", [8], Fraction(2, 70), 0),
        ("paired", [2] * 4, Fraction(2, 16), 4),
        ("paired", [2] * 5, Fraction(2, 32), 2),
        ("paired", [2] * 6, Fraction(2, 64), 0),
        ("stratified", [4, 4], Fraction(2, 36), 1),
        ("stratified", [3, 3], Fraction(1, 9), 2),
        ("stratified", [], Fraction(1), 7),
        ("constrained", [8], Fraction(2, 70), 0),
        ("constrained", [20], Fraction(2, 18_475), 0),
        ("complete", [1], Fraction(1), 6),
    ],
)
def test_known_schemes(scheme: str, sizes: list[int], p: Fraction, more: int) -> None:
    """Six teams, or five pairs, cannot reach a level of 5 per cent; seven teams and six pairs can."""
    found = attainable(scheme, sizes)
    assert (found.least_p, found.more_teams, found.reaches) == (p, more, more == 0)


@pytest.mark.parametrize("sizes", [[8], [7], [4, 4], [3, 5], [2] * 6, [1, 6], [2, 3, 4]])
def test_no_data_can_do_better(sizes: list[int]) -> None:
    """The largest difference of all, whichever units it falls on, has exactly this p in the test itself."""
    groups = [group for group, size in enumerate(sizes) for _ in range(size)]
    first = [sum(sizes[:group]) for group in range(len(sizes))]
    tested = [at - first[group] < sizes[group] // 2 for at, group in enumerate(groups)]
    scheme = scheme_of(groups, tested)
    chance = np.random.default_rng(1)
    arms = np.tile(np.array(tested, dtype=np.int8), (50, 1))
    data = chance.random(arms.shape) + 10 * arms
    p = Repeated(contrast(scheme), allocations(scheme, 0)).p_values(arms, data)
    assert p.min() == pytest.approx(float(least_p([(size, size // 2) for size in sizes])))


@pytest.mark.parametrize(("scheme", "sizes"), [("complete", [3]), ("paired", [2]), ("stratified", [2, 3, 1])])
@pytest.mark.parametrize("level", [0.1, 0.05, 0.01])
def test_so_many_more_would_do_and_one_fewer_would_not(scheme: str, sizes: list[int], level: float) -> None:
    """The number told is the smallest."""
    more = attainable(scheme, sizes, level).more_teams
    if scheme == "complete":
        grown = [attainable(scheme, [sizes[0] + each], level).reaches for each in (more - 1, more)]
    elif scheme == "paired":
        grown = [attainable(scheme, [2] * (1 + each // 2), level).reaches for each in (more - 2, more)]
    else:
        grown = [any(attainable(scheme, each, level).reaches for each in _grown(sizes, n)) for n in (more - 1, more)]
    assert grown == [False, True]


def _grown(sizes: list[int], more: int) -> list[list[int]]:
    """Every way of putting so many more into the strata."""
    if len(sizes) == 1:
        return [[sizes[0] + more]]
    return [[sizes[0] + here, *rest] for here in range(more + 1) for rest in _grown(sizes[1:], more - here)]
