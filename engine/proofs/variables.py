"""Variables for answers, rows, facts of children and today's date, shared by every form asked over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from engine.conditions import CHILD_FACTS, Leaf
from engine.definition import Question
from engine.places import Place
from engine.proofs.circuit import Circuit, Literal
from engine.proofs.domains import Domain, Domains
from engine.proofs.pools import literals
from engine.question_types.base import NotKnown

_OLDEST = 150


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One answer in the draft: a literal for each value of its domain; none of them holds where it is blank."""

    domain: Domain
    literals: tuple[Literal, ...]

    def holding(self, indices: Sequence[int]) -> list[Literal]:
        """The literals of some of the values."""
        return [self.literals[index] for index in indices]


@dataclass(frozen=True, slots=True, eq=False)
class RowSet:
    """The rows of one answer: a literal for each row that may be there, and one for "not known yet"."""

    rows: tuple[Literal, ...]
    not_known: Literal


class Variables:
    """Everything a draft and its context can vary in, made as it is asked for."""

    def __init__(self, domains: Domains, circuit: Circuit, children: int) -> None:
        """Make room for one form, or two over the same answers, about some number of children."""
        self.domains = domains
        self.circuit = circuit
        self.children = tuple(f"c{number}" for number in range(1, children + 1))
        self._answers: dict[tuple[int, Place], Answer | None] = {}
        self._rows: dict[tuple[int, Place], RowSet] = {}
        self._facts: dict[tuple[str, str], Answer] = {}
        self.today = None if domains.today is None else self._choose(domains.today)

    def answer(self, form: int, path: str, place: Place) -> Answer | None:
        """The answer at a place; None where nothing depends on it."""
        key = (self.domains.owner(form, path), place)
        if key not in self._answers:
            domain = self.domains.of(form, path)
            self._answers[key] = None if domain is None else self._choose(domain)
        return self._answers[key]

    def _choose(self, domain: Domain) -> Answer:
        chosen = tuple(self.circuit.variable() for _value in domain.values)
        if not domain.many:
            self.circuit.at_most_one(chosen)
        for index in domain.alone:
            for other, literal in enumerate(chosen):
                if other != index:
                    self.circuit.require(-chosen[index], -literal)
        return Answer(domain, chosen)

    def rows(self, form: int, rows: Question, place: Place) -> RowSet:
        """The rows at a place: enough of them for both forms where two share the answer."""
        key = (self.domains.owner(form, rows.id), place)
        if key not in self._rows:
            readings = [each for each in self.domains.readings if rows.id in each.paths]
            count = max(each.rows_needed(each.paths[rows.id]) for each in readings)
            made = RowSet(tuple(self.circuit.variable() for _row in range(count)), self.circuit.variable())
            for row, before in zip(made.rows[1:], made.rows, strict=False):
                self.circuit.require(-row, before)
            self.circuit.require(-made.not_known, -made.rows[0])
            self._rows[key] = made
        return self._rows[key]

    def fact(self, child: str, name: str) -> Answer:
        """A fact of a child; none of its values holds where it is not known."""
        if (child, name) not in self._facts:
            made = self._facts[child, name] = self._choose(self._fact_domain(name))
            if name == "age":
                self._bind_age(child, made)
        return self._facts[child, name]

    def _fact_domain(self, name: str) -> Domain:
        if CHILD_FACTS.get(name) == "truth":
            return Domain((True, False))
        leaves = [leaf for reading in self.domains.readings for leaf in reading.facts.get(name, ())]
        return Domain(_ages(leaves))

    def _bind_age(self, child: str, age: Answer) -> None:
        unborn = self.fact(child, "unborn").literals[0]
        for literal in age.literals:
            self.circuit.require(-literal, -unborn)
            if self.today is not None:
                self.circuit.require(-literal, *self.today.literals)

    def facts_used(self, child: str) -> dict[str, Answer]:
        """The facts of a child that something asked for."""
        return {name: fact for (owner, name), fact in self._facts.items() if owner == child}


def _ages(leaves: Sequence[Leaf]) -> tuple[int, ...]:
    """Whole years at, between and beyond the literals."""
    numbers = [each for each in literals(leaves) if isinstance(each, int | float) and not isinstance(each, bool)]
    near = {0} | {year + step for each in numbers for year in (floor(each), ceil(each)) for step in (-1, 0, 1)}
    return tuple(sorted(year for year in near if 0 <= year <= _OLDEST))


def value_of(value: Any) -> Any:
    """A value of a domain as JSON."""
    return value.to_json() if isinstance(value, NotKnown) else value
