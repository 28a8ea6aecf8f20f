"""The interval of every constant effect that re-randomisation does not rule out, its ends worked out exactly.

For an effect, an allocation counts where its difference is at least the observed one. Both are straight lines in the
effect, so each allocation counts up to a certain distance from the estimate (and, with covariates, perhaps again from
a further one on); the ends of the interval are among these distances.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from engine.trials.randomisation import TIES, Rerandomised
from engine.trials.table import Floats

STEP = 1e-5
"""How far beside an end, relative to its distance from the estimate, it is tried."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Its ends, None where nothing bounds it; whether effects within are ruled out, and whether trying bore it out."""

    low: float | None
    high: float | None
    gaps: bool
    borne_out: bool


def interval_of(found: Rerandomised, level: float) -> Interval:
    """Every constant effect with a p above `level`: the ends of the smallest interval that holds them all."""
    needed = needed_hits(found.total, level)
    below, gap_below = _end(found.differences, -found.pulls, found.blur, needed - found.extra)
    above, gap_above = _end(found.differences, found.pulls, found.blur, needed - found.extra)
    low = None if below is None else found.estimate - below
    high = None if above is None else found.estimate + above
    held = _holds(found, needed, low, gap_below) and _holds(found, needed, high, gap_above)
    return Interval(low, high, gap_below or gap_above, held)


def needed_hits(total: int, level: float) -> int:
    """The fewest hits that are more than their share of the allocations; the level is what its digits say."""
    return floor(Fraction(repr(float(level))) * total) + 1


def _end(differences: Floats, pulls: Floats, blur: float, needed: int) -> tuple[float | None, bool]:
    """How far from the estimate enough allocations count, None if for ever, and whether they do so all the way."""
    until, again = reaches(differences, pulls, blur)
    bounded, again = np.sort(until[np.isfinite(until)]), np.sort(again[np.isfinite(again)])
    for_ever = len(until) - len(bounded)
    still = for_ever + len(bounded) - np.searchsorted(bounded, bounded, side="left")
    back = np.searchsorted(again, bounded, side="right")
    enough = bounded[still + back >= needed]
    beyond = for_ever + len(bounded) - np.searchsorted(bounded, bounded, side="right") + back < needed
    if for_ever + len(again) >= needed:
        return None, bool(beyond.any())
    end = float(enough.max(initial=0.0))
    return end, bool((beyond & (bounded < end)).any())


def reaches(differences: Floats, pulls: Floats, blur: float) -> tuple[Floats, Floats]:
    """For effects above the estimate: up to where each allocation counts, and from where it does so again.

    It counts where `abs(difference - e * pull) >= e`. With `along` the pull in the difference's own direction, that
    is up to `difference / (1 + along)`, for ever if `along` is -1 or less, and again from `difference / (along - 1)`
    on if it is more than 1.
    """
    size = np.abs(differences)
    nothing = ~(size > blur)
    along = np.where(differences < 0, -pulls, pulls)
    for_ever = np.isnan(size) | np.where(nothing, np.abs(pulls) > 1 - TIES, along <= TIES - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        until = np.where(for_ever, np.inf, np.where(nothing, 0.0, size / (1 + along)))
        again = np.where(for_ever | nothing | (along <= 1 + TIES), np.inf, size / (along - 1))
    return until, again


def _holds(found: Rerandomised, needed: int, end: float | None, gaps: bool) -> bool:
    """Whether an end is one: effects just within it are not ruled out (if there are no gaps), just beyond they are."""
    if end is None:
        return True
    step = (end - found.estimate) * STEP
    if abs(step) <= found.blur:
        return True
    return (gaps or found.hits(end - step) >= needed) and found.hits(end + step) < needed
