"""A condition of a form that may have errors, in words: with the labels of questions and options as they stand now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.conditions import parse
from engine.overlays.places import question_at, spot_of
from engine.text import Text
from engine.versions.wording import asked_when, condition_in_words
from webapp.config import LANGUAGE
from webapp.editor.asked.tree import parts

Json = Any


@dataclass(frozen=True, slots=True)
class Named:
    """An option with its words."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its words and what there is to choose from."""

    label: Text
    options: Sequence[Named]


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a form's JSON; `lists` are the code lists it can name."""

    form: Mapping[str, Json]
    lists: Mapping[str, Json]

    def find(self, path: str) -> Asked | None:
        """A question by its id, a column as people.age; None for one that is not there."""
        spot = spot_of(self.form, path)
        if spot is None:
            return None
        question = question_at(self.form, spot)
        return Asked(
            question["label"], [Named(each["value"], each["label"]) for each in options_of(question, self.lists)]
        )


def options_of(question: Mapping[str, Json], lists: Mapping[str, Json]) -> Sequence[Json]:
    """The options of a question as JSON: its own, those of its code list, or yes and no."""
    if question["type"] == "yes_no":
        return [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
    named: Mapping[str, Json] = lists.get(question.get("code_list", ""), {})
    found: Sequence[Json] = question.get("options") or named.get("options", ())
    return found


def when(condition: Json, labels: Labels, rows: str | None = None) -> str:
    """When something with this condition is asked: "always", or "when ..."; `rows` as its columns are asked in."""
    return asked_when(None if condition is None else parse(condition), labels, LANGUAGE, rows)


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a condition as a page lists it: its way, how deep it stands, and its words.

    A group has the word that joins its parts, "all" or "any"; a line has none.
    """

    way: str
    depth: int
    words: str
    joined: str


def lines_of(condition: Json, labels: Labels, rows: str | None, way: str = "", depth: int = 0) -> list[Line]:
    """The parts of a condition in order, each group before its parts; nothing for none."""
    if condition is None:
        return []
    group = parts(condition)
    if group is None:
        return [Line(way, depth, condition_in_words(parse(condition), labels, LANGUAGE, rows), "")]
    word, each = group
    found = [Line(way, depth, "all of these are so" if word == "all" else "any of these is so", word)]
    for number, part in enumerate(each):
        found += lines_of(part, labels, rows, f"{way}.{number}".lstrip("."), depth + 1)
    return found
