"""What an answer looks like when one comparison holds over it."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.dates import first_day
from engine.schema.logic import Schema, either

Json = Any

NOT_KNOWN: Mapping[str, Json] = {
    "type": "object",
    "properties": {"not_known": {"const": True}, "doing": {"type": "string"}},
    "required": ["not_known"],
    "additionalProperties": False,
}
"""The answer "not known yet"."""


def answer_where(operator: str, operand: Json, present: Schema) -> Schema:
    """The valid answers over which an operator holds; `present` takes every valid answer that is not blank."""
    if operator == "answered":
        return either([present, NOT_KNOWN])
    return _HOLDS[operator](operand, present)


def _number(keyword: str) -> Callable[[Json, Schema], Schema]:
    return lambda operand, _present: {"type": "number", keyword: operand}


def _is_not(operand: Json, present: Schema) -> Schema:
    return {"allOf": [present, {"not": {"const": operand}}]}


def _before(limit: Json, _present: Schema) -> Schema:
    key = first_day(limit)
    smaller = [_digits(key, index, range(int(digit))) for index, digit in enumerate(key) if digit.isdigit()]
    return _starting([*smaller, *_partial_dates(key)])


def _after(limit: Json, _present: Schema) -> Schema:
    key = first_day(limit)
    return _starting(
        [_digits(key, index, range(int(digit) + 1, 10)) for index, digit in enumerate(key) if digit.isdigit()]
    )


def _digits(key: str, index: int, digits: range) -> str:
    """The beginning of every date equal to the key up to a digit that is one of these; "" for none."""
    if not digits:
        return ""
    return f"{key[:index]}[{digits[0]}-{digits[-1]}]"


def _partial_dates(key: str) -> list[str]:
    """A year or month that stands for its first day, where that day lies before the key."""
    return [f"{key[:length]}$" for length in (4, 7) if first_day(key[:length]) < key[:10]]


def _starting(beginnings: list[str]) -> Schema:
    """Texts with one of these beginnings."""
    kept = [each for each in beginnings if each]
    return {"type": "string", "pattern": f"^(?:{'|'.join(kept)})"} if kept else False


_HOLDS: Mapping[str, Callable[[Json, Schema], Schema]] = {
    "is": lambda operand, _present: {"const": operand},
    "is_not": _is_not,
    "in": lambda operand, _present: {"enum": list(operand)},
    "includes": lambda operand, _present: {"type": "array", "contains": {"const": operand}},
    "includes_any": lambda operand, _present: {"type": "array", "contains": {"enum": list(operand)}},
    "includes_group": lambda operand, _present: {"type": "array", "contains": {"enum": list(operand)}},
    "not_known": lambda _operand, _present: NOT_KNOWN,
    "more_than": _number("exclusiveMinimum"),
    "at_least": _number("minimum"),
    "less_than": _number("exclusiveMaximum"),
    "at_most": _number("maximum"),
    "before": _before,
    "after": _after,
}
