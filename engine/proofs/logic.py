"""Conditions as logic over the answers that count."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.conditions import AnyOf, Condition, Leaf, Not, holds
from engine.places import Place
from engine.proofs.answers import Answer
from engine.proofs.circuit import FALSE, TRUE, Literal
from engine.proofs.draft import CHILD, Draft
from engine.proofs.given import Given
from engine.proofs.reading import Reading, says_today
from engine.proofs.tables import meeting


@dataclass(frozen=True, slots=True, eq=False)
class SomeChild:
    """A leaf over children's answers or facts, read from outside: whether it holds for some child, and for this one."""

    some: Literal
    this: Literal


class Logic:
    """The conditions of one form; `some_child` are the leaves that any child of several may meet."""

    def __init__(
        self, reading: Reading, draft: Draft, given: Mapping[Place, Given], rows: Mapping[Place, Sequence[Literal]]
    ) -> None:
        """Read earlier answers in `given`, and which rows are there in `rows`; both grow as the form is read."""
        self.some_child: dict[Leaf, SomeChild] = {}
        self._draft = draft
        self._circuit = draft.circuit
        self._per_child = reading.definition.per_child
        self._given = given
        self._rows = rows
        self._tables = draft.domains.tables
        self._inside_some = False

    def condition(self, condition: Condition, child: str | None, row: Place | None) -> Literal:
        """Whether a condition (option groups resolved) holds, asked for a child and inside a row where given."""
        if isinstance(condition, Leaf):
            return self._leaf(condition, child, row)
        if isinstance(condition, Not):
            return -self.condition(condition.part, child, row)
        parts = [self.condition(part, child, row) for part in condition.parts]
        return self._circuit.either(parts) if isinstance(condition, AnyOf) else self._circuit.both(parts)

    def _leaf(self, leaf: Leaf, child: str | None, row: Place | None) -> Literal:
        if leaf.subject == "row":
            return FALSE if row is None else self._at(leaf, row._replace(column=leaf.name), child)
        if leaf.subject == "question" and leaf.name not in self._per_child:
            return self._at(leaf, Place(leaf.name), child)
        if child is not None:
            return self._of_child(leaf, child)
        if leaf not in self.some_child:
            self._inside_some, before = True, self._inside_some
            self.some_child[leaf] = self._some(self._of_child(leaf, None))
            self._inside_some = before
        return self.some_child[leaf].some

    def _of_child(self, leaf: Leaf, child: str | None) -> Literal:
        if leaf.subject == "child":
            return self._compare(leaf, Given(self._circuit, TRUE, self._draft.fact(leaf.name)))
        return self._at(leaf, Place(leaf.name, CHILD), child)

    def _some(self, this: Literal) -> SomeChild:
        some = self._circuit.variable()
        self._circuit.require(-this, some)
        self._circuit.require(-self._draft.alone, -some, this)
        return SomeChild(some, this)

    def _at(self, leaf: Leaf, place: Place, child: str | None) -> Literal:
        """A leaf over the answer at a place; what a child's condition reads about no child is shared by all of them."""
        shared = place.child is None and (child is not None or self._inside_some)
        if leaf.operator != "any_row":
            literal = self.holds(leaf, place)
            return self._draft.share(literal) if shared else literal
        found = []
        for index, present in enumerate(self._rows.get(place, ())):
            there = self._draft.share(present) if shared else present
            found.append(self._circuit.both((there, self.condition(leaf.operand, child, place._replace(row=index)))))
        return self._circuit.either(found)

    def holds(self, leaf: Leaf, place: Place) -> Literal:
        """Whether a leaf holds over the answer at a place; FALSE for a place that no earlier question has."""
        given = self._given.get(place)
        return FALSE if given is None else self._compare(leaf, given)

    def _compare(self, leaf: Leaf, given: Given) -> Literal:
        if self._draft.today is not None and says_today(leaf):
            by_day = self._circuit.either(self._by_day(leaf, given, self._draft.today))
            return self._circuit.both((given.shown, given.passes, by_day))
        return given.held(given.answer.domain.meeting(leaf))

    def _by_day(self, leaf: Leaf, given: Given, today: Answer) -> Iterator[Literal]:
        values, days = given.answer.domain.values, today.domain.values
        key = (leaf.operator, values)
        if key not in self._tables:
            self._tables[key] = meeting(
                len(days), len(values), lambda day, value: holds(leaf, values[value], days[day])
            )
        for when, indices in self._tables[key]:
            yield self._circuit.both((today.among(when), given.among(indices)))
