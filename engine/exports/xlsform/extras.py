"""The columns of our own: what Pith says of a question and XLSForm has no column for, as pith::why."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry

from engine.errors import BadInput
from engine.exports.xlsform.languages import as_text, in_columns, language_name
from engine.question_types import question_types
from engine.schema.condition import condition_schema
from engine.schema.definition import form_properties, section_schema
from engine.schema.question import question_schema
from engine.source import Unreadable, read_json
from engine.text import DEFAULT_LANGUAGE

Json = Any
Words = Mapping[str, str]
PREFIX, OPTION_PREFIX = "pith::", "pith_"
"""Before our columns of the survey and the settings; in the choices, where :: is taken for a language, the second."""
LEFT_OUT = "-"
"""Stands where the other columns say something that the form itself does not say."""

CONDITION_ALONE: Mapping[str, Json] = {"$ref": "#/$defs/condition", "$defs": {"condition": condition_schema()}}
"""The schema of a condition by itself."""


class BadCell(BadInput):
    """{why}"""

    code = "bad_cell"


@cache
def question_keys(type_name: str, column: bool) -> Mapping[str, Json]:
    """The schema of each key of a question, or of a column, of a type."""
    found: Mapping[str, Json] = question_schema(question_types()[type_name], column)["properties"]
    return found


@cache
def section_keys() -> Mapping[str, Json]:
    """The schema of each key of a section."""
    found: Mapping[str, Json] = section_schema({})["properties"]
    return found


@cache
def form_keys() -> Mapping[str, Json]:
    """The schema of each key of a form."""
    return form_properties()


def cells(key: str, value: Json, schema: Json) -> dict[str, str]:
    """Our columns for a key and its value, by heading."""
    if _is_text(schema):
        return {_heading(key, language): words for language, words in in_columns(value).items()}
    return {f"{PREFIX}{key}": _written(value, schema)}


def _heading(key: str, language: str) -> str:
    plain = f"{PREFIX}{key}"
    return plain if language == DEFAULT_LANGUAGE else f"{plain}::{language_name(language)}"


def _written(value: Json, schema: Json) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and _is_plain(schema):
        return value
    return json.dumps(value, ensure_ascii=False)


def value_of(words: Words, schema: Json) -> Json:
    """The value of a key from the cells of its columns, by language; raises BadCell where it may not stand there."""
    value = _value(words, schema)
    if not Draft202012Validator(schema, registry=Registry()).is_valid(value):
        raise BadCell(why="What stands here is not what this setting takes.")
    return value


def _value(words: Words, schema: Json) -> Json:
    if _is_text(schema):
        return as_text(words)
    cell = next(iter(words.values())).strip()
    if _is_plain(schema):
        return cell
    if schema.get("type") == "boolean":
        return _truth(cell)
    try:
        return read_json(cell).value
    except Unreadable as fault:
        raise BadCell(why=f"This is not JSON: {fault.message}") from fault


def _truth(cell: str) -> bool:
    if cell.lower() in ("yes", "true", "1"):
        return True
    if cell.lower() in ("no", "false", "0"):
        return False
    raise BadCell(why=f"“{cell[:40]}” is neither yes nor no.")


def _is_text(schema: Json) -> bool:
    return any("propertyNames" in each for each in (schema, *schema.get("anyOf", ())))


def _is_plain(schema: Json) -> bool:
    values: Iterable[Json] = schema.get("enum", ())
    return schema.get("type") == "string" or (bool(values) and all(isinstance(each, str) for each in values))
