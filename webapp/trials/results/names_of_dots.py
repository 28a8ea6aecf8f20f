"""Names beside the dots of a chart: each in a lane above or below, none over another or over its line."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.trials.results.scales import width_of

SIZE = 14
GAP = 6
_LANES = (-1, 1, -2, 2, -3, 3)
"""Rows of names on each side; from the nearest out: above, below, above those."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A name: the middle of its words, its lane (-1 the first above, 1 the first below), and whose dot it is."""

    words: str
    x: float
    lane: int
    dot: float


@dataclass(frozen=True, slots=True)
class Named:
    """A dot on the line that wants a name, and where it stands."""

    words: str
    x: float


def names_placed(dots: Sequence[Named], left: float, right: float) -> tuple[Placed, ...] | None:
    """Every name in its place between two ends; None where there is no room for all."""
    taken: dict[int, list[tuple[float, float]]] = {}
    placed: list[Placed] = []
    for dot in sorted(dots, key=lambda each: (each.x, each.words)):
        half = width_of(dot.words, SIZE) / 2
        middle = min(max(dot.x, left + half), right - half)
        lane = next((lane for lane in _LANES if _free(taken, lane, middle, half, dot.x)), None)
        if lane is None or half * 2 > right - left:
            return None
        taken.setdefault(lane, []).append((middle - half, middle + half))
        for nearer in range(1, abs(lane)):
            # The line from the dot to its name crosses the nearer lanes.
            taken.setdefault(nearer if lane > 0 else -nearer, []).append((dot.x, dot.x))
        placed.append(Placed(dot.words, round(middle, 1), lane, dot.x))
    return tuple(placed)


def _free(taken: dict[int, list[tuple[float, float]]], lane: int, middle: float, half: float, dot: float) -> bool:
    side = 1 if lane > 0 else -1
    if any(_meet(span, (middle - half, middle + half)) for span in taken.get(lane, ())):
        return False
    crossed = (span for nearer in range(1, abs(lane)) for span in taken.get(side * nearer, ()))
    return not any(_meet(span, (dot, dot)) for span in crossed)


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + GAP and other[0] < one[1] + GAP
