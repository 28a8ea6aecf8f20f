"""What a newer base changed of the very thing that a local operation changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.editing.applying import Operation
from engine.overlays.places import question_at, section_index, spot_of
from engine.versions.order import moved

Json = Any
Base = Mapping[str, Json]
_NOT_KEYS = frozenset({"op", "question", "section", "note"})


@dataclass(frozen=True, slots=True)
class Differing:
    """One key of one thing: its value in the older base, in the newer one, and here; None for no such key.

    For what stands elsewhere the key is `place`, with section or rows and what it comes after; for an option it is
    `options/<value>` and perhaps the key of the option.
    """

    key: str
    old: Json
    new: Json
    mine: Json


def keys_given(operation: Operation) -> dict[str, Json]:
    """The keys that an operation of words or settings gives, null for one it takes away."""
    if operation["op"] in ("set", "set_form"):
        return dict(operation["settings"])
    if operation["op"] == "reword":
        return {key: value for key, value in operation.items() if key not in _NOT_KEYS}
    return {"type": operation["type"]} if operation["op"] == "retype" else {}


def differing(operation: Operation, old: Base, new: Base) -> Iterator[Differing]:
    """Where the newer base has changed what the operation changes, and not to the same."""
    if operation["op"] == "move":
        yield from _places(operation, old, new)
        return
    before, after = thing(old, operation), thing(new, operation)
    if before is None or after is None:
        return
    yield from _keys("", keys_given(operation), before, after)
    if operation["op"] == "options":
        yield from _options(operation, before, after)


def thing(form: Base, operation: Operation) -> Mapping[str, Json] | None:
    """What an operation is about, as it stands in a form."""
    if operation["op"] == "set_form":
        return form
    if isinstance(operation.get("question"), str):
        spot = spot_of(form, operation["question"])
        return None if spot is None else question_at(form, spot)
    index = section_index(form, operation["section"]) if isinstance(operation.get("section"), str) else None
    return None if index is None else form["sections"][index]


def _keys(
    under: str, given: Mapping[str, Json], before: Mapping[str, Json], after: Mapping[str, Json]
) -> Iterator[Differing]:
    for key, mine in given.items():
        old, new = before.get(key), after.get(key)
        if old != new and new != mine:
            yield Differing(f"{under}{key}", old, new, mine)


def _options(operation: Operation, before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterator[Differing]:
    old, new = _by_value(before), _by_value(after)
    for words in operation.get("reword", ()):
        value = words["value"]
        if value in old and value in new:
            given = {key: each for key, each in words.items() if key != "value"}
            yield from _keys(f"options/{value}/", given, old[value], new[value])


def _by_value(question: Mapping[str, Json]) -> dict[str, Mapping[str, Json]]:
    return {option["value"]: option for option in question.get("options", ())}


def _places(operation: Operation, old: Base, new: Base) -> Iterator[Differing]:
    name = operation.get("question") or operation["section"]
    before, after = place_in(old, name), place_in(new, name)
    if before and after and (before.container != after.container or name in moved(before.ids, after.ids)):
        mine = {key: operation[key] for key in ("after", "to_section", "to_rows") if key in operation}
        yield Differing("place", before.to_json(name), after.to_json(name), mine)


@dataclass(frozen=True, slots=True)
class Place:
    """What something stands in, "" for sections, and the paths or ids of all that stands there in order."""

    container: str
    ids: tuple[str, ...]

    def to_json(self, name: str) -> dict[str, Json]:
        """The container and what a thing comes after there, None for nothing."""
        index = self.ids.index(name)
        after = {"after": self.ids[index - 1] if index else None}
        return {"in": self.container, **after} if self.container else after


def place_in(form: Base, name: str) -> Place | None:
    """Where a question, column or section stands in a form."""
    spot = spot_of(form, name)
    if spot is None:
        ids = tuple(section["id"] for section in form["sections"])
        return Place("", ids) if name in ids else None
    section = form["sections"][spot.section]
    if spot.column is None:
        return Place(section["id"], tuple(question["id"] for question in section["questions"]))
    rows = section["questions"][spot.question]
    return Place(rows["id"], tuple(f"{rows['id']}.{column['id']}" for column in rows["columns"]))
