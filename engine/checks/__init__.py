"""The check of a definition: every fault at once, each with its place, a stable code, plain words and a mend."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from types import ModuleType
from typing import Any

from engine.checks._remembered import forget as forget_questions
from engine.checks._size import KINDS as SIZE_KINDS
from engine.checks._size import size_fault
from engine.checks._written import Written, written
from engine.checks.base import Found, Kind, Kinds, Problem, kind_of, tell
from engine.code_lists import CodeList
from engine.proofs import Effort
from engine.proofs import forget as forget_proofs
from engine.source import LIMITS, Limits, Source, Unreadable, read_json, unescape

__all__ = ["Problem", "check", "check_definition", "families", "forget", "in_shape"]

Json = Any
MOST_PROBLEMS = 1_000
"""Problems told of one definition; a form with more is not one that a person wrote."""

_NOT_FAMILIES = {"base"}
_NO_LISTS: Mapping[str, CodeList] = {}


@cache
def families() -> Mapping[str, ModuleType]:
    """Each family of faults by its file's name: it has KINDS and find(form).

    One with NEEDS_PROOFS looks at what is proved of the form, which must be readable throughout.
    """
    names = sorted(
        module.name
        for module in pkgutil.iter_modules(__path__)
        if module.name not in _NOT_FAMILIES and not module.name.startswith("_")
    )
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}


def check(
    text: str | bytes,
    code_lists: Mapping[str, CodeList] = _NO_LISTS,
    day: str | None = None,
    limits: Limits = LIMITS,
    effort: Effort | None = None,
) -> tuple[Problem, ...]:
    """Every problem of a definition's text, in the text's order; the rest as for `check_definition`."""
    try:
        source = read_json(text, limits)
    except Unreadable as fault:
        line = fault.position.line
        return (Problem(fault.code, "error", "", fault.message, fault.how_to_mend, line),)
    return check_definition(source.value, source, code_lists, day, effort)


def check_definition(
    data: Json,
    source: Source | None = None,
    code_lists: Mapping[str, CodeList] = _NO_LISTS,
    day: str | None = None,
    effort: Effort | None = None,
) -> tuple[Problem, ...]:
    """Every problem of a definition's JSON value, in its order, with lines where its `source` is given.

    `code_lists` and `day` are as for `definition_from_json`, `effort` bounds the proofs; one that is spent leaves them
    out. A form with errors beyond those of wording is not proved anything about.
    """
    too_big = size_fault(data)
    if too_big:
        return _told([(too_big, SIZE_KINDS)], source)
    form = written(data, code_lists, day, effort)
    found = list(islice(_found(form, with_proofs=False), MOST_PROBLEMS))
    left_out = effort is not None and effort.spent
    if not left_out and not any(_bars_proofs(kind_of(*each)) for each in found):
        found += _found(form, with_proofs=True)
    return _told(sorted(found, key=lambda one: _order(data, one[0].pointer)), source)


def forget() -> None:
    """Let go of what this process remembers of forms: the next check starts from nothing."""
    forget_questions()
    forget_proofs()


def in_shape(problems: Iterable[Problem]) -> bool:
    """Whether a form with these problems follows its schema, each id once: its parts can be told apart and changed."""
    return not any(each.code in _out_of_shape() for each in problems)


@cache
def _out_of_shape() -> frozenset[str]:
    found = families()
    return frozenset({*SIZE_KINDS, *found["shape"].KINDS, *found["condition_shape"].KINDS, *found["ids"].KINDS})


def _bars_proofs(kind: Kind) -> bool:
    return kind.severity == "error" and not kind.of_words


def _found(form: Written, with_proofs: bool) -> Iterator[tuple[Found, Kinds]]:
    for family in families().values():
        if getattr(family, "NEEDS_PROOFS", False) == with_proofs:
            for each in family.find(form):
                yield each, family.KINDS


def _told(found: Iterable[tuple[Found, Kinds]], source: Source | None) -> tuple[Problem, ...]:
    return tuple(tell(each, kinds, source.line(each.pointer) if source else None) for each, kinds in found)


def _order(data: Json, pointer: str) -> tuple[int, ...]:
    """Where a place stands in the definition, so that problems are told in the order in which people read."""
    order: list[int] = []
    here = data
    for part in pointer.split("/")[1:]:
        keys = list(here) if isinstance(here, dict) else [str(index) for index in range(len(here))]
        key = unescape(part)
        if key not in keys:
            break
        order.append(keys.index(key))
        here = here[key] if isinstance(here, dict) else here[int(key)]
        if not isinstance(here, dict | list):
            break
    return tuple(order)
