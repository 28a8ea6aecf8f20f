"""What is supposed of teams and their forms, and forms made up accordingly: sizes, spread, likeness within teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from engine.trials.repeated import Arms, Array
from engine.trials.schemes import Group, Scheme

Outcome = Literal["normal", "skewed", "yes_no"]
Chance = np.random.Generator

LEAST_FORMS = 2
_SKEW = 0.8
"""The spread of the logarithm of a skewed outcome: the longest in a hundred takes about five times the middle one."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """Teams in groups (one: complete; twos: pairs), what they write, and what the variant changes.

    `forms` a team on average, `unevenness` their standard deviation over the mean; `icc` the share of all variance
    that lies between teams, `shared` the part of that which a group's teams have in common; `difference` in
    standard deviations of a form's outcome, of "yes_no" in shares of 1, where `rate` is the control's share of yes.
    """

    groups: tuple[int, ...]
    icc: float
    forms: float = 30
    unevenness: float = 0.5
    shared: float = 0.5
    difference: float = 0.5
    outcome: Outcome = "normal"
    rate: float = 0.5
    level: float = 0.05

    @property
    def units(self) -> int:
        """How many teams there are."""
        return sum(self.groups)


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """Forms made up for many repetitions at once: of each team how many, their sum and their sum of squares."""

    number: Array
    total: Array
    squares: Array

    @property
    def means(self) -> Array:
        """(repetitions, teams)."""
        return self.total / self.number


def scheme_of_sizes(groups: Sequence[int]) -> Scheme:
    """Half of each group under test; of odd groups the odd unit in turn under test and not."""
    made: list[Group] = []
    first, over = 0, 0
    for size in groups:
        tested = (size + over * (size % 2)) // 2
        over = 1 - over if size % 2 else over
        made.append(Group(tuple(range(first, first + size)), tested))
        first += size
    return Scheme(first, tuple(made))


def forms_of(supposed: Supposed, arms: Arms, difference: float, chance: Chance) -> Forms:
    """Forms for each line of arms (repetitions, teams), with a true difference of the arm under test."""
    sizes = sizes_of(supposed.forms, supposed.unevenness, arms.shape, chance)
    teams = _of_teams(supposed, arms.shape, chance)
    effect = difference * arms.astype(np.float64)
    if supposed.outcome == "yes_no":
        yes = chance.binomial(sizes, _rates(supposed, teams, effect)).astype(float)
        return Forms(sizes.astype(float), yes, yes)
    values = np.repeat(teams.ravel() * sqrt(supposed.icc), sizes.ravel())
    values += chance.standard_normal(len(values)) * sqrt(1 - supposed.icc)
    if supposed.outcome == "skewed":
        values = _skewed(values)
    values += np.repeat(effect.ravel(), sizes.ravel())
    return _summed(values, sizes)


def sizes_of(forms: float, unevenness: float, shape: tuple[int, ...], chance: Chance) -> NDArray[np.int64]:
    """How many forms each team writes, at least two."""
    if not unevenness:
        return np.full(shape, max(LEAST_FORMS, round(forms)))
    variance = unevenness**2
    drawn = chance.gamma(1 / variance, forms * variance, shape)
    return np.maximum(LEAST_FORMS, np.rint(drawn)).astype(np.int64)


def _of_teams(supposed: Supposed, shape: tuple[int, ...], chance: Chance) -> Array:
    """What sets each team apart, in standard deviations between teams."""
    own = chance.standard_normal(shape)
    if len(supposed.groups) == 1:
        return own
    of_groups = np.repeat(chance.standard_normal((shape[0], len(supposed.groups))), supposed.groups, axis=1)
    return own * sqrt(1 - supposed.shared) + of_groups * sqrt(supposed.shared)


def _rates(supposed: Supposed, teams: Array, effect: Array) -> Array:
    """The share of yes of each team: beta about its arm's rate, as far apart as the icc says."""
    rate = np.clip(supposed.rate + effect, 0.001, 0.999)
    certainty = 1 / max(supposed.icc, 1e-6) - 1
    shares = special.betaincinv(rate * certainty, (1 - rate) * certainty, special.ndtr(teams))
    return np.asarray(shares, dtype=np.float64)


def _skewed(values: Array) -> Array:
    """Long on one side, as minutes are, with mean 0 and standard deviation 1."""
    mean = np.exp(_SKEW**2 / 2)
    spread = mean * np.sqrt(np.exp(_SKEW**2) - 1)
    return np.asarray((np.exp(_SKEW * values) - mean) / spread, dtype=np.float64)


def _summed(values: Array, sizes: NDArray[np.int64]) -> Forms:
    begins = np.concatenate(([0], np.cumsum(sizes.ravel())[:-1]))
    total = np.add.reduceat(values, begins).reshape(sizes.shape)
    squares = np.add.reduceat(values * values, begins).reshape(sizes.shape)
    return Forms(sizes.astype(float), total, squares)
