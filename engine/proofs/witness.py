"""A solution of the logic as a draft: answers and a context in JSON, as the command line takes them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition import Definition, Question
from engine.journey import Journey, context_from_json, evaluate
from engine.places import Place
from engine.proofs.answers import Answer
from engine.proofs.draft import CHILD
from engine.proofs.encoding import Encoding
from engine.proofs.family import Family
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


def witness(encodings: Sequence[Encoding], draft: Family) -> Witness:
    """The draft that a solution stands for: the answers of every question that one of the forms shows."""
    answers: Json = {}
    for encoding in encodings:
        answers = _joined(answers, _answers(encoding, draft))
    return Witness(answers, _context(encodings[0], draft))


def _joined(first: Json, second: Json) -> Json:
    """Two drafts that agree where both speak: of questions, of children, and of the rows and cells of one answer."""
    if isinstance(first, dict) and isinstance(second, dict):
        return {**first, **{name: _joined(first.get(name), value) for name, value in second.items()}}
    if isinstance(first, list) and first and isinstance(first[0], dict) and isinstance(second, list):
        rows = {row["id"]: row for row in second}
        joined = [_joined(row, rows.pop(row["id"], {})) for row in first]
        return [*joined, *rows.values()]
    return second if first is None else first


def _answers(encoding: Encoding, draft: Family) -> dict[str, Json]:
    readers = [_Reader(encoding, model) for model in draft]
    found: dict[str, Json] = {}
    for question in encoding.reading.definition.questions:
        if question.per_child:
            each = {child: reader.at(question) for child, reader in zip(_children(draft), readers, strict=True)}
            found[question.id] = {child: answer for child, answer in each.items() if answer is not None} or None
        else:
            found[question.id] = readers[0].at(question)
    return {name: answer for name, answer in found.items() if answer is not None}


def _children(draft: Family) -> list[str]:
    return [f"c{number}" for number, _child in enumerate(draft, start=1)]


def _context(encoding: Encoding, draft: Family) -> dict[str, Json]:
    today = encoding.draft.today
    day = SOME_DAY if today is None else _chosen(today, draft[0])
    children = [
        {"id": child, **dict(_facts(encoding, model, day))}
        for child, model in zip(_children(draft), draft, strict=True)
    ]
    return {"today": day, "children": children} if day else {"children": children}


def _facts(encoding: Encoding, model: Model, day: str | None) -> Iterator[tuple[str, Json]]:
    for name, fact in encoding.draft.facts.items():
        value = _chosen(fact, model)
        if value is not None:
            yield ("born", f"{int((day or SOME_DAY)[:4]) - value:04}-01-01") if name == "age" else (name, value)


def _chosen(answer: Answer, model: Model) -> Json:
    """The value an answer has; of a list of options, those that are in it."""
    found = [answer.domain.values[index] for index in answer.chosen(model)]
    if not found:
        return None
    if isinstance(found[0], NotKnown):
        return found[0].to_json()
    return [option for value in found for option in value] if answer.domain.many else found[0]


class _Reader:
    """Reads one form's answers out of a solution for one child."""

    def __init__(self, encoding: Encoding, model: Model) -> None:
        self.encoding = encoding
        self.model = model

    def at(self, question: Question) -> Json:
        place = Place(question.id, CHILD if question.per_child else None)
        if not self.model[self.encoding.shown[place]]:
            return None
        return self.rows(question, place) if question.columns else self.answer(question, place)

    def answer(self, question: Question, place: Place) -> Json:
        given = self.encoding.given.get(place)
        if given is None:
            return _some_answer(question) if question.required else None
        return _chosen(given.answer, self.model) if self.model[given.passes] else None

    def rows(self, question: Question, place: Place) -> Json:
        if self.model[self.encoding.given[place].among([1])]:
            return NotKnown().to_json()
        rows = self.encoding.draft.rows(self.encoding.form, question, place)
        there = [place._replace(row=index) for index, row in enumerate(rows.rows) if self.model[row]]
        present = [self.model[self.encoding.rows[place][each.row or 0]] for each in there]
        cells = [self.row(question, each) if counts else {} for each, counts in zip(there, present, strict=True)]
        counted = [row for row, counts in zip(cells, present, strict=True) if counts]
        # Rows that a minimum asks for besides are copies: a copy meets the same conditions.
        count = rows.count_outside if self.model[rows.outside] else rows.least
        copies = counted[:1] * (count - len(counted))
        return [{"id": f"r{number}", **row} for number, row in enumerate([*cells, *copies], start=1)] or None

    def row(self, question: Question, place: Place) -> dict[str, Json]:
        cells: dict[str, Json] = {}
        for column in question.columns:
            cell = place._replace(column=column.id)
            answer = self.answer(column, cell) if self.model[self.encoding.shown[cell]] else None
            if answer is not None:
                cells[column.id] = answer
        filler = self.encoding.draft.domains.fillers.get(question.id)
        return cells or ({} if filler is None else {filler.id: _some_answer(filler)})


def _some_answer(question: Question) -> Json:
    found = question.handler.samples(question, ()) if question.handler.takes_answer else ()
    if found:
        return found[0]
    return NotKnown().to_json() if question.not_known else None
