"""The re-randomisation test of many sets of team summaries at once, for finding out what a design would do."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trials.schemes import Allocations, Scheme, allocations

Array = NDArray[np.float64]
Arms = NDArray[np.int8]

_CELLS_AT_ONCE = 16_000_000
_TIE = 1e-6
"""Of the sum of all sizes: what single precision may add to or take from a difference that is the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """A scheme's difference of arms, strata weighted by their units, as a sum over the units under test."""

    scheme: Scheme
    weights: Array

    def centred(self, summaries: Array) -> Array:
        """(sets, units): summaries less their group's mean, weighted, so that a sum over units under test tells."""
        result = np.empty_like(summaries, dtype=np.float64)
        for group in self.scheme.groups:
            units = list(group.units)
            result[:, units] = summaries[:, units] - summaries[:, units].mean(axis=1, keepdims=True)
        result *= self.weights
        return result

    def difference(self, arms: Arms, summaries: Array) -> Array:
        """(sets,): arm under test minus control for each set, by the arms it had."""
        difference: Array = np.einsum("su,su->s", arms, self.centred(summaries))
        return difference


def contrast(scheme: Scheme) -> Contrast:
    """The contrast of a scheme in groups; a group with only one arm tells nothing and weighs nothing."""
    telling = [group for group in scheme.groups if 0 < group.under_test < len(group.units)]
    in_all = sum(len(group.units) for group in telling)
    weights = np.zeros(scheme.units)
    for group in telling:
        size, tested = len(group.units), group.under_test
        weights[list(group.units)] = size / in_all * size / (tested * (size - tested))
    return Contrast(scheme, weights)


@dataclass(frozen=True, slots=True, eq=False)
class Repeated:
    """The test of one scheme, ready for any number of data sets."""

    contrast: Contrast
    reference: Allocations

    def p_values(self, arms: Arms, summaries: Array) -> Array:
        """(sets,): the two-sided p of each set (sets, units), whose arms (sets, units) are 1 under test."""
        centred = self.contrast.centred(summaries)
        observed = np.abs(np.einsum("su,su->s", arms, centred))
        least = (observed - _TIE * np.abs(centred).sum(axis=1)).astype(np.float32)
        matrix = self.reference.matrix.astype(np.float32)
        hits = np.empty(len(centred))
        for sets in _chunks(len(centred), len(matrix)):
            differences = matrix @ centred[sets].T.astype(np.float32)
            np.abs(differences, out=differences)
            hits[sets] = np.count_nonzero(differences >= least[sets], axis=0)
        return self._share(hits)

    def _share(self, hits: Array) -> Array:
        """Drawn allocations do not hold the observed one for certain, so it is counted with them."""
        number = len(self.reference.matrix)
        return hits / number if self.reference.exact else (hits + 1) / (number + 1)


def repeated(scheme: Scheme, seed: int, exact_up_to: int, draws: int) -> Repeated:
    """The test over all allocations of a scheme, or over so many draws of them."""
    return Repeated(contrast(scheme), allocations(scheme, seed, exact_up_to, draws))


def drawn_arms(scheme: Scheme, sets: int, chance: np.random.Generator) -> Arms:
    """(sets, units): an allocation drawn anew for each set."""
    return allocations(scheme, int(chance.integers(2**63)), exact_up_to=0, draws=sets).matrix


def _chunks(sets: int, allocations: int) -> Iterator[slice]:
    step = max(1, _CELLS_AT_ONCE // allocations)
    for start in range(0, sets, step):
        yield slice(start, min(start + step, sets))
