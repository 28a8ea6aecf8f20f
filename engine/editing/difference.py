"""What a form has of its own beside the one it was made from, as operations."""

from collections.abc import Mapping
from typing import Any

from engine.editing.applying import Operation, edited
from engine.editing.arranging import arrange
from engine.editing.filling import fill
from engine.editing.stepping import Steps
from engine.overlays.faults import OperationFault
from engine.overlays.state import State

Json = Any

NOT_TOLD = frozenset({"$schema", "notes", "form", "version"})
"""Keys of a form that no operation changes: whose it is, and what is written beside it."""


class NotAsOperations(OperationFault):
    """What this form has of its own cannot be said as operations on the other."""

    code = "not_as_operations"
    mend = "Take the form as a whole."


def operations_between(base: Mapping[str, Json], own: Mapping[str, Json]) -> tuple[Operation, ...]:
    """The operations that make one form of another, few for few changes; neither is changed.

    `edited`, and an overlay with them, makes `own` of `base` but for the keys NOT_TOLD. Both follow the definition's
    schema. Raises OperationFault where a condition of `own` names what is not there, or where it cannot be said: such
    as the id of a section that is now a question's.
    """
    steps = Steps(State(base))
    arrange(steps, own)
    fill(steps, own)
    made = edited(base, steps.operations)
    if _told(made) != _told(own):
        raise NotAsOperations
    return tuple(steps.operations)


def _told(form: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in form.items() if key not in NOT_TOLD}
