"""Reading the JSON of a plan a key at a time: what is missing is empty, what is of another shape is refused."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import BadInput

Json = Any
LONGEST = 20_000
"""The most characters of one text of a plan."""
MOST = 1_000
"""The most entries of one list of a plan: more teams than any authority has."""


class PlanUnreadable(BadInput):
    """This is not the plan of a trial: {place} {fault}."""

    code = "plan_unreadable"


class Reader:
    """One object of a plan, and its place: asked for its keys by name, it remembers which were asked for."""

    def __init__(self, value: Json, place: str = "") -> None:
        if not isinstance(value, Mapping):
            raise PlanUnreadable(place=place or "it", fault="must be an object")
        self.value: Mapping[str, Json] = value
        self.place = place
        self.asked: set[str] = set()

    def _get(self, key: str) -> Json:
        self.asked.add(key)
        return self.value.get(key)

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def text(self, key: str, default: str = "") -> str:
        """A text, without spaces around it."""
        return _text(self._get(key), self._at(key), default)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(_text(each, f"{self._at(key)}[{index}]", "") for index, each in enumerate(self._list(key)))

    def flag(self, key: str) -> bool:
        """True or false; false where it is missing."""
        found = self._get(key)
        if found not in (None, True, False):
            raise PlanUnreadable(place=self._at(key), fault="must be true or false")
        return found is True

    def typed(self, key: str, default: int | float | str | None = None) -> int | float | str | None:
        """A number, or what was typed instead of one."""
        found = self._get(key)
        if found is None or found == "":
            return default if key not in self.value else None
        if isinstance(found, bool) or not isinstance(found, int | float | str):
            raise PlanUnreadable(place=self._at(key), fault="must be a number")
        return _number(_text(found, self._at(key), "")) if isinstance(found, str) else found

    def inner(self, key: str) -> "Reader | None":
        """The object under a key; None where there is none."""
        found = self._get(key)
        return None if found is None else Reader(found, self._at(key))

    def each(self, key: str) -> Iterator["Reader"]:
        """The objects of a list."""
        for index, found in enumerate(self._list(key)):
            yield Reader(found, f"{self._at(key)}[{index}]")

    def definition(self, key: str) -> str | Mapping[str, Json]:
        """What an arm serves: an edition's key, or an overlay."""
        found = self._get(key)
        if not isinstance(found, Mapping):
            return _text(found, self._at(key), "")
        inner = Reader(found, self._at(key))
        overlay = inner._get("overlay")
        inner.nothing_else()
        if not isinstance(overlay, Mapping):
            raise PlanUnreadable(place=inner._at("overlay"), fault="must be an overlay")
        return overlay

    def nothing_else(self) -> None:
        """Refuse keys that nobody asked for: a plan holds nothing that its registration would not show."""
        for key in self.value:
            if key not in self.asked:
                raise PlanUnreadable(place=self._at(key), fault="is no key of a plan")

    def _list(self, key: str) -> list[Json]:
        found = self._get(key)
        if found is None:
            return []
        if not isinstance(found, list) or len(found) > MOST:
            raise PlanUnreadable(place=self._at(key), fault=f"must be a list of at most {MOST}")
        return found


def _text(found: Json, place: str, default: str) -> str:
    if found is None:
        return default
    if not isinstance(found, str) or len(found) > LONGEST:
        raise PlanUnreadable(place=place, fault=f"must be a text of at most {LONGEST} characters")
    return found.strip()


def _number(typed: str) -> int | float | str:
    """The number that a text is, else the text."""
    try:
        found = float(typed)
    except ValueError:
        return typed
    if not math.isfinite(found):
        return typed
    return int(found) if found.is_integer() and abs(found) < 1e15 else found
