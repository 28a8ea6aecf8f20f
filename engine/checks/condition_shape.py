"""Faults in how a condition is written: unknown operators, empty joints, literals of the wrong shape."""

from collections.abc import Iterator

from engine.checks._written import Written
from engine.checks.base import Found, error

KINDS = {
    "bad_condition": error("This part of the condition {why}.", "Write {{“question”: its id, an operator: a value}}."),
    "empty_condition": error("There is nothing in this list of conditions.", "Put a condition in, or take it out."),
    "condition_too_deep": error(
        "The condition is nested more than {limit} deep.", "Write it flatter, or ask one question more before it."
    ),
    "unknown_operator": error("There is no operator “{word}”.", "{nearest}"),
    "unknown_fact": error("Nothing called “{word}” is known about a child.", "{nearest}"),
    "wrong_operand": error("“{operator}” cannot compare with this.", "Write {wanted}."),
}
_WHAT = {"unknown_operator": "operators", "unknown_fact": "facts of a child"}


def find(form: Written) -> Iterator[Found]:
    """What can be said of each condition without looking at the questions it names."""
    for condition in form.conditions:
        for fault in condition.faults:
            if fault.code not in _WHAT:
                yield fault
                continue
            nearest = form.nearest.mend(fault.detail["word"], fault.detail["known"], _WHAT[fault.code])
            yield Found(fault.code, fault.pointer, {"word": fault.detail["word"], "nearest": nearest})
