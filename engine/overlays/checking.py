"""Everything that is wrong with an overlay: its operations, the form it makes, what it does to protected questions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.checks import Problem, check_definition
from engine.code_lists import CodeList
from engine.overlays.applying import Applied, run
from engine.overlays.faults import OverlayProblem
from engine.overlays.forms import Forms
from engine.overlays.protection import weakened
from engine.overlays.proving import asked_less
from engine.overlays.state import State
from engine.overlays.tracing import behind, place_at, pointer_into, value_at
from engine.proofs import Effort

Json = Any
STILL_SOUND = frozenset({"never_shown", "unknown_option"})
"""Errors of a form about which proofs can be made all the same: a leaf over an option that is gone never holds."""

_NO_LISTS: Mapping[str, CodeList] = {}


def check(
    base: Mapping[str, Json],
    overlay: Json,
    code_lists: Mapping[str, CodeList] = _NO_LISTS,
    day: str | None = None,
    effort: Effort | None = None,
) -> tuple[OverlayProblem, ...]:
    """Every problem of an overlay on a checked base, by operation; `code_lists` and `day` as for a definition.

    What the check finds in the resulting form is told at the operation behind it; what the base has as well is not.
    That protected questions are asked as often is proved, within the effort, once the result's conditions are sound.
    """
    applied = run(base, overlay)
    if len(applied.states) == 1:
        return applied.problems
    changes, forms = overlay["changes"], Forms(applied.states, code_lists, day)
    found = list(_of_the_result(base, changes, applied, code_lists, day))
    found = [*applied.problems, *found, *weakened(forms, changes), *_if_sound(found, forms, changes, effort)]
    return tuple(sorted(found, key=lambda problem: (problem.operation is None, problem.operation)))


def _if_sound(
    found: list[OverlayProblem], forms: Forms, changes: Sequence[Mapping[str, Json]], effort: Effort | None
) -> Iterator[OverlayProblem]:
    if all(problem.severity == "warning" or problem.code in STILL_SOUND for problem in found):
        yield from asked_less(forms, changes, effort)


def _of_the_result(
    base: Mapping[str, Json],
    changes: Sequence[Mapping[str, Json]],
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
            yield _at_its_operation(applied.result, changes, problem)


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
