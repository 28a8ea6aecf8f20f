"""Operations applied to a form itself, as a person changes it; they are those that an overlay has."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from engine.overlays.applying import done
from engine.overlays.faults import OperationFault
from engine.overlays.reading import problems_of_changes
from engine.overlays.state import State

Json = Any
Operation = Mapping[str, Json]
Operations = Sequence[Operation]


class NotAnOperation(OperationFault):
    """This is not written as an operation: {words}"""

    code = "not_an_operation"
    mend = "Write it as the format says."


def edited(form: Mapping[str, Json], operations: Operations) -> dict[str, Json]:
    """The form after all the operations; neither argument is changed, and keys keep their order.

    The form follows the definition's schema, whatever else is wrong with it. Unlike in an overlay the id of what was
    taken out is free again. Raises OperationFault for the first operation that cannot be done: then nothing is.
    """
    refuse_malformed(operations)
    state = State(form)
    for number, operation in enumerate(operations, start=1):
        state = done(replace(state, operation=number, hidden={}, touched={}), operation)
    return deepcopy(dict(state.form))


def refuse_malformed(operations: Operations) -> None:
    """Raise NotAnOperation for the first that does not follow the schema of operations."""
    for problem in problems_of_changes(list(operations)):
        key = problem.pointer.removeprefix("/changes/").partition("/")[2]
        raise NotAnOperation(key, problem.mend, words=problem.message)
