"""Everything that is wrong with an overlay: its operations, the form it makes, what it does to protected questions."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.checks import Problem, check_definition
from engine.code_lists import CodeList
from engine.overlays.applying import Applied, run
from engine.overlays.faults import OverlayProblem
from engine.overlays.protection import weakened
from engine.overlays.tracing import behind, place_at, pointer_into

Json = Any
_NO_LISTS: Mapping[str, CodeList] = {}


def check(
    base: Mapping[str, Json],
    overlay: Json,
    code_lists: Mapping[str, CodeList] = _NO_LISTS,
    day: str | None = None,
) -> tuple[OverlayProblem, ...]:
    """Every problem of an overlay on a checked base, by operation; `code_lists` and `day` as for a definition.

    What the check finds in the resulting form is told at the operation behind it; what the base has as well is not.
    """
    applied = run(base, overlay)
    if len(applied.states) == 1:
        return applied.problems
    found = [
        *applied.problems,
        *_of_the_result(base, overlay, applied, code_lists, day),
        *weakened(applied, overlay["changes"], code_lists, day),
    ]
    return tuple(sorted(found, key=lambda problem: (problem.operation is None, problem.operation)))


def _of_the_result(
    base: Mapping[str, Json],
    overlay: Mapping[str, Json],
    applied: Applied,
    code_lists: Mapping[str, CodeList],
    day: str | None,
) -> Iterator[OverlayProblem]:
    closed = {problem.about for problem in applied.problems if problem.code == "never_shown"}
    known = {_identity(base, problem) for problem in check_definition(base, None, code_lists, day)}
    form = applied.result.form
    for problem in check_definition(form, None, code_lists, day):
        name, rest = place_at(form, problem.pointer)
        told = name in closed and rest.startswith("/show_when")
        if told or _identity(form, problem) in known:
            continue
        operation = behind(applied.result, name)
        pointer = pointer_into(overlay["changes"], operation, name, rest)
        yield OverlayProblem(
            operation, pointer, problem.code, problem.message, problem.mend, problem.severity, about=name
        )


def _identity(form: Mapping[str, Json], problem: Problem) -> tuple[str, str, str]:
    name, rest = place_at(form, problem.pointer)
    return (problem.code, name, rest)
