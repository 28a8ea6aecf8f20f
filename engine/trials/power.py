"""The smallest difference a design finds four times in five, by its own test, from past forms or what is supposed."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from engine.trials.attainable import LEVEL, least_p
from engine.trials.repeated import Array, Contrast, contrast, drawn_arms
from engine.trials.schemes import Allocations, Group, Scheme, allocations
from engine.trials.supposed import sizes_of

Single = NDArray[np.float32]

WANTED = 0.8
SETS = 3_000
"""Data sets made up: a share of 0.8 is then known to within two points."""
COMPARED = 1_999
"""Allocations each is compared with; all of them where there are no more."""
LEAST_TEAMS, LEAST_ICC = 3, 0.01
"""Of past forms: from fewer teams nothing is learnt, and teams are never supposed to be more alike than this."""

_TIE = 1e-5
"""Of the spread: what single precision may add to or take from a difference that is the same."""


@dataclass(frozen=True, slots=True)
class TeamPast:
    """A team's earlier forms: how many, their mean and standard deviation."""

    forms: int
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Spread:
    """How far apart teams are, and forms within a team (standard deviations, in the outcome's unit).

    `teams` holds what is known of each team's own distance from the mean, None where nothing is.
    """

    between: float
    within: float
    teams: tuple[float | None, ...] = ()

    @property
    def icc(self) -> float:
        """The share of variance that lies between teams."""
        whole = self.between**2 + self.within**2
        return self.between**2 / whole if whole else 0.0

    @property
    def from_past(self) -> bool:
        """Whether it was learnt from earlier forms."""
        return any(each is not None for each in self.teams)


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest difference found in at least `wanted` of all trials; None where no difference could be."""

    difference: float | None
    wanted: float
    spread: Spread
    least_p: float


def supposed_spread(sd: float, icc: float) -> Spread:
    """The spread that a standard deviation of forms and a likeness within teams come to."""
    return Spread(sd * sqrt(icc), sd * sqrt(1 - icc))


def spread_of_past(past: Sequence[TeamPast | None]) -> Spread | None:
    """The spread that earlier forms show, a team each in the trial's order; None where they are too few to tell.

    What lies between teams is estimated by analysis of variance, so that chance within teams is not counted twice.
    """
    known = [each for each in past if each is not None and each.forms > 1]
    if len(known) < LEAST_TEAMS:
        return None
    number = np.array([each.forms for each in known], dtype=np.float64)
    means = np.array([each.mean for each in known])
    within = float(((number - 1) * np.array([each.sd for each in known]) ** 2).sum() / (number - 1).sum())
    grand = float((number * means).sum() / number.sum())
    of_teams = float((number * (means - grand) ** 2).sum() / (len(known) - 1))
    usual = float((number.sum() - (number**2).sum() / number.sum()) / (len(known) - 1))
    between = max((of_teams - within) / usual, within * LEAST_ICC / (1 - LEAST_ICC))
    return Spread(sqrt(between), sqrt(within), tuple(_own(each, grand, between, within) for each in past))


def _own(team: TeamPast | None, grand: float, between: float, within: float) -> float | None:
    """A team's distance from the mean of all, drawn in by what chance alone adds to it."""
    if team is None or team.forms < 2 or not between:
        return None
    return (team.mean - grand) * sqrt(between / (between + within / team.forms))


def detectable(
    groups: Sequence[Hashable],
    forms: Sequence[float] | float,
    spread: Spread,
    level: float = LEVEL,
    wanted: float = WANTED,
    seed: int = 0,
) -> Detectable:
    """The smallest difference that teams find, each with its stratum or pair (all the same: complete).

    `forms`: how many each team will write, or how many on average, uneven then. Teams of a stratum or pair are not
    supposed to be more alike than others unless the past shows it. The same seed gives the same answer.
    """
    trials = _Trials.made(groups, forms, spread, seed)
    least = float(least_p((len(each.units), each.under_test) for each in trials.contrast.scheme.groups))
    if least > level:
        return Detectable(None, wanted, spread, least)
    low, high = 0.0, 4 * max(trials.error, 1e-12)
    while trials.power(high, level) < wanted:
        low, high = high, 2 * high
    while high - low > 0.005 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if trials.power(middle, level) >= wanted else (middle, high)
    return Detectable(high, wanted, spread, least)


