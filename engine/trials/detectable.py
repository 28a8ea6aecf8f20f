"""The smallest difference that a trial would have found four times in five, by the test that makes its verdict."""

import numpy as np

from engine.trials.contrast import Contrast
from engine.trials.interval import needed_hits, reaches
from engine.trials.randomisation import Rerandomised
from engine.trials.schemes import Matrix
from engine.trials.t_interval import POWER, TInterval

FEW = 1_000
"""Up to so many allocations the test is coarser than the t distribution knows, and is tried on made-up teams."""
SETS, SEED = 2_000, 20_121_112


def detectable(
    contrast: Contrast, matrix: Matrix, found: Rerandomised, t: TInterval | None, level: float
) -> float | None:
    """The difference in the outcome's unit, units spreading as they did; None where none could have been found.

    With few allocations, units are made up that spread alike without an effect. An effect is found in such a set if
    it is larger than the lower end of the set's interval lies below 0.
    """
    needed = needed_hits(found.total, level)
    if t is None or found.least_hits >= needed:
        return None
    if found.total > FEW:
        return t.detectable
    made_up = np.random.default_rng(SEED).normal(0, t.spread, (len(contrast.groups), SETS))
    seen = contrast.differences(contrast.under_test.astype(np.int8)[None], made_up)[0]
    pulls = found.pulls[:, None]
    until, _ = reaches(contrast.differences(matrix, made_up) - seen * pulls, -pulls, found.blur)
    place = len(until) - (needed - found.extra)
    least = np.sort(np.partition(until, place, axis=0)[place] - seen)[int(POWER * SETS)]
    return float(least) if np.isfinite(least) else None
