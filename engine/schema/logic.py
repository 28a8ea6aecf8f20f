"""Schemas joined as conditions are: and, or, not and either-or, with what is always so or never so folded away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Json = Any
Schema = bool | Mapping[str, Json]
"""A JSON Schema; True takes every document and False none."""


def both(parts: Iterable[Schema]) -> Schema:
    """What every part takes."""
    kept = [part for part in parts if part is not True]
    if any(part is False for part in kept):
        return False
    return kept[0] if len(kept) == 1 else {"allOf": kept} if kept else True


def either(parts: Iterable[Schema]) -> Schema:
    """What at least one part takes."""
    kept = [part for part in parts if part is not False]
    if any(part is True for part in kept):
        return True
    return kept[0] if len(kept) == 1 else {"anyOf": kept} if kept else False


def opposite(part: Schema) -> Schema:
    """What a part does not take."""
    return not part if isinstance(part, bool) else {"not": part}


def where(test: Schema, then: Schema, otherwise: Schema = True) -> Schema:
    """One schema for documents that pass a test, another for those that do not."""
    if isinstance(test, bool):
        return then if test else otherwise
    if then is True and otherwise is True:
        return True
    branches = {"then": then, "else": otherwise}
    return {"if": test, **{key: branch for key, branch in branches.items() if branch is not True}}


def case_by_case(tests: Sequence[Schema], schema_for: Callable[[tuple[bool, ...]], Schema]) -> Schema:
    """The schema for each way in which the tests can turn out, given as one truth value for each test."""
    if not tests:
        return schema_for(())
    if isinstance(tests[0], bool):
        known = tests[0]
        return case_by_case(tests[1:], lambda rest: schema_for((known, *rest)))
    then = case_by_case(tests[1:], lambda rest: schema_for((True, *rest)))
    otherwise = case_by_case(tests[1:], lambda rest: schema_for((False, *rest)))
    return then if then == otherwise else where(tests[0], then, otherwise)
