"""Numbers of a result in words: an amount, a difference with its direction, and a range of differences."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Any
Range = tuple[float | None, float | None]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Unit:
    """What an outcome is counted in: `one` and `many` of it, and the words for less and more of it.

    `scale` is what a figure is multiplied by to be shown: shares are told of 100. `each` names what a team's figure is.
    """

    one: str
    many: str
    less: str
    more: str
    each: str
    scale: float = 1.0


_MINUTES = Unit("minute", "minutes", "less", "more", "minutes for one form")
_POINTS = Unit("point", "points", "lower", "higher", "points, from 1 to 5")
_OF_100 = Unit("in 100", "in 100", "fewer", "more", "forms of 100", 100.0)
_UNITS: Mapping[str, Unit] = {
    "minutes": _MINUTES,
    "quality": _POINTS,
    "worker_rating": _POINTS,
    "family_rating": _POINTS,
    "completed_within": _OF_100,
    "words": Unit("word", "words", "fewer", "more", "words of analysis in one form"),
    "not_known": Unit("in 100", "in 100", "fewer", "more", "answers of 100", 100.0),
}
_ANSWER = Unit("", "", "lower", "higher", "the answer, on average")


def unit_of(finding: Mapping[str, Json]) -> Unit:
    """The unit of an outcome of a result that was kept."""
    if finding["kind"] == "answer":
        return _OF_100 if finding["measure"] == "proportion" else _ANSWER
    return _UNITS[finding["kind"]]


def in_words(number: int) -> str:
    """A whole number as it stands within a sentence: in letters up to twelve, with commas above."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def places(size: float) -> int:
    """With how many decimals figures of a size are told: about two figures that count."""
    return 0 if size >= 20 else 1 if size >= 2 else 2


def figure(value: float, decimals: int) -> str:
    """A figure with at most so many decimals, and more where it would seem to be nothing and is not."""
    while value and not round(value, decimals) and decimals < 6:
        decimals += 1
    told = f"{round(value, decimals):,.{decimals}f}"
    told = told.rstrip("0").rstrip(".") if "." in told else told
    return "0" if told == "-0" else told.replace("-", "−")


def amount(value: float, unit: Unit, size: float | None = None) -> str:
    """So much of a unit, without direction: "25 minutes", "0.4 points", "1 minute"; `size` says how exactly."""
    shown = abs(value) * unit.scale
    told = figure(shown, places(abs(size) * unit.scale if size is not None else shown))
    return f"{told} {unit.one if told == '1' else unit.many}".rstrip()


def difference(value: float, unit: Unit, size: float | None = None) -> str:
    """A difference with its direction: "25 minutes less"; of exactly nothing "no more and no less"."""
    if not value:
        return f"no {unit.more} and no {unit.less}"
    return f"{amount(value, unit, size)} {_way(value, unit)}"


def _way(value: float, unit: Unit) -> str:
    return unit.less if value < 0 else unit.more


def ranged(interval: Range, unit: Unit) -> str:
    """A range of differences within a sentence; an end that nothing bounds is said to have no limit."""
    low, high = interval
    if low is None or high is None:
        return _open(low, high, unit)
    size = high - low
    if not size:
        return f"exactly {difference(low, unit)}"
    if low < 0 < high:
        return f"between {difference(low, unit, size)} and {difference(high, unit, size)}"
    near, far = sorted((low, high), key=abs)
    shown = figure(abs(near) * unit.scale, places(size * unit.scale))
    return f"between {shown} and {amount(far, unit, size)} {_way(low or high, unit)}"


def _open(low: float | None, high: float | None, unit: Unit) -> str:
    if low is None and high is None:
        return "anything at all: with so few teams no limit can be given on either side"
    bound, away = (high, unit.less) if low is None else (low, unit.more)
    assert bound is not None
    if math.copysign(1, bound) == (-1 if low is None else 1):
        return f"at least {difference(bound, unit)}; how much {away} cannot be said"
    return f"at most {difference(bound, unit)}; how much {away} cannot be said"


def average(value: float, unit: Unit) -> str:
    """A team's or an arm's figure with its unit: "114.5 minutes", "87 of 100", "3.4 points"."""
    shown = value * unit.scale
    told = figure(shown, 1 if abs(shown) >= 10 else 2)
    if unit.scale != 1:
        return f"{told} of 100"
    return f"{told} {unit.one if told == '1' else unit.many}".rstrip()
