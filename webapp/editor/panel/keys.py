"""Which settings a part of a form has, in the order and under the headings in which a panel shows them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.editing import types_to_choose
from engine.question_types import question_type, question_types
from engine.schema import definition_schema
from engine.schema.question import question_schema
from webapp.editor.panel.boxes import Setting
from webapp.editor.panel.settings import kind_of
from webapp.editor.panel.subjects import Subject
from webapp.editor.panel.words import SAID, VALUES

Json = Any

WORDS, ANSWER, WHEN, FEEDS = "Words", "Answer", "When it is asked", "What it feeds"
_OF_THE_FORM, _LENGTH = "About the form", "Length and time"

ELSEWHERE = frozenset({"$schema", "form", "version", "id", "show_when", "options", "code_list", "columns", "questions"})
"""Keys that stay as they are, or that a panel shows in a way of their own."""

_WORDS_FIRST = ("label", "hint", "why", "guidance")
_ANSWER_FIRST = ("type", "kind", "required", "not_known")
_NO_WORDS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """Settings under a heading."""

    heading: str
    settings: tuple[Setting, ...]


def parts_of(subject: Subject) -> tuple[Part, ...]:
    """The settings of a part of a form; one whose type is not known has none."""
    if subject.kind in ("form", "section"):
        return _of_form_or_section(subject.kind)
    return _of_question(str(subject.value.get("type")), subject.kind == "column")


def settings_of(subject: Subject) -> Iterator[Setting]:
    """The settings of a part of a form, whatever they stand under."""
    for part in parts_of(subject):
        yield from part.settings


@cache
def _of_form_or_section(kind: str) -> tuple[Part, ...]:
    schema = definition_schema() if kind == "form" else definition_schema()["$defs"]["section"]
    found = {key: _setting(key, each, schema) for key, each in _edited(schema)}
    if kind == "section":
        words, when = [found.pop(key) for key in ("title", "intro")], found.pop("per_child")
        return Part(WORDS, (*words, *found.values())), Part("When it is shown", (when,))
    words = [found.pop(key) for key in ("title", "purpose", "replaces", "languages")]
    length = [found.pop(key) for key in ("budget", "timescale")]
    return Part(_OF_THE_FORM, (*words, *found.values())), Part(_LENGTH, tuple(length))


@cache
def _of_question(type_name: str, column: bool) -> tuple[Part, ...]:
    schema = question_schema(question_type(type_name), column=column)
    types = types_in_words(column)
    found = {key: _setting(key, each, schema, types) for key, each in _edited(schema)}
    words = [found.pop(key) for key in _WORDS_FIRST]
    answer = [found.pop(key) for key in _ANSWER_FIRST]
    own = [found.pop(key) for key in question_type(type_name).settings if key in found]
    words += [each for each in own if _is_words(each)]
    answer += [each for each in own if not _is_words(each)]
    when = [found.pop(key) for key in ("per_child",) if key in found]
    return (
        Part(WORDS, tuple(words)),
        Part(ANSWER, tuple(answer)),
        Part(WHEN, tuple(when)),
        Part(FEEDS, tuple(found.values())),
    )


def _edited(schema: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    for key, each in schema["properties"].items():
        if key not in ELSEWHERE and key != "sections":
            yield key, each


def _setting(key: str, schema: Json, whole: Mapping[str, Json], types: Mapping[str, str] = _NO_WORDS) -> Setting:
    title, hint = SAID.get(key, (schema.get("title", key), None))
    wanted = key in whole["required"]
    return Setting(
        key,
        title,
        schema.get("description", "") if hint is None else hint,
        schema,
        wanted,
        types if key == "type" else VALUES.get(key, _NO_WORDS),
    )


def types_in_words(column: bool = False) -> dict[str, str]:
    """How a question can be answered: each type with its words, in a column only what a row can hold."""
    return {name: type_in_words(name) for name in types_to_choose(column)}


def type_in_words(name: str) -> str:
    """A question type for people, such as "Yes or no"; a name that is none as it is."""
    found = question_types().get(name)
    return re.split("[,;:]", found.summary)[0] if found else name


def _is_words(setting: Setting) -> bool:
    return kind_of(setting.schema) in ("text", "lines", "named")
