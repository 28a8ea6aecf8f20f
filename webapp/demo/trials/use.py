"""How people are supposed to have used the forms of a trial: chance with a seed, so that each demonstration is alike.

A form's value of an outcome is a mean, what the arm under test adds, and three deviations: its team's, its worker's
and its own, each drawn from a normal distribution whose spread the trial's file gives. Minutes are multiplied in the
place of added, since they are skewed. A scorer reads the quality with an error of their own.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

Json = Any
RATINGS = (1, 5)
LEAST_MINUTES, MOST_MINUTES = 6.0, 118.0
"""No form takes less, and nobody is at one for longer."""
SCORER_ERROR = 0.4
"""How far a scorer's reading of a form lies from another's, as a standard deviation."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """One form as somebody would have used it.

    `worker` counts the team's from 0; `begun` is how far into the trial it was begun, from 0 to 1, and `days` how many
    working days later it was handed in, None for never. `quality` goes from about 1 to about 5; a rating is None where
    nobody gave one. `seed` is for what is written in it.
    """

    seed: str
    worker: int
    begun: float
    days: int | None
    minutes: float
    quality: float
    ratings: Mapping[str, int]
    seen: str
    yes: bool


class TeamsUse:
    """What one team's forms of a trial come to, one after the other."""

    def __init__(self, trial: str, team: str, use: Mapping[str, Json]) -> None:
        """The same for the same trial, team and supposed use."""
        self._seed, self._use = f"{trial}/{team}", use
        chance = Random(self._seed)
        self._team = {name: chance.gauss(0, spread["team"]) for name, spread in _outcomes(use)}
        self._workers = [
            {name: chance.gauss(0, spread["worker"]) for name, spread in _outcomes(use)} for _ in range(use["workers"])
        ]

    def forms(self, number: int, tested: bool, first: int = 0) -> Sequence[Supposed]:
        """So many forms, written on the arm under test or on the control, counted from `first`."""
        return [self._form(f"{self._seed}/{count}", tested) for count in range(first, first + number)]

    def _form(self, seed: str, tested: bool) -> Supposed:
        chance, use = Random(seed), self._use
        worker = chance.randrange(use["workers"])
        value = {name: self._value(name, worker, tested, chance) for name, _ in _outcomes(use)}
        unseen = chance.random()
        alone = "with_others" if unseen < use["not_seen"] + use["with_others"] else "alone"
        return Supposed(
            seed=seed,
            worker=worker,
            begun=chance.random() * use["begun_until"],
            days=None if chance.random() < use["unfinished"] else chance.randint(*use["days"]),
            minutes=min(max(value["minutes"], LEAST_MINUTES), MOST_MINUTES),
            quality=value["quality"],
            ratings={name: _step(value[name]) for name in _rated(use) if chance.random() < use[name]["given"]},
            seen="not_seen" if unseen < use["not_seen"] else alone,
            yes=chance.random() < value.get("yes", 1.0),
        )

    def _value(self, name: str, worker: int, tested: bool, chance: Random) -> float:
        spread = self._use[name]
        deviation = self._team[name] + self._workers[worker][name] + chance.gauss(0, spread["form"])
        if name == "minutes":
            return float(spread["mean"] * (spread["arm"] if tested else 1) * math.exp(deviation))
        return float(spread["mean"] + (spread["arm"] if tested else 0) + deviation)


def score_by(scorer: str, form: Supposed) -> int:
    """What a scorer (by name) gives a form: the same whenever it is asked."""
    return _step(form.quality + Random(f"{form.seed}/{scorer}").gauss(0, SCORER_ERROR))


def _outcomes(use: Mapping[str, Json]) -> list[tuple[str, Mapping[str, float]]]:
    return [(name, each) for name, each in use.items() if isinstance(each, dict) and "mean" in each]


def _rated(use: Mapping[str, Json]) -> list[str]:
    return [name for name, spread in _outcomes(use) if "given" in spread]


def _step(value: float) -> int:
    lowest, highest = RATINGS
    return min(max(round(value), lowest), highest)
