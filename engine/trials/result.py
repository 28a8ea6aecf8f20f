"""What came of a trial, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Json = Any
Verdict = Literal["better", "worse", "not_enough_evidence"]
Range = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A unit: its arm, how many of its rows have an outcome, their summary (None where there are none), its group.

    `compared` is False where the unit has no outcome, or nothing in its group to be compared with.
    """

    arm: str
    n: int
    summary: float | None
    group: str = ""
    compared: bool = True


@dataclass(frozen=True, slots=True)
class Analysis:
    """What came of a trial; differences are arm under test minus control, in the outcome's unit.

    `p` is `hits` of `allocations`; `exact` if these are all of the `possible` ones. `interval` holds every constant
    effect that is not ruled out at `level`; an end is None where nothing bounds it. `t_interval` stands beside it and
    decides nothing; None where there are too few units. `detectable` is the difference that would have been found
    four times in five, None where none could have been. `arm_means` are means of the compared units' summaries. `icc`
    is how alike the rows of a unit are: None where most units have one row, 0 where they differ less than chance would
    have it. `least_p` is the smallest p that this scheme could have given. `missing` counts rows without an outcome.
    """

    control: str
    under_test: str
    estimate: float
    p: float
    hits: int
    allocations: int
    exact: bool
    possible: int
    level: float
    interval: Range
    t_interval: tuple[float, float] | None
    degrees_of_freedom: int
    arm_means: Mapping[str, float]
    units: Mapping[str, UnitResult]
    icc: float | None
    least_p: float
    detectable: float | None
    missing: int
    verdict: Verdict
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Json]:
        """What `pith trial analyse --json` prints."""
        return {
            "estimate": self.estimate,
            "p": self.p,
            "p_as_fraction": [self.hits, self.allocations],
            "interval": list(self.interval),
            "allocations": self.allocations,
            "exact": self.exact,
            "units": {
                name: {"arm": unit.arm, "n": unit.n, "summary": unit.summary} for name, unit in self.units.items()
            },
            "verdict": self.verdict,
            "warnings": list(self.warnings),
        }
