"""The stories of the demonstration as they stand in the files beside this one, one family each.

A moment or date in them is relative to the day the demonstration is filled (`relative_dates`); a child is named by a
short id of the family's own, in answers too.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

Json = Any
Part = TypeVar("Part")
Moments = Mapping[str, str]
"""Names of people by the moment they did something."""

FOLDER = Path(__file__).with_name("stories")


@dataclass(frozen=True, slots=True)
class ToldChild:
    """A child: age in years and months today, or `expected_in_days`; `added` is when the record was made, by whom."""

    reference: str
    given_name: str
    family_name: str
    added: Moments
    age: tuple[int, int] | None = None
    expected_in_days: int | None = None
    disabled: bool | None = None
    interpreter: bool | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A manager gave children to somebody, a person or a whole team ("" for nobody new), and what was said."""

    on: str
    by: str
    children: Sequence[str]
    said: str
    to: str = ""
    taken_from: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody opened a child's page, or looked for a child by two names ("searched") and was told of a record."""

    at: str
    who: str
    child: str = ""
    searched: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ToldForm:
    """A form about some children: who sat down to it when, when it was submitted ("" for a draft), who read it."""

    form: str
    about: Sequence[str]
    written: Moments
    answers: Mapping[str, Json]
    submitted: str = ""
    note: str = ""
    read: Moments | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A family: its children, eldest record first, who worked with them, and what was written about them."""

    name: str
    children: Mapping[str, ToldChild]
    given: Sequence[Given]
    looked: Sequence[Looked]
    forms: Sequence[ToldForm]


def stories() -> tuple[Story, ...]:
    """Every story, by the name of its file."""
    return tuple(_story(path) for path in sorted(FOLDER.glob("*.json")))


def _story(path: Path) -> Story:
    data = json.loads(path.read_text(encoding="utf-8"))
    return Story(
        path.stem,
        {name: _part(ToldChild, child) for name, child in data["children"].items()},
        [_part(Given, each) for each in data.get("given", ())],
        [_part(Looked, each) for each in data.get("looked", ())],
        [_part(ToldForm, each) for each in data["forms"]],
    )


def _part(kind: type[Part], data: Mapping[str, Json]) -> Part:
    """A part of a story from its JSON; a key that it does not have raises ValueError."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if strange := sorted(data.keys() - known):
        raise ValueError(f"{kind.__name__} has no {', '.join(strange)}")
    return kind(**data)
