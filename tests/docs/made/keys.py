"""The keys of a definition as tables, from the JSON Schema that every definition is held to."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from engine.schema.parts import FORM_ID, ID, LANGUAGE, NAME, VALUE
from tests.docs.made.writing import as_json, code, names, table

Schema = Mapping[str, Any]
NAMED = {
    ID: "an id",
    FORM_ID: "a form's id",
    VALUE: "an option's value",
    NAME: "a name, dots allowed",
    LANGUAGE: "a language, such as `cy`",
}
WORDS = {"object": "an object", "boolean": "true or false", "string": "a text"}
ADMINS_TEXT = "words for people"
UNLIMITED = 10**15
SHOWN = 120
"""Characters of an example that a table shows; a longer one is left to the forms themselves."""


def key_table(
    properties: Schema,
    needed: Collection[str] = (),
    defaults: Schema | None = None,
    examples: Schema | None = None,
) -> str:
    """One line for each key: what it is for, what it takes, what holds where it is left out, and an example."""
    rows = [
        (
            code(key),
            _meaning(schema),
            values(schema),
            _default(key, schema, needed, defaults or {}),
            _example(key, schema, examples or {}),
        )
        for key, schema in properties.items()
    ]
    return table(["Key", "What it is for", "Takes", "Default", "Example"], rows)


def _example(key: str, schema: Schema, examples: Schema) -> str:
    found = schema.get("examples", [examples[key]] if key in examples else [])
    written = [as_json(each) for each in found]
    return written[0] if written and len(written[0]) <= SHOWN else ""


def _meaning(schema: Schema) -> str:
    if "$ref" in schema:
        return "When it is asked."
    return str(schema["description"])


def _default(key: str, schema: Schema, needed: Collection[str], defaults: Schema) -> str:
    if key in needed:
        return "**needed**"
    default = defaults.get(key, schema.get("default"))
    return "" if default in (None, (), []) else as_json(default)


def values(schema: Schema) -> str:
    """What a key takes, in words."""
    if "$ref" in schema:
        return f"a {schema['$ref'].rpartition('/')[2]}"
    if "enum" in schema:
        return names(map(str, schema["enum"]))
    if "anyOf" in schema or isinstance(schema["type"], list):
        return ADMINS_TEXT
    return _of_type(schema["type"], schema)


def _of_type(kind: str, schema: Schema) -> str:
    if kind == "array":
        items = schema["items"]
        return f"a list: {'objects' if items.get('type') == 'object' else values(items)}"
    if kind in ("integer", "number"):
        whole = "a whole number" if kind == "integer" else "a number"
        return f"{whole}{_between(schema.get('minimum'), schema.get('maximum'))}"
    return NAMED.get(schema.get("pattern", ""), WORDS[kind])


def _between(least: float | None, most: float | None) -> str:
    if least is None or least <= -UNLIMITED:
        return ""
    least_in_words = f"{Decimal(str(least)):,f}"
    return f", {least_in_words} or more" if most is None or most >= UNLIMITED else f", {least_in_words} to {most:,}"
