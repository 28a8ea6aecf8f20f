"""Numbers as answers hold them: read exactly, typed by people, and sampled for proofs."""

import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from engine.question_types.base import InvalidAnswer

Json = Any

LARGEST = 10**15
"""No answer is further from 0; beyond it not every whole number survives being sent as JSON."""

_TYPED = re.compile(r"[+\-\u2212]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?")
_LONGEST_TYPED = 400


def read_number(value: Json) -> int | float:
    """The number of a JSON value, whole ones as int; raises InvalidAnswer not_a_number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidAnswer("not_a_number")
    if isinstance(value, int):
        return value
    if not math.isfinite(value):
        raise InvalidAnswer("not_a_number")
    return int(value) if value.is_integer() else value


def in_limits(value: int | float, least: float | None, most: float | None) -> int | float:
    """The same number; raises InvalidAnswer too_small or too_large (limit)."""
    least = -LARGEST if least is None else least
    most = LARGEST if most is None else most
    if value < least:
        raise InvalidAnswer("too_small", limit=least)
    if value > most:
        raise InvalidAnswer("too_large", limit=most)
    return value


def exact(value: float) -> Fraction:
    """The number as it is written: 0.1 is a tenth."""
    return Fraction(repr(value))


def plain(value: Fraction) -> int | float:
    """The nearest number JSON can hold, whole ones as int."""
    return int(value) if value.denominator == 1 else float(value)


def on_grid(value: float, step: float, start: float) -> bool:
    """Whether a number is a whole number of steps from the start, exactly."""
    return (exact(value) - exact(start)) % exact(step) == 0


def typed_number(text: str) -> int | float | str:
    """The number a person typed (1,000 and +5 count, so does a minus sign), else the text as it was typed."""
    stripped = text.strip()
    if len(stripped) > _LONGEST_TYPED or not re.search("[0-9]", stripped) or not _TYPED.fullmatch(stripped):
        return text
    digits = stripped.replace(",", "").replace("\u2212", "-")
    number = float(digits) if "." in digits else int(digits)
    return text if number == math.inf or number == -math.inf else read_number(number)


def written_number(value: int | float) -> str:
    """A number in digits, without an exponent."""
    return f"{Decimal(repr(value)):f}"


def sample_numbers(literals: Iterable[Json], least: float | None, most: float | None) -> Sequence[Fraction]:
    """Every literal and limit, a number between each two, and one beyond either end that has no limit."""
    given = {exact(each) for each in literals if isinstance(each, int | float) and not isinstance(each, bool)}
    limits = {exact(each) for each in (least, most) if each is not None}
    points = sorted(given | limits) or [Fraction(0)]
    between = [(a + b) / 2 for a, b in pairwise(points)]
    return sorted({*points, *between, points[0] - 1, points[-1] + 1})


def sample_grid(points: Iterable[Fraction], step: Fraction, start: Fraction) -> Sequence[Fraction]:
    """The whole steps at and next above and below each point: one lies between two points if any does."""
    counts = {math.floor((point - start) / step) + offset for point in points for offset in (0, 1)}
    return [start + count * step for count in sorted(counts)]
