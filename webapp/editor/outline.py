"""The outline of a form being changed: sections and questions with how each is answered, when, and what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from engine.editing import Form, form_of
from engine.text import in_language
from webapp.config import LANGUAGE
from webapp.drawing.macros import macro
from webapp.editor.asked.words import when
from webapp.editor.depths import depths
from webapp.editor.ground import Ground
from webapp.editor.judging import kept_by_text
from webapp.editor.local import marks_of
from webapp.editor.panel.keys import type_in_words
from webapp.editor.sketch import Sketch, sketch_of

Json = Any
Marks = Mapping[str, str]

MOST_OPEN = 60
"""Questions up to which every section of the outline stands open; beyond it only the one that is looked at."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question or a column: name and label, its kind in words, when it is asked, what is wrong, its columns.

    `depth` counts what it follows from in its section, 0 for what is always asked. `local` says how it differs from the
    version that ships, "" where it does not.
    """

    name: str
    label: str
    about: str
    when: str
    depth: int
    local: str
    errors: int
    warnings: int
    columns: Sequence["Line"] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A section: its name, number and title, when it is shown, what is wrong with itself, and its questions.

    `local` is as in `Line`.
    """

    name: str
    number: int
    title: str
    about: str
    when: str
    local: str
    errors: int
    warnings: int
    lines: Sequence[Line]

    @property
    def troubled(self) -> int:
        """Errors of the section with all that stands in it."""
        return self.errors + sum(line.errors + sum(each.errors for each in line.columns) for line in self.lines)

    def holds(self, name: str) -> bool:
        """Whether a part with this name is the section itself or stands in it."""
        return name == self.name or name.partition(".")[0] in {line.name for line in self.lines}


@kept_by_text
def outline_of(text: str, ground: Ground) -> tuple[Heading, ...]:
    """The sections of a draft's text in their order; nothing where the text must be mended first."""
    sketch = sketch_of(text, ground)
    if sketch is None:
        return ()
    known, local = form_of(sketch.form, ground.lists), marks_of(text, ground)
    sections = enumerate(sketch.form["sections"], start=1)
    return tuple(_heading(sketch, known, local, number, each) for number, each in sections)


@dataclass(frozen=True, slots=True)
class DrawnHeading:
    """A section of the outline drawn, and whether its questions are shown at once."""

    html: Markup
    open: bool


def drawn_outline(text: str, ground: Ground, at: str, remarks: Mapping[str, int]) -> list[DrawnHeading]:
    """The outline of a draft's text with the part that is looked at marked; a long one is open only around it.

    `remarks` counts by part what was said about it and is not answered yet: that is told at the part.
    """
    headings = outline_of(text, ground)
    every = sum(len(each.lines) for each in headings) <= MOST_OPEN
    link = Markup('href="{}?at={}#part"').format(_address(ground), at)
    here = Markup('aria-current="true" ') + link
    return [
        DrawnHeading(Markup(_with_remarks(each, html, ground, remarks).replace(link, here)), every or each.holds(at))
        for each, html in zip(headings, _drawn(text, ground), strict=True)
    ]


def _with_remarks(heading: Heading, html: Markup, ground: Ground, remarks: Mapping[str, int]) -> str:
    """A section as it was drawn, with the remarks on its parts at their links and all of them beside its title."""
    found = {name: number for name, number in remarks.items() if name and heading.holds(name)}
    if not found:
        return html
    draw, text = macro("editor/_outline.html", "remarked"), str(html)
    places = [(f'href="{_address(ground)}?at={name}#part"', "</a>", number) for name, number in found.items()]
    for begins, before, number in [*places, ("<summary>", "</small>", sum(found.values()))]:
        at = text.index(before, text.index(begins))
        text = f"{text[:at]}{draw(number, before)}{text[at:]}"
    return text


@kept_by_text
def _drawn(text: str, ground: Ground) -> tuple[Markup, ...]:
    """Each section drawn, nothing in it marked: most of what the page costs, and the same whatever is looked at."""
    draw, address = macro("editor/_outline.html", "heading"), _address(ground)
    return tuple(draw(each, address) for each in outline_of(text, ground))


def _address(ground: Ground) -> str:
    return url_for("editor.draft", form=ground.form)


def sentence_of(headings: Sequence[Heading], name: str) -> str:
    """When a part of an outline is asked, in words: "always" where nothing else is said of it."""
    lines = [line for heading in headings for line in heading.lines]
    parts: tuple[Heading | Line, ...] = (*headings, *lines, *(column for line in lines for column in line.columns))
    return next((part.when for part in parts if part.name == name), "") or "always"


def _heading(sketch: Sketch, known: Form, local: Marks, number: int, section: Mapping[str, Json]) -> Heading:
    per_child = bool(section.get("per_child"))
    deep = depths(section["questions"])
    lines = [_line(sketch, known, local, each, "", deep[each["id"]], per_child) for each in section["questions"]]
    return Heading(
        section["id"],
        number,
        in_language(section["title"], LANGUAGE),
        "for each child" if section.get("per_child") else "",
        _when(section, known),
        local.get(section["id"], ""),
        *_told(sketch, section["id"]),
        lines,
    )


def _line(
    sketch: Sketch, known: Form, local: Marks, question: Mapping[str, Json], rows: str, depth: int, per_child: bool
) -> Line:
    name = f"{rows}.{question['id']}" if rows else question["id"]
    columns = question.get("columns", ())
    deep = depths(columns, name)
    return Line(
        name,
        in_language(question["label"], LANGUAGE),
        " · ".join(_marks(question, per_child)),
        _when(question, known, rows or None),
        depth,
        local.get(name, ""),
        *_told(sketch, name),
        [_line(sketch, known, local, column, name, deep[column["id"]], per_child=False) for column in columns],
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
