"""Scales of charts: round numbers to mark on an axis, and how wide words are when drawn."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_NARROW, _WIDE = frozenset("iljtf.,;:'’ I()-1|!"), frozenset("mwMW@%")


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to places between two ends of a drawing; `ticks` are round values from the first to the last."""

    ticks: tuple[float, ...]
    left: float
    right: float

    def at(self, value: float) -> float:
        """Where a value stands, to a tenth of a unit of the drawing."""
        low, high = self.ticks[0], self.ticks[-1]
        return round(self.left + (value - low) / (high - low) * (self.right - self.left), 1)


def scale_of(values: Sequence[float], left: float, right: float, most: int = 8) -> Scale:
    """A scale that holds all values, with at most so many ticks and room where all values are the same."""
    low, high = min(values), max(values)
    if high - low < 1e-9 * max(1.0, abs(low), abs(high)):
        room = abs(low) * 0.1 if abs(low) > 1e-6 else 1.0
        low, high = low - room, high + room
    step = _step((high - low) / (most - 2))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return Scale(tuple(round(number * step, 10) for number in range(first, last + 1)), left, right)


def _step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))


def width_of(words: str, size: float) -> float:
    """About how wide words are in our typeface at a size, rather more than less."""
    return sum(_width_of(letter) for letter in words) * size


def _width_of(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE:
        return 0.92
    return 0.74 if letter.isupper() else 0.6
