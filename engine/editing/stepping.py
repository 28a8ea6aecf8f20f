"""Operations found one after the other, each done at once, so that the next is found on what it left."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.editing.applying import Operation
from engine.overlays.applying import done
from engine.overlays.faults import OperationFault
from engine.overlays.places import questions, section_index
from engine.overlays.state import State

Json = Any


@dataclass(slots=True)
class Steps:
    """The operations so far, and the state of the form after them, as an overlay has it."""

    state: State
    operations: list[Operation] = field(default_factory=list)

    @property
    def form(self) -> Mapping[str, Json]:
        """The form after the operations so far."""
        return self.state.form

    def do(self, operation: Operation) -> None:
        """Do one more; raises OperationFault where it cannot be done, and then it is not among them."""
        self.state = done(replace(self.state, operation=len(self.operations) + 1), operation)
        self.operations.append(operation)

    def do_one_of(self, *operations: Operation) -> None:
        """Do the first that can be done; raises the OperationFault of the last."""
        *others, last = operations
        for operation in others:
            try:
                self.do(operation)
            except OperationFault:
                continue
            return
        self.do(last)

    def paths(self) -> frozenset[str]:
        """The questions and columns that the form has."""
        return frozenset(path for path, _, _ in questions(self.form))

    def section(self, section_id: str) -> Mapping[str, Json] | None:
        """A section of the form, None where there is none."""
        index = section_index(self.form, section_id)
        return None if index is None else self.form["sections"][index]
