"""The difference between the arms as each allocation would have it, linear in the units' summaries."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.trials.schemes import Matrix
from engine.trials.table import Floats

CELLS_AT_ONCE = 2_000_000
ENTANGLED = 1e-9
"""The share of an arm's variation that covariates must leave, so that the two can be told apart."""
ROUNDING, SAME = 1e-10, 1e-8
"""What a column that does not vary can differ by; how little a covariate may add to the others, to add nothing."""


@dataclass(frozen=True, eq=False)
class Contrast:
    """Means of arm under test minus control within each group, weighted by the groups' units.

    `groups` are the units' strata or pairs by number, each with both arms in `under_test`, the allocation that was
    drawn. Every allocation has as many of a group under test as that one, or there is only one group. `covariates`
    (units, any number) are first taken out by a linear model of the summaries on groups, arm and covariates.
    """

    groups: NDArray[np.intp]
    under_test: NDArray[np.bool_]
    covariates: Floats

    @cached_property
    def basis(self) -> Floats:
        """What the covariates span within the groups, as orthonormal columns."""
        centred = self.within(self.covariates)
        sizes = np.linalg.norm(centred, axis=0)
        varied = sizes > ROUNDING * np.abs(self.covariates).max(axis=0, initial=0)
        vectors, shares, _ = np.linalg.svd(centred[:, varied] / sizes[varied], full_matrices=False)
        return np.asarray(vectors[:, shares > SAME])

    def within(self, columns: Floats) -> Floats:
        """Columns minus their mean in each group; (units, columns)."""
        means = np.zeros((len(self._sizes), columns.shape[1]))
        np.add.at(means, self.groups, columns)
        return np.asarray(columns - (means / self._sizes[:, None])[self.groups])

    @cached_property
    def _sizes(self) -> Floats:
        return np.bincount(self.groups).astype(float)

    def differences(self, matrix: Matrix, columns: Floats) -> Floats:
        """(allocations, columns) of (units, columns); nan where the covariates leave nothing of an allocation."""
        centred = self.within(columns)
        parts = [self._some(lines.astype(float), centred) for lines in _in_parts(matrix)]
        return np.concatenate(parts) if parts else np.empty((0, columns.shape[1]))

    def _some(self, lines: Floats, centred: Floats) -> Floats:
        plain = self._plain(lines, centred)
        return plain if not self.basis.shape[1] else plain - self._explained(lines, centred)

    def _plain(self, lines: Floats, centred: Floats) -> Floats:
        """Within a group of n, k of them under test, the difference is the sum of those k times n / (k (n - k))."""
        if len(self._sizes) == 1:
            number, tested = len(self.groups), lines.sum(axis=1)
            return np.asarray((lines @ centred) * (number / (tested * (number - tested)))[:, None])
        return np.asarray(lines @ (centred * self._weights[:, None]))

    @cached_property
    def _weights(self) -> Floats:
        tested = np.bincount(self.groups, weights=self.under_test)
        return np.asarray((self._sizes**2 / (tested * (self._sizes - tested)) / len(self.groups))[self.groups])

    def _explained(self, lines: Floats, centred: Floats) -> Floats:
        """How much of the difference the covariates explain, by their slopes with arm and groups in the model."""
        sums, common = lines @ centred, lines @ self.basis
        spread = self._spread(lines)
        left = spread - (common**2).sum(axis=1)
        left = np.where(left > ENTANGLED * spread, left, np.nan)
        slopes = (self.basis.T @ centred)[None] - common[:, :, None] * (sums / spread[:, None])[:, None, :]
        along = np.einsum("lq,lqm->lm", common, slopes) / left[:, None]
        slopes = slopes + common[:, :, None] * along[:, None, :]
        return np.asarray(np.einsum("lq,lqm->lm", self._plain(lines, self.basis), slopes))

    def _spread(self, lines: Floats) -> Floats:
        """The sum of squares of each allocation within the groups."""
        if len(self._sizes) == 1:
            tested = lines.sum(axis=1)
            return np.asarray(tested * (1 - tested / len(self.groups)))
        tested = np.bincount(self.groups, weights=self.under_test)
        return np.full(len(lines), (tested * (1 - tested / self._sizes)).sum())


def _in_parts(matrix: Matrix) -> Iterator[Matrix]:
    step = max(1, CELLS_AT_ONCE // max(1, matrix.shape[1]))
    for start in range(0, len(matrix), step):
        yield matrix[start : start + step]
