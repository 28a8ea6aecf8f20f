"""What the base protects may be neither left out nor weakened: whether it is protected is the base's word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.checks.base import Named, Words
from engine.definition import Definition, Question
from engine.overlays.faults import OverlayProblem
from engine.overlays.forms import Forms
from engine.overlays.state import State
from engine.overlays.tracing import pointer_into

Json = Any

STAYS = (
    *("type", "kind", "label", "hint", "guidance", "why", "options", "code_list"),
    *("not_known", "per_child", "concept", "returns", "protected"),
)
"""What may not change about a protected question; being required may be added, never taken away."""

SHARES = ("authority", "professionals", "family")
"""Whose copy may hold an answer, from the fewest to the most."""

MESSAGES: Mapping[str, tuple[str, str]] = {
    "protected_dropped": (
        "“{path}” is protected by the base and may not be left out.",
        "Leave it in; what stands around it may change.",
    ),
    "protected_changed": (
        "“{path}” is protected by the base: its “{key}” may not change.",
        "Take this change out, or add a question of your own beside it.",
    ),
    "protected_not_required": (
        "“{path}” is protected by the base and must stay required.",
        "Leave it required.",
    ),
    "protected_shared": (
        "“{path}” is protected by the base: its answer may not stand on more copies than there.",
        "Leave “{share}” as it is, or narrow it.",
    ),
}


@dataclass(frozen=True, slots=True)
class Weakening:
    """How a protected question differs for the worse: its path, a code, and the key that changed."""

    path: str
    code: str
    key: str = ""


def weakened(forms: Forms, changes: Sequence[Mapping[str, Json]]) -> Iterator[OverlayProblem]:
    """Every protected question that the result drops or words, types or sets otherwise, at the operation that did it.

    A result that is not a form at all has none: what keeps it from being one is for the check to tell first.
    """
    result = forms.read(forms.result)
    for found in weakenings(forms.base, result) if result else ():
        operation = forms.operation_behind(found.path, partial(_is_so, forms, found))
        pointer = pointer_into(changes, operation, found.path, f"/{found.key}")
        key = Named(found.key, "key")
        detail = {"path": Named(found.path), "key": key, "share": key}
        yield said(operation, pointer, found.code, MESSAGES, detail)


def said(
    operation: int | None, pointer: str, code: str, messages: Mapping[str, tuple[str, str]], detail: Mapping[str, Json]
) -> OverlayProblem:
    """A problem about the question at `path` of its details, in the words that its code has."""
    message, mend = (Words(template, detail) for template in messages[code])
    words = (message, mend)
    return OverlayProblem(operation, pointer, code, message.said(), mend.said(), about=str(detail["path"]), words=words)


def _is_so(forms: Forms, weakening: Weakening, state: State) -> bool:
    form = forms.read(state)
    return form is None or weakening in weakenings(forms.base, form)


def weakenings(base: Definition, result: Definition) -> Iterator[Weakening]:
    """How protected questions differ for the worse, as far as looking at each can tell."""
    for path, before in protected(base):
        after = result.find(path)
        if after is None:
            if not _told_of_its_rows(base, result, path):
                yield Weakening(path, "protected_dropped")
            continue
        for key in _changed_keys(before, after):
            yield Weakening(path, "protected_changed", key)
        if before.required and not after.required:
            yield Weakening(path, "protected_not_required", "required")
        if SHARES.index(after.share) > SHARES.index(before.share):
            yield Weakening(path, "protected_shared", "share")


def _told_of_its_rows(base: Definition, result: Definition, path: str) -> bool:
    """Whether a column is gone with rows that are protected themselves."""
    rows, _, column = path.partition(".")
    return bool(column) and base.by_id[rows].protected and rows not in result.by_id


def protected(form: Definition) -> Iterator[tuple[str, Question]]:
    """Every protected question and column by its path; protected rows protect their columns."""
    for question in form.questions:
        if question.protected:
            yield question.id, question
        for column in question.columns:
            if question.protected or column.protected:
                yield f"{question.id}.{column.id}", column


def _changed_keys(before: Question, after: Question) -> Iterator[str]:
    yield from (key for key in STAYS if getattr(before, key) != getattr(after, key))
    if before.type == after.type:
        keys = sorted(before.settings.keys() | after.settings.keys())
        yield from (key for key in keys if before.settings.get(key) != after.settings.get(key))
