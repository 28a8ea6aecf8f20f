"""The allocations a trial could have drawn: counted, listed where they are few, drawn anew where they are many."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

EXACT_UP_TO = 200_000
DRAWS = 100_000
_CELLS_AT_ONCE = 2_000_000

Matrix = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Group:
    """Units (by number, from 0) among which the arm under test is drawn: a stratum, a pair, or all of them."""

    units: tuple[int, ...]
    under_test: int

    @property
    def possible(self) -> int:
        """In how many ways the arm under test can fall on them."""
        return comb(len(self.units), self.under_test)


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """How units were drawn: in groups that share no unit."""

    units: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Allocations:
    """Possible allocations, a line each, a column a unit, 1 for the arm under test.

    `exact`: each possible one stands there once; otherwise they were drawn at random, so one can stand twice.
    """

    matrix: Matrix
    exact: bool
    possible: int


def scheme_of(groups: Sequence[Hashable], under_test: Sequence[bool]) -> Scheme:
    """The scheme of units by the group of each (all the same: complete) and whether the arm under test fell on it.

    How many of a group are under test is taken as it was drawn.
    """
    members: dict[Hashable, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    made = (Group(tuple(units), sum(bool(under_test[unit]) for unit in units)) for units in members.values())
    return Scheme(len(groups), tuple(made))


def possible(scheme: Scheme) -> int:
    """How many allocations the scheme can give."""
    return prod(group.possible for group in scheme.groups)


def allocations(scheme: Scheme, seed: int, exact_up_to: int = EXACT_UP_TO, draws: int = DRAWS) -> Allocations:
    """Every possible allocation where there are at most `exact_up_to`, otherwise `draws` of them by the seed."""
    number = possible(scheme)
    if number <= exact_up_to:
        return Allocations(_every(scheme, number), True, number)
    return Allocations(_drawn(scheme, draws, np.random.default_rng(seed)), False, number)


def _every(scheme: Scheme, number: int) -> Matrix:
    """Each way of one group with each way of every other."""
    matrix = np.zeros((number, scheme.units), dtype=np.int8)
    block = number
    for group in scheme.groups:
        ways = _ways(group)
        block //= len(ways)
        column = np.tile(np.repeat(ways, block, axis=0), (number // (block * len(ways)), 1))
        matrix[:, group.units] = column
    return matrix


def _ways(group: Group) -> Matrix:
    """(ways, units of the group)."""
    chosen = np.fromiter(
        (place for ways in combinations(range(len(group.units)), group.under_test) for place in ways),
        dtype=np.int64,
        count=group.possible * group.under_test,
    ).reshape(group.possible, group.under_test)
    ways = np.zeros((group.possible, len(group.units)), dtype=np.int8)
    np.put_along_axis(ways, chosen, 1, axis=1)
    return ways


def _drawn(scheme: Scheme, draws: int, chance: np.random.Generator) -> Matrix:
    matrix = np.zeros((draws, scheme.units), dtype=np.int8)
    for group in scheme.groups:
        for lines in _chunks(draws, len(group.units)):
            matrix[lines.start : lines.stop, group.units] = _some(group, lines.stop - lines.start, chance)
    return matrix


def _some(group: Group, draws: int, chance: np.random.Generator) -> Matrix:
    """As many of the group as are under test: those with the smallest of random numbers."""
    ways = np.zeros((draws, len(group.units)), dtype=np.int8)
    if 0 < group.under_test < len(group.units):
        order = np.argpartition(chance.random(ways.shape), group.under_test - 1, axis=1)
        np.put_along_axis(ways, order[:, : group.under_test], 1, axis=1)
    elif group.under_test:
        ways[:] = 1
    return ways


def _chunks(lines: int, width: int) -> Iterator[slice]:
    step = max(1, _CELLS_AT_ONCE // max(1, width))
    for start in range(0, lines, step):
        yield slice(start, min(start + step, lines))
