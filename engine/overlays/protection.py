"""What the base protects may be neither left out nor weakened: whether it is protected is the base's word."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.code_lists import CodeList
from engine.definition import Definition, Question, definition_from_json
from engine.overlays.applying import Applied
from engine.overlays.faults import OverlayProblem
from engine.overlays.state import State
from engine.overlays.tracing import deciding, operation_since, pointer_into

Json = Any

STAYS = (
    *("type", "kind", "label", "hint", "guidance", "why", "options", "code_list"),
    *("not_known", "per_child", "concept", "returns", "protected"),
)
"""What may not change about a protected question; being required may be added, never taken away."""

MESSAGES: Mapping[str, tuple[str, str]] = {
    "protected_dropped": (
        "“{path}” is protected by the base and may not be left out.",
        "Leave it in; what stands around it may change.",
    ),
    "protected_changed": (
        "“{path}” is protected by the base: its {key} must stay as it is.",
        "Take this change out, or add a question of your own beside it.",
    ),
    "protected_not_required": (
        "“{path}” is protected by the base and must stay required.",
        "Leave it required.",
    ),
}


@dataclass(frozen=True, slots=True)
class Weakening:
    """How a protected question differs for the worse: its path, a code, and the key that changed."""

    path: str
    code: str
    key: str = ""


def weakened(
    applied: Applied,
    changes: Sequence[Mapping[str, Json]],
    code_lists: Mapping[str, CodeList],
    day: str | None,
) -> Iterator[OverlayProblem]:
    """Every protected question that the result drops or weakens, at the operation that did it.

    A result that is not a form at all has none: what keeps it from being one is for the check to tell first.
    """

    def found_in(state: State) -> frozenset[Weakening] | None:
        result = _read(state, code_lists, day)
        return None if result is None else frozenset(weakenings(base, result))

    base = definition_from_json(applied.states[0].form, code_lists, day)
    result = _read(applied.result, code_lists, day)
    for found in weakenings(base, result) if result else ():
        operation = _operation_behind(applied, found, found_in)
        message, mend = MESSAGES[found.code]
        yield OverlayProblem(
            operation,
            pointer_into(changes, operation, found.path, f"/{found.key}"),
            found.code,
            message.format(path=found.path, key=found.key.replace("_", " ")),
            mend,
            about=found.path,
        )


def _read(state: State, code_lists: Mapping[str, CodeList], day: str | None) -> Definition | None:
    try:
        return definition_from_json(state.form, code_lists, day)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _operation_behind(
    applied: Applied, found: Weakening, found_in: Callable[[State], frozenset[Weakening] | None]
) -> int | None:
    """The operation since which it is so, sought among those that touched what the question depends on."""

    def is_so(state: State) -> bool:
        there = found_in(state)
        return there is None or found in there

    names = {found.path, found.path.partition(".")[0]}
    for state in (applied.states[0], applied.result):
        names.update(deciding(state.form, found.path))
    touched = applied.result.touched
    suspects = sorted({operation for name in names for operation in touched.get(name, ())})
    return operation_since(applied.states, suspects, is_so)


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
