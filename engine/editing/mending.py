"""Mends that one press can make: from a problem that a check told to what to write in its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from engine.definition import Question
from engine.editing.form import NO_LISTS, AnyForm, Form, Lists, form_of
from engine.question_types.base import Choice
from engine.source.places import unescape
from engine.text import in_language

Json = Any

MOST = 4
"""Options that are offered in place of one that is not there, the nearest first."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What a button says, the JSON pointer of what it changes, and what stands there then; None takes it out."""

    words: str
    pointer: str
    value: Json = None


def mends(
    form: AnyForm, code: str, pointer: str, code_lists: Lists = NO_LISTS, language: str = "en"
) -> tuple[Mend, ...]:
    """What can be done at once about a problem with this code at this place; nothing where a person must write."""
    found = _MENDS.get(code)
    return tuple(found(form_of(form, code_lists), pointer, language)) if found else ()


def mended(form: Mapping[str, Json], mend: Mend) -> dict[str, Json]:
    """The form with a mend made."""
    changed: dict[str, Json] = deepcopy(dict(form))
    *holders, last = _steps(mend.pointer)
    at: Json = changed
    for step in holders:
        at = at[step]
    if mend.value is None:
        del at[last]
    else:
        at[last] = mend.value
    return changed


def _steps(pointer: str) -> list[Json]:
    """The keys and positions of a pointer: a part that is a number is a position, since no key of a form is one."""
    parts = [unescape(part) for part in pointer.split("/")[1:]]
    return [int(part) if part.isdigit() else part for part in parts]


def _along(form: Form, pointer: str) -> list[Json]:
    """Everything from the form down to a place."""
    found: list[Json] = [form.json]
    for step in _steps(pointer):
        found.append(found[-1][step])
    return found


def _always(form: Form, pointer: str, language: str) -> Iterator[Mend]:
    if pointer.endswith("/show_when"):
        yield Mend("Ask it always" if len(_steps(pointer)) > 3 else "Show it always", pointer)


def _without(form: Form, pointer: str, language: str) -> Iterator[Mend]:
    if not isinstance(_along(form, pointer)[-1], list):
        yield Mend("Take it out", pointer)


def _close_up(form: Form, pointer: str, language: str) -> Iterator[Mend]:
    written = _along(form, pointer)[-1]
    if isinstance(written, str):
        lines = (" ".join(line.split()) for line in written.strip().split("\n"))
        yield Mend("Take out the spaces that are too many", pointer, "\n".join(lines))


def _required(form: Form, pointer: str, language: str) -> Iterator[Mend]:
    holder = pointer.removesuffix("/protected").removesuffix("/required")
    if isinstance(_along(form, holder)[-1], Mapping):
        yield Mend("Let it be answered before the form is submitted", f"{holder}/required", True)


def _another_option(form: Form, pointer: str, language: str) -> Iterator[Mend]:
    along = _along(form, pointer)
    asked = _asked_by(form, pointer, along)
    if asked is None:
        return
    taken = along[-2] if isinstance(along[-2], list) else ()
    options = [each for each in asked.handler.choices_of(asked) if each.value not in taken]
    for option in _nearest(options, str(along[-1])):
        yield Mend(f"Use “{in_language(option.label, language)}”", pointer, option.value)


def _another_group(form: Form, pointer: str, language: str) -> Iterator[Mend]:
    asked = _asked_by(form, pointer, _along(form, pointer))
    groups = {each.group: None for each in asked.handler.choices_of(asked) if each.group} if asked else {}
    yield from (Mend(f"Use the group “{group}”", pointer, group) for group in list(groups)[:MOST])


def _asked_by(form: Form, pointer: str, along: Sequence[Json]) -> Question | None:
    """The question that the innermost leaf around a place compares; None where it reads none that is there."""
    rows, path = form.json["sections"], ""
    steps = _steps(pointer)
    if "columns" in steps:
        question: Mapping[str, Json] = along[steps.index("columns")]
        rows = question["id"]
    for each in along:
        if not isinstance(each, Mapping):
            continue
        if "any_row" in each:
            rows = each["question"]
        if "row" in each:
            path = f"{rows}.{each['row']}"
        elif "question" in each and "any_row" not in each:
            path = each["question"]
    return form.find(path)


def _nearest(options: Sequence[Choice], written: str) -> Sequence[Choice]:
    """The options most like what was written first, then the others in their order."""
    close = get_close_matches(written[:64], [each.value for each in options], n=MOST, cutoff=0.6)
    first = [each for name in close for each in options if each.value == name]
    return [*first, *(each for each in options if each not in first)][:MOST]


_MENDS: Mapping[str, Callable[[Form, str, str], Iterator[Mend]]] = {
    "unknown_option": _another_option,
    "withdrawn_code": _another_option,
    "unknown_group": _another_group,
    "never_shown": _always,
    "always_true": _always,
    "no_effect": _without,
    "exclusive_without_effect": _without,
    "stray_spaces": _close_up,
    "protected_may_be_blank": _required,
}
