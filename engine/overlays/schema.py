"""The JSON Schema (2020-12) of an overlay: whose it is, which base it changes, and its operations."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from engine.overlays.table import Operation, operations, subjects
from engine.schema import definition_schema
from engine.schema.definition import DIALECT
from engine.schema.parts import FORM_ID, identifier

Json = Any

MOST_CHANGES = 1_000
OWNER = identifier("Owner", "Whose form it is: library, or an authority's short name.", FORM_ID)
FORM = identifier("Form", "The id of a form.", FORM_ID)
VERSION = {"type": "integer", "minimum": 1, "maximum": 1_000_000}


@cache
def overlay_schema() -> dict[str, Json]:
    """The whole schema; change nothing in it, it is shared."""
    whose = {"owner": OWNER, "form": FORM, "version": VERSION}
    base = {"type": "object", "properties": whose, "required": list(whose), "additionalProperties": False}
    changes = {"type": "array", "maxItems": MOST_CHANGES, "items": {"$ref": "#/$defs/change"}}
    properties = {"$schema": {"type": "string"}, "notes": {"type": "string"}, **whose, "base": base, "changes": changes}
    return {
        "$schema": DIALECT,
        "title": "Overlay",
        "description": "A local change or a trial variant: operations on a published base.",
        "type": "object",
        "properties": properties,
        "required": [*whose, "base", "changes"],
        "additionalProperties": False,
        "$defs": {**definition_schema()["$defs"], "change": _change()},
    }


def _change() -> dict[str, Json]:
    names = list(dict.fromkeys(name for name, _ in operations()))
    return {
        "type": "object",
        "required": ["op"],
        "properties": {"op": {"enum": names}},
        "allOf": [{"if": _is_op(name), "then": _one_of_its_subjects(name)} for name in names],
    }


def _is_op(name: str) -> dict[str, Json]:
    return {"properties": {"op": {"const": name}}, "required": ["op"]}


def _one_of_its_subjects(name: str) -> Mapping[str, Json]:
    """The operation's own schema by the key that is there; the first one's where none is."""
    first, *others = subjects(name)
    schema: Mapping[str, Json] = _operation(first, operations()[name, first])
    for subject in others:
        then = _operation(subject, operations()[name, subject])
        schema = {"if": {"required": [subject]}, "then": then, "else": schema}
    return schema


def _operation(subject: str, operation: Operation) -> dict[str, Json]:
    always = {"op": {}, "note": {"type": "string", "maxLength": 2_000}}
    schema: dict[str, Json] = {
        **operation.also,
        "properties": {**always, subject: operation.about, **operation.keys},
        "required": [subject, *operation.needs],
        "additionalProperties": False,
    }
    if operation.either:
        schema["anyOf"] = [{"required": [key]} for key in operation.either]
    return schema
