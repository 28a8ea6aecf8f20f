"""The forms between base and result as values, and the operation since which something is so of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.code_lists import CodeList
from engine.definition import Definition, definition_from_json
from engine.overlays.applying import closed
from engine.overlays.operations import hide_question, hide_section
from engine.overlays.state import State
from engine.overlays.tracing import deciding, operation_since

Json = Any


@dataclass(frozen=True, slots=True)
class Forms:
    """The states of an overlay, and the code lists and day by which they are read."""

    states: Sequence[State]
    code_lists: Mapping[str, CodeList]
    day: str | None

    @property
    def base(self) -> Definition:
        """The base as a form; it was checked."""
        return definition_from_json(self.states[0].form, self.code_lists, self.day)

    @property
    def result(self) -> State:
        """The state after the last operation."""
        return self.states[-1]

    def read(self, state: State) -> Definition | None:
        """A state as a form, None for what cannot be read as one."""
        try:
            return definition_from_json(state.form, self.code_lists, self.day)
        except (AttributeError, KeyError, TypeError, ValueError):
            return None

    def read_without_closed(self, state: State) -> Definition | None:
        """The same without what can never be shown for what is hidden: no condition names what is not there."""
        while name := next((problem.about for problem in closed(state)), None):
            is_section = any(section["id"] == name for section in state.form["sections"])
            state = hide_section(state, {"section": name}) if is_section else hide_question(state, {"question": name})
        return self.read(state)

    def operation_behind(self, path: str, is_so: Callable[[State], bool]) -> int | None:
        """The operation since which something is so, sought among those that touched what a question depends on."""
        names = {path, path.partition(".")[0]}
        for state in (self.states[0], self.result):
            names.update(deciding(state.form, path))
        touched = self.result.touched
        suspects = sorted({operation for name in names for operation in touched.get(name, ())})
        return operation_since(self.states, suspects, is_so)
