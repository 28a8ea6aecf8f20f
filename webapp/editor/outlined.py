"""A form's outline in words: what is asked, how it is answered, and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.definition import Definition, Question, Section
from engine.text import in_language
from engine.versions.wording import asked_when
from webapp.config import LANGUAGE


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or a column in words; `when` is "" where it is always asked, `columns` are those of a list."""

    label: str
    answer: str
    when: str
    why: str
    columns: Sequence["Asked"] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A section in words."""

    title: str
    when: str
    per_child: bool
    questions: Sequence[Asked]


def outlined(definition: Definition) -> tuple[Part, ...]:
    """Every section with its questions, in order."""
    return tuple(_part(definition, section) for section in definition.sections)


def _part(definition: Definition, section: Section) -> Part:
    when = "" if section.show_when is None else asked_when(section.show_when, definition, LANGUAGE)
    questions = tuple(_asked(definition, question) for question in section.questions)
    return Part(in_language(section.title, LANGUAGE), when, section.per_child, questions)


def _asked(definition: Definition, question: Question, rows: str | None = None) -> Asked:
    when = "" if question.show_when is None else asked_when(question.show_when, definition, LANGUAGE, rows)
    columns = tuple(_asked(definition, column, question.id) for column in question.columns)
    label, why = in_language(question.label, LANGUAGE), in_language(question.why, LANGUAGE)
    return Asked(label, ", ".join(_answer(definition, question)), when, why, columns)


def _answer(definition: Definition, question: Question) -> Iterator[str]:
    """How it is answered, and what else whoever fills it in should know."""
    yield question.type.replace("_", " ")
    section = definition.section_of.get(question.id)
    if question.per_child and section is not None and not section.per_child:
        yield "for each child"
    if question.required:
        yield "must be answered"
    if question.protected:
        yield "protected"
