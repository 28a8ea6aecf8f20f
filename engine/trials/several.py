"""Several outcomes of one trial: p values that allow for having looked more than once."""

from collections.abc import Mapping


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Each p by its name, made larger by Holm’s method: in order of size, times the number of those not yet passed."""
    ordered = sorted(p_values, key=lambda name: p_values[name])
    adjusted: dict[str, float] = {}
    largest = 0.0
    for passed, name in enumerate(ordered):
        largest = max(largest, min(1.0, p_values[name] * (len(ordered) - passed)))
        adjusted[name] = largest
    return {name: adjusted[name] for name in p_values}
