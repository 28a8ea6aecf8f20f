"""The outline of a form being changed: sections and questions with how each is answered, when, and what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.code_lists import CodeList
from engine.editing import Form, form_of
from engine.text import in_language
from webapp.config import LANGUAGE
from webapp.editor.asked.words import when
from webapp.editor.panel.keys import type_in_words
from webapp.editor.sketch import Sketch

Json = Any

MOST_OPEN = 60
"""Questions up to which every section of the outline stands open; beyond it only the one that is looked at."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question or a column: name and label, its kind in words, when it is asked, what is wrong, its columns."""

    name: str
    label: str
    about: str
    when: str
    errors: int
    warnings: int
    columns: Sequence["Line"] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A section: its name, number and title, when it is shown, what is wrong with itself, and its questions.

    `open` says whether its questions are shown at once.
    """

    name: str
    number: int
    title: str
    about: str
    when: str
    errors: int
    warnings: int
    lines: Sequence[Line]
    open: bool

    @property
    def troubled(self) -> int:
        """Errors of the section with all that stands in it."""
        return self.errors + sum(line.errors + sum(each.errors for each in line.columns) for line in self.lines)


def outline_of(sketch: Sketch, at: str, lists: Mapping[str, CodeList]) -> list[Heading]:
    """The sections in their order; `at` is the name of what is looked at, `lists` the code lists that can be named."""
    sections = sketch.form["sections"]
    every = sum(len(section["questions"]) for section in sections) <= MOST_OPEN
    known = form_of(sketch.form, lists)
    return [_heading(sketch, known, number, section, at, every) for number, section in enumerate(sections, start=1)]


def _heading(sketch: Sketch, known: Form, number: int, section: Mapping[str, Json], at: str, every: bool) -> Heading:
    lines = [_line(sketch, known, question, "", bool(section.get("per_child"))) for question in section["questions"]]
    here = at == section["id"] or at.partition(".")[0] in {line.name for line in lines}
    return Heading(
        section["id"],
        number,
        in_language(section["title"], LANGUAGE),
        "for each child" if section.get("per_child") else "",
        _when(section, known),
        *_told(sketch, section["id"]),
        lines,
        every or here,
    )


def _line(sketch: Sketch, known: Form, question: Mapping[str, Json], rows: str, per_child: bool) -> Line:
    name = f"{rows}.{question['id']}" if rows else question["id"]
    return Line(
        name,
        in_language(question["label"], LANGUAGE),
        " · ".join(_marks(question, per_child)),
        _when(question, known, rows or None),
        *_told(sketch, name),
        [_line(sketch, known, column, name, per_child=False) for column in question.get("columns", ())],
    )


def _when(part: Mapping[str, Json], known: Form, rows: str | None = None) -> str:
    condition = part.get("show_when")
    return "" if condition is None else when(condition, known, rows)


def _marks(question: Mapping[str, Json], per_child: bool) -> Iterator[str]:
    yield f"{question['kind']}: {_small(type_in_words(question['type']))}"
    if question.get("per_child") and not per_child:
        yield "for each child"
    if question.get("required"):
        yield "must be answered"
    if question.get("returns"):
        yield "in statutory returns"
    if question.get("protected"):
        yield "protected"
    if question.get("reason_for"):
        yield "a reason"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _told(sketch: Sketch, name: str) -> tuple[int, int]:
    found = sketch.told.get(name, ())
    errors = sum(each.is_error for each in found)
    return errors, len(found) - errors
