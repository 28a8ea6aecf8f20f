"""Small trials written as tables, and a second way to analyse them that shares no code with the engine."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np

from engine.trials.analysis import Analysis, analyse
from engine.trials.design import Design, design_from_json
from engine.trials.schemes import Allocations
from engine.trials.table import Table

Json = Any
Exact = int | float | Fraction
COMPLETE = {"kind": "complete"}
STRATIFIED = {"kind": "stratified", "strata": "group"}
PAIRED = {"kind": "paired", "pairs": "group"}
LISTED = {"kind": "listed", "allocations": "list.csv"}
MEAN = {"column": "minutes", "kind": "mean", "better": "lower"}


def design(scheme: Json = COMPLETE, outcome: Json = MEAN, **more: Json) -> Design:
    """A design whose units are teams and whose control is the long form."""
    start = {"unit": "team", "arm": "arm", "control": "long"}
    return design_from_json({**start, "outcome": outcome, "scheme": scheme, **more})


def table(
    tested: Sequence[int], values: Sequence[float], groups: Sequence[object] = (), **columns: Sequence[object]
) -> Table:
    """One row a team, named in the order of the rows; `tested` is 1 for the arm under test."""
    named = {**({"group": groups} if len(groups) else {}), **columns}
    return Table(
        units=[f"team {number:04}" for number in range(len(values))],
        arms=["short" if each else "long" for each in tested],
        values=np.array(values, dtype=float),
        columns={name: [str(cell) for cell in cells] for name, cells in named.items()},
    )


def analysed(
    tested: Sequence[int], values: Sequence[float], scheme: Json = COMPLETE, groups: Sequence[object] = (), **more: Json
) -> Analysis:
    """The analysis of a table of one row a team."""
    return analyse(design(scheme, **more), table(tested, values, groups))


def listed(lines: Sequence[Sequence[int]]) -> Allocations:
    """Possible allocations as they are stored."""
    return Allocations(np.array(lines, dtype=np.int8), True, len(lines))


def every_allocation(tested: Sequence[int], groups: Sequence[object] = ()) -> Iterator[tuple[int, ...]]:
    """Each way to give as many of each group the arm under test."""
    groups = groups or [""] * len(tested)
    members = {group: [number for number, each in enumerate(groups) if each == group] for group in groups}
    ways = [combinations(units, sum(tested[unit] for unit in units)) for units in members.values()]
    for way in product(*ways):
        chosen = {unit for units in way for unit in units}
        yield tuple(int(number in chosen) for number in range(len(tested)))


def difference(tested: Sequence[int], values: Sequence[Exact], groups: Sequence[object] = ()) -> Fraction:
    """The means' difference within each group, weighted by its units, in exact fractions."""
    groups = groups or [""] * len(tested)
    total = Fraction(0)
    for group in set(groups):
        own = [number for number, each in enumerate(groups) if each == group]
        arms: Mapping[int, list[Fraction]] = {0: [], 1: []}
        for number in own:
            arms[tested[number]].append(Fraction(values[number]))
        apart = sum(arms[1], Fraction(0)) / len(arms[1]) - sum(arms[0], Fraction(0)) / len(arms[0])
        total += apart * len(own) / len(tested)
    return total


def hits(
    tested: Sequence[int], values: Sequence[Exact], groups: Sequence[object] = (), effect: Exact = 0
) -> tuple[int, int]:
    """How many of how many allocations differ at least as much, once an effect is taken out; no rounding anywhere."""
    bare = [Fraction(value) - Fraction(effect) * arm for value, arm in zip(values, tested, strict=True)]
    seen = abs(difference(tested, bare, groups))
    found = [abs(difference(line, bare, groups)) >= seen for line in every_allocation(tested, groups)]
    return sum(found), len(found)
