"""A condition as written: its leaves, wherever they can be read, and what is wrong with its shape."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.checks.base import Found
from engine.conditions import CHILD_FACTS, SUBJECTS
from engine.operators import OPERATORS, OperandShape
from engine.schema.condition import MOST_PARTS, OPERANDS
from engine.source import escape

Json = Any

MOST_NESTED = 10
"""Conditions inside conditions; nobody reads a deeper one."""


@dataclass(frozen=True, slots=True)
class WrittenLeaf:
    """One comparison; `within` is the any_row leaf that it stands in, `sound` says that its literal has the shape.

    `certain` says that the whole condition cannot hold where this leaf does not.
    """

    pointer: str
    subject: str
    name: str
    operator: str
    operand: Json
    sound: bool
    certain: bool
    within: "WrittenLeaf | None" = None

    @property
    def operand_pointer(self) -> str:
        """The place of the literal."""
        return f"{self.pointer}/{escape(self.operator)}"


def read_condition(data: Json, pointer: str) -> tuple[tuple[WrittenLeaf, ...], tuple[Found, ...]]:
    """The leaves in reading order, and the faults of shape."""
    reading = _Reading()
    # What is no object at all is told by the schema of what holds it.
    if isinstance(data, dict):
        reading.condition(data, _Spot(pointer))
    return tuple(reading.leaves), tuple(reading.faults)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the reading stands."""

    pointer: str
    depth: int = 1
    certain: bool = True
    within: WrittenLeaf | None = None

    def inside(self, *keys: str | int, certain: bool = True) -> "_Spot":
        pointer = "/".join([self.pointer, *map(str, keys)])
        return replace(self, pointer=pointer, depth=self.depth + 1, certain=self.certain and certain)


class _Reading:
    def __init__(self) -> None:
        self.leaves: list[WrittenLeaf] = []
        self.faults: list[Found] = []

    def fault(self, code: str, pointer: str, **detail: Any) -> None:
        self.faults.append(Found(code, pointer, detail))

    def condition(self, data: Json, spot: _Spot) -> None:
        if not isinstance(data, dict):
            self.fault("bad_condition", spot.pointer, why="is not an object in curly brackets")
        elif spot.depth > MOST_NESTED:
            self.fault("condition_too_deep", spot.pointer, limit=MOST_NESTED)
        elif data.keys() & {"all", "any", "not"}:
            self.joined(data, spot)
        else:
            self.leaf(data, spot)

    def joined(self, data: Mapping[str, Json], spot: _Spot) -> None:
        if len(data) > 1:
            self.fault("bad_condition", spot.pointer, why="has other keys beside all, any or not")
        for word in ("all", "any"):
            if word in data:
                self.parts(data[word], word, spot)
        if "not" in data:
            self.condition(data["not"], spot.inside("not", certain=False))

    def parts(self, parts: Json, word: str, spot: _Spot) -> None:
        pointer = f"{spot.pointer}/{word}"
        if not isinstance(parts, list):
            self.fault("bad_condition", pointer, why="is not a list in square brackets")
        elif not parts:
            self.fault("empty_condition", pointer)
        elif len(parts) > MOST_PARTS:
            self.fault("bad_condition", pointer, why=f"joins more than {MOST_PARTS}")
        else:
            certain = word == "all" or len(parts) == 1
            for index, part in enumerate(parts):
                self.condition(part, spot.inside(word, index, certain=certain))

    def leaf(self, data: Mapping[str, Json], spot: _Spot) -> None:
        subjects = [subject for subject in SUBJECTS if subject in data]
        operators = [key for key in data if key in OPERATORS]
        unknown = [key for key in data if key not in SUBJECTS and key not in OPERATORS]
        for key in unknown:
            known = [*OPERATORS] if subjects else [*SUBJECTS, *OPERATORS]
            self.fault("unknown_operator", f"{spot.pointer}/{escape(key)}", word=key, known=known)
        if unknown and not subjects:
            return
        if len(subjects) != 1:
            self.fault("bad_condition", spot.pointer, why="does not name one question, row or child")
        elif len(operators) > 1 or not (operators or unknown):
            self.fault("bad_condition", spot.pointer, why="does not have one operator, such as is or answered")
        elif not isinstance(data[subjects[0]], str):
            self.fault("bad_condition", f"{spot.pointer}/{subjects[0]}", why="is not a name in quotation marks")
        elif operators:
            self.comparison(data, subjects[0], operators[0], spot)

    def comparison(self, data: Mapping[str, Json], subject: str, operator: str, spot: _Spot) -> None:
        name, operand, shape = data[subject], data[operator], OPERATORS[operator].operand
        sound = FITS[shape](operand)
        leaf = WrittenLeaf(spot.pointer, subject, name, operator, operand, sound, spot.certain, spot.within)
        self.leaves.append(leaf)
        if subject == "child" and name not in CHILD_FACTS:
            self.fault("unknown_fact", f"{spot.pointer}/child", word=name, known=[*CHILD_FACTS])
        if not sound:
            self.fault("wrong_operand", leaf.operand_pointer, operator=operator, wanted=WANTED[shape])
        elif shape == "condition":
            self.condition(operand, replace(spot.inside(operator), within=leaf))


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_values(value: Json) -> bool:
    texts = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return texts and 0 < len(value) == len(set(value)) <= MOST_PARTS


def _is_date(value: Json) -> bool:
    return isinstance(value, str) and re.search(OPERANDS["date"]["pattern"], value) is not None


FITS: Mapping[OperandShape, Callable[[Json], bool]] = {
    "value": lambda value: isinstance(value, str | int | float),
    "values": _is_values,
    "true": lambda value: value is True,
    "number": _is_number,
    "date": _is_date,
    "group": lambda value: isinstance(value, str) and value != "",
    "condition": lambda value: isinstance(value, dict),
}
WANTED: Mapping[OperandShape, str] = {
    "value": "one value",
    "values": "a list of values in square brackets, none of them twice",
    "true": "true; for the opposite, put the whole leaf inside not",
    "number": "a number without quotation marks",
    "date": "a date such as 2026-03-31, or today",
    "group": "the name of a group of options",
    "condition": "a condition in curly brackets",
}
