"""A definition as it was written, faults and all: what every family of faults looks through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.burden import seconds_to_answer
from engine.checks._conditions import read_condition
from engine.checks._nearest import Nearest
from engine.checks._remembered import as_the_engine_sees, shape_faults
from engine.checks._shapes import ShapeFault, form_faults, section_faults
from engine.code_lists import CodeList
from engine.definition import Definition, Question, definition_from_json
from engine.proofs import Effort, Proofs, prove
from engine.question_types import question_types
from engine.question_types.base import Measure, QuestionType

Json = Any


_VITAL = frozenset({"id", "type", "options", "code_list"})
_WORDS = {"kind": "fact", "label": "…", "why": "…"}


@dataclass(eq=False)
class WrittenSection:
    """A section as written: `data` is an object, whatever stands in it."""

    data: Mapping[str, Json]
    pointer: str
    index: int
    first: int

    @property
    def id(self) -> str:
        """Its id, "" where there is none that can be read."""
        return _string(self.data, "id")


@dataclass(eq=False)
class WrittenQuestion:
    """A question or column as written; `order` counts the questions outside rows, `rows` is what a column is of."""

    data: Mapping[str, Json]
    pointer: str
    section: WrittenSection
    order: int
    rows: "WrittenQuestion | None" = None
    columns: tuple["WrittenQuestion", ...] = ()
    column_order: int = -1

    @property
    def id(self) -> str:
        """Its id, "" where there is none that can be read."""
        return _string(self.data, "id")

    @property
    def path(self) -> str:
        """Its id, a column's as people.age."""
        return f"{self.rows.id}.{self.id}" if self.rows else self.id

    @property
    def per_child(self) -> bool:
        """Whether it is asked for each child, by itself or with its rows or section."""
        holders = (self.data, self.section.data, self.rows.data if self.rows else self.data)
        return any(holder.get("per_child") is True for holder in holders)

    @cached_property
    def handler(self) -> QuestionType | None:
        """Its type, None for one that does not exist."""
        return question_types().get(_string(self.data, "type"))

    @property
    def measure(self) -> Measure | None:
        """How its answers are compared; None where the type cannot be read."""
        return self.handler.measure if self.handler else None

    @property
    def kind(self) -> str:
        """Its kind, "" where there is none that can be read."""
        return _string(self.data, "kind")

    @cached_property
    def shape_faults(self) -> Sequence[ShapeFault]:
        """Where it breaks the schema of its type, its columns and its condition left out; the first of very many."""
        return shape_faults(self.data, column=self.rows is not None)

    @cached_property
    def broken(self) -> frozenset[str]:
        """The keys that break the schema, those that are missing too."""
        return frozenset(str(fault.path[0]) if fault.path else fault.name for fault in self.shape_faults)

    @property
    def works_out(self) -> bool:
        """Whether its type works a value out instead of taking an answer."""
        return self.handler is not None and self.handler.works_out

    @cached_property
    def readable(self) -> Mapping[str, Json] | None:
        """What the engine can read of it: faulty words and settings left out; None where too little is left."""
        if self.handler is None or self.broken & {*_VITAL, *self.handler.required_settings}:
            return None
        if self.handler.takes_options and not self.data.keys() & {"options", "code_list"}:
            return None
        kept = {key: value for key, value in self.data.items() if key not in {*self.broken, "show_when", "columns"}}
        columns = [column.readable for column in self.columns]
        if None in columns:
            return None
        return {**_WORDS, **kept, **({"columns": columns} if columns else {})}


