"""The p of a difference by re-randomisation: how many of the allocations that could have been give as large a one."""

from dataclasses import dataclass

import numpy as np

from engine.trials.contrast import Contrast
from engine.trials.schemes import Allocations
from engine.trials.table import Floats

TIES = 1e-9
"""Two differences that are this near to each other, relative to their size, are the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Rerandomised:
    """The difference that each allocation gives, were an effect taken out of the outcomes: `differences - e * pulls`.

    `e` is how far the effect lies from `estimate`, where the observed difference is then 0; otherwise it is -e, its
    pull being 1. Where they were drawn, the observed allocation counts as one more (`extra`). An allocation whose
    difference is nan always counts. `blur` is what rounding can do to a difference.
    """

    estimate: float
    differences: Floats
    pulls: Floats
    extra: int
    blur: float

    @property
    def total(self) -> int:
        """How many allocations are compared."""
        return len(self.differences) + self.extra

    def hits(self, effect: float) -> int:
        """How many give a difference at least as large as the observed, if the effect were this."""
        apart = effect - self.estimate
        sizes = np.abs(self.differences - apart * self.pulls)
        return int((~(sizes < abs(apart) * (1 - TIES) - self.blur)).sum()) + self.extra

    def p(self, effect: float) -> float:
        """The two-sided p of an effect."""
        return self.hits(effect) / self.total

    @property
    def least_hits(self) -> int:
        """How many count however large an effect is: the observed allocation and, in most schemes, its mirror.

        With covariates there can be more: allocations that are so near to the covariates that they exaggerate.
        """
        always = ~(np.abs(self.pulls) < 1 - TIES)
        return int(always.sum()) + self.extra


def rerandomise(contrast: Contrast, summaries: Floats, allocations: Allocations) -> Rerandomised:
    """The differences of summaries under every allocation; (units,) and a matrix of (allocations, units)."""
    centre = float(summaries.mean())
    columns = np.column_stack([summaries - centre, contrast.under_test.astype(float)])
    blur = 1e-12 * float(np.abs(columns[:, 0]).max()) + 1e-14 * abs(centre)
    observed = float(contrast.differences(contrast.under_test.astype(np.int8)[None], columns)[0, 0])
    estimate = 0.0 if abs(observed) <= blur else observed
    found = contrast.differences(allocations.matrix, columns)
    return Rerandomised(estimate, found[:, 0] - estimate * found[:, 1], found[:, 1], int(not allocations.exact), blur)
