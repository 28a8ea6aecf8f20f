"""What a trial can find: held against the normal theory, against running the design, and learnt from past forms."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from engine.trials.power import TeamPast, detectable, power, spread_of_past, supposed_spread
from engine.trials.simulation import simulate
from engine.trials.supposed import Supposed


def _by_theory(teams: int, forms: float, icc: float, difference: float) -> float:
    """Power of the two-sided t test on the means of equally many forms, by the noncentral t distribution."""
    error = sqrt((icc + (1 - icc) / forms) * 4 / teams)
    critical = stats.t.ppf(0.975, teams - 2)
    away = stats.nct(teams - 2, difference / error)
    return float(away.sf(critical) + away.cdf(-critical))


@pytest.mark.parametrize(("teams", "icc"), [(20, 0.05), (20, 0.2), (30, 0.1), (60, 0.1)])
def test_it_agrees_with_the_normal_theory(teams: int, icc: float) -> None:
    """Where forms are as many everywhere, within three points of a t test on team means."""
    found = detectable([0] * teams, [25] * teams, supposed_spread(1, icc))
    assert found.difference is not None
    assert _by_theory(teams, 25, icc, found.difference) == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize("groups", [(8,), (12,), (2,) * 6, (2,) * 10, (4, 6)])
def test_running_the_design_finds_it_as_often(groups: tuple[int, ...]) -> None:
    """Within three points, by the test over every allocation, with other luck."""
    labels = [at for at, size in enumerate(groups) for _ in range(size)]
    found = detectable(labels, 30, supposed_spread(12, 0.1))
    assert found.difference is not None
    run = simulate(Supposed(groups, 0.1, shared=0, difference=found.difference / 12), 4000, 99)
    assert run.share("power") == pytest.approx(0.8, abs=0.03)
    assert power(labels, 30, supposed_spread(12, 0.1), found.difference) >= 0.8


def test_too_few_teams_find_nothing() -> None:
    """Six teams cannot reach the level, so there is no difference that they could find."""
    found = detectable([0] * 6, 1000, supposed_spread(1, 0.1))
    assert found.difference is None
    assert found.least_p == pytest.approx(0.1)


def test_more_teams_find_less_and_forms_help_little() -> None:
    """Twice the teams help more than twice the forms in each, since teams differ."""

    def least(teams: int, forms: float) -> float:
        return detectable([0] * teams, forms, supposed_spread(1, 0.2)).difference or 0

    assert least(20, 30) < least(10, 60) < least(10, 30)


def test_the_same_seed_gives_the_same() -> None:
    """A plan page does not change its figures from one visit to the next; and units of measurement do not matter."""
    once, again = (detectable([0] * 10, 20, supposed_spread(30, 0.1), seed=3) for _ in range(2))
    assert once == again
    smaller = detectable([0] * 10, 20, supposed_spread(0.03, 0.1), seed=3)
    assert once.difference == pytest.approx(1000 * (smaller.difference or 0), rel=0.02)


def test_past_forms_are_taken_apart() -> None:
    """The analysis of variance finds again what the forms were made with."""
    chance = np.random.default_rng(4)
    past = []
    for forms in chance.integers(20, 120, 200):
        values = 60 + 10 * chance.standard_normal() + 30 * chance.standard_normal(forms)
        past.append(TeamPast(int(forms), float(values.mean()), float(values.std(ddof=1))))
    spread = spread_of_past(past)
    assert spread is not None
    assert spread.between == pytest.approx(10, rel=0.15)
    assert spread.within == pytest.approx(30, rel=0.05)
    known = np.array(spread.teams, dtype=float)
    assert known.std() == pytest.approx(10, rel=0.2)
    assert spread.from_past


def test_a_team_without_a_past_is_one_like_the_others() -> None:
    """It has nothing of its own; and from two teams nothing is learnt."""
    past = [TeamPast(30, mean, 20) for mean in (50, 60, 70)]
    spread = spread_of_past([*past, None, TeamPast(1, 500, 0)])
    assert spread is not None
    assert spread.teams[3:] == (None, None)
    assert spread_of_past([*past[:2], None]) is None
    found = detectable([0] * 9, 30, spread_of_past([*past, *past, *past]) or supposed_spread(1, 0))
    assert found.difference is not None
    assert found.spread.from_past


def test_pairs_help_where_the_past_shows_them_alike() -> None:
    """With teams paired by what they had, less is needed than with the same teams drawn from all."""
    past = [TeamPast(50, mean, 10) for mean in (40, 41, 50, 51, 60, 61, 70, 71, 80, 81, 90, 91)]
    spread = spread_of_past(past)
    assert spread is not None
    apart = detectable([0] * 12, 50, spread).difference
    paired = detectable([at // 2 for at in range(12)], 50, spread).difference
    assert apart is not None
    assert paired is not None
    assert paired < apart / 2