@dataclass(eq=False)
class Written:
    """A whole definition as written, the code lists it may name, and the day (ISO) their codes must be valid on.

    `effort` bounds the proofs; None for their own default.
    """

    data: Json
    code_lists: Mapping[str, CodeList]
    day: str | None
    effort: Effort | None
    sections: tuple[WrittenSection, ...]
    questions: tuple[WrittenQuestion, ...]

    @cached_property
    def nearest(self) -> Nearest:
        """What suggests names, its allowance shared by all families."""
        return Nearest()

    @cached_property
    def with_columns(self) -> tuple[WrittenQuestion, ...]:
        """Every question and every column, in order."""
        return tuple(_with_columns(self.questions))

    @cached_property
    def by_id(self) -> Mapping[str, WrittenQuestion]:
        """The first question of each id, columns left out."""
        return {question.id: question for question in reversed(self.questions) if question.id}

    @cached_property
    def by_column(self) -> Mapping[str, WrittenQuestion]:
        """The first column of each id, whatever rows it stands in."""
        return {column.id: column for column in reversed(self.with_columns) if column.rows and column.id}

    @cached_property
    def by_path(self) -> Mapping[str, WrittenQuestion]:
        """The first question or column of each path, such as people.age."""
        return {question.path: question for question in reversed(self.with_columns) if question.id}

    @cached_property
    def shape_faults(self) -> Sequence[tuple[str, ShapeFault]]:
        """Where the form's own keys and the sections' break the schema, with the pointer of form or section."""
        of_sections = ((section.pointer, fault) for section in self.sections for fault in section_faults(section.data))
        return (*(("", fault) for fault in form_faults(self.data)), *of_sections)

    @cached_property
    def definition(self) -> Definition:
        """The form as frozen values; only for a form without errors, else it raises as `definition_from_json`."""
        return definition_from_json(self.data, self.code_lists, self.day)

    @cached_property
    def proofs(self) -> Proofs:
        """What is proved of the form; only for a form without errors."""
        return prove(self.definition, self.effort, seconds_to_answer)

    @cached_property
    def conditions(self) -> Sequence["WrittenCondition"]:
        """Every condition in order: a section's, then its questions' and their columns'."""
        of_sections = [WrittenCondition(s.data, s.pointer, s.first) for s in self.sections if "show_when" in s.data]
        of_questions = [
            WrittenCondition(q.data, q.pointer, q.order, q) for q in self.with_columns if "show_when" in q.data
        ]
        return (*of_sections, *of_questions)

    def read(self, question: WrittenQuestion) -> Question | None:
        """A question as the engine sees it, its condition left out; None where its options or settings are broken."""
        if question not in self._read:
            self._read[question] = self._question(question)
        return self._read[question]

    @cached_property
    def _read(self) -> dict[WrittenQuestion, Question | None]:
        return {}

    def _question(self, question: WrittenQuestion) -> Question | None:
        readable = question.readable
        return None if readable is None else as_the_engine_sees(readable, self.code_lists, self.day)


class WrittenCondition:
    """The condition of a section, question or column: it may read questions whose order is below `order`."""

    def __init__(self, data: Mapping[str, Json], pointer: str, order: int, of: WrittenQuestion | None = None) -> None:
        """Read the condition of what stands at the pointer; `of` is the question or column, None for a section."""
        self.pointer = f"{pointer}/show_when"
        self.data = data["show_when"]
        self.order = order
        self.of = of
        self.leaves, self.faults = read_condition(self.data, self.pointer)


def _with_columns(questions: Sequence[WrittenQuestion]) -> Iterator[WrittenQuestion]:
    for question in questions:
        yield question
        yield from question.columns


def _string(data: Mapping[str, Json], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def objects_in(data: Mapping[str, Json], key: str) -> Iterator[tuple[int, Mapping[str, Json]]]:
    """The objects of a list under a key with their indices, whatever else stands there left out."""
    listed = data.get(key)
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, dict):
            yield index, item


def written(data: Json, code_lists: Mapping[str, CodeList], day: str | None, effort: Effort | None = None) -> Written:
    """Find the sections, questions and columns in a JSON value that should be a definition."""
    sections: list[WrittenSection] = []
    questions: list[WrittenQuestion] = []
    form = data if isinstance(data, dict) else {}
    for index, section in objects_in(form, "sections"):
        found = WrittenSection(section, f"/sections/{index}", index, len(questions))
        sections.append(found)
        for number, question in objects_in(section, "questions"):
            pointer = f"{found.pointer}/questions/{number}"
            questions.append(_written_question(question, pointer, found, len(questions)))
    return Written(data, code_lists, day, effort, tuple(sections), tuple(questions))


def _written_question(data: Mapping[str, Json], pointer: str, section: WrittenSection, order: int) -> WrittenQuestion:
    question = WrittenQuestion(data, pointer, section, order)
    question.columns = tuple(
        WrittenQuestion(column, f"{pointer}/columns/{index}", section, order, question, (), index)
        for index, column in objects_in(data, "columns")
    )
    return question
