"""The definition's schema taken apart, so that each section and question is held to its own part of it, fast."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators
from jsonschema.protocols import Validator
from referencing import Registry

from engine.question_types import question_types
from engine.schema.definition import form_schema, section_schema
from engine.schema.question import MANDATORY, question_schema, shared_properties, types_for_columns

Json = Any


@dataclass(frozen=True, slots=True)
class ShapeFault:
    """One place that breaks a schema: the keyword and what it wanted, the value, its path, the schema it stands in.

    `name` is the key that is missing or unknown, or the item that stands twice; `of_a_name` says that a key itself
    is wrong; `branches` are the faults found under each of several schemas of which one had to fit.
    """

    keyword: str
    wanted: Json
    value: Json
    path: tuple[str | int, ...]
    schema: Mapping[str, Json]
    name: str
    of_a_name: bool
    branches: tuple[tuple["ShapeFault", ...], ...]


Find = Callable[[Json], Iterator[ShapeFault]]


def _shape_fault(error: ValidationError) -> ShapeFault:
    branches: dict[Any, list[ShapeFault]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.relative_schema_path[0], []).append(_shape_fault(inner))
    return ShapeFault(
        keyword=str(error.validator),
        wanted=error.validator_value,
        value=error.instance,
        path=tuple(error.absolute_path),
        schema=error.schema if isinstance(error.schema, Mapping) else {},
        name=error.message,
        of_a_name="propertyNames" in error.absolute_schema_path,
        branches=tuple(tuple(faults) for faults in branches.values()),
    )


def _nothing_twice(validator: Any, wanted: bool, items: Json, schema: Json) -> Iterator[ValidationError]:
    """`uniqueItems` in linear time: the library compares each item with each where they do not sort."""
    seen: set[str] = set()
    for index, item in enumerate(items if wanted and isinstance(items, list) else ()):
        spelt = json.dumps(item, sort_keys=True)
        if spelt in seen:
            yield ValidationError(str(item), path=[index])
        seen.add(spelt)


def _each_missing(validator: Any, keys: list[str], data: Json, schema: Json) -> Iterator[ValidationError]:
    """`required`, the missing key standing alone as the message."""
    yield from (ValidationError(key) for key in keys if isinstance(data, dict) and key not in data)


def _each_unknown(validator: Any, allowed: Json, data: Json, schema: Json) -> Iterator[ValidationError]:
    """`additionalProperties`, the unknown key standing at the end of the path and alone as the message."""
    if allowed is not False:
        yield from Draft202012Validator.VALIDATORS["additionalProperties"](validator, allowed, data, schema)
    elif isinstance(data, dict):
        yield from (ValidationError(key, path=[key]) for key in data if key not in schema["properties"])


def _to_the_end(validator: Any, pattern: str, text: Json, schema: Json) -> Iterator[ValidationError]:
    """`pattern` with `$` as JSON Schema has it: Python's own lets a line end follow."""
    if isinstance(text, str) and not _pattern(pattern).search(text):
        yield ValidationError(pattern)


@cache
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written.removesuffix("$") + r"\Z" if written.endswith("$") else written)


_KEYWORDS = {
    "additionalProperties": _each_unknown,
    "pattern": _to_the_end,
    "required": _each_missing,
    "uniqueItems": _nothing_twice,
}
_Validator: type[Validator] = validators.extend(Draft202012Validator, _KEYWORDS)  # type: ignore[no-untyped-call]


def _compiled(schema: Mapping[str, Json]) -> Find:
    """A validator made once; what `$ref` names is checked elsewhere: conditions, columns and what a section holds."""
    validator = _Validator(_without_references(schema), registry=Registry())
    return lambda data: map(_shape_fault, validator.iter_errors(data))


def _without_references(schema: Json) -> Json:
    if isinstance(schema, dict):
        if "$ref" in schema:
            return {"type": "object"}
        return {key: _without_references(value) for key, value in schema.items()}
    return [_without_references(each) for each in schema] if isinstance(schema, list) else schema


@cache
def _form() -> Find:
    return _compiled(form_schema())


@cache
def _section() -> Find:
    return _compiled(section_schema({"type": "object"}))


@cache
def _question(type_name: str, column: bool) -> Find:
    return _compiled(question_schema(question_types()[type_name], column))


@cache
def _question_of_no_type(column: bool) -> Find:
    """What can be said of a question whose type cannot be read: nothing of its other keys."""
    names = types_for_columns() if column else tuple(question_types())
    shared = shared_properties()
    return _compiled(
        {
            "type": "object",
            "required": list(MANDATORY),
            "properties": {**shared, "type": {**shared["type"], "enum": list(names)}},
        }
    )


def form_faults(data: Json) -> Iterator[ShapeFault]:
    """Where a form's own keys break the schema, its sections left out."""
    return _form()(data)


def section_faults(data: Json) -> Iterator[ShapeFault]:
    """Where a section's own keys break the schema, its questions left out."""
    return _section()(data)


def question_faults(data: Mapping[str, Json]) -> Iterator[ShapeFault]:
    """Where a question breaks the schema of its type, its condition and columns left out."""
    return _faults(data, column=False)


def column_faults(data: Mapping[str, Json]) -> Iterator[ShapeFault]:
    """Where a column breaks the schema of its type, its condition left out."""
    return _faults(data, column=True)


def _faults(data: Mapping[str, Json], column: bool) -> Iterator[ShapeFault]:
    name = data.get("type")
    allowed = types_for_columns() if column else question_types()
    if isinstance(name, str) and name in allowed:
        return _question(name, column)(data)
    return _question_of_no_type(column)(data)
