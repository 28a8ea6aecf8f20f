"""An operation made to fit another base: what it names besides its target may be gone, or its id taken."""

from dataclasses import dataclass, replace
from typing import Any

from engine.editing.applying import Operation
from engine.editing.conditions import without
from engine.editing.differing import Differing
from engine.editing.form import Form
from engine.editing.naming import free
from engine.editing.renaming import renamed, rows_of
from engine.editing.subjects import created
from engine.overlays.applying import done
from engine.overlays.faults import (
    HiddenQuestion,
    IdReserved,
    IdTaken,
    OperationFault,
    OptionTaken,
    UnknownOption,
    UnknownQuestion,
    UnknownSection,
)
from engine.overlays.places import question_at, section_index, spot_of
from engine.overlays.state import State

Json = Any
_GONE = (UnknownQuestion, HiddenQuestion, UnknownSection)
_MOST_MENDS = 100
_LISTS = frozenset({"add", "remove", "move", "reword"})


@dataclass(frozen=True, slots=True)
class Fitted:
    """An operation as it can be done on another base, None for one that cannot; what had to give; ids given anew."""

    operation: Operation | None
    state: State
    differing: tuple[Differing, ...] = ()
    reason: str = ""
    same: bool = False
    renamed: tuple[tuple[str, str], ...] = ()


def fitted(operation: Operation, before: State, now: State) -> Fitted:
    """The operation on the state of the newer base, `before` being the state it was done to on the older one.

    Where its place is gone it goes to the end of where that was, where questions that a condition waits for are gone
    it waits for the others, where an id is taken it gets a free one. `same` says that what it would do is so already.
    """
    found = Fitted(operation, now)
    for _ in range(_MOST_MENDS):
        if found.operation is None:
            break
        try:
            return replace(found, state=done(now, found.operation))
        except OperationFault as fault:
            found = _mended(found, before, fault)
    return replace(found, operation=None)


def _mended(found: Fitted, before: State, fault: OperationFault) -> Fitted:
    operation = found.operation or {}
    key = fault.key.partition("/")[0]
    if isinstance(fault, UnknownOption | OptionTaken) and key != "after":
        return _other_options(found, fault, key)
    if key == "after" and isinstance(fault, (*_GONE, UnknownOption)):
        return _at_the_end(found, before, fault)
    if fault.key.endswith("show_when") and isinstance(fault, _GONE):
        return _waiting_for_the_rest(found, fault)
    if isinstance(fault, IdTaken | IdReserved):
        return _with_free_ids(found, fault)
    is_hiding = operation.get("op") == "hide" and isinstance(fault, _GONE)
    return replace(found, operation=None, reason=fault.message, same=is_hiding)


def _at_the_end(found: Fitted, before: State, fault: OperationFault) -> Fitted:
    """Last where it would have come after what is gone: the section, the rows, the sections or the options."""
    operation = dict(found.operation or {})
    after = operation.pop("after")
    if operation["op"] in ("add", "move") and "question" in operation:
        operation = {**operation, **_container_of(before, after)}
    elif operation["op"] == "move":
        last = [section["id"] for section in found.state.form["sections"] if section["id"] != operation["section"]]
        operation["after"] = last[-1] if last else None
    return _gave(found, operation, Differing("after", after, None, after), fault)


def _container_of(before: State, after: str) -> dict[str, str]:
    if "." in after:
        return {"to_rows": after.partition(".")[0]}
    spot = spot_of(before.form, after)
    return {"to_section": before.form["sections"][spot.section]["id"]} if spot else {}


def _waiting_for_the_rest(found: Fitted, fault: OperationFault) -> Fitted:
    """The condition without what reads questions that are gone."""
    operation = found.operation or {}
    *way, key = fault.key.split("/")
    holder: Json = operation
    for part in way:
        holder = holder[int(part) if isinstance(holder, list) else part]
    gone = str(fault.detail["name"])
    mine = holder[key]
    left = without(mine, lambda path: path.partition(".")[0] == gone, rows_of(operation))
    differs = Differing("show_when", mine, left, mine)
    return _gave(found, _with_value(operation, fault.key.split("/"), left), differs, fault)


def _with_value(holder: Json, way: list[str], value: Json) -> Json:
    """The JSON with another value at a place; None takes the key out of a question or section that is added."""
    first, *rest = way
    if isinstance(holder, list):
        index = int(first)
        return [*holder[:index], _with_value(holder[index], rest, value), *holder[index + 1 :]]
    if rest:
        return {**holder, first: _with_value(holder[first], rest, value)}
    if value is None and "id" in holder:
        return {key: each for key, each in holder.items() if key != first}
    return {**holder, first: value}


def _with_free_ids(found: Fitted, fault: OperationFault) -> Fitted:
    """A free id for what would have one that is taken; what is there already word for word is the same."""
    operation, name = found.operation or {}, str(fault.detail["name"])
    theirs, mine = _there(found.state, name), _mine(operation, name)
    if theirs == mine and name == next(created(operation)):
        return replace(found, operation=None, same=True)
    form = Form(found.state.form)
    rows, _, bare = name.rpartition(".")
    beside = {path.rpartition(".")[2] for path in form.spots if path.rpartition(".")[0] == rows}
    taken = {*beside, *(() if rows else form.sections), *found.state.hidden, *created(operation)}
    new = free(bare, taken)
    path = f"{rows}.{new}" if rows else new
    gave = _gave(found, renamed(operation, name, path), Differing("id", None, theirs, mine), fault)
    return replace(gave, renamed=(*found.renamed, (name, path)))


def _there(state: State, name: str) -> Json:
    spot, index = spot_of(state.form, name), section_index(state.form, name)
    if spot is not None:
        return question_at(state.form, spot)
    return None if index is None else state.form["sections"][index]


def _mine(operation: Operation, name: str) -> Json:
    if operation["op"] == "add":
        return operation["question"]
    if operation["op"] == "split":
        return {"id": operation["id"], "title": operation["title"]}
    section = operation["section"]
    return section if section["id"] == name else next(each for each in section["questions"] if each["id"] == name)


def _other_options(found: Fitted, fault: OperationFault, key: str) -> Fitted:
    """Options that are gone need no taking out and no words; one that is there already is given these words."""
    operation, index = dict(found.operation or {}), int(fault.key.split("/")[1])
    listed = list(operation[key])
    entry = listed.pop(index)
    value = entry if isinstance(entry, str) else entry["value"]
    operation[key] = listed
    theirs = _option(found.state, operation["question"], value)
    same = key == "remove" or (key == "add" and theirs == entry)
    if key == "add" and theirs != entry:
        operation["reword"] = [*operation.get("reword", ()), entry]
    kept = {
        name: each for name, each in operation.items() if each != [] or name not in ("add", "remove", "move", "reword")
    }
    left = kept if kept.keys() & _LISTS else None
    differing = () if same else (Differing(f"options/{value}", None, theirs, entry),)
    return Fitted(
        left, found.state, (*found.differing, *differing), "" if same else fault.message, same and left is None
    )


def _option(state: State, path: str, value: str) -> Json:
    spot = spot_of(state.form, path)
    options = question_at(state.form, spot).get("options", ()) if spot else ()
    return next((option for option in options if option["value"] == value), None)


def _gave(found: Fitted, operation: Operation, differing: Differing, fault: OperationFault) -> Fitted:
    return replace(found, operation=operation, differing=(*found.differing, differing), reason=fault.message)
