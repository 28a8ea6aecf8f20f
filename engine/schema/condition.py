"""The schema of a condition: leaves with every operator, joined by all, any and not."""

from collections.abc import Mapping
from typing import Any

from engine.conditions import CHILD_FACTS, SUBJECTS
from engine.operators import OPERATORS, OperandShape
from engine.schema.parts import VALUE, identifier

Json = Any

MOST_PARTS = 100
"""Conditions that one `all` or `any` may join, and values that one list of a leaf may hold."""

CONDITION: Mapping[str, Json] = {"$ref": "#/$defs/condition"}
_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2})?)?)?$"
_VALUES: Mapping[str, Json] = {
    "type": "array",
    "items": {"type": "string", "pattern": VALUE},
    "minItems": 1,
    "maxItems": MOST_PARTS,
    "uniqueItems": True,
}
_SUBJECTS: Mapping[str, Mapping[str, Json]] = {
    "question": identifier("Question", "The id of an earlier question whose answer is read."),
    "row": identifier("Row", "The id of an earlier column of the same row."),
    "child": {"title": "Child", "description": "What is known of the child.", "enum": list(CHILD_FACTS)},
}
OPERANDS: Mapping[OperandShape, Mapping[str, Json]] = {
    "value": {"type": ["string", "number", "boolean"], "maxLength": 63},
    "values": _VALUES,
    "true": {"const": True},
    "number": {"type": "number"},
    "date": {"type": "string", "pattern": f"{_DATE}|^today$"},
    "group": {"type": "string", "minLength": 1, "maxLength": 63},
    "condition": CONDITION,
}
"""The schema of each shape of literal that an operator compares with."""


def condition_schema() -> dict[str, Json]:
    """The schema that `#/$defs/condition` stands for."""
    joined = {"type": "array", "items": CONDITION, "minItems": 1, "maxItems": MOST_PARTS}
    return {
        "title": "Condition",
        "description": "When this is asked. A leaf compares one earlier question (question), a column of the same "
        "row (row) or a fact of the child (child) with a value; all, any and not join leaves.",
        "type": "object",
        "oneOf": [
            _joining("all", joined, "True when every one of these is."),
            _joining("any", joined, "True when at least one of these is."),
            _joining("not", CONDITION, "True when this is not, so also while nothing is answered."),
            *(_leaf(subject) for subject in SUBJECTS),
        ],
    }


def _joining(word: str, parts: Mapping[str, Json], description: str) -> dict[str, Json]:
    return {
        "properties": {word: {"title": _title(word), **parts, "description": description}},
        "required": [word],
        "additionalProperties": False,
    }


def _leaf(subject: str) -> dict[str, Json]:
    return {
        "properties": {subject: _SUBJECTS[subject], **{name: _operator(name) for name in OPERATORS}},
        "required": [subject],
        "minProperties": 2,
        "maxProperties": 2,
        "additionalProperties": False,
    }


def _operator(name: str) -> dict[str, Json]:
    operator = OPERATORS[name]
    ending = {"true": "", "condition": " this is so"}.get(operator.operand, " this")
    described = {"title": _title(name), "description": f"True when the answer {operator.words}{ending}."}
    return {**OPERANDS[operator.operand], **described}


def _title(key: str) -> str:
    return key.replace("_", " ").capitalize()
