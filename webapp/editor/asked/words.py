"""A condition of a form that may have errors, in words and line by line."""

from dataclasses import dataclass
from typing import Any

from engine.editing import condition_in_words, sentence
from engine.editing.form import AnyForm
from webapp.config import LANGUAGE
from webapp.editor.asked.tree import parts

Json = Any


def when(condition: Json, form: AnyForm, rows: str | None = None) -> str:
    """When something with this condition is asked: "always", or "when ..."; `rows` as its columns are asked in."""
    return "always" if condition is None else f"when {_words(condition, form, rows)}"


def _words(condition: Json, form: AnyForm, rows: str | None) -> str:
    return sentence(condition_in_words(form, condition, rows, LANGUAGE))


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a condition as a page lists it: its way, how deep it stands, and its words.

    A group has the word that joins its parts, "all" or "any"; a line has none.
    """

    way: str
    depth: int
    words: str
    joined: str


def lines_of(condition: Json, form: AnyForm, rows: str | None, way: str = "", depth: int = 0) -> list[Line]:
    """The parts of a condition in order, each group before its parts; nothing for none."""
    if condition is None:
        return []
    group = parts(condition)
    if group is None:
        return [Line(way, depth, _words(condition, form, rows), "")]
    word, each = group
    found = [Line(way, depth, "all of these are so" if word == "all" else "any of these is so", word)]
    for number, part in enumerate(each):
        found += lines_of(part, form, rows, f"{way}.{number}".lstrip("."), depth + 1)
    return found
