"""What a design would do if it were run many times: false alarms, coverage, power, and what ignoring teams does."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt
from typing import Any

import numpy as np
from scipy import special

from engine.trials.repeated import Arms, Array, Repeated, drawn_arms, repeated
from engine.trials.schemes import EXACT_UP_TO, possible
from engine.trials.supposed import Forms, Supposed, forms_of, scheme_of_sizes

AT_ONCE = 250
"""Repetitions of one step; each step has a seed of its own, so that their number does not depend on the machine."""
DRAWS = 9_999
"""Of a scheme that cannot be listed: a fixed set of so many allocations stands for all of them."""

COUNTED = ("false_alarms", "coverage", "power", "t_false_alarms", "t_power", "naive_false_alarms")


@dataclass(frozen=True, slots=True)
class Simulated:
    """How often each thing happened in so many repetitions.

    `exact`: every allocation was compared, not a set of draws.
    """

    supposed: Supposed
    repetitions: int
    seed: int
    allocations: int
    exact: bool
    counts: Mapping[str, int]

    def share(self, name: str) -> float:
        """How often, from 0 to 1."""
        return self.counts[name] / self.repetitions

    def error(self, name: str) -> float:
        """The standard error of the share."""
        share = self.share(name)
        return sqrt(share * (1 - share) / self.repetitions)

    def to_json(self) -> dict[str, Any]:
        """Every share, with what was supposed."""
        supposed = {name: getattr(self.supposed, name) for name in Supposed.__slots__}
        shares = {name: round(self.share(name), 6) for name in COUNTED}
        whole = {"repetitions": self.repetitions, "seed": self.seed}
        return {
            "supposed": {**supposed, "groups": list(self.supposed.groups)},
            **whole,
            "allocations": self.allocations,
            "exact": self.exact,
            **shares,
        }


def simulate(
    supposed: Supposed, repetitions: int, seed: int, progressed: Callable[[int], None] = lambda done: None
) -> Simulated:
    """Run the design so many times with teams, forms and draws made up by the seed.

    Each repetition is run once without any difference and once, with other teams, with the supposed one. An interval
    holds the true difference exactly where the test of that difference does not reject it, so coverage counts that.
    `progressed` is called with how many repetitions each step did. What is supposed counts towards the seed, so that
    two designs do not share their luck.
    """
    own = int.from_bytes(sha256(repr(supposed).encode()).digest()[:8])
    test = repeated(scheme_of_sizes(supposed.groups), seed, EXACT_UP_TO, DRAWS)
    counts = dict.fromkeys(COUNTED, 0)
    for number, sets in enumerate(_steps(repetitions)):
        for name, found in _step(supposed, test, sets, np.random.default_rng([seed, own, number])).items():
            counts[name] += int(np.count_nonzero(found))
        progressed(sets)
    exact = test.reference.exact
    return Simulated(supposed, repetitions, seed, possible(test.contrast.scheme), exact, counts)


def _steps(repetitions: int) -> Iterator[int]:
    for start in range(0, repetitions, AT_ONCE):
        yield min(AT_ONCE, repetitions - start)


def _step(
    supposed: Supposed, test: Repeated, sets: int, chance: np.random.Generator
) -> Mapping[str, np.ndarray[Any, np.dtype[np.bool_]]]:
    scheme, level = test.contrast.scheme, supposed.level * (1 + 1e-9)
    arms = drawn_arms(scheme, sets, chance)
    without = forms_of(supposed, arms, 0, chance)
    other_arms = drawn_arms(scheme, sets, chance)
    there = forms_of(supposed, other_arms, supposed.difference, chance)
    return {
        "false_alarms": test.p_values(arms, without.means) <= level,
        "power": test.p_values(other_arms, there.means) <= level,
        "coverage": test.p_values(other_arms, there.means - supposed.difference * other_arms) > level,
        "t_false_alarms": t_of_teams(test, arms, without.means) <= level,
        "t_power": t_of_teams(test, other_arms, there.means) <= level,
        "naive_false_alarms": t_of_forms(arms, without) <= level,
    }


def t_of_teams(test: Repeated, arms: Arms, summaries: Array) -> Array:
    """(sets,): p of a t test on team summaries with one spread for all, each group apart; pairs by differences."""
    groups = [each for each in test.contrast.scheme.groups if 0 < each.under_test < len(each.units)]
    weights = test.contrast.weights
    if all(len(each.units) == 2 for each in groups):
        return _t_of_pairs(test, arms, summaries)
    squares, variance = np.zeros(len(summaries)), 0.0
    for each in groups:
        units, tested = list(each.units), arms[:, each.units] == 1
        for which, number in ((tested, each.under_test), (~tested, len(units) - each.under_test)):
            mean = np.where(which, summaries[:, units], 0).sum(axis=1, keepdims=True) / number
            squares += (np.where(which, summaries[:, units] - mean, 0) ** 2).sum(axis=1)
        one_over = len(units) / (each.under_test * (len(units) - each.under_test))
        variance += (weights[units[0]] / one_over) ** 2 * one_over
    freedom = sum(len(each.units) - 2 for each in groups)
    return _two_sided(test.contrast.difference(arms, summaries), np.sqrt(squares / freedom * variance), freedom)


def _t_of_pairs(test: Repeated, arms: Arms, summaries: Array) -> Array:
    pairs = [each.units for each in test.contrast.scheme.groups]
    sign = 2 * arms.astype(float) - 1
    differences = np.stack([(sign[:, units] * summaries[:, units]).sum(axis=1) for units in pairs], axis=1)
    error = differences.std(axis=1, ddof=1) / sqrt(len(pairs))
    return _two_sided(differences.mean(axis=1), error, len(pairs) - 1)


def t_of_forms(arms: Arms, forms: Forms) -> Array:
    """(sets,): p of Welch's t test on forms as if each were drawn by itself, which they are not."""
    parts = []
    for which in (arms, 1 - arms):
        number, total, squares = ((which * each).sum(axis=1) for each in (forms.number, forms.total, forms.squares))
        variance = (squares - total**2 / number) / (number - 1)
        parts.append((total / number, np.maximum(variance, 0) / number, number))
    (mean, spread, number), (other_mean, other_spread, other_number) = parts
    error = spread + other_spread
    freedom = error**2 / (spread**2 / (number - 1) + other_spread**2 / (other_number - 1))
    return _two_sided(mean - other_mean, np.sqrt(error), freedom)


def _two_sided(difference: Array, error: Array, freedom: Array | int) -> Array:
    p: Array = 2 * special.stdtr(freedom, -np.abs(difference) / error)
    return p
