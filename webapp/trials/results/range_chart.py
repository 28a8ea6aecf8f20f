"""How sure a difference is, as plain geometry: its range along an axis on which nought is marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.trials.results.amounts import Unit, difference, figure, places, ranged, unit_of
from webapp.trials.results.scales import Scale, scale_of, width_of

Json = Any

SIZE, WIDTH = 15, 480
"""Of the words, and of the picture."""
NOUGHT = 88
"""Half the width of the words over nought."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis and its words, "" for none, which stand at `words_x`, where the picture does not cut them."""

    x: float
    words: str
    words_x: float


@dataclass(frozen=True, slots=True)
class RangeChart:
    """The difference with its range: places along the axis, `open_*` where nothing bounds it on that side."""

    low: float
    high: float
    open_low: bool
    open_high: bool
    estimate: float
    words: str
    words_x: float
    nought: float
    nought_x: float
    ticks: tuple[Tick, ...]
    told: str


def range_chart(finding: Mapping[str, Json]) -> RangeChart:
    """How sure the difference is, as a bar along an axis on which nought is marked."""
    analysis, unit = finding["analysis"], unit_of(finding)
    (low, high), estimate = analysis["interval"], analysis["estimate"]
    known = [0.0, estimate, *(end for end in (low, high) if end is not None)]
    if low is None or high is None:
        reach = max(abs(value) for value in known) or 1.0 / unit.scale
        known += [-1.5 * reach if low is None else 0.0, 1.5 * reach if high is None else 0.0]
    scale = scale_of([value * unit.scale for value in known], 24, 456)
    at = scale.at(estimate * unit.scale)
    words = difference(estimate, unit)
    return RangeChart(
        low=8.0 if low is None else scale.at(low * unit.scale),
        high=472.0 if high is None else scale.at(high * unit.scale),
        open_low=low is None,
        open_high=high is None,
        estimate=at,
        words=words,
        words_x=_within(at, words),
        nought=scale.at(0.0),
        nought_x=round(min(max(scale.at(0.0), NOUGHT), WIDTH - NOUGHT), 1),
        ticks=tuple(_signed_ticks(scale, unit)),
        told=f"{words}; the range is {ranged((low, high), unit)}.",
    )


def _within(x: float, words: str) -> float:
    """Where the middle of words stands, so that they are whole."""
    half = width_of(words, SIZE) / 2
    return round(min(max(x, half), WIDTH - half), 1)


def _signed_ticks(scale: Scale, unit: Unit) -> list[Tick]:
    step = scale.ticks[1] - scale.ticks[0]
    every = 2 if len(scale.ticks) > 5 else 1
    nought = scale.ticks.index(0.0)
    found = []
    for number, value in enumerate(scale.ticks):
        way = "" if not value else f" {unit.less if value < 0 else unit.more}"
        told = f"{figure(abs(value), places(step))}{way}" if (number - nought) % every == 0 else ""
        found.append(Tick(scale.at(value), told, _within(scale.at(value), told)))
    return found
