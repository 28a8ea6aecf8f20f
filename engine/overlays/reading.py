"""Where an overlay's JSON breaks its schema, in words."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator, ValidationError, validators
from referencing import Registry

from engine.overlays.faults import OverlayProblem, did_you_mean
from engine.overlays.schema import overlay_schema
from engine.source import escape

Json = Any
MOST_PROBLEMS = 200
_NO_TYPE = "“type” is missing here."
"""Nothing else can be said of a question without a type."""


class Told(NamedTuple):
    """A code, its message and its mend."""

    code: str
    message: str
    mend: str


def _each_missing(validator: Any, keys: list[str], data: Json, schema: Json) -> Iterator[ValidationError]:
    """`required`, the missing key standing alone as the message."""
    yield from (ValidationError(key) for key in keys if isinstance(data, dict) and key not in data)


def _each_unknown(validator: Any, allowed: Json, data: Json, schema: Json) -> Iterator[ValidationError]:
    """`additionalProperties`, the unknown key standing at the end of the path."""
    if allowed is not False:
        yield from Draft202012Validator.VALIDATORS["additionalProperties"](validator, allowed, data, schema)
    elif isinstance(data, dict):
        yield from (ValidationError(key, path=[key]) for key in data if key not in schema["properties"])


@cache
def _find() -> Callable[[Json], Iterator[ValidationError]]:
    keywords = {"required": _each_missing, "additionalProperties": _each_unknown}
    extended: Any = validators.extend(Draft202012Validator, keywords)  # type: ignore[no-untyped-call]
    find: Callable[[Json], Iterator[ValidationError]] = extended(overlay_schema(), registry=Registry()).iter_errors
    return find


def problems_of_shape(overlay: Json) -> tuple[OverlayProblem, ...]:
    """Every place that breaks the schema; operations can only be tried where there is none."""
    problems: list[OverlayProblem] = []
    for fault in _find()(overlay):
        if len(problems) == MOST_PROBLEMS:
            break
        problems.append(_problem(fault))
    typeless = {problem.pointer for problem in problems if problem.message == _NO_TYPE}
    told = [problem for problem in problems if problem.pointer not in typeless or problem.message == _NO_TYPE]
    return tuple(sorted(dict.fromkeys(told), key=lambda problem: (problem.operation or 0, problem.pointer)))


def problems_of_changes(changes: Json) -> tuple[OverlayProblem, ...]:
    """Every place where operations alone break the schema."""
    base = {"owner": "form", "form": "form", "version": 1}
    return problems_of_shape({**base, "base": base, "changes": changes})


def _problem(fault: ValidationError) -> OverlayProblem:
    path = list(fault.absolute_path)
    number = int(path[1]) + 1 if len(path) > 1 and path[0] == "changes" else None
    told = _TOLD.get(str(fault.validator), _wrong_shape)(fault)
    return OverlayProblem(number, "".join(f"/{escape(str(part))}" for part in path), *told)


def _key(fault: ValidationError) -> str:
    return f"“{fault.absolute_path[-1]}”" if fault.absolute_path else "The overlay"


def _what(schema: Json) -> str:
    return str(schema.get("description", "")) if isinstance(schema, Mapping) else ""


def _missing(fault: ValidationError) -> Told:
    return Told("missing_key", f"“{fault.message}” is missing here.", f"Add “{fault.message}”.")


def _unknown(fault: ValidationError) -> Told:
    schema: Json = fault.schema
    mend = did_you_mean(fault.message, schema["properties"])
    return Told("unknown_key", f"There is no key “{fault.message}” here.", mend)


def _not_allowed(fault: ValidationError) -> Told:
    value: Json = fault.validator_value
    allowed = value if fault.validator == "enum" else [value]
    mend = did_you_mean(str(fault.instance), [str(each) for each in allowed])
    return Told("not_allowed", f"{_key(fault)} cannot be “{str(fault.instance)[:80]}”.", mend)


def _wrong_type(fault: ValidationError) -> Told:
    value: Json = fault.validator_value
    wanted = value if isinstance(value, str) else " or ".join(value)
    return Told("wrong_type", f"{_key(fault)} is not of the type that belongs here.", f"Give: {wanted}.")


def _bad_name(fault: ValidationError) -> Told:
    mend = "Use lower-case letters, digits and _, at most 63 characters, as the ids of a form do."
    return Told("bad_name", f"“{str(fault.instance)[:80]}” cannot be a name here.", mend)


def _too_long(fault: ValidationError) -> Told:
    return Told("too_long", f"{_key(fault)} is longer than {fault.validator_value:,} characters.", "Shorten it.")


def _too_many(fault: ValidationError) -> Told:
    return Told("too_many", f"{_key(fault)} holds more than {fault.validator_value:,}.", "Use fewer.")


def _empty(fault: ValidationError) -> Told:
    return Told("empty", f"{_key(fault)} is empty.", "Write something, or take it out.")


def _one_of_several(fault: ValidationError) -> Told:
    branches: Json = fault.validator_value
    keys = [f"“{each['required'][0]}”" for each in branches if set(each) == {"required"}]
    if not keys:
        return _wrong_shape(fault)
    return Told("missing_key", f"The operation says neither {' nor '.join(keys)}.", f"Add {' or '.join(keys)}.")


def _wrong_shape(fault: ValidationError) -> Told:
    mend = _what(fault.schema) or "See the format."
    return Told("wrong_shape", f"{_key(fault)} is not written as it should be.", mend)


_TOLD: Mapping[str, Callable[[ValidationError], Told]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "enum": _not_allowed,
    "const": _not_allowed,
    "type": _wrong_type,
    "pattern": _bad_name,
    "maxLength": _too_long,
    "maxItems": _too_many,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "anyOf": _one_of_several,
}
