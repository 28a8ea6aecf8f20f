"""One dot for each team along an axis, as plain geometry: the control above, the form under trial below."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.trials.results.amounts import Unit, average, figure, places, unit_of
from webapp.trials.results.laid_dots import WIDTH, Laid, laid, shortened
from webapp.trials.results.scales import scale_of

Json = Any

MARK = 14
"""What the mark for an average takes, under an arm's name."""
MOST_NAMED = 30
"""Teams in all, past which dots go without names: the table has them."""


HEAD, HEAD_SIZE, UNIT_SIZE = 22, 17, 14
"""A line of an arm's head, and how large its words and those of the unit are."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on: so wide, the axis that far from either side; `slim` has the average on a line of its own.

    `ticks` is how many marks the axis has at most.
    """

    width: int
    edge: int
    ticks: int
    slim: bool = False

    @property
    def right(self) -> int:
        """Where the axis ends."""
        return self.width - self.edge

    def under(self, top: float) -> float:
        """Where an arm's average stands, with its name at `top`."""
        return top + HEAD if self.slim else top

    def fitting(self, words: str, size: float) -> str:
        """Words as they fit beside the left end of the axis; the table has the whole of them."""
        return shortened(words, size, self.width - self.edge - 4)


WIDE = Sheet(WIDTH, 40, 8)
SLIM = Sheet(340, 24, 5, slim=True)
"""For a telephone, on which the wide one could only be read a part at a time."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis and its words."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """An arm's teams: its name and average at the top, then the dots around a line at `y`.

    `mark` is the top of the mark for the average, at `mean`, above all dots and names. `under` is where the average's
    words stand: at `top` beside the name, or below it.
    """

    name: str
    average: str
    top: float
    under: float
    y: float
    mean: float
    mark: float
    radius: float
    control: bool
    laid: Laid


@dataclass(frozen=True, slots=True)
class DotChart:
    """Both strips over one axis; `told` says in words what can be seen, `named` whether dots have names."""

    sheet: Sheet
    strips: tuple[Strip, ...]
    axis: float
    height: float
    ticks: tuple[Tick, ...]
    unit: str
    told: str
    named: bool


def dot_chart(finding: Mapping[str, Json], arms: Mapping[str, str], sheet: Sheet = WIDE) -> DotChart:
    """Each team's figure as a dot; those that would touch are stacked, and up to MOST_NAMED have their names."""
    analysis, unit = finding["analysis"], unit_of(finding)
    by_arm = {
        arm: {name: team["summary"] * unit.scale for name, team in analysis["units"].items() if _drawn(team, arm)}
        for arm in ("control", "under_test")
    }
    values = [value for teams in by_arm.values() for value in teams.values()]
    scale = scale_of(values, sheet.edge, sheet.right, sheet.ticks)
    radius = _radius(max(map(len, by_arm.values())))
    named = sum(map(len, by_arm.values())) <= MOST_NAMED
    strips, top = list[Strip](), 26.0
    for arm, teams in by_arm.items():
        dots = laid({name: scale.at(value) for name, value in teams.items()}, radius, named=named, width=sheet.width)
        mean, under = analysis["arm_means"][arm], sheet.under(top)
        y, mark = round(under + 14 + MARK + dots.above, 1), round(under + 12, 1)
        words, name = average(mean, unit), sheet.fitting(arms[arm], HEAD_SIZE) if sheet.slim else arms[arm]
        at, control = scale.at(mean * unit.scale), arm == "control"
        strips.append(Strip(name, words, top, under, y, at, mark, radius, control, dots))
        top = y + dots.below + 42
    axis, step = top - 20, scale.ticks[1] - scale.ticks[0]
    ticks = tuple(Tick(scale.at(value), figure(value, places(step))) for value in scale.ticks)
    each = sheet.fitting(unit.each, UNIT_SIZE)
    return DotChart(sheet, tuple(strips), axis, axis + 52, ticks, each, _told(by_arm, arms, unit), named)


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
