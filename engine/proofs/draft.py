"""Everything a draft and its context can vary in, shared by every form that is asked over them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from engine.conditions import CHILD_FACTS, Leaf
from engine.definition import Question
from engine.places import Place
from engine.proofs.answers import Answer, answer_in
from engine.proofs.circuit import FALSE, Circuit, Literal
from engine.proofs.domains import Domain, Domains
from engine.proofs.pools import SOME_DAY, literals

CHILD = "c1"
"""The child that every variable about a child stands for; other children are other solutions for it."""
_OLDEST = 120
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True, eq=False)
class RowSet:
    """The rows of one answer: a variable for each row that may be there, and one for "not known yet".

    `least` is how many rows any form over the draft asks for once there is one. `outside` holds where there are so
    many or so few rows, `count_outside`, that the first form takes them and the second does not.
    """

    rows: tuple[Literal, ...]
    not_known: Literal
    least: int
    outside: Literal = FALSE
    count_outside: int = 0


class Draft:
    """The variables of answers, rows, facts and today's date, made as they are asked for.

    `alone` may be assumed: then the draft is about one child. `shared` are the variables through which what is asked
    of each child depends on all the rest; `share` adds to them.
    """

    def __init__(self, domains: Domains) -> None:
        """Make room for one form, or two over the same answers."""
        self.domains = domains
        self.circuit = Circuit()
        self.alone = self.circuit.variable()
        self.shared: set[Literal] = set()
        self.facts: dict[str, Answer] = {}
        self._answers: dict[tuple[int, Place], Answer | None] = {}
        self._rows: dict[tuple[int, Place], RowSet] = {}
        self.today = None if domains.today is None else answer_in(domains.today, self.circuit)
        self.shared.update(self.today.variables if self.today else ())

    def share(self, literal: Literal) -> Literal:
        """The literal, noted as one that must be the same for every child."""
        self.shared.add(abs(literal))
        return literal

    @property
    def likely(self) -> list[Literal]:
        """What to try first so that drafts look ordinary: the day that witnesses are dated otherwise."""
        if self.today is None or SOME_DAY not in self.today.domain.values:
            return []
        at = self.today.domain.values.index(SOME_DAY)
        return [variable if index <= at else -variable for index, variable in enumerate(self.today.variables)]

    def answer(self, form: int, path: str, place: Place) -> Answer | None:
        """The answer at a place; None where nothing depends on it."""
        key = (self.domains.owner(form, path), place)
        if key not in self._answers:
            domain = self.domains.of(form, path)
            self._answers[key] = None if domain is None else answer_in(domain, self.circuit)
        return self._answers[key]

    def rows(self, form: int, rows: Question, place: Place) -> RowSet:
        """The rows at a place: enough of them for both forms where two share the answer."""
        key = (self.domains.owner(form, rows.id), place)
        if key not in self._rows:
            self._rows[key] = self._new_rows(rows)
        return self._rows[key]

    def _new_rows(self, rows: Question) -> RowSet:
        readings = [each for each in self.domains.readings if rows.id in each.paths]
        count = max(each.rows_told_apart(each.paths[rows.id]) for each in readings)
        there = tuple(self.circuit.variable() for _row in range(count))
        asked = [each.paths[rows.id].settings for each in readings]
        least = [settings.get("minimum_rows", 0) for settings in asked]
        made = RowSet(there, self.circuit.variable(), max(least))
        for row, before in zip(there[1:], there, strict=False):
            self.circuit.require(-row, before)
        self.circuit.require(-made.not_known, -there[0])
        most = [settings.get("maximum_rows") for settings in asked]
        if most[-1] and (most[0] or most[-1] + 1) > most[-1]:
            made = self._with_outside(made, most[-1] + 1, count)
            for row in there[most[-1] :]:
                self.circuit.require(made.outside, -row)
            return made
        return self._with_outside(made, least[0], least[-1] - 1) if least[0] < least[-1] else made

    def _with_outside(self, made: RowSet, count: int, most: int) -> RowSet:
        """Rows of which there may be `count`, `most` of them unlike each other, that the second form refuses."""
        outside = self.circuit.variable()
        self.circuit.require(-outside, made.rows[0])
        for row in made.rows[most:]:
            self.circuit.require(-outside, -row)
        return replace(made, outside=outside, count_outside=count)

    def fact(self, name: str) -> Answer:
        """A fact of the child; it has no value where it is not known."""
        if name not in self.facts:
            truth = CHILD_FACTS.get(name) == "truth"
            made = self.facts[name] = answer_in(Domain((True, False) if truth else self._ages()), self.circuit)
            if name == "age":
                self._bind_age(made)
        return self.facts[name]

    def _ages(self) -> tuple[int, ...]:
        return _ages([leaf for reading in self.domains.readings for leaf in reading.facts.get("age", ())])

    def _bind_age(self, age: Answer) -> None:
        """An unborn child has no age, and an age needs a day on which a birth date in the calendar gives it."""
        for index, years in enumerate(age.domain.values):
            self.circuit.require(-age.among([index]), -self.fact("unborn").among([0]))
            if self.today is not None:
                days = self.today.domain.values
                enough = [at for at, day in enumerate(days) if int(day[:4]) - years >= _FIRST_YEAR]
                self.circuit.require(-age.among([index]), self.today.among(enough))


def _ages(leaves: Sequence[Leaf]) -> tuple[int, ...]:
    """Whole years at, between and beyond the literals."""
    numbers = [each for each in literals(leaves) if isinstance(each, int | float) and not isinstance(each, bool)]
    near = {0} | {year + step for each in numbers for year in (floor(each), ceil(each)) for step in (-1, 0, 1)}
    return tuple(sorted(year for year in near if 0 <= year <= _OLDEST))
