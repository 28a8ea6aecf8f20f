"""The allocations a scheme can give: all of them once, or a fair sample."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.trials.schemes import allocations, possible, scheme_of


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=10))
def test_every_allocation_stands_there_once(units: list[tuple[int, bool]]) -> None:
    """The same as going through all lines of noughts and ones and keeping those with as many in each group."""
    groups, under_test = [group for group, _ in units], [tested for _, tested in units]
    wanted = {group: sum(tested for of, tested in units if of == group) for group in groups}
    expected = {
        line
        for line in product((0, 1), repeat=len(units))
        if all(
            sum(arm for of, arm in zip(groups, line, strict=True) if of == group) == number
            for group, number in wanted.items()
        )
    }
    found = allocations(scheme_of(groups, under_test), 0)
    assert {tuple(line) for line in found.matrix.tolist()} == expected
    assert found.possible == len(found.matrix) == len(expected)
    assert found.exact


@pytest.mark.parametrize(
    ("groups", "ways"),
    [([0] * 8, 70), ([0] * 20, 184_756), ([at // 2 for at in range(20)], 1024), ([0] * 4 + [1] * 6, 6 * 20)],
)
def test_known_numbers(groups: list[int], ways: int) -> None:
    """Eight teams can be halved in 70 ways, twenty in 184,756, ten pairs in 1,024."""
    scheme = scheme_of(groups, [at % 2 == 0 for at in range(len(groups))])
    found = allocations(scheme, 0)
    assert possible(scheme) == ways == len(found.matrix)
    assert found.matrix.dtype == np.int8


def test_many_are_drawn_by_the_seed() -> None:
    """As many as were asked for, each group keeping its number, each unit in each arm equally often."""
    groups, under_test = [0] * 30 + [1] * 31, [at % 2 == 0 for at in range(61)]
    scheme = scheme_of(groups, under_test)
    found = allocations(scheme, 5, draws=4000)
    assert (found.exact, found.possible) == (False, comb(30, 15) * comb(31, 16))
    assert found.matrix.shape == (4000, 61)
    assert set(found.matrix[:, :30].sum(axis=1)) == {15}
    assert set(found.matrix[:, 30:].sum(axis=1)) == {sum(under_test[30:])}
    assert np.abs(found.matrix.mean(axis=0) - 0.5).max() < 0.05
    assert np.array_equal(found.matrix, allocations(scheme, 5, draws=4000).matrix)
    assert not np.array_equal(found.matrix, allocations(scheme, 6, draws=4000).matrix)
