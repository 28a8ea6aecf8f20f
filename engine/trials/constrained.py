"""Allocations that balance what is known of the teams beforehand: the best share of all, to draw one from."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import shake_256
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from engine.trials import allocation_faults as faults
from engine.trials.allocation import Lot, Unit
from engine.trials.schemes import EXACT_UP_TO, Group, Matrix, Scheme, allocations, possible

SHARE = 0.1
LEAST = 100
CANDIDATES = 20_000
"""Where there are too many to list, so many are drawn, and the best share of these is acceptable."""
MOSTLY = 0.9
"""Two teams that share an arm, or do not, in more than this share of the acceptable allocations are told."""


def acceptable(lot: Lot, units: Sequence[Unit], second: Mapping[str, int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The acceptable allocations of units in order of their names, and warnings.

    `second` says how many of each stratum ("" without strata) get the second arm. Each allocation is a text with the
    number of the arm, 0 or 1, of each unit. At least a tenth of the candidates and at least a hundred are kept, and
    all that are as well balanced as the last of these. Raises FixedTogether.
    """
    scheme = _scheme(units, second)
    candidates = _candidates(lot, scheme)
    keep = max(LEAST, int(len(candidates) * SHARE))
    if keep >= len(candidates):
        few = f"There are only {len(candidates)} allocations, so all were kept and nothing is balanced."
        return _texts(candidates), (few,)
    imbalance = _imbalance(candidates, units)
    kept = candidates[imbalance <= np.partition(imbalance, keep - 1)[keep - 1]]
    return _texts(kept), tuple(_told_of_pairs(kept, units, scheme))


def _scheme(units: Sequence[Unit], second: Mapping[str, int]) -> Scheme:
    members = {name: tuple(at for at, unit in enumerate(units) if (unit.stratum or "") == name) for name in second}
    return Scheme(len(units), tuple(Group(members[name], second[name]) for name in sorted(second)))


def _candidates(lot: Lot, scheme: Scheme) -> Matrix:
    """All, or many by the seed: from bytes that a hash spins out, since chance differs between versions of numpy."""
    if possible(scheme) <= EXACT_UP_TO:
        return allocations(scheme, 0).matrix
    size = 8 * scheme.units
    spun = b"".join(shake_256(lot.key("candidate", "", str(at)).encode()).digest(size) for at in range(CANDIDATES))
    chance = np.frombuffer(spun, dtype=">u8").reshape(CANDIDATES, scheme.units)
    drawn = np.zeros(chance.shape, dtype=np.int8)
    for group in scheme.groups:
        order = np.argsort(chance[:, group.units], axis=1, kind="stable")[:, : group.under_test]
        np.put_along_axis(drawn, np.asarray(group.units)[order], 1, axis=1)
    if all(2 * group.under_test == len(group.units) for group in scheme.groups):
        drawn = np.concatenate([drawn, 1 - drawn])
    return np.unique(drawn, axis=0)


def _imbalance(candidates: Matrix, units: Sequence[Unit]) -> NDArray[np.float64]:
    """The sum over covariates of the squared difference of arm means, in standard deviations.

    Rounded, so that allocations which are equally balanced are so on every machine.
    """
    names = sorted(units[0].covariates)
    known = np.array([[unit.covariates[name] for name in names] for unit in units], dtype=np.float64)
    known -= known.mean(axis=0)
    largest = np.abs(known).max(axis=0)
    known = known[:, largest > 0] / largest[largest > 0]
    known /= known.std(axis=0)
    second = int(candidates[0].sum())
    differences = candidates @ known * (1 / second + 1 / (len(units) - second))
    return np.asarray(np.round((differences**2).sum(axis=1), 9), dtype=np.float64)


def _told_of_pairs(kept: Matrix, units: Sequence[Unit], scheme: Scheme) -> Iterator[str]:
    """Teams that are nearly always in one arm, or never, are told; always or never is refused."""
    signs = 2 * kept.astype(np.float64) - 1
    alike = (1 + signs.T @ signs / len(kept)) / 2
    by_design = {group.units for group in scheme.groups if len(group.units) == 2}
    for first, other in combinations(range(len(units)), 2):
        share = float(alike[first, other])
        if 1 - MOSTLY <= share <= MOSTLY or (first, other) in by_design:
            continue
        names, how = (units[first].id, units[other].id), "together" if share > MOSTLY else "apart"
        if share in (0, 1):
            raise faults.FixedTogether("/units", first=names[0], second=names[1], how=how)
        yield f"“{names[0]}” and “{names[1]}” are {how} in {max(share, 1 - share):.0%} of the acceptable allocations."


def _texts(matrix: Matrix) -> tuple[str, ...]:
    return tuple("".join(map(str, line)) for line in matrix.tolist())
