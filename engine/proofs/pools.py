"""Pools of answers: questions that limit each other, or are compared with today, are tried at the same values."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from engine.conditions import Leaf
from engine.dates import first_day, near
from engine.definition import Question
from engine.proofs.reading import TODAY, Reading, says_today

Json = Any
SOME_DAY = "2026-01-05"
"""The day of a witness where no condition or limit depends on the day."""


class Pools:
    """The values that questions tied to each other by limits are tried at, by the question's path."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        """Gather what is tied in one form or in two forms over the same answers."""
        self._readings = readings
        self._above: dict[str, str] = {}
        for reading in readings:
            for first, second in _ties(reading):
                self._above[self._root(first)] = self._root(second)
        self._made: dict[str, tuple[Json, ...]] = {}
        self.days = self._days()

    def _root(self, path: str) -> str:
        while self._above.setdefault(path, path) != path:
            path = self._above[path]
        return path

    def values(self, path: str) -> tuple[Json, ...] | None:
        """The values a question is tried at, those it does not take among them; None where no limit ties it."""
        if path not in self._above:
            return None
        root = self._root(path)
        if root not in self._made:
            first = self._first_round(root)
            # A second round puts days between the literals, so that dates limited by dates can be in any order.
            again = samples(self._asked(root), [*dict.fromkeys(map(_to_the_day, first))])
            found = {str(each): each for each in (*first, *self._told_apart(again, first))}
            self._made[root] = tuple(sorted(found.values(), key=_in_order))
        return self._made[root]

    def _first_round(self, root: str) -> Sequence[Json]:
        found = (reading.compared.get(path, ()) for path in self._tied(root) for reading in self._readings)
        named = literals(leaf for leaves in found for leaf in leaves)
        tried = samples(self._asked(root), named)
        return self._told_apart(tried, named)

    def _told_apart(self, values: Sequence[Json], named: Sequence[Json]) -> Sequence[Json]:
        """Without the partial dates that nothing names: one form cannot tell them from their first day, another can."""
        several = len(self._readings) > 1
        return [value for value in values if several or value in named or not _partial(value)]

    def _asked(self, root: str) -> Sequence[Question]:
        return [reading.paths[path] for path in self._tied(root) for reading in self._readings if path in reading.paths]

    def _tied(self, root: str) -> Sequence[str]:
        return [path for path in self._above if self._root(path) == root]

    def _days(self) -> tuple[str, ...]:
        """The days that today's date is tried at, before and after each answer; empty where nothing depends on it."""
        if TODAY not in self._above:
            return ()
        tried = [first_day(value)[:10] for value in self.values(TODAY) or () if isinstance(value, str)]
        first = [first_day(value)[:10] for value in self._first_round(self._root(TODAY)) if isinstance(value, str)]
        beside = [day for each in first if _in_calendar(each) for day in near(each) if len(day) == len(each)]
        return tuple(sorted({SOME_DAY, *filter(_in_calendar, (*tried, *beside))}))


def literals(leaves: Iterable[Leaf]) -> Sequence[Json]:
    """What the leaves compare an answer with, each literal once."""
    found = (leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,) for leaf in leaves)
    return tuple({str(literal): literal for each in found for literal in each}.values())


def samples(asked: Sequence[Question], literals: Sequence[Json]) -> list[Json]:
    """The samples of several questions around the same literals, each value once."""
    found = (value for question in asked for value in question.handler.samples(question, literals))
    return list({str(value): value for value in found}.values())


def samples_of_all(asked: Sequence[Question], literals: Sequence[Json]) -> list[Json]:
    """The samples of one question; of several unlike ones, each around those of the others too: at all their limits."""
    found = samples(asked, literals)
    return found if len(asked) == 1 else samples(asked, [*literals, *found])


def _partial(value: Json) -> bool:
    return isinstance(value, str) and len(value) < len(SOME_DAY)


def _to_the_day(value: Json) -> Json:
    return value[: len(SOME_DAY)] if isinstance(value, str) else value


def _in_order(value: Json) -> tuple[str, float, str]:
    number = value if isinstance(value, int | float) else 0
    return (first_day(value) if isinstance(value, str) else "", number, str(value))


def _ties(reading: Reading) -> Iterator[tuple[str, str]]:
    for path, limits in reading.limits.items():
        for each in (each for together in limits for each in together):
            alike = each == TODAY or _measure(reading, each) == _measure(reading, path)
            yield (each, path) if alike else (each, each)
    for path, leaves in reading.compared.items():
        if path in reading.paths and any(map(says_today, leaves)):
            yield TODAY, path


def _measure(reading: Reading, path: str) -> str:
    return reading.paths[path].handler.measure


def _in_calendar(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