def power(
    groups: Sequence[Hashable],
    forms: Sequence[float] | float,
    spread: Spread,
    difference: float,
    level: float = LEVEL,
    seed: int = 0,
) -> float:
    """How often such teams would find a true difference, from 0 to 1."""
    return _Trials.made(groups, forms, spread, seed).power(difference, level)


def halved(groups: Sequence[Hashable]) -> Scheme:
    """The scheme of teams by their groups, half of each under test; of odd ones the odd team now here, now there."""
    members: dict[Hashable, list[int]] = {}
    for unit, group in enumerate(groups):
        members.setdefault(group, []).append(unit)
    made, over = [], 0
    for units in members.values():
        made.append(Group(tuple(units), (len(units) + over * (len(units) % 2)) // 2))
        over = (over + len(units)) % 2
    return Scheme(len(groups), tuple(made))


@dataclass(frozen=True, slots=True, eq=False)
class _Trials:
    """Many trials without a difference, and what one unit of it adds: (allocations, trials) and (trials,)."""

    contrast: Contrast
    chance: Single
    added: Single
    observed: Array
    observed_added: Array
    exact: bool

    @classmethod
    def made(cls, groups: Sequence[Hashable], forms: Sequence[float] | float, spread: Spread, seed: int) -> "_Trials":
        scheme = halved(groups)
        difference, chance = contrast(scheme), np.random.default_rng(seed)
        reference: Allocations = allocations(scheme, seed, exact_up_to=COMPARED, draws=COMPARED)
        arms = drawn_arms(scheme, SETS, chance)
        summaries = _summaries(scheme.units, forms, spread, chance)
        centred, ones = difference.centred(summaries), difference.centred(arms.astype(np.float64))
        matrix = reference.matrix.astype(np.float32)
        return cls(
            difference,
            matrix @ centred.T.astype(np.float32),
            matrix @ ones.T.astype(np.float32),
            (arms * centred).sum(axis=1),
            (arms * ones).sum(axis=1),
            reference.exact,
        )

    @property
    def error(self) -> float:
        """The spread of what is found where there is nothing."""
        return float(self.observed.std())

    def power(self, difference: float, level: float) -> float:
        """How many of the trials find the difference, from 0 to 1."""
        observed = np.abs(self.observed + difference * self.observed_added)
        least = (observed - _TIE * (self.error + abs(difference))).astype(np.float32)
        compared = self.added * np.float32(difference)
        compared += self.chance
        np.abs(compared, out=compared)
        hits = np.count_nonzero(compared >= least, axis=0)
        number = len(self.chance)
        p = hits / number if self.exact else (hits + 1) / (number + 1)
        return float(np.mean(p <= level * (1 + 1e-9)))


def _summaries(units: int, forms: Sequence[float] | float, spread: Spread, chance: np.random.Generator) -> Array:
    """(SETS, units): team means without any difference."""
    if isinstance(forms, int | float):
        number = sizes_of(float(forms), 0.5, (SETS, units), chance).astype(np.float64)
    else:
        number = np.broadcast_to(np.maximum(np.array(forms, dtype=np.float64), 1), (SETS, units))
    of_teams = chance.standard_normal((SETS, units)) * spread.between
    for unit, known in enumerate(spread.teams):
        if known is not None:
            of_teams[:, unit] = known
    summaries: Array = of_teams + chance.standard_normal((SETS, units)) * spread.within / np.sqrt(number)
    return summaries
