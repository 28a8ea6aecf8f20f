"""A list of operations made shorter: later words and settings melt into earlier ones, what came and went again goes."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.editing.applying import Operation, Operations
from engine.editing.melting import melted_into
from engine.editing.subjects import STRUCTURAL, created, is_inside, is_section, mentions, subject
from engine.overlays.absence import questions_named

Json = Any
Found = list[Operation]

_CONTENTS = frozenset({"reword", "set", "options", "retype", "set_form"})
_NAMING = ("show_when", "shows", "reason_for", "read_first")
"""Settings that name questions, and that hiding one changes."""


def folded(operations: Operations) -> tuple[Operation, ...]:
    """Operations with the same result in fewer steps; they can all be done one after the other.

    Words and settings given twice are given once, what is done to something new is part of adding it, and what was
    added and taken out again is not told. Nothing in the form they are for may name what is not there.
    """
    found: Found = []
    for operation in operations:
        if operation["op"] == "hide":
            _hide(found, operation)
        elif operation["op"] == "move":
            _move(found, operation)
        elif operation["op"] in _CONTENTS:
            _melt(found, operation)
        else:
            found.append(operation)
    return tuple(found)


def appended(overlay: Mapping[str, Json], operations: Operations) -> dict[str, Json]:
    """An overlay with further operations at its end, folded; whether they can be done is for its check to say."""
    return {**overlay, "changes": list(folded([*overlay["changes"], *operations]))}


def _melt(found: Found, operation: Operation) -> None:
    """Put words, settings or options where they belong: in an earlier operation, else at the end."""
    for index in reversed(range(len(found))):
        melted = melted_into(found[index], operation)
        if melted is not None:
            found[index] = melted
            return
        if _stands_between(found[index], operation):
            break
    found.append(operation)


def _stands_between(earlier: Operation, later: Operation) -> bool:
    """Whether the later one would do something else if it were done before the earlier one."""
    if earlier["op"] in ("add", "add_section", "hide") and _names_something(later):
        return True
    name, other = subject(later), subject(earlier)
    if earlier["op"] == "split":
        return is_section(later) and name in (other, *created(earlier))
    if any(is_inside(each, name) or is_inside(name, each) for each in created(earlier)):
        return True
    if not is_inside(name, other) and not (later["op"] == "retype" and is_inside(other, name)):
        return False
    if earlier["op"] == "move":
        return False
    same_kind = {earlier["op"], later["op"]} <= {"reword", "set", "set_form"}
    return not (name != other and same_kind) and bool(not same_kind or _keys(earlier) & _keys(later))


def _keys(operation: Operation) -> set[str]:
    """The keys of the form that an operation of words or settings gives."""
    keys = operation["settings"] if operation["op"] != "reword" else operation
    return set(keys) - {"op", "question", "section", "note"}


def _names_something(operation: Operation) -> bool:
    settings = operation.get("settings") or {}
    return any(settings.get(key) for key in _NAMING) or any(True for _ in questions_named(settings.get("show_when")))


def _move(found: Found, operation: Operation) -> None:
    """Only the last of several moves counts, unless something came, went or moved between."""
    for index in reversed(range(len(found))):
        earlier = found[index]
        if earlier["op"] not in STRUCTURAL:
            continue
        same = subject(earlier) == subject(operation) and is_section(earlier) == is_section(operation)
        if same and earlier["op"] == "move" and not _both_noted(earlier, operation):
            del found[index]
        elif same and earlier["op"] in ("add", "add_section") and "note" not in operation:
            places = {key: operation[key] for key in ("after", "to_section", "to_rows") if key in operation}
            kept = {key: value for key, value in earlier.items() if key not in ("after", "to_section", "to_rows")}
            found[index] = {**kept, **places}
            return
        break
    found.append(operation)


def _both_noted(earlier: Operation, later: Operation) -> bool:
    return "note" in earlier and earlier["note"] != later.get("note")


def _hide(found: Found, operation: Operation) -> None:
    """What is new and goes again was never there; what was there before goes without further changes to it."""
    name = subject(operation)
    came = next((index for index in reversed(range(len(found))) if _concerns(found[index], name)), None)
    if came is not None and found[came]["op"] in ("add", "add_section") and subject(found[came]) == name:
        names = frozenset(created(found[came]))
        left = _without_trace(found[came + 1 :], names, name)
        if left is not None and not any(mentions(each, names) for each in found[:came]):
            found[came:] = left
            return
    since = 0 if came is None else came + 1
    found[since:] = [*_without_idle(found[since:], operation), operation]


def _concerns(operation: Operation, name: str) -> bool:
    """Whether an operation brings a thing into the form or takes it out."""
    return name in created(operation) or (operation["op"] == "hide" and subject(operation) == name)


def _without_trace(operations: Sequence[Operation], names: frozenset[str], name: str) -> Found | None:
    """Later operations without those on what came and goes; None where others mention it, or it was taken apart."""
    left: Found = []
    for operation in operations:
        about = subject(operation)
        if not any(is_inside(about, each) for each in names):
            if mentions(operation, names):
                return None
            left.append(operation)
        elif operation["op"] == "split" or (operation["op"] == "move" and about != name):
            return None
    return left


def _without_idle(operations: Sequence[Operation], hiding: Operation) -> Found:
    """Operations without words and settings of what is hidden afterwards, where nothing builds on them."""
    name, idle = subject(hiding), ("reword", "set", "options")
    about = [each for each in operations if subject(each) == name and is_section(each) == is_section(hiding)]
    if any(each["op"] in ("retype", "split") for each in about):
        return list(operations)
    return [each for each in operations if each not in about or each["op"] not in idle]
