"""What was found of a question by itself, remembered by what it says: a change has only what it touches read again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from engine.checks._shapes import ShapeFault, column_faults, question_faults
from engine.code_lists import CodeList
from engine.definition import Question, definition_from_json

Json = Any

_MOST_FAULTS = 100
_REMEMBERED = 4096
_MOST_CHARACTERS = 8_000
"""Longer than any question that a person writes; what is longer is looked at each time and not kept."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A question's JSON, equal to every other that is spelt alike; `column` says that it stands in rows."""

    spelt: str
    column: bool
    data: Mapping[str, Json] = field(compare=False)


def shape_faults(data: Mapping[str, Json], *, column: bool) -> Sequence[ShapeFault]:
    """Where a question or column breaks the schema of its type; the first of very many."""
    said = _Said(json.dumps(data), column, data)
    return _shape_faults(said) if len(said.spelt) <= _MOST_CHARACTERS else _shape_faults.__wrapped__(said)


@lru_cache(maxsize=_REMEMBERED)
def _shape_faults(said: _Said) -> Sequence[ShapeFault]:
    find = column_faults if said.column else question_faults
    return tuple(islice(find(said.data), _MOST_FAULTS))


def as_the_engine_sees(
    data: Mapping[str, Json], code_lists: Mapping[str, CodeList], day: str | None
) -> Question | None:
    """A question that breaks no schema as frozen values; None where the code list that it names is not there."""
    spelt = json.dumps(data)
    if '"code_list"' in spelt or len(spelt) > _MOST_CHARACTERS:
        return _read(data, code_lists, day)
    return _without_code_lists(_Said(spelt, False, data))


@lru_cache(maxsize=_REMEMBERED)
def _without_code_lists(said: _Said) -> Question | None:
    return _read(said.data, {}, None)


def _read(data: Mapping[str, Json], code_lists: Mapping[str, CodeList], day: str | None) -> Question | None:
    section = {"id": "only", "title": "Only", "questions": [data]}
    form = {"form": "only", "version": 1, "title": "Only", "purpose": "Only", "sections": [section]}
    try:
        return definition_from_json(form, code_lists, day).questions[0]
    except KeyError:
        return None


def forget() -> None:
    """Let go of what was found of questions in this process: the next check reads each anew."""
    _shape_faults.cache_clear()
    _without_code_lists.cache_clear()
