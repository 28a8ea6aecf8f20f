"""Conditions as JSON, changed leaf by leaf: which leaves read something, a condition without them, values exchanged."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from engine.conditions import SUBJECTS

Json = Any
Condition = Mapping[str, Json]


class LeafAt(NamedTuple):
    """A leaf with the path of what it reads (a child's fact as "child.age") and where below the condition it stands."""

    path: str
    leaf: Condition
    pointer: str


def leaves(condition: Json, rows: str | None = None, pointer: str = "") -> Iterator[LeafAt]:
    """Every leaf in reading order, those inside `any_row` after it; `rows` is the question whose row they stand in."""
    if not isinstance(condition, Mapping):
        return
    for word in ("all", "any"):
        for index, part in enumerate(condition.get(word, ())):
            yield from leaves(part, rows, f"{pointer}/{word}/{index}")
    if "not" in condition:
        yield from leaves(condition["not"], rows, f"{pointer}/not")
    path = path_read(condition, rows)
    if path:
        yield LeafAt(path, condition, pointer)
        yield from leaves(condition.get("any_row"), path, f"{pointer}/any_row")


def path_read(leaf: Condition, rows: str | None) -> str:
    """The question or column that a leaf reads; "" for what is no leaf."""
    subject = next((name for name in SUBJECTS if name in leaf), None)
    if subject is None:
        return ""
    name: str = leaf[subject]
    return name if subject == "question" else f"{rows if subject == 'row' else 'child'}.{name}"


Change = Callable[[Condition, str], Condition | None]
"""What becomes of a leaf that reads a path; None takes it out."""


def changed(condition: Condition, change: Change, rows: str | None = None) -> Condition | None:
    """A condition with its leaves changed; None where none is left. What does not change stays the same object."""
    for word in ("all", "any"):
        if word in condition:
            return _joined(word, condition, [changed(part, change, rows) for part in condition[word]])
    if "not" in condition:
        part = changed(condition["not"], change, rows)
        return condition if part is condition["not"] else None if part is None else {"not": part}
    path = path_read(condition, rows)
    left = change(condition, path)
    if left is None or "any_row" not in left:
        return left
    inner = changed(left["any_row"], change, path)
    if inner is None:
        return {"question": path, "answered": True}
    return left if inner is left["any_row"] else {**left, "any_row": inner}


def _joined(word: str, condition: Condition, parts: list[Condition | None]) -> Condition | None:
    left = [part for part in parts if part is not None]
    if len(left) == len(parts) and all(one is other for one, other in zip(left, condition[word], strict=True)):
        return condition
    if len(left) < 2:
        return left[0] if left else None
    return {word: left}


def without(condition: Condition, gone: Callable[[str], bool], rows: str | None = None) -> Condition | None:
    """A condition without the leaves that read what is gone, as though it had never been asked about."""
    return changed(condition, lambda leaf, path: None if gone(path) else leaf, rows)
