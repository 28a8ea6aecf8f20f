"""Applying an overlay: its operations one after the other, each problem told with the operation's number."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from engine.overlays.absence import Hidden, without_answer
from engine.overlays.faults import OperationFault, OverlayProblem
from engine.overlays.places import questions
from engine.overlays.reading import problems_of_shape
from engine.overlays.state import State
from engine.overlays.table import operations, subjects

Json = Any


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying gave: the state after each operation (the base first) and the problems found on the way."""

    states: tuple[State, ...]
    problems: tuple[OverlayProblem, ...]

    @property
    def result(self) -> State:
        """The state after the last operation."""
        return self.states[-1]


def apply(base: Mapping[str, Json], overlay: Json) -> tuple[dict[str, Json], tuple[OverlayProblem, ...]]:
    """The definition an overlay makes of a checked base, and what is wrong with the overlay itself.

    An operation that cannot be done is left out and told; neither argument is changed. An overlay whose JSON does
    not follow the overlay's schema changes nothing. Whether the result may be published is for `check` to say.
    """
    applied = run(base, overlay)
    return deepcopy(dict(applied.result.form)), applied.problems


def run(base: Mapping[str, Json], overlay: Json) -> Applied:
    """As `apply`, with every state between."""
    malformed = problems_of_shape(overlay)
    if malformed:
        return Applied((State(base),), malformed)
    state = State({**base, "form": overlay["form"], "version": overlay["version"]})
    states, problems = [state], list(_other_base(base, overlay))
    for number, change in enumerate(overlay["changes"], start=1):
        try:
            state = done(replace(state, operation=number), change)
        except OperationFault as fault:
            problems.append(_problem(number, fault))
        states.append(state)
    return Applied(tuple(states), (*problems, *closed(state)))


def done(state: State, change: Mapping[str, Json]) -> State:
    """The state after one operation that follows the schema; raises OperationFault where it cannot be done."""
    name = change["op"]
    subject = next(subject for subject in reversed(subjects(name)) if subject in change)
    return operations()[name, subject].do(state, change)


def _problem(number: int, fault: OperationFault) -> OverlayProblem:
    key = f"/{fault.key}" if fault.key else ""
    return OverlayProblem(number, f"/changes/{number - 1}{key}", fault.code, fault.message, fault.how_to_mend)


def _other_base(base: Mapping[str, Json], overlay: Mapping[str, Json]) -> Iterator[OverlayProblem]:
    for key in ("form", "version"):
        if base[key] != overlay["base"][key]:
            message = f"The overlay changes {key} “{overlay['base'][key]}”, but the base given is “{base[key]}”."
            yield OverlayProblem(None, f"/base/{key}", "other_base", message, "Give the base that the overlay names.")


def closed(state: State) -> Iterator[OverlayProblem]:
    """What only hidden questions could have opened: their answers are absent, so it never opens."""
    for section in state.form["sections"]:
        yield from _if_closed(state, section["id"], section, None)
    for path, spot, question in questions(state.form):
        yield from _if_closed(state, path, question, path.partition(".")[0] if spot.column is not None else None)


def _if_closed(state: State, name: str, holder: Mapping[str, Json], rows: str | None) -> Iterator[OverlayProblem]:
    cause = _closed_by(state, holder.get("show_when"), rows)
    if cause is None:
        return
    number = state.hidden[cause]
    message = f"“{name}” can never be shown: it depends on “{cause}”, which operation {number} hides."
    mend = f"Hide “{name}” too, give it another show_when, or leave “{cause}” in."
    yield OverlayProblem(number, f"/changes/{number - 1}", "never_shown", message, mend, about=name)


def _closed_by(state: State, condition: Json, rows: str | None) -> str | None:
    for path in state.hidden:
        question, _, column = path.partition(".")
        if without_answer(condition, Hidden(question, column or None), rows) is False:
            return path
    return None
