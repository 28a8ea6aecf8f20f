"""Dots around a line: stacked so that none touches another, their names where nothing is in the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from webapp.trials.results.names_of_dots import SIZE, Named, Placed, names_placed
from webapp.trials.results.scales import width_of

WIDTH = 720
_EDGE = 4
_LANE = 20
_LEVELS = (0, *(side * number for number in range(1, 200) for side in (-1, 1)))


@dataclass(frozen=True, slots=True)
class Dot:
    """A team's dot: along the axis, and below (or, negative, above) the line."""

    x: float
    off: float


@dataclass(frozen=True, slots=True)
class Name:
    """A team's name: where its words are anchored, and the line from dot to name (place, from, to) where it is far."""

    words: str
    x: float
    off: float
    anchor: str = "middle"
    line: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """The dots and names of one arm, and how far they reach above and below the line."""

    dots: tuple[Dot, ...]
    names: tuple[Name, ...]
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class _Stacked:
    """A dot with its level: 0 on the line, -1 next above it, 1 next below."""

    words: str
    x: float
    level: int


def laid(teams: Mapping[str, float], radius: float, *, named: bool, width: float = WIDTH) -> Laid:
    """Teams by where they stand along the axis of a drawing so wide, laid out around the line.

    Names stand above and below their dots where there is room; else each dot has a row in which its name is beside it.
    """
    stacked = _stacked(teams, radius)
    names = _names(stacked, width) if named else ()
    return _packed(teams, radius, width) if names is None else _around(stacked, names, radius)


def _stacked(teams: Mapping[str, float], radius: float) -> list[_Stacked]:
    """Dots from left to right, each at the level nearest the line at which it touches no other."""
    placed: list[_Stacked] = []
    for words, x in _in_order(teams):
        taken = {dot.level for dot in placed if x - dot.x < 2 * radius + 1}
        placed.append(_Stacked(words, x, next(level for level in _LEVELS if level not in taken)))
    return placed


def _in_order(teams: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    yield from sorted(teams.items(), key=lambda each: (each[1], each[0]))


def _names(dots: Sequence[_Stacked], width: float) -> tuple[Placed, ...] | None:
    """Their names; None where dots are stacked, or there is no room."""
    if any(dot.level for dot in dots):
        return None
    return names_placed([Named(dot.words, dot.x) for dot in dots], _EDGE, width - _EDGE)


def _around(dots: Sequence[_Stacked], names: Sequence[Placed], radius: float) -> Laid:
    return Laid(
        tuple(Dot(dot.x, dot.level * (2 * radius + 1)) for dot in dots),
        tuple(_name(each, radius) for each in names),
        _reach(dots, names, radius, -1),
        _reach(dots, names, radius, 1),
    )


def _reach(dots: Sequence[_Stacked], names: Sequence[Placed], radius: float, side: int) -> float:
    levels = max((dot.level * side for dot in dots), default=0)
    lanes = max((name.lane * side for name in names), default=0)
    return max(levels, 0) * (2 * radius + 1) + radius + 6 + max(lanes, 0) * _LANE


def _name(placed: Placed, radius: float) -> Name:
    side, away = (1 if placed.lane > 0 else -1), abs(placed.lane) - 1
    edge = side * (radius + 2)
    base = edge + side * (4 + away * _LANE) + (SIZE - 3 if side > 0 else 0)
    far = base + (-SIZE + 2 if side > 0 else 3)
    line = (placed.dot, round(edge, 1), round(far, 1)) if away else None
    return Name(placed.words, placed.x, round(base, 1), line=line)


def _packed(teams: Mapping[str, float], radius: float, width: float) -> Laid:
    """Rows under the line: each dot in the first row in which it and the name beside it are free."""
    rows: list[list[tuple[float, float]]] = []
    dots, names = [], []
    for whole, x in _in_order(teams):
        beside = radius + 6
        words = shortened(whole, SIZE, max(x, width - x) - beside - _EDGE)
        wide = width_of(words, SIZE)
        right = x + beside + wide <= width - _EDGE
        span = (x - radius - 4, x + beside + wide + 6) if right else (x - beside - wide - 6, x + radius + 4)
        row = next((at for at, spans in enumerate(rows) if all(_apart(span, each) for each in spans)), len(rows))
        rows[row:] = [[*rows[row], span], *rows[row + 1 :]] if row < len(rows) else [[span]]
        off = row * max(_LANE, 2 * radius + 2)
        dots.append(Dot(x, off))
        names.append(Name(words, x + beside if right else x - beside, off + 5, "start" if right else "end"))
    below = (len(rows) - 1) * max(_LANE, 2 * radius + 2) + radius + 6
    return Laid(tuple(dots), tuple(names), radius + 6, below)


def shortened(words: str, size: float, room: float) -> str:
    """Words that fit in so much room, such as on one side of a dot; the table has the whole name."""
    shown = words
    while shown and width_of(f"{shown}…", size) > room:
        shown = shown[:-1].rstrip()
    return words if shown == words else f"{shown}…"


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]
