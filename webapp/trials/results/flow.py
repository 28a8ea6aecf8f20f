"""What became of the teams and the forms of a trial, as boxes from top to bottom and as a table that says the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.dates import day_in_words
from webapp.store.definitions import as_sentence
from webapp.trials.results.scales import width_of

Json = Any
Arm = Sequence[Mapping[str, Json]]

WIDTH, SIZE, LINE, PAD = 720, 15, 22, 14
_COLUMNS = ((10.0, 340.0), (370.0, 340.0))
_TOP = (190.0, 340.0)
_GAP = 34


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words in a box."""

    words: str
    y: float
    strong: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its lines, which begin at `x` and a little."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """The picture: its boxes, the lines between them, its height; and the table: its rows and what stands below."""

    boxes: tuple[Box, ...]
    arrows: tuple[tuple[float, float, float, float], ...]
    height: float
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    told: str


_ROWS: tuple[tuple[str, Callable[[Arm], int]], ...] = (
    ("Teams drawn for it", len),
    ("Forms begun", lambda teams: _sum(teams, "begun")),
    ("Finished by the end", lambda teams: _sum(teams, "finished")),
    ("Begun and not finished", lambda teams: _sum(teams, "abandoned")),
    ("Left out: the family opted out", lambda teams: _sum(teams, "family")),
    ("Taken out for safety", lambda teams: _sum(teams, "safety")),
    ("Written on another form than the team’s", lambda teams: _sum(teams, "mis_served")),
    ("Moved to another version of the form", lambda teams: _sum(teams, "moved")),
)
SAMPLED = "a sample of those finished, scored blind"
AS_DRAWN = (
    "Forms taken out for safety, written on another form or moved are counted with the form that their team was drawn "
    "for: leaving them out could favour either form."
)


def _sum(teams: Arm, key: str) -> int:
    return sum(team[key] for team in teams)


def flow(result: Mapping[str, Json]) -> Flow:
    """The flow of a result that was kept; the control stands on the left."""
    drawn = [team for team in result["teams"] if not team["late"]]
    arms = [[team for team in drawn if team["arm"] == arm] for arm in ("control", "under_test")]
    names = [result["arms"]["control"], result["arms"]["under_test"]]
    counted = [_counted(result, arm) for arm in ("control", "under_test")]
    rows = [(words, tuple(f"{count(teams):,}" for teams in arms)) for words, count in _ROWS]
    words = "Counted in the main comparison" + (f" ({SAMPLED})" if _is_sampled(result) else "")
    rows.append((words, tuple(f"{each:,}" for each in counted)))
    late = [team for team in result["teams"] if team["late"]]
    boxes, arrows = _picture(result, names, arms, counted, late)
    last = max(box.y + box.height for box in boxes)
    told = ". ".join(
        f"{name}: {rows[1][1][at]} forms begun, {rows[2][1][at]} finished" for at, name in enumerate(names)
    )
    return Flow(
        boxes, arrows, last + 4, tuple(rows), tuple(_notes(result, late)), f"{len(drawn)} teams drawn by lot. {told}."
    )


def _is_sampled(result: Mapping[str, Json]) -> bool:
    """Whether the main outcome is that of a sample: quality, which people score."""
    return bool(result["findings"][0]["kind"] == "quality")


def _counted(result: Mapping[str, Json], arm: str) -> int:
    analysis = result["findings"][0]["analysis"]
    if analysis is None:
        return 0
    return sum(unit["n"] for unit in analysis["units"].values() if unit["arm"] == arm)


def _notes(result: Mapping[str, Json], late: Arm) -> Iterator[str]:
    yield AS_DRAWN
    for each in result.get("authorities", ()):
        if each["withdrew"]:
            yield withdrew_words(each)
    if late:
        yield f"{late_words(late)}."


def withdrew_words(authority: Mapping[str, Json]) -> str:
    """That an authority withdrew its teams, which stay where they were drawn, in a sentence."""
    left, teams = authority["withdrew"], _teams(authority["teams"])
    on = day_in_words(date.fromisoformat(left["on"]))
    return f"{authority['name']} withdrew its {teams} on {on}: {as_sentence(left['reason'])}"


def late_words(late: Arm) -> str:
    """The teams that joined late, within a sentence."""
    which = "1 team that joined late" if len(late) == 1 else f"{len(late)} teams that joined late"
    return f"{which} ({_forms(_sum(late, 'begun'))} begun): left out of the comparison"


def _forms(number: int) -> str:
    return "1 form" if number == 1 else f"{number:,} forms"


def _teams(number: int) -> str:
    return "1 team" if number == 1 else f"{number:,} teams"


def _picture(
    result: Mapping[str, Json], names: Sequence[str], arms: Sequence[Arm], counted: Sequence[int], late: Arm
) -> tuple[tuple[Box, ...], tuple[tuple[float, float, float, float], ...]]:
    drawn = sum(map(len, arms))
    others = result["teams_of_authority"] - drawn - len(late)
    where = len(result.get("authorities", ())) or 1
    top = [f"{_teams(result['teams_of_authority'])} in {'the authority' if where == 1 else f'{where} authorities'}"]
    top += [f"{_teams(others)} took no part"] if others > 0 else []
    boxes = [_box(_TOP, 4, top)]
    boxes.append(_box(_TOP, _below(boxes[-1]), [f"{_teams(drawn)} drawn by lot"], strong=1))
    arrows = [_down(boxes[0], boxes[1])]
    before: list[Box] = [boxes[1], boxes[1]]
    more = [SAMPLED] if _is_sampled(result) else []
    for level in zip(*(_levels(*each, more) for each in zip(names, arms, counted, strict=True)), strict=True):
        y, tall = max(map(_below, before)), max(_height(len(lines)) for lines, _ in level)
        made = [_box(_COLUMNS[at], y, lines, strong, tall) for at, (lines, strong) in enumerate(level)]
        arrows += [_down(*each) for each in zip(before, made, strict=True)]
        boxes, before = [*boxes, *made], made
    if late:
        boxes.append(_box((10.0, 700.0), max(map(_below, before)), [late_words(late)]))
    return tuple(boxes), tuple(arrows)


def _levels(name: str, teams: Arm, counted: int, more: Sequence[str]) -> list[tuple[list[str], int]]:
    """The boxes of an arm, each with its lines and how many of them are strong; `more` is said of those counted."""
    title = wrapped(name, _COLUMNS[0][1] - 2 * PAD)
    lost = [f"{_forms(_sum(teams, 'begun'))} begun", f"{_sum(teams, 'finished'):,} finished by the end"]
    lost.append(f"{_sum(teams, 'abandoned'):,} begun and not finished")
    out = [
        f"{_sum(teams, 'family'):,} left out: the family opted out",
        f"{_sum(teams, 'safety'):,} taken out for safety",
    ]
    out.append(f"{_sum(teams, 'mis_served'):,} written on another form")
    out.append(f"{_sum(teams, 'moved'):,} moved to another version")
    return [([*title, _teams(len(teams))], len(title)), (lost, 0), (out, 0), ([f"{_forms(counted)} counted", *more], 1)]


def wrapped(words: str, width: float) -> list[str]:
    """Words in lines that fit a width, broken between words."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, SIZE) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _height(lines: int) -> float:
    return lines * LINE + 2 * PAD - 6


def _box(place: tuple[float, float], y: float, lines: Sequence[str], strong: int = 0, tall: float = 0) -> Box:
    x, width = place
    told = tuple(Line(words, y + PAD + 12 + at * LINE, at < strong) for at, words in enumerate(lines))
    return Box(x, y, width, max(tall, _height(len(lines))), told)


def _below(box: Box) -> float:
    return box.y + box.height + _GAP


def _down(one: Box, other: Box) -> tuple[float, float, float, float]:
    """From the bottom of a box to the top of another, from above its middle where that is possible."""
    end = other.x + other.width / 2
    start = min(max(end, one.x + 20), one.x + one.width - 20)
    return start, one.y + one.height, end, other.y
