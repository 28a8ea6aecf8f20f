"""A form as logic: for every place whether it is shown, for every answer whether it counts."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engine.conditions import Condition
from engine.definition import Question, Section
from engine.places import Place
from engine.proofs.answers import Answer, Separate
from engine.proofs.circuit import TRUE, Literal
from engine.proofs.domains import Domain, accepts, exclusive_options
from engine.proofs.draft import CHILD, Draft
from engine.proofs.given import Given
from engine.proofs.limits import Limits
from engine.proofs.logic import Logic
from engine.proofs.reading import Reading
from engine.question_types.base import NotKnown

_ROWS = Domain(([{"id": "r1"}], NotKnown()))


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """One use of a condition: whether what it stands in is shown, whether it holds, and in which row it stands."""

    outer: Literal
    holds: Literal
    row: Place | None


class Encoding:
    """One form over a draft that another form may share.

    `shown` tells for every place whether it is shown, `given` what answers count, `rows` which rows are there,
    `gates` every use of the condition of a section, question or column by its id or path. `complete` may be
    assumed: then the draft has no problems. With `guarding`, only these sections and questions are encoded, and the
    condition of each counts only while its guard is assumed.
    """

    def __init__(self, draft: Draft, form: int = 0, guarding: Collection[str] | None = None) -> None:
        """Encode every section in order; conditions only look backwards."""
        self.draft = draft
        self.circuit = draft.circuit
        self.form = form
        self.reading: Reading = draft.domains.readings[form]
        self.shown: dict[Place, Literal] = {}
        self.given: dict[Place, Given] = {}
        self.rows: dict[Place, tuple[Literal, ...]] = {}
        self.gates: defaultdict[str, list[Gate]] = defaultdict(list)
        self.guards: dict[str, Literal] = {}
        self.complete = self.circuit.variable()
        self.logic = Logic(self.reading, draft, self.given, self.rows)
        self._limits = Limits(self.reading, draft, self.given)
        self._guarding = guarding
        for section in self.reading.definition.sections:
            if guarding is None or section.id in guarding:
                self._section(section)

    def _section(self, section: Section) -> None:
        child = CHILD if section.per_child else None
        outer = self._gate(section.id, self.reading.sections.get(section.id), TRUE, child)
        if child is None:
            self.draft.share(outer)
        for question in section.questions:
            if self._guarding is not None and question.id not in self._guarding:
                continue
            self._question(question, Place(question.id, CHILD if question.per_child else None), outer)

    def _gate(
        self, owner: str, condition: Condition | None, outer: Literal, child: str | None, row: Place | None = None
    ) -> Literal:
        if condition is None:
            return outer
        holds = self.logic.condition(condition, child, row)
        if self._guarding is not None:
            holds = self._guard(owner, holds)
        self.gates[owner].append(Gate(outer, holds, row))
        return self.circuit.both((outer, holds))

    def _guard(self, owner: str, holds: Literal) -> Literal:
        free = self.circuit.variable()
        if owner not in self.guards:
            self.guards[owner] = self.circuit.variable()
        self.circuit.require(-self.guards[owner], -free, holds)
        self.circuit.require(-self.guards[owner], free, -holds)
        return free

    def _question(self, question: Question, place: Place, outer: Literal) -> None:
        shown = self._gate(question.id, self.reading.questions.get(question.id), outer, place.child)
        self.shown[place] = shown
        if question.columns:
            self._rows(question, place, shown)
        elif question.handler.takes_answer:
            self._answer(question, question.id, place, shown)
            self._require(question, place, shown)

    def _answer(self, question: Question, path: str, place: Place, shown: Literal) -> None:
        answer = self.draft.answer(self.form, path, place)
        if answer is None:
            return
        taken = None
        if self.form:
            taken = frozenset(at for at, value in enumerate(answer.domain.values) if accepts(question, value))
        given = Given(self.circuit, shown, answer, TRUE, taken)
        refused = [*self._limits.refused(path, place, given), *self._not_alone(question, answer, taken)]
        passes = self.circuit.both(-each for each in refused)
        self.given[place] = given = Given(self.circuit, shown, answer, passes, taken)
        self.circuit.require(-self.complete, -shown, passes)
        self.circuit.require(-self.complete, -shown, -answer.among(given.any), given.among(given.any))

    def _not_alone(self, question: Question, answer: Answer, taken: frozenset[int] | None) -> Iterator[Literal]:
        """Literals for every option that this form takes only alone, and the draft holds beside others."""
        if taken is None:
            return
        alone = exclusive_options(question)
        for at in sorted(taken - answer.domain.alone):
            if alone and answer.domain.values[at][0] in alone:
                others = sorted(taken - {at})
                yield self.circuit.both((answer.among([at]), answer.among(others)))

    def _require(self, question: Question, place: Place, counts: Literal) -> None:
        """In a complete draft a required question that counts is answered."""
        given = self.given.get(place)
        if question.required and given is not None:
            self.circuit.require(-self.complete, -counts, given.among(given.any))
        elif question.required and not question.not_known and not question.handler.samples(question, ()):
            self.circuit.require(-self.complete, -counts)

    def _rows(self, question: Question, place: Place, shown: Literal) -> None:
        rows = self.draft.rows(self.form, question, place)
        inside = [self.circuit.both((shown, row)) for row in rows.rows]
        present = [self._row(question, place._replace(row=index), each) for index, each in enumerate(inside)]
        passes = -rows.outside if self.form else TRUE
        self.rows[place] = tuple(self.circuit.both((each, passes)) for each in present)
        answer = Separate(_ROWS, self.circuit, (self.circuit.either(present), rows.not_known))
        taken = frozenset({0, 1} if question.not_known else {0})
        given = self.given[place] = Given(self.circuit, shown, answer, passes, taken)
        self.circuit.require(-self.complete, -shown, -rows.not_known, given.among([1]))
        self._require(question, place, shown)

    def _row(self, question: Question, place: Place, inside: Literal) -> Literal:
        """One row: the literal that it is there and not blank."""
        filled = [inside] if question.id in self.draft.domains.fillers else []
        for column in question.columns:
            path, cell = f"{question.id}.{column.id}", place._replace(column=column.id)
            shown = self.shown[cell] = self._gate(path, self.reading.questions.get(path), inside, place.child, place)
            if column.handler.takes_answer:
                self._answer(column, path, cell, shown)
                given = self.given.get(cell)
                filled += [given.held(given.any)] if given else []
        present = self.circuit.either(filled)
        for column in question.columns:
            cell = place._replace(column=column.id)
            self._require(column, cell, self.circuit.both((present, self.shown[cell])))
        return present
