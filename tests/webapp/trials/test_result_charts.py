"""The charts of a result: names and dots that do not meet, whatever the teams, and boxes that hold their words."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.trials.results.dot_chart import MOST_NAMED, SLIM, WIDE, DotChart, Sheet, dot_chart
from webapp.trials.results.flow import PAD, flow
from webapp.trials.results.laid_dots import WIDTH, Laid, Name, laid
from webapp.trials.results.names_of_dots import SIZE
from webapp.trials.results.range_chart import range_chart
from webapp.trials.results.scales import scale_of, width_of

Json = Any
Span = tuple[float, float, float, float]


def charted(values: list[float], words: str = "Team", kind: str = "minutes", sheet: Sheet = WIDE) -> DotChart:
    """The chart of teams with these figures, half of them with either form."""
    half = len(values) // 2
    units = {
        f"{words} {number}": {"arm": "control" if number < half else "under_test", "n": 20, "summary": value}
        for number, value in enumerate(values)
    }
    means = {"control": sum(values[:half]) / half, "under_test": sum(values[half:]) / (len(values) - half)}
    finding = {"kind": kind, "measure": "mean", "analysis": {"units": units, "arm_means": means}}
    return dot_chart(finding, {"control": "Present form", "under_test": "Short form"}, sheet)


def spans(names: tuple[Name, ...]) -> list[Span]:
    """Where each name’s words are: left, right, top, bottom."""
    found = []
    for name in names:
        wide = width_of(name.words, SIZE)
        left = name.x - {"start": 0, "middle": wide / 2, "end": wide}[name.anchor]
        found.append((left, left + wide, name.off - SIZE * 0.75, name.off + SIZE * 0.2))
    return found


def meet(one: Span, other: Span) -> bool:
    """Whether two rectangles overlap."""
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def check(found: Laid, radius: float, width: float = WIDTH) -> None:
    """No two names, no name and another dot, no two dots overlap; every name stands within the drawing."""
    words = spans(found.names)
    dots = [(dot.x - radius, dot.x + radius, dot.off - radius, dot.off + radius) for dot in found.dots]
    assert not [(one, two) for at, one in enumerate(words) for two in words[at + 1 :] if meet(one, two)]
    assert not [(one, two) for at, one in enumerate(dots) for two in dots[at + 1 :] if meet(one, two)]
    assert not [(name, dot) for name in words for dot in dots if meet(name, dot)]
    assert all(left >= 0 and right <= width for left, right, *_ in words)


ARMS = ("control", "under_test")
TEAMS = st.dictionaries(st.text("abcmwMW ", min_size=3, max_size=34), st.floats(40, 680), min_size=1, max_size=15)


@given(teams=TEAMS)
@settings(max_examples=150, deadline=None)
def test_names_never_meet(teams: dict[str, float]) -> None:
    """Names of any length at any figures: no two meet, none covers a dot, each is there once."""
    found = laid({name: round(at, 1) for name, at in teams.items()}, 8.0, named=True)
    assert len(found.names) == len(teams)
    assert all(any(team.startswith(name.words.rstrip("…")) for team in teams) for name in found.names)
    assert len(found.dots) == len(teams)
    check(found, 8.0)


@given(values=st.lists(st.floats(0, 200), min_size=4, max_size=MOST_NAMED), words=st.text("abcmwMW ", max_size=34))
@settings(max_examples=60, deadline=None)
def test_on_a_telephone_every_dot_and_name_is_within_the_drawing(values: list[float], words: str) -> None:
    """Drawn for 340 units, nothing has to be scrolled to; the marks are few enough for their words."""
    chart = charted(values, words, sheet=SLIM)
    for strip in chart.strips:
        check(strip.laid, strip.radius, SLIM.width)
        assert all(SLIM.edge <= dot.x <= SLIM.right for dot in strip.laid.dots)
        assert width_of(strip.name, 17) <= SLIM.width - SLIM.edge
    assert len(chart.ticks) <= 6


def test_a_long_name_of_a_form_is_cut_on_a_telephone_alone() -> None:
    """The table beside it has the whole name."""
    units = {f"Team {each}": {"arm": arm, "n": 9, "summary": 90.0 + each} for each, arm in enumerate(2 * [*ARMS])}
    finding = {"kind": "minutes", "measure": "mean", "analysis": {"units": units, "arm_means": dict.fromkeys(ARMS, 9)}}
    long = "The family’s own words before our own, and then what follows"
    found = [dot_chart(finding, dict.fromkeys(ARMS, long), sheet).strips[0].name for sheet in (WIDE, SLIM)]
    assert found[0] == long
    assert long.startswith(found[1].removesuffix("…"))
    assert found[1].endswith("…")


@given(places=st.lists(st.floats(40, 680), min_size=1, max_size=100))
@settings(max_examples=60, deadline=None)
def test_dots_without_names_are_stacked(places: list[float]) -> None:
    """A hundred teams of an arm, some alike: each dot is seen."""
    found = laid({str(number): round(at, 1) for number, at in enumerate(places)}, 3.5, named=False)
    assert found.names == ()
    check(found, 3.4)


def test_twenty_teams_have_names_and_two_hundred_have_none() -> None:
    """Past a number dots go without names, and the chart says so."""
    assert charted([90.0 + number for number in range(20)]).named
    assert charted([90.0 + number for number in range(MOST_NAMED)]).named
    many = charted([90.0 + number % 37 for number in range(200)])
    assert not many.named
    assert [strip.laid.names for strip in many.strips] == [(), ()]
    assert sum(len(strip.laid.dots) for strip in many.strips) == 200


def test_the_chart_is_told_in_words() -> None:
    """Who cannot see it reads each arm’s teams and their figures."""
    told = charted([104.0, 126.0, 80.0, 97.0]).told
    assert "Present form, 2 teams: 104 to 126 minutes for one form." in told
    assert "Short form, 2 teams: 80 to 97 minutes for one form." in told


def test_teams_that_are_all_alike_can_be_drawn() -> None:
    """One figure for all has a scale of its own."""
    chart = charted([3.0] * 8, kind="quality")
    assert all(40 <= dot.x <= 680 for strip in chart.strips for dot in strip.laid.dots)


@given(low=st.floats(-1e6, 1e6), high=st.floats(-1e6, 1e6))
@settings(max_examples=150, deadline=None)
def test_scales_hold_their_values_on_round_marks(low: float, high: float) -> None:
    """Every value stands between the ends, and there are a few marks."""
    scale = scale_of([low, high], 0, 100)
    assert 2 <= len(scale.ticks) <= 10
    assert -0.1 <= scale.at(min(low, high)) <= scale.at(max(low, high)) <= 100.1


def ranged(low: float | None, high: float | None, estimate: float = -25.0) -> Any:
    """The chart of a range."""
    analysis = {"interval": [low, high], "estimate": estimate}
    return range_chart({"kind": "minutes", "measure": "time", "analysis": analysis})


def test_the_range_is_drawn_about_nought() -> None:
    """The bar lies left of nought where it took less, with marks for so much less."""
    chart = ranged(-40.0, -10.0)
    assert chart.low < chart.estimate < chart.high < chart.nought
    assert {"40 less", "20 less", "0"} <= {tick.words for tick in chart.ticks}


def test_an_end_that_nothing_bounds_is_open() -> None:
    """The bar runs to the edge, with an arrow there, and the words say it."""
    chart = ranged(None, -10.0)
    assert (chart.open_low, chart.open_high, chart.low) == (True, False, 8.0)
    assert "how much less cannot be said" in chart.told
    both = ranged(None, None, 0.0)
    assert both.open_low
    assert both.open_high


def team(name: str, arm: str, **changes: Json) -> dict[str, Json]:
    """What became of the forms of a team."""
    own = {"begun": 14, "finished": 12, "abandoned": 2, "safety": 1, "family": 1, "mis_served": 0, "moved": 0}
    return {"name": name, "arm": arm, "stratum": "", "late": False, **own, **changes}


def flowed(
    *teams: dict[str, Json], names: tuple[str, str] = ("Present form", "Short form"), kind: str = "minutes"
) -> Any:
    """The flow of these teams."""
    units = {each["name"]: {"arm": each["arm"], "n": 13} for each in teams if not each["late"]}
    findings = [{"kind": kind, "analysis": {"units": units}}]
    arms = {"control": names[0], "under_test": names[1]}
    return flow({"arms": arms, "teams": list(teams), "findings": findings, "teams_of_authority": 12})


def test_the_flow_counts_each_arm() -> None:
    """Teams, forms begun and finished, and what was taken out, by arm as drawn."""
    found = flowed(team("A", "control"), team("B", "control", begun=20), team("C", "under_test", moved=3))
    rows = dict(found.rows)
    assert rows["Teams drawn for it"] == ("2", "1")
    assert rows["Forms begun"] == ("34", "14")
    assert rows["Moved to another version of the form"] == ("0", "3")
    assert rows["Counted in the main comparison"] == ("26", "13")


def test_what_was_scored_is_said_to_be_a_sample() -> None:
    """In the table and in the picture, so that nobody wonders where the other finished forms went."""
    found = flowed(team("A", "control"), team("C", "under_test"), kind="quality")
    assert found.rows[-1][0] == "Counted in the main comparison (a sample of those finished, scored blind)"
    assert [line.words for line in found.boxes[-1].lines] == [
        "13 forms counted",
        "a sample of those finished, scored blind",
    ]


def test_late_teams_stand_apart() -> None:
    """They are in no arm’s counts; a box and a line below say what became of them."""
    found = flowed(team("A", "control"), team("C", "under_test"), team("L", "control", late=True, begun=9))
    assert dict(found.rows)["Teams drawn for it"] == ("1", "1")
    assert any("1 team that joined late (9 forms begun)" in note for note in found.notes)
    assert any("joined late" in line.words for line in found.boxes[-1].lines)


def test_words_stay_within_their_boxes() -> None:
    """Long names of arms are broken between words, and every box is as tall as its lines."""
    long = "The present form with every question that was added since the last inspection of the authority"
    found = flowed(team("A", "control"), team("C", "under_test"), names=(long, "Short form"))
    for box in found.boxes:
        for line in box.lines:
            assert width_of(line.words, 14) <= box.width - 2 * PAD + 10
            assert box.y < line.y < box.y + box.height


def test_the_picture_says_what_the_table_says() -> None:
    """Every count of the table stands in a box."""
    found = flowed(team("A", "control", begun=1234), team("C", "under_test", finished=777))
    told = " ".join(line.words for box in found.boxes for line in box.lines)
    assert "1,234 forms begun" in told
    assert "777 finished" in told
