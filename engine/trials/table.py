"""A trial's data as columns: one entry a row in each, a row being a form or a team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Units, arms and outcomes by row, with what else the design names.

    `values` are outcomes, nan where missing. `events` are 1 where a form was finished and 0 where it was abandoned
    (None: all were finished). `columns` are the strata, pairs and covariates as text, by the design's name for them,
    "" where missing. `source` and `lines` say where a row was read, for refusals.
    """

    units: Sequence[str]
    arms: Sequence[str]
    values: Floats
    events: Floats | None = None
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    source: str = "the data"
    lines: Sequence[int] = ()

    def place(self, row: int, column: str = "") -> str:
        """Where a row stands, in words."""
        where = f"line {self.lines[row]}" if len(self.lines) else f"row {row + 1}"
        return f"{self.source}, {where}" + (f", column “{column}”" if column else "")
