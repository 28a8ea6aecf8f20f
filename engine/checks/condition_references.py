"""Faults in what a condition reads: questions that do not exist, come later, or cannot be compared like that."""

from collections.abc import Iterator

from engine.checks._targets import Target, targets
from engine.checks._written import Written
from engine.checks.base import Found, Named, error, listed
from engine.operators import OPERATORS

KINDS = {
    "unknown_question": error("There is no question “{name}”.", "{nearest}"),
    "forward_reference": error(
        "“{name}” is not asked before this, and a condition can only look back.",
        "Move “{name}” further up, or ask about something earlier.",
    ),
    "column_outside_rows": error(
        "“{name}” is a column of “{rows}” and cannot be read from outside its rows.",
        "Ask whether any row has it: “question”: “{rows}”, “any_row”: the condition.",
    ),
    "row_outside_rows": error("This is not inside rows, so there is no “{name}” in the same row.", "Use “question”."),
    "unknown_column": error("“{rows}” has no column “{name}”.", "{nearest}"),
    "reads_worked_out": error(
        "“{name}” is worked out, and a condition can only read what a person answered.",
        "Read the answers that it is worked out from.",
    ),
    "wrong_operator": error("“{operator}” cannot be asked of “{name}”, whose answer is {answer}.", "Use {fitting}."),
}

_ANSWERS = {
    "text": "a text",
    "choice": "one option",
    "choices": "a list of options",
    "number": "a number",
    "date": "a date",
    "person": "a person",
    "rows": "a list of rows",
    "truth": "true or false",
    "none": "nothing: it takes no answer",
}


def find(form: Written) -> Iterator[Found]:
    """Every name in a condition that leads nowhere, and every operator that does not fit where it leads."""
    for found in targets(form):
        if isinstance(found, Found):
            yield found
        elif not _fits(found.leaf.operator, found):
            yield _wrong_operator(found)


def _fits(operator: str, target: Target) -> bool:
    is_fact = target.question is None
    return target.measure in OPERATORS[operator].measures and not (is_fact and operator == "not_known")


def _wrong_operator(target: Target) -> Found:
    fitting = [Named(operator, "operator") for operator in OPERATORS if _fits(operator, target)]
    detail = {
        "operator": Named(target.leaf.operator, "operator"),
        "name": target.name,
        "answer": _ANSWERS[target.measure],
        "fitting": listed(fitting, " or ", "{}") if fitting else "a question that takes an answer",
    }
    return Found("wrong_operator", target.leaf.operand_pointer, detail)
