"""A trial's data from plain lists, for callers that do not reckon with arrays themselves."""

from collections.abc import Mapping, Sequence

import numpy as np

from engine.trials.schemes import Allocations
from engine.trials.table import Table


def table_of(
    units: Sequence[str],
    arms: Sequence[str],
    values: Sequence[float | None],
    events: Sequence[int] | None,
    columns: Mapping[str, Sequence[str]],
    source: str,
) -> Table:
    """A table of lists with an entry a row each; a value of None is missing."""
    numbers = np.array([np.nan if each is None else each for each in values], dtype=np.float64)
    finished = None if events is None else np.array(events, dtype=np.float64)
    return Table(units=units, arms=arms, values=numbers, events=finished, columns=columns, source=source)


def allocations_of(lines: Sequence[Sequence[bool]]) -> Allocations:
    """Every allocation of a list, a line each: whether the arm under test fell on each unit, by the units' names."""
    return Allocations(np.array(lines, dtype=np.int8), exact=True, possible=len(lines))
