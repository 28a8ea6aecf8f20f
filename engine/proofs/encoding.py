"""A form as logic: for every place whether it is shown, for every answer whether it counts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.conditions import AnyOf, Condition, Leaf, Not
from engine.definition import Question, Section
from engine.places import Place
from engine.proofs.circuit import FALSE, TRUE, Literal
from engine.proofs.domains import Domain, accepts
from engine.proofs.limits import refusals
from engine.proofs.reading import TODAY, Reading, says_today
from engine.proofs.variables import Answer, Variables
from engine.question_types.base import NotKnown

_ROWS = Domain(([{"id": "r1"}], NotKnown()))


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """What a draft holds at a place: whether the place is shown, and a literal for each value that is valid there."""

    shown: Literal
    domain: Domain
    valid: Sequence[Literal]


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """One use of a condition: whether what it stands in is shown, and whether it holds."""

    outer: Literal
    holds: Literal


class Encoding:
    """One form over variables that another form may share.

    `shown` tells for every place whether it is shown, `given` what answers count, `rows` which rows are there,
    `gates` every use of the condition of a section, question or column by its id or path. `complete` may be
    assumed: then the draft has no problems. Where `guarded`, a condition counts only while its guard is assumed.
    """

    def __init__(self, variables: Variables, form: int = 0, guarded: bool = False) -> None:
        """Encode every section in order; conditions only look backwards."""
        self.variables = variables
        self.circuit = variables.circuit
        self.form = form
        self.reading: Reading = variables.domains.readings[form]
        self.shown: dict[Place, Literal] = {}
        self.given: dict[Place, Given] = {}
        self.rows: dict[Place, tuple[Literal, ...]] = {}
        self.gates: defaultdict[str, list[Gate]] = defaultdict(list)
        self.guards: dict[str, Literal] = {}
        self.complete = self.circuit.variable()
        self._guarded = guarded
        self._meeting: dict[tuple[Domain, Leaf, str | None], tuple[int, ...]] = {}
        for section in self.reading.definition.sections:
            self._section(section)

    def _section(self, section: Section) -> None:
        condition = self.reading.sections.get(section.id)
        children = self.variables.children
        outer = {
            child: self._gate(section.id, condition, TRUE, child) for child in (children if section.per_child else (None,))
        }
        for question in section.questions:
            for child in children if question.per_child else (None,):
                self._question(question, Place(question.id, child), outer[child if section.per_child else None])

    def _gate(
        self, owner: str, condition: Condition | None, outer: Literal, child: str | None, row: Place | None = None
    ) -> Literal:
        if condition is None:
            return outer
        holds = self.condition(condition, child, row)
        if self._guarded:
            free = self.circuit.variable()
            if owner not in self.guards:
                self.guards[owner] = self.circuit.variable()
            self.circuit.equal_if(self.guards[owner], free, holds)
            holds = free
        self.gates[owner].append(Gate(outer, holds))
        return self.circuit.both((outer, holds))

    def _question(self, question: Question, place: Place, outer: Literal) -> None:
        shown = self._gate(question.id, self.reading.questions.get(question.id), outer, place.child)
        self.shown[place] = shown
        if question.columns:
            self._rows(question, place, shown)
        elif question.handler.takes_answer:
            self._answer(question, question.id, place, shown)
            self._require(question, place, shown)

    def _answer(self, question: Question, path: str, place: Place, shown: Literal) -> None:
        answer = self.variables.answer(self.form, path, place)
        if answer is None:
            return
        valid = [self._taken(question, *each) for each in zip(answer.literals, answer.domain.values, strict=True)]
        for index, others in self._refusals(path, place, answer.domain):
            valid[index] = self.circuit.both((valid[index], self.circuit.either(-other for other in others)))
        for literal, good in zip(answer.literals, valid, strict=True):
            if good != literal:
                self.circuit.require(-self.complete, -shown, -literal, good)
        self.given[place] = Given(shown, answer.domain, valid)

    def _taken(self, question: Question, literal: Literal, value: object) -> Literal:
        return literal if self.form == 0 or accepts(question, value) else FALSE

    def _refusals(self, path: str, place: Place, domain: Domain) -> Iterator[tuple[int, list[Literal]]]:
        for together in self.reading.limits.get(path, ()):
            held = {each: self._held_values(each, place) for each in together}
            yield from refusals(self.reading, path, domain, together, held)

    def _held_values(self, path: str, reader: Place) -> Sequence[tuple[Literal, object]]:
        if path == TODAY:
            today = self.variables.today
            return () if today is None else tuple(zip(today.literals, today.domain.values, strict=True))
        name, _, column = path.partition(".")
        child = reader.child if name in self.reading.definition.per_child else None
        given = self.given.get(Place(name, child, reader.row if column else None, column or None))
        if given is None:
            return ()
        pairs = zip(given.valid, given.domain.values, strict=True)
        return tuple((self.circuit.both((given.shown, valid)), value) for valid, value in pairs)

    def _require(self, question: Question, place: Place, counts: Literal) -> None:
        """In a complete draft a required question that counts is answered."""
        given = self.given.get(place)
        if not question.required:
            return
        if given is not None:
            self.circuit.require(-self.complete, -counts, *given.valid)
        elif not question.not_known and not question.handler.samples(question, ()):
            self.circuit.require(-self.complete, -counts)

    def _rows(self, question: Question, place: Place, shown: Literal) -> None:
        rows = self.variables.rows(self.form, question, place)
        most = question.settings.get("maximum_rows") or len(rows.rows)
        inside = [self.circuit.both((shown, row)) for row in rows.rows]
        present = tuple(
            self._row(question, place._replace(row=index), each, index < most) for index, each in enumerate(inside)
        )
        self.rows[place] = present
        not_known = rows.not_known if question.not_known else FALSE
        self.circuit.require(-self.complete, -shown, -rows.not_known, not_known)
        self.given[place] = Given(shown, _ROWS, (self.circuit.either(present), not_known))
        self._require(question, place, shown)

    def _row(self, question: Question, place: Place, inside: Literal, may_count: bool) -> Literal:
        """One row: the literal that it is there and not blank; beyond the most there may be, it stays blank."""
        filled = [inside] if may_count and question.id in self.variables.domains.fillers else []
        for column in question.columns:
            path, cell = f"{question.id}.{column.id}", place._replace(column=column.id)
            shown = self.shown[cell] = self._gate(path, self.reading.questions.get(path), inside, place.child, place)
            if column.handler.takes_answer:
                self._answer(column, path, cell, shown)
                given = self.given.get(cell)
                filled += [self.circuit.both((shown, self.circuit.either(given.valid)))] if given else []
        present = self.circuit.either(filled)
        if not may_count:
            self.circuit.require(-present)
        for column in question.columns:
            cell = place._replace(column=column.id)
            self._require(column, cell, self.circuit.both((present, self.shown[cell])))
        return present

    def condition(self, condition: Condition, child: str | None, row: Place | None) -> Literal:
        """Whether a condition (option groups resolved) holds, asked for a child and inside a row where given."""
        if isinstance(condition, Leaf):
            return self._leaf(condition, child, row)
        if isinstance(condition, Not):
            return -self.condition(condition.part, child, row)
        parts = [self.condition(part, child, row) for part in condition.parts]
        return self.circuit.either(parts) if isinstance(condition, AnyOf) else self.circuit.both(parts)

    def _leaf(self, leaf: Leaf, child: str | None, row: Place | None) -> Literal:
        if leaf.subject == "row":
            return FALSE if row is None else self.holds(leaf, row._replace(column=leaf.name))
        if leaf.subject == "child":
            return self.circuit.either(self._fact(leaf, each) for each in self._children(child))
        per_child = leaf.name in self.reading.definition.per_child
        places = [Place(leaf.name, each) for each in self._children(child)] if per_child else [Place(leaf.name)]
        if leaf.operator == "any_row":
            return self.circuit.either(each for place in places for each in self._some_row(leaf, place, child))
        return self.circuit.either(self.holds(leaf, place) for place in places)

    def _children(self, child: str | None) -> Sequence[str]:
        return self.variables.children if child is None else (child,)

    def _fact(self, leaf: Leaf, child: str) -> Literal:
        fact = self.variables.fact(child, leaf.name)
        return self.circuit.either(self._met(fact.domain, leaf, fact.literals))

    def _some_row(self, leaf: Leaf, place: Place, child: str | None) -> Iterator[Literal]:
        for index, present in enumerate(self.rows.get(place, ())):
            yield self.circuit.both((present, self.condition(leaf.operand, child, place._replace(row=index))))

    def holds(self, leaf: Leaf, place: Place) -> Literal:
        """Whether a leaf holds over the answer at a place; FALSE for a place that no earlier question has."""
        given = self.given.get(place)
        if given is None:
            return FALSE
        return self.circuit.both((given.shown, self.circuit.either(self._met(given.domain, leaf, given.valid))))

    def _met(self, domain: Domain, leaf: Leaf, literals: Sequence[Literal]) -> list[Literal]:
        today = self.variables.today
        if today is None or not says_today(leaf):
            return [literals[index] for index in self._meets(domain, leaf, None)]
        return [
            self.circuit.both((literal, literals[index]))
            for day, literal in zip(today.domain.values, today.literals, strict=True)
            for index in self._meets(domain, leaf, day)
        ]

    def _meets(self, domain: Domain, leaf: Leaf, day: str | None) -> tuple[int, ...]:
        key = (domain, leaf, day)
        if key not in self._meeting:
            self._meeting[key] = domain.meeting(leaf, day)
        return self._meeting[key]
