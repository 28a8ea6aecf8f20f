"""The charts of a result as plain geometry: the range of the difference, and one dot for each team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from webapp.trials.amounts import Unit, average, difference, figure, places, ranged, unit_of
from webapp.trials.names_of_dots import SIZE, Named, Placed, names_placed
from webapp.trials.scales import Scale, scale_of, width_of

Json = Any

WIDTH, LEFT, RIGHT = 720, 40, 680
MOST_NAMED = 30
"""Teams in all, past which dots go without names."""
LANE = 20
NOUGHT = 72
"""Half the width of the words over nought."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis and its words, "" for none."""

    x: float
    words: str


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


@dataclass(frozen=True, slots=True)
class Dot:
    """A team's dot."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Name:
    """A team's name beside its dot, with a line to the dot where it stands further off."""

    words: str
    x: float
    y: float
    line: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Strip:
    """An arm's teams along the axis: its name and average at the top, then the dots around a line."""

    name: str
    average: str
    top: float
    y: float
    mean: float
    radius: float
    control: bool
    dots: tuple[Dot, ...]
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class DotChart:
    """Both strips over one axis; `told` says in words what can be seen."""

    strips: tuple[Strip, ...]
    axis: float
    height: float
    ticks: tuple[Tick, ...]
    unit: str
    told: str
    named: bool


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
    half = width_of(words, 15) / 2
    return RangeChart(
        low=8.0 if low is None else scale.at(low * unit.scale),
        high=472.0 if high is None else scale.at(high * unit.scale),
        open_low=low is None,
        open_high=high is None,
        estimate=at,
        words=words,
        words_x=round(min(max(at, half), 480 - half), 1),
        nought=scale.at(0.0),
        nought_x=round(min(max(scale.at(0.0), NOUGHT), 480 - NOUGHT), 1),
        ticks=tuple(_signed_ticks(scale, unit)),
        told=f"{words}; the range is {ranged((low, high), unit)}.",
    )


def _signed_ticks(scale: Scale, unit: Unit) -> list[Tick]:
    step = scale.ticks[1] - scale.ticks[0]
    every = 2 if len(scale.ticks) > 5 else 1
    nought = scale.ticks.index(0.0)
    found = []
    for number, value in enumerate(scale.ticks):
        way = "" if not value else f" {unit.less if value < 0 else unit.more}"
        told = f"{figure(abs(value), places(step))}{way}" if (number - nought) % every == 0 else ""
        found.append(Tick(scale.at(value), told))
    return found


def dot_chart(finding: Mapping[str, Json], arms: Mapping[str, str]) -> DotChart:
    """Each team's figure as a dot, the control above; overlapping dots are stacked, names stand where there is room."""
    analysis, unit = finding["analysis"], unit_of(finding)
    by_arm = {
        arm: {name: team["summary"] * unit.scale for name, team in analysis["units"].items() if _drawn(team, arm)}
        for arm in ("control", "under_test")
    }
    scale = scale_of([value for teams in by_arm.values() for value in teams.values()], LEFT, RIGHT)
    radius = _radius(max(map(len, by_arm.values())))
    laid = {arm: _stacked(teams, scale, radius) for arm, teams in by_arm.items()}
    names = {arm: _names(dots) for arm, dots in laid.items()}
    named = sum(map(len, by_arm.values())) <= MOST_NAMED and None not in names.values()
    strips, top = [], 26.0
    for arm, dots in laid.items():
        strip = _strip(arm, dots, (names[arm] or ()) if named else (), radius, top)
        mean = analysis["arm_means"][arm]
        strips.append(
            Strip(arms[arm], average(mean, unit), top, mean=scale.at(mean * unit.scale), radius=radius, **strip)
        )
        top = strip["y"] + _depth(dots, (names[arm] or ()) if named else (), radius, 1) + 42
    axis = top - 20
    ticks = tuple(
        Tick(scale.at(value), figure(value, places(scale.ticks[1] - scale.ticks[0]))) for value in scale.ticks
    )
    return DotChart(tuple(strips), axis, axis + 52, ticks, unit.each, _told(by_arm, arms, unit), named)


