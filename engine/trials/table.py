"""A trial's data as columns: one entry a row in each, a row being a form or a team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.trials.errors import BadData

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

    def column(self, name: str) -> Sequence[str]:
        """A column by name; raises BadData where the table has none of that name."""
        if name not in self.columns:
            mend = "Name a column that is there in the design, or add this one."
            raise BadData(place=self.source, why=f"there is no column “{name}”.", mend=mend)
        return self.columns[name]

    def line(self, row: int) -> str:
        """Which line a row was read from, in words."""
        return f"line {self.lines[row]}" if len(self.lines) else f"row {row + 1}"

    def place(self, row: int, column: str) -> str:
        """Where a cell stands, in words."""
        return f"{self.source}, {self.line(row)}, column “{column}”"
