"""A solution of the logic as a draft: answers and a context in JSON, as the command line takes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition import Definition, Question
from engine.journey import Journey, context_from_json, evaluate
from engine.places import Place
from engine.proofs.circuit import Literal
from engine.proofs.domains import Domain
from engine.proofs.encoding import Encoding
from engine.proofs.pools import SOME_DAY
from engine.proofs.search import Model
from engine.question_types.base import NotKnown

Json = Any


@dataclass(frozen=True, slots=True)
class Witness:
    """Answers and a context that show what they stand for; both as JSON."""

    answers: Mapping[str, Json]
    context: Mapping[str, Json]

    def journey(self, definition: Definition) -> Journey:
        """What evaluating them gives."""
        return evaluate(definition, self.answers, context_from_json(self.context))


def witness(encodings: Iterable[Encoding], model: Model) -> Witness:
    """The draft that a solution stands for: the answers of every question that one of the forms shows."""
    readers = [_Reader(encoding, model) for encoding in encodings]
    answers: Json = {}
    for reader in readers:
        answers = _joined(answers, reader.answers())
    return Witness(answers, readers[0].context())


def _joined(first: Json, second: Json) -> Json:
    """Two drafts that agree where both speak: of questions, of children, and of the rows and cells of one answer."""
    if isinstance(first, dict) and isinstance(second, dict):
        return {**first, **{name: _joined(first.get(name), value) for name, value in second.items()}}
    if isinstance(first, list) and first and isinstance(first[0], dict) and isinstance(second, list):
        rows = {row["id"]: row for row in second}
        joined = [_joined(row, rows.pop(row["id"], {})) for row in first]
        return [*joined, *rows.values()]
    return second if first is None else first


class _Reader:
    """Reads one form's answers out of a solution."""

    def __init__(self, encoding: Encoding, model: Model) -> None:
        self.encoding = encoding
        self.variables = encoding.variables
        self.model = model

    def answers(self) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for question in self.encoding.reading.definition.questions:
            if question.per_child:
                each = {child: self.at(question, Place(question.id, child)) for child in self.variables.children}
                found[question.id] = {child: answer for child, answer in each.items() if answer is not None} or None
            else:
                found[question.id] = self.at(question, Place(question.id))
        return {name: answer for name, answer in found.items() if answer is not None}

    def at(self, question: Question, place: Place) -> Json:
        if not self.model[self.encoding.shown[place]]:
            return None
        return self.rows(question, place) if question.columns else self.answer(question, question.id, place)

    def answer(self, question: Question, path: str, place: Place) -> Json:
        given = self.encoding.given.get(place)
        if given is not None:
            return self.chosen(given.domain, given.valid)
        return _some_answer(question) if question.required else None

    def chosen(self, domain: Domain, literals: Sequence[Literal]) -> Json:
        """The value that holds; of a list of options, those that do."""
        found = [value for value, literal in zip(domain.values, literals, strict=True) if self.model[literal]]
        if not found:
            return None
        if isinstance(found[0], NotKnown):
            return found[0].to_json()
        return [option for value in found for option in value] if domain.many else found[0]

    def rows(self, question: Question, place: Place) -> Json:
        _there, not_known = self.encoding.given[place].valid
        if self.model[not_known]:
            return NotKnown().to_json()
        rows = self.variables.rows(self.encoding.form, question, place).rows
        present = self.encoding.rows[place]
        cells = {index: self.row(question, place._replace(row=index)) for index, row in enumerate(rows) if self.model[row]}
        counted = [row for index, row in cells.items() if self.model[present[index]]]
        # Rows that a minimum asks for besides are copies: a copy meets the same conditions.
        copies = counted[:1] * (question.settings.get("minimum_rows", 0) - len(counted))
        return [{"id": f"r{number}", **row} for number, row in enumerate([*cells.values(), *copies], start=1)] or None

    def row(self, question: Question, place: Place) -> dict[str, Json]:
        cells: dict[str, Json] = {}
        for column in question.columns:
            cell = place._replace(column=column.id)
            if self.model[self.encoding.shown[cell]]:
                cells[column.id] = self.answer(column, f"{question.id}.{column.id}", cell)
        filled = {name: value for name, value in cells.items() if value is not None}
        filler = self.variables.domains.fillers.get(question.id)
        return filled or ({} if filler is None else {filler.id: _some_answer(filler)})

    def context(self) -> dict[str, Json]:
        today = self.variables.today
        day = SOME_DAY if today is None else self.chosen(today.domain, today.literals)
        children = [{"id": child, **dict(self.facts(child, day))} for child in self.variables.children]
        return {"today": day, "children": children} if day else {"children": children}

    def facts(self, child: str, day: str | None) -> Iterator[tuple[str, Json]]:
        for name, fact in self.variables.facts_used(child).items():
            value = self.chosen(fact.domain, fact.literals)
            if value is not None:
                yield ("born", f"{int((day or SOME_DAY)[:4]) - value:04}-01-01") if name == "age" else (name, value)


def _some_answer(question: Question) -> Json:
    found = question.handler.samples(question, ())
    if found:
        return found[0]
    return NotKnown().to_json() if question.not_known else None
