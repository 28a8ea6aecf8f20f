"""Running a design many times: it is the product's own test that is run, and the published figures come of it."""

import json
from math import sqrt
from typing import Any

import numpy as np
import pytest

from engine.trials.analysis import Analysis, analyse
from engine.trials.design import Design, Outcome, SchemeKept
from engine.trials.repeated import drawn_arms, repeated
from engine.trials.simulation import simulate, t_of_forms, t_of_teams
from engine.trials.supposed import Forms, Supposed, forms_of, scheme_of_sizes
from engine.trials.supposed import Outcome as Shape
from engine.trials.table import Table
from workshop.steps import ROOT

PUBLISHED: list[dict[str, Any]] = json.loads((ROOT / "docs" / "trials-simulations.json").read_bytes())
SCHEMES = {
    (8,): SchemeKept("complete"),
    (2,) * 7: SchemeKept("paired", pairs="s"),
    (4, 5, 3): SchemeKept("stratified", strata="s"),
}


def _analysed(groups: tuple[int, ...], arms: "np.ndarray[Any, Any]", means: "np.ndarray[Any, Any]") -> Analysis:
    """What the product says of one set of team summaries."""
    labels = [str(at) for at, size in enumerate(groups) for _ in range(size)]
    scheme = SCHEMES[groups]
    design = Design("u", "a", "control", Outcome("y", "mean", "lower"), scheme)
    names = [f"u{at:02}" for at in range(len(labels))]
    told = ["tested" if arm else "control" for arm in arms]
    return analyse(design, Table(names, told, means, columns={"s": labels}))


@pytest.mark.parametrize("groups", SCHEMES)
def test_it_is_the_test_that_results_rest_on(groups: tuple[int, ...]) -> None:
    """The same p as the analysis gives, and its interval holds the true difference where coverage says so."""
    chance = np.random.default_rng(2)
    test = repeated(scheme_of_sizes(groups), 0, 200_000, 99)
    arms = drawn_arms(test.contrast.scheme, 60, chance)
    means = forms_of(Supposed(groups, 0.1), arms, 0.5, chance).means
    p, of_truth = test.p_values(arms, means), test.p_values(arms, means - 0.5 * arms)
    for at in range(len(arms)):
        found = _analysed(groups, arms[at], means[at])
        low, high = found.interval
        held = (low is None or low <= 0.5) and (high is None or high >= 0.5)
        assert found.p == pytest.approx(p[at])
        assert held == (of_truth[at] > 0.05)
        assert found.t_interval is not None
        left, right = found.t_interval
        assert left is not None
        assert right is not None
        by_t = t_of_teams(test, arms[at : at + 1], means[at : at + 1])[0]
        assert (left <= 0 <= right) == (by_t > 0.05)


def test_forms_are_as_supposed() -> None:
    """Their mean, spread, likeness within teams and uneven numbers are those that were asked for."""
    chance = np.random.default_rng(3)
    expected: list[tuple[Shape, float, float]] = [("normal", 0, 1), ("skewed", 0, 1), ("yes_no", 0.3, sqrt(0.21))]
    for outcome, mean, spread in expected:
        supposed = Supposed((4000,), 0.2, outcome=outcome, rate=0.3)
        made = forms_of(supposed, np.zeros((1, 4000), dtype=np.int8), 0, chance)
        number = made.number.sum()
        within = (made.squares - made.total**2 / made.number).sum() / (number - 4000)
        assert made.total.sum() / number == pytest.approx(mean, abs=0.05)
        whole = made.squares.sum() / number - (made.total.sum() / number) ** 2
        assert whole == pytest.approx(spread**2, rel=0.15)
        likeness = 0.2 if outcome != "skewed" else 0.16
        assert 1 - within / whole == pytest.approx(likeness, abs=0.04)
        assert made.number.mean() == pytest.approx(30, rel=0.03)
        assert made.number.std() / made.number.mean() == pytest.approx(0.5, abs=0.04)
    assert set(forms_of(Supposed((5,), 0.1, unevenness=0), np.zeros((3, 5), np.int8), 0, chance).number.flat) == {30}


def test_the_naive_test_is_welchs() -> None:
    """The textbook formula on forms written out one by one gives the same p."""
    from scipy import stats

    values = [np.random.default_rng(at).normal(at, 1 + at, 5 + at) for at in range(4)]
    arms = np.array([[1, 0, 0, 1]], dtype=np.int8)
    forms = Forms(*(np.array([[f(each) for each in values]]) for f in (len, np.sum, lambda each: (each**2).sum())))
    tested, control = np.concatenate([values[0], values[3]]), np.concatenate([values[1], values[2]])
    assert t_of_forms(arms, forms)[0] == pytest.approx(stats.ttest_ind(tested, control, equal_var=False).pvalue)


@pytest.mark.parametrize("cell", [0, 5, 7, 9], ids=lambda at: str(PUBLISHED[at]["supposed"]["groups"]))
def test_published_figures_come_again(cell: int) -> None:
    """Another seed and fewer repetitions give every figure of the table within what chance allows."""
    published = PUBLISHED[cell]
    told = published["supposed"]
    found = simulate(Supposed(**{**told, "groups": tuple(told["groups"])}), 2000, 5)
    for name in ("false_alarms", "coverage", "power", "t_false_alarms", "t_power", "naive_false_alarms"):
        share = published[name]
        allowed = 4 * sqrt(max(share * (1 - share), 0.0005) * (1 / 2000 + 1 / published["repetitions"]))
        assert abs(found.share(name) - share) <= allowed, name


def test_published_figures_meet_what_was_promised() -> None:
    """At most 5.6 false alarms and at least 94.4 intervals in a hundred, in every cell; all allocations compared."""
    cells = {
        (sum(each["supposed"]["groups"]), len(each["supposed"]["groups"]), each["supposed"]["icc"])
        for each in PUBLISHED
    }
    assert len(cells) == 18
    for each in PUBLISHED:
        assert each["repetitions"] >= 20_000
        assert each["exact"]
        assert each["false_alarms"] <= 0.056
        assert each["coverage"] >= 0.944
        assert each["naive_false_alarms"] > 0.15


def test_the_same_seed_gives_the_same() -> None:
    """On any day; another seed gives other figures."""
    one = simulate(Supposed((8,), 0.1), 300, 1)
    assert simulate(Supposed((8,), 0.1), 300, 1) == one
    assert simulate(Supposed((8,), 0.1), 300, 2).counts != one.counts


def test_more_allocations_than_can_be_listed_are_drawn() -> None:
    """Twenty-four teams: a fixed set of draws, with the observed one counted, keeps false alarms where they belong."""
    found = simulate(Supposed((24,), 0.1), 500, 1)
    assert not found.exact
    assert found.allocations == 2_704_156
    assert 0.02 < found.share("false_alarms") < 0.08


def test_progress_is_told() -> None:
    """Each repetition once."""
    told: list[int] = []
    simulate(Supposed((8,), 0.1), 600, 1, told.append)
    assert sum(told) == 600
