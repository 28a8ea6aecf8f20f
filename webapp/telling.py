"""Answers in words, for checking and for reading: what was said, what is not known yet, what was left blank."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition import Definition, Question
from engine.journey import Journey
from engine.places import Place, parse_place
from engine.question_types.base import is_not_known
from webapp.clock import london_day
from webapp.config import LANGUAGE
from webapp.quotations import Quotation, quoted
from webapp.store.assessments import Assessment
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.submissions import Submission
from webapp.words import form_words, numbered, put, said

Json = Any


@dataclass(frozen=True, slots=True)
class Line:
    """One cell of a row: its question and what was said."""

    label: str
    said: str


@dataclass(frozen=True, slots=True)
class RowTold:
    """One row: what it is about, then its other answers."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Told:
    """One question and its answer; `child` is a name where it is one child's.

    Exactly one of these holds something: `said` (a text), `rows`, `unknown` ("not known yet", with what is being done,
    which `doing` has alone), or none of them for a blank. `evidence` is what a text rests on.
    """

    question: Question
    place: Place
    label: str
    child: str
    said: str = ""
    rows: Sequence[RowTold] = ()
    unknown: str = ""
    doing: str = ""
    evidence: Sequence[Quotation] = ()

    @property
    def named(self) -> str:
        """The question, with whom it is about."""
        return put("{}: {}", self.child, self.label) if self.child else self.label

    @property
    def blank(self) -> bool:
        """Whether nothing was said."""
        return not (self.said or self.rows or self.unknown)


@dataclass(frozen=True, slots=True)
class Telling:
    """A record with the places shown in it and the names of its children, all as they are to be told.

    The form's words are told in `language`, answers as they were written.
    """

    definition: Definition
    record: Mapping[str, Json]
    shown: Sequence[Place]
    names: Mapping[str, str]
    language: str = LANGUAGE

    def of_child(self, key: str) -> "Telling":
        """The same for one child alone: nothing that was answered about another child is in it."""
        return self.of_children({key: self.names[key]})

    def of_children(self, names: Mapping[str, str]) -> "Telling":
        """The same for some children, their names by key: nothing that was answered about any other is in it."""
        kept = dict(self.record)
        for name in self.definition.per_child & kept.keys():
            kept[name] = {child: value for child, value in kept[name].items() if child in names}
        places = [place for place in self.shown if place.child is None or place.child in names]
        return Telling(self.definition, kept, places, names, self.language)

    def told(self, questions: Iterable[Question]) -> Iterator[Told]:
        """The questions that were shown and can be answered, each with what was said, in the order shown."""
        wanted = {question.id: question for question in questions}
        for place in self.shown:
            question = wanted.get(place.question)
            if question is not None and place.row is None and _is_told(question):
                yield self._told(question, place)

    def _told(self, question: Question, place: Place) -> Told:
        value = self.record.get(place.question)
        if place.child is not None:
            value = (value or {}).get(place.child)
        child = self.names.get(place.child or "", "")
        bare = Told(question, place, form_words(question.label, self.language), child)
        return _with_answer(bare, question, value, self)


def telling(journey: Journey, names: Mapping[str, str], language: str = LANGUAGE) -> Telling:
    """A draft that has been evaluated, as it would stand in the record."""
    return Telling(journey.definition, journey.record(), journey.shown, names, language)


def telling_of_submission(connection: Connection, assessment: Assessment, submission: Submission) -> Telling:
    """What was frozen at submission about the assessment's children, with the form as its codes were on that day."""
    frozen = submission.frozen
    definition = definition_of(connection, assessment.edition, london_day(submission.submitted_at))
    places = [place for each in frozen.shown if (place := parse_place(each)) is not None]
    names = {child.key: child.given_name for child in assessment.children}
    return Telling(definition, frozen.record, places, names).of_children(names)


def _is_told(question: Question) -> bool:
    return question.handler.takes_answer or question.handler.works_out


def _with_answer(bare: Told, question: Question, value: Json, telling: Telling) -> Told:
    known = {name: getattr(bare, name) for name in ("question", "place", "label", "child")}
    if value is None:
        return bare
    if is_not_known(value):
        return Told(**known, unknown=said(question, value, telling.language), doing=str(value.get("doing", "")))
    if question.columns:
        return Told(
            **known, rows=[_row(question, row, number, telling.language) for number, row in enumerate(value, start=1)]
        )
    _, evidence = question.handler.apart(value)
    rests_on = list(quoted(telling.definition, telling.record, telling.names, evidence or (), telling.language))
    return Told(**known, said=said(question, value, telling.language), evidence=rests_on)


def _row(question: Question, row: Mapping[str, Json], number: int, language: str) -> RowTold:
    cells = [(column, row[column.id]) for column in question.columns if row.get(column.id) is not None]
    lines = [Line(form_words(column.label, language), said(column, value, language)) for column, value in cells]
    if cells and cells[0][0] is question.columns[0]:
        return RowTold(lines[0].said, lines[1:])
    return RowTold(numbered(question, number, language), lines)
