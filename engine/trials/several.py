"""Several outcomes of one trial: p values that allow for having looked more than once."""

from collections.abc import Mapping

import numpy as np

from engine.trials.randomisation import TIES
from engine.trials.table import Floats


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Each p by its name, made larger by Holm’s method: in order of size, times the number of those not yet passed."""
    ordered = sorted(p_values, key=lambda name: p_values[name])
    adjusted: dict[str, float] = {}
    largest = 0.0
    for passed, name in enumerate(ordered):
        largest = max(largest, min(1.0, p_values[name] * (len(ordered) - passed)))
        adjusted[name] = largest
    return {name: adjusted[name] for name in p_values}


def max_statistic(differences: Floats, observed: Floats, exact: bool) -> list[float]:
    """Each outcome’s p by the largest difference that any outcome has, step by step as Westfall and Young do.

    `differences` are (allocations, outcomes), `observed` (outcomes,). Each outcome is measured in its own spread over
    the allocations, so that minutes and points can be compared. Unless `exact`, the observed allocation counts as one
    more. The step-down keeps the order: no outcome gets a smaller p than one with a larger difference.
    """
    spread = np.sqrt((np.where(np.isfinite(differences), differences, 0.0) ** 2).mean(axis=0))
    unit = np.where(spread > 0, spread, 1.0)
    sizes, seen = np.abs(differences) / unit, np.abs(observed) / unit
    adjusted = [1.0] * len(seen)
    largest, order = 0.0, np.argsort(-seen, kind="stable")
    for place, outcome in enumerate(order.tolist()):
        rivals = sizes[:, order[place:]].max(axis=1)
        hits = int((rivals >= seen[outcome] * (1 - TIES) - TIES**2).sum()) + (not exact)
        largest = max(largest, hits / (len(differences) + (not exact)))
        adjusted[outcome] = largest
    return adjusted