def _drawn(team: Mapping[str, Json], arm: str) -> bool:
    return team["arm"] == arm and team["summary"] is not None


def _radius(teams: int) -> float:
    return 8.0 if teams <= 15 else 5.0 if teams <= 40 else 3.5


@dataclass(frozen=True, slots=True)
class _Stacked:
    """A dot with its level: 0 on the line, -1 next above it, 1 next below; and on which sides there is none by it."""

    words: str
    x: float
    level: int
    sides: tuple[int, ...] = ()


def _stacked(teams: Mapping[str, float], scale: Scale, radius: float) -> list[_Stacked]:
    """Dots from left to right, each at the level nearest the line at which it touches no other."""
    placed: list[_Stacked] = []
    for words, value in sorted(teams.items(), key=lambda each: (each[1], each[0])):
        x = scale.at(value)
        near = [dot for dot in placed[-60:] if x - dot.x < 2 * radius + 1]
        taken = {dot.level for dot in near}
        level = next(level for level in _LEVELS if level not in taken)
        placed.append(_Stacked(words, x, level))
    return [_with_sides(dot, placed, 2 * radius + 1) for dot in placed]


_LEVELS = tuple(side * number for number in range(200) for side in ((-1, 1) if number else (1,)))


def _with_sides(dot: _Stacked, dots: Sequence[_Stacked], room: float) -> _Stacked:
    beside = [other.level - dot.level for other in dots if other is not dot and abs(other.x - dot.x) < room]
    free = tuple(side for side in (-1, 1) if not any(way * side > 0 for way in beside))
    return replace(dot, sides=free)


def _names(dots: Sequence[_Stacked]) -> tuple[Placed, ...] | None:
    """Their names; None where a dot has others above and below it, or there is no room."""
    if not all(dot.sides for dot in dots):
        return None
    return names_placed([Named(dot.words, dot.x, dot.sides) for dot in dots], 4, WIDTH - 4)


def _depth(dots: Sequence[_Stacked], names: Sequence[Placed], radius: float, side: int) -> float:
    """How far a strip reaches above (-1) or below (1) its line."""
    levels = max((dot.level * side for dot in dots), default=0)
    lanes = max((name.lane * side for name in names), default=0)
    return max(levels, 0) * (2 * radius + 1) + radius + 6 + max(lanes, 0) * LANE


def _strip(arm: str, dots: Sequence[_Stacked], names: Sequence[Placed], radius: float, top: float) -> dict[str, Json]:
    y = round(top + 14 + _depth(dots, names, radius, -1), 1)
    level = {(dot.words, dot.x): dot.level for dot in dots}
    return {
        "y": y,
        "control": arm == "control",
        "dots": tuple(Dot(dot.x, round(y + dot.level * (2 * radius + 1), 1)) for dot in dots),
        "names": tuple(_name(each, y, level[each.words, each.dot] * (2 * radius + 1), radius) for each in names),
    }


def _name(placed: Placed, y: float, off: float, radius: float) -> Name:
    side = 1 if placed.lane > 0 else -1
    edge = y + off + side * (radius + 2)
    away = abs(placed.lane) - 1
    base = edge + side * (4 + away * LANE) + (SIZE - 3 if side > 0 else 0)
    far = base + (-SIZE + 2 if side > 0 else 3)
    line = (placed.dot, round(edge, 1), round(far, 1)) if away else None
    return Name(placed.words, placed.x, round(base, 1), line)


def _told(by_arm: Mapping[str, Mapping[str, float]], arms: Mapping[str, str], unit: Unit) -> str:
    said = []
    for arm, teams in by_arm.items():
        low, high = min(teams.values()), max(teams.values())
        ends = f"{figure(low, 1)} to {figure(high, 1)}" if low != high else figure(low, 1)
        said.append(f"{arms[arm]}, {len(teams)} {'team' if len(teams) == 1 else 'teams'}: {ends} {unit.each}.")
    return " ".join(said)
