"""Time until forms are finished: the Kaplan-Meier curve, and the mean time up to a cap."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def kaplan_meier(times: Floats, events: Floats) -> tuple[Floats, Floats]:
    """The times at which something ended, and the share not yet ended after each.

    `times` and `events` have one entry each: when it ended (event 1), or until when it was seen (event 0). What was
    seen until the moment at which another ended was still at risk then.
    """
    ends, finished = np.unique(times[events == 1], return_counts=True)
    at_risk = len(times) - np.searchsorted(np.sort(times), ends, side="left")
    return np.asarray(ends, float), np.asarray(np.cumprod(1 - finished / at_risk), float)


def restricted_mean(times: Floats, events: Floats, cap: float) -> float:
    """The mean time up to `cap`: the area under the curve from 0 to there, in the unit of the times."""
    ends, share = kaplan_meier(times, events)
    before = ends < cap
    corners = np.concatenate(([0.0], ends[before], [cap]))
    return float(np.diff(corners) @ np.concatenate(([1.0], share[before])))
