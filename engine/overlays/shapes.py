"""The JSON Schemas of the keys that operations have."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from engine.overlays.operations import (
    FORM_SETTINGS,
    NOT_SETTINGS,
    QUESTION_WORDS,
    SECTION_SETTINGS,
    SECTION_WORDS,
)
from engine.question_types import question_types
from engine.schema import definition_schema
from engine.schema.definition import form_properties
from engine.schema.parts import NAME, PATH, VALUE, identifier
from engine.schema.question import MOST_COLUMNS, MOST_OPTIONS, OPTION, shared_properties

Schema = Mapping[str, Any]
Shapes = Mapping[str, Schema]

QUESTION: Schema = {"description": "A question by its id, a column as people.age.", "type": "string", "pattern": PATH}
SECTION: Schema = identifier("Section", "A section by its id.")
NEW_QUESTION: Schema = {"type": "object"}
NEW_SECTION: Schema = {"$ref": "#/$defs/section"}
_NEVER_TAKEN_AWAY = frozenset({"label", "why", "title", "purpose", "kind"})


def or_null(schema: Schema) -> Schema:
    """What the schema accepts, or null to take it out."""
    return {"if": {"not": {"type": "null"}}, "then": schema}


def after(schema: Schema) -> Shapes:
    """The key that says what something comes after."""
    return {"after": {"description": "What it comes after; null: it comes first.", **or_null(schema)}}


PLACES: Shapes = {**after(QUESTION), "to_section": SECTION, "to_rows": QUESTION}
"""Where a question goes: after a question, or to the end (`after` null: the beginning) of a section or of rows."""

_AFTER_A_COLUMN = {"required": ["after"], "properties": {"after": {"type": "string", "pattern": r"\."}}}
QUESTION_OR_COLUMN: Schema = {
    "if": {"anyOf": [{"required": ["to_rows"]}, _AFTER_A_COLUMN]},
    "then": {"properties": {"question": {"$ref": "#/$defs/column"}}},
    "else": {"properties": {"question": {"$ref": "#/$defs/question"}}},
}
"""What is added to rows is a column, anything else a question."""


@cache
def question_keys() -> Shapes:
    """Every key that a question of some type may have."""
    found: dict[str, list[Schema]] = {}
    for keys in (shared_properties(), *(of.settings for of in question_types().values())):
        for key, schema in keys.items():
            if schema not in found.setdefault(key, []):
                found[key].append(schema)
    return {key: each[0] if len(each) == 1 else {"anyOf": each} for key, each in found.items()}


def _section_keys() -> Shapes:
    keys: Shapes = definition_schema()["$defs"]["section"]["properties"]
    return keys


def _words(keys: Iterable[str], known: Shapes) -> Shapes:
    """The schemas of some keys, null standing for the key taken away where a form can do without it."""
    return {key: known[key] if key in _NEVER_TAKEN_AWAY else or_null(known[key]) for key in keys if key in known}


def _settings(known: Shapes) -> Shapes:
    properties = _words(known, known)
    return {"settings": {"type": "object", "properties": properties, "minProperties": 1, "additionalProperties": False}}


def question_words() -> Shapes:
    """The texts of a question that can be reworded."""
    return _words(QUESTION_WORDS, question_keys())


def section_words() -> Shapes:
    """The texts of a section that can be reworded."""
    return _words(SECTION_WORDS, _section_keys())


def question_settings() -> Shapes:
    """The settings of a question; those left to other operations pass, to be told where they belong."""
    left: Shapes = {key: {} for key in NOT_SETTINGS}
    return _settings({**question_keys(), **left, "code_list": identifier("Code list", "Its name.", NAME)})


def section_settings() -> Shapes:
    """The settings of a section."""
    return _settings({key: _section_keys()[key] for key in SECTION_SETTINGS})


def form_settings() -> Shapes:
    """The settings of the form itself."""
    return _settings({key: form_properties()[key] for key in FORM_SETTINGS})


def options() -> Shapes:
    """What can be done to the options of a choice."""
    value = {"type": "string", "pattern": VALUE}
    words = {**OPTION["properties"], "hint": or_null(OPTION["properties"]["hint"])}
    reworded = {**OPTION, "properties": words, "required": ["value"]}
    values = {"type": "array", "items": value, "maxItems": MOST_OPTIONS, "uniqueItems": True}
    return {
        **after(value),
        "move": {"description": "Values of options to put elsewhere, in their new order.", **values},
        "add": {"type": "array", "items": OPTION, "maxItems": MOST_OPTIONS},
        "remove": {"type": "array", "items": value, "maxItems": MOST_OPTIONS},
        "reword": {"type": "array", "items": reworded, "maxItems": MOST_OPTIONS},
    }


def other_type() -> Shapes:
    """What a question of another type is given: the type, and the settings that it needs."""
    own: dict[str, Schema] = {}
    columns = {"type": "array", "items": {"$ref": "#/$defs/column"}, "maxItems": MOST_COLUMNS, "minItems": 1}
    listed = {"type": "array", "items": OPTION, "maxItems": MOST_OPTIONS, "minItems": 1}
    for of in question_types().values():
        own |= {key: question_keys()[key] for key in of.settings}
    own |= {"options": listed, "columns": columns, "code_list": identifier("Code list", "Its name.", NAME)}
    settings = {"type": "object", "properties": own, "additionalProperties": False}
    return {"type": shared_properties()["type"], "settings": settings}


def second_half() -> Shapes:
    """What a section that is split needs: where the second begins, its id and its title."""
    return {"at": QUESTION, "id": identifier("Id", "The id of the second section."), "title": _section_keys()["title"]}
