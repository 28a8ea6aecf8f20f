"""The analysis of a trial: from rows to a difference, how sure it is, and one of three verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.trials.design import Design
from engine.trials.schemes import Allocations
from engine.trials.table import Table

Json = Any
Verdict = Literal["better", "worse", "not_enough_evidence"]
Range = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A team: its arm, how many of its rows have an outcome, and their summary (None where there are none)."""

    arm: str
    n: int
    summary: float | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What came of a trial; differences are arm under test minus control, in the outcome's unit.

    `p` is `hits` of `allocations`; `exact` if these are all that were possible. `interval` holds every constant effect
    that is not ruled out at `level`; an end is None where nothing bounds it. `t_interval` and `detectable` (the
    difference that would have been found four times in five) rest on the normal curve and are None where there are
    too few teams. `least_p` is the smallest p that this scheme could have given.
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
    t_interval: Range | None
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


def analyse(design: Design, table: Table, allocations: Allocations | None = None, seed: int = 0) -> Analysis:
    """Analyse a trial's rows as its design says; raises BadData or CannotTell.

    `allocations` are the stored ones of a "listed" scheme, a column for each unit in the order of their names; others
    are worked out from the scheme, by `seed` where there are too many to go through.
    """
    raise NotImplementedError
