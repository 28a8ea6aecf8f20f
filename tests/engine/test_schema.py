"""The published schema of a definition: whole, explained key by key, and the same as what the check goes by."""

import copy
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry

from benchmarks.generate import form_json
from engine.checks import check_definition, condition_shape, shape
from engine.question_types import question_types
from engine.schema import definition_schema
from engine.schema.examples import PARTS
from engine.schema.question import OPTION, shared_properties
from tests.definitions import library

Json = Any
SCHEMA = definition_schema()
OF_SHAPE = {*shape.KINDS, *condition_shape.KINDS} - {"blank_text", "condition_too_deep", "wrong_operand"}
"""Codes that only say what the schema says; the three left out also tell what it lets through."""
BROKEN = [
    library.BROKEN / name
    for name, problems in library.read(library.BROKEN / "expected.json").items()
    if "not_json" not in {problem["code"] for problem in problems}
]


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(SCHEMA, registry=Registry())


def properties(schema: Json, path: str = "") -> Iterator[tuple[str, Mapping[str, Json]]]:
    """Every key that the schema knows, with its place in the schema and its own schema."""
    if isinstance(schema, dict):
        for key, each in schema.items():
            if key == "properties":
                yield from ((f"{path}/{name}", inner) for name, inner in each.items())
            yield from properties(each, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, each in enumerate(schema):
            yield from properties(each, f"{path}/{index}")


def test_the_schema_follows_its_dialect_and_refers_only_to_itself() -> None:
    """Any validator of JSON Schema 2020-12 can use it, without a network."""
    Draft202012Validator.check_schema(SCHEMA)
    references = {part.split('"')[0] for part in json.dumps(SCHEMA).split('"$ref": "')[1:]}
    assert references
    assert {reference.removeprefix("#/$defs/") for reference in references} <= SCHEMA["$defs"].keys()


def test_every_key_is_explained_to_an_admin() -> None:
    """An editor and a reference page are drawn from the titles and descriptions."""
    keys = list(properties(SCHEMA))
    assert len(keys) > 200
    for path, key in keys:
        leaf_or_reference = key.keys() & {"$ref", "const"} or "/if/" in path or key.keys() == {"enum"}
        assert leaf_or_reference or (key.get("title") and key.get("description")), path
        assert not key.get("description", "").startswith(" ")


def test_every_question_type_has_its_part() -> None:
    """A new type is in the schema by being there."""
    for name, of in question_types().items():
        part = SCHEMA["$defs"][f"{name}_question"]
        assert part["properties"].keys() >= of.settings.keys()
        assert set(part["required"]) >= set(of.required_settings)
        assert part["additionalProperties"] is False


@pytest.mark.parametrize("path", library.definition_files(), ids=library.name)
def test_shipped_definitions_follow_the_schema(path: Path) -> None:
    """Each as it stands in its file."""
    validator().validate(library.read(path))


def test_generated_definitions_follow_the_schema() -> None:
    """Rows, children and every kind of condition among them."""
    validator().validate(form_json(120, 3))


def agree(form: Json) -> None:
    """What the schema refuses the check tells as an error; what the check calls a fault of shape the schema refuses."""
    errors = {
        problem.code
        for problem in check_definition(form, code_lists=library.code_lists())
        if problem.severity == "error"
    }
    takes = validator().is_valid(form)
    assert takes or errors
    assert not (takes and errors & OF_SHAPE), errors & OF_SHAPE


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_check_goes_by_the_same_schema_over_broken_definitions(path: Path) -> None:
    """Taken apart for speed, it says the same."""
    agree(library.read(path))


FORMS = [form_json(12, seed) for seed in range(6)] + [library.read(path) for path in library.definition_files()]
JUNK = [None, True, 0, -1, 2.5, 10**9, "", " ", "x", "Ü b", [], ["x", "x"], {}, {"en": ""}, {"question": "x"}]
ADDED = ["extra", "all", "is", "options", "show_when", "hint", "columns", "languages"]


def places(value: Json) -> Iterator[tuple[Json, Any]]:
    """Every object or list with a key or index in it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield value, key
        yield from places(each)


@settings(max_examples=100)
@given(st.randoms(use_true_random=False), st.sampled_from(FORMS), st.integers(1, 3))
def test_the_check_goes_by_the_same_schema_over_damaged_definitions(chance: Random, form: Json, times: int) -> None:
    """One to three keys taken out, added or given another value, anywhere in any form."""
    damaged = copy.deepcopy(form)
    for _ in range(times):
        holder, key = chance.choice(list(places(damaged)))
        junk = copy.deepcopy(chance.choice(JUNK))
        damage = chance.choice(["out", "other", "added"])
        if damage == "out":
            del holder[key]
        elif damage == "other" or isinstance(holder, list):
            holder[key] = junk
        else:
            holder[chance.choice(ADDED)] = junk
    agree(damaged)


EXAMPLES = [
    (f"{place}.{key}", key_schema)
    for place, schema in {
        "form": SCHEMA,
        **{part: SCHEMA["properties"][part] for part in PARTS},
        "section": SCHEMA["$defs"]["section"],
        "question": {"properties": shared_properties()},
        "option": OPTION,
    }.items()
    for key, key_schema in schema["properties"].items()
]


@pytest.mark.parametrize(("key", "schema"), EXAMPLES, ids=[key for key, _ in EXAMPLES])
def test_every_key_has_an_example_that_may_stand_there(key: str, schema: Json) -> None:
    """Whoever copies it from an editor or the reference has written something sound."""
    (example,) = schema["examples"]
    whole = {"$defs": SCHEMA["$defs"], **schema}
    Draft202012Validator(whole, registry=Registry()).validate(example)
