"""One dot for each team along an axis, as plain geometry: the control above, the form under trial below."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.trials.results.amounts import Unit, average, figure, places, unit_of
from webapp.trials.results.laid_dots import WIDTH, Laid, laid
from webapp.trials.results.scales import scale_of

Json = Any

LEFT, RIGHT = 40, WIDTH - 40
MARK = 14
"""What the mark for an average takes, under an arm's name."""
MOST_NAMED = 30
"""Teams in all, past which dots go without names: the table has them."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis and its words."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """An arm's teams: its name and average at the top, then the dots around a line at `y`.

    `mark` is the top of the mark for the average, at `mean`, above all dots and names.
    """

    name: str
    average: str
    top: float
    y: float
    mean: float
    mark: float
    radius: float
    control: bool
    laid: Laid


@dataclass(frozen=True, slots=True)
class DotChart:
    """Both strips over one axis; `told` says in words what can be seen, `named` whether dots have names."""

    strips: tuple[Strip, ...]
    axis: float
    height: float
    ticks: tuple[Tick, ...]
    unit: str
    told: str
    named: bool


def dot_chart(finding: Mapping[str, Json], arms: Mapping[str, str]) -> DotChart:
    """Each team's figure as a dot; those that would touch are stacked, and up to MOST_NAMED have their names."""
    analysis, unit = finding["analysis"], unit_of(finding)
    by_arm = {
        arm: {name: team["summary"] * unit.scale for name, team in analysis["units"].items() if _drawn(team, arm)}
        for arm in ("control", "under_test")
    }
    scale = scale_of([value for teams in by_arm.values() for value in teams.values()], LEFT, RIGHT)
    radius = _radius(max(map(len, by_arm.values())))
    named = sum(map(len, by_arm.values())) <= MOST_NAMED
    strips, top = list[Strip](), 26.0
    for arm, teams in by_arm.items():
        places_of = laid({name: scale.at(value) for name, value in teams.items()}, radius, named=named)
        mean, y = analysis["arm_means"][arm], round(top + 14 + MARK + places_of.above, 1)
        at = scale.at(mean * unit.scale)
        strips.append(
            Strip(arms[arm], average(mean, unit), top, y, at, round(top + 12, 1), radius, arm == "control", places_of)
        )
        top = y + places_of.below + 42
    axis, step = top - 20, scale.ticks[1] - scale.ticks[0]
    ticks = tuple(Tick(scale.at(value), figure(value, places(step))) for value in scale.ticks)
    return DotChart(tuple(strips), axis, axis + 52, ticks, unit.each, _told(by_arm, arms, unit), named)


def _drawn(team: Mapping[str, Json], arm: str) -> bool:
    return bool(team["arm"] == arm and team["summary"] is not None)


def _radius(teams: int) -> float:
    return 8.0 if teams <= 15 else 5.0 if teams <= 40 else 3.5


def _told(by_arm: Mapping[str, Mapping[str, float]], arms: Mapping[str, str], unit: Unit) -> str:
    said = []
    for arm, teams in by_arm.items():
        low, high = min(teams.values()), max(teams.values())
        ends = f"{figure(low, 1)} to {figure(high, 1)}" if low != high else figure(low, 1)
        said.append(f"{arms[arm]}, {len(teams)} {'team' if len(teams) == 1 else 'teams'}: {ends} {unit.each}.")
    return " ".join(said)
