"""Everything that is wrong with an overlay: its operations, the form it makes, what it does to protected questions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.checks import Problem, check_definition
from engine.code_lists import CodeList
from engine.overlays.applying import Applied, run
from engine.overlays.faults import OverlayProblem
from engine.overlays.protection import weakened
from engine.overlays.state import State
from engine.overlays.tracing import behind, place_at, pointer_into, value_at

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
        if not told and _identity(form, problem) not in known:
            yield _at_its_operation(applied.result, overlay["changes"], problem)


def _at_its_operation(state: State, changes: Sequence[Mapping[str, Json]], problem: Problem) -> OverlayProblem:
    name, rest = place_at(state.form, problem.pointer)
    operation = behind(state, name, value_at(state.form, problem.pointer))
    pointer = pointer_into(changes, operation, name, rest)
    elsewhere = bool(name) and pointer.count("/") < 3
    message = f"In “{name}”: {problem.message}" if elsewhere else problem.message
    return OverlayProblem(operation, pointer, problem.code, message, problem.mend, problem.severity, about=name)


def _identity(form: Mapping[str, Json], problem: Problem) -> tuple[str, str, str]:
    name, rest = place_at(form, problem.pointer)
    return (problem.code, name, rest)
