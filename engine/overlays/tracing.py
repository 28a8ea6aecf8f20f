"""Which operation is behind a problem of the form that an overlay makes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from engine.overlays.absence import questions_named
from engine.overlays.places import questions
from engine.overlays.state import State

Json = Any


def operation_since(states: Sequence[State], suspects: Sequence[int], is_so: Callable[[State], bool]) -> int | None:
    """The operation, of those suspected, after which something is so that was not before, and stayed so to the end.

    `states` are those after each operation, the base first; None where nothing suspected made it so.
    """
    for operation in reversed(suspects):
        if not is_so(states[operation - 1]):
            return operation
    return None


def place_at(form: Mapping[str, Json], pointer: str) -> tuple[str, str]:
    """The question, column or section that a pointer into a form leads to ("" for the form), and the rest of it."""
    parts = pointer.split("/")[1:]
    names: list[str] = []
    rest, here = parts, form
    for index, part in enumerate(parts):
        here = _inside(here, part)
        if isinstance(here, Mapping) and isinstance(here.get("id"), str):
            names.append(here["id"])
            rest = parts[index + 1 :]
    path = names[-1:] if len(names) < 3 else names[1:]
    return ".".join(path), "".join(f"/{part}" for part in rest)


def _inside(here: Json, part: str) -> Json:
    """What stands under one part of a pointer, None for nothing."""
    if isinstance(here, list) and part.isdigit() and int(part) < len(here):
        return here[int(part)]
    return here.get(part) if isinstance(here, Mapping) else None


def value_at(form: Mapping[str, Json], pointer: str) -> Json:
    """What stands at a pointer into a form, None for nothing."""
    here: Json = form
    for part in pointer.split("/")[1:]:
        here = _inside(here, part)
    return here


def behind(state: State, name: str, named: Json = None) -> int | None:
    """The operation behind a problem of a question or section in which perhaps another question is `named`.

    That is the last one on it, else the one that hid or the last one on what is named, else the last one on what
    decides whether it is shown.
    """
    if name in state.touched:
        return state.touched[name][-1]
    if isinstance(named, str) and named in state.touched:
        return state.touched[named][-1]
    ancestors = (state.touched[each][-1] for each in deciding(state.form, name) if each in state.touched)
    return max(ancestors, default=None)


def deciding(form: Mapping[str, Json], name: str) -> Iterator[str]:
    """What a question's being shown depends on: its section, the questions they read, and so on back."""
    read = _reading(form)
    waiting, seen = [name], {name}
    while waiting:
        for each in read.get(waiting.pop(), ()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
                yield each


def _reading(form: Mapping[str, Json]) -> Mapping[str, list[str]]:
    read: dict[str, list[str]] = {}
    for section in form["sections"]:
        read[section["id"]] = list(questions_named(section.get("show_when")))
    for path, spot, question in questions(form):
        container = path.partition(".")[0] if spot.column is not None else form["sections"][spot.section]["id"]
        read[path] = [container, *questions_named(question.get("show_when"))]
    return read


def pointer_into(changes: Sequence[Mapping[str, Json]], operation: int | None, name: str, rest: str) -> str:
    """Where in the overlay the operation says what a pointer below a question or section speaks of."""
    if operation is None:
        return ""
    change = changes[operation - 1]
    for part in _parts_of(change, name):
        if value_at(change, f"{part}{rest}") is not None:
            return f"/changes/{operation - 1}{part}{rest}"
    return f"/changes/{operation - 1}"


def _parts_of(change: Mapping[str, Json], name: str) -> Iterator[str]:
    """The parts of an operation that may hold what a definition says of a question or section."""
    section = change.get("section")
    if isinstance(section, Mapping):
        for index, question in enumerate(section.get("questions", ())):
            if isinstance(question, Mapping) and question.get("id") == name:
                yield f"/section/questions/{index}"
        yield "/section"
    yield from ("/question", "/settings", "")
