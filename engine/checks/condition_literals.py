"""Faults in what a condition compares with: options, groups, numbers and dates that the answer can never be."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine import dates
from engine.checks._targets import Target, targets
from engine.checks._written import Written, WrittenQuestion
from engine.checks.base import Found, Named, Words, error
from engine.definition import Question
from engine.operators import OPERATORS
from engine.question_types.base import Choice, InvalidAnswer

Json = Any

KINDS = {
    "wrong_operand": error("“{value}” is not what the answer to “{name}” looks like.", "Write {wanted}."),
    "unknown_option": error("“{name}” has no option “{value}”.", "{nearest}"),
    "withdrawn_code": error(
        "The code “{value}” of “{name}” can no longer be chosen.", "Use a code of the list that is still valid."
    ),
    "unknown_group": error("No option of “{name}” is in a group “{value}”.", "{nearest}"),
    "never_holds": error("This can never be true: {why}.", "Compare with an answer that can be given."),
}

_WANTED = {
    "choice": "an option's value in quotation marks",
    "choices": "an option's value in quotation marks",
    "number": "a number without quotation marks",
    "date": "a date that is in the calendar, such as 2026-03-31",
    "truth": "true or false, without quotation marks",
}


def find(form: Written) -> Iterator[Found]:
    """Every literal that can be compared with what the named question answers."""
    for target in targets(form):
        if isinstance(target, Found) or not target.leaf.sound:
            continue
        if target.measure in OPERATORS[target.leaf.operator].measures:
            yield from _of_leaf(form, target)


def _of_leaf(form: Written, target: Target) -> Iterator[Found]:
    for pointer, value in _literals(target):
        if not _looks_right(target, value):
            yield _found("wrong_operand", target, pointer, value=_spelt(value), wanted=_WANTED[target.measure])
        elif target.question is not None:
            yield from _possible(form, target, target.question, pointer, value)
    if target.question is not None and target.leaf.operator == "not_known":
        yield from _offered(form, target, target.question)


def _literals(target: Target) -> Iterator[tuple[str, Json]]:
    leaf, shape = target.leaf, OPERATORS[target.leaf.operator].operand
    if shape == "values":
        yield from ((f"{leaf.operand_pointer}/{index}", value) for index, value in enumerate(leaf.operand))
    elif shape not in ("true", "condition"):
        yield leaf.operand_pointer, leaf.operand


def _looks_right(target: Target, value: Json) -> bool:
    if target.measure == "date":
        return dates.is_date(value) or (value == "today" and target.leaf.operator in ("before", "after"))
    if target.measure == "truth":
        return isinstance(value, bool)
    if target.measure == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def _possible(form: Written, target: Target, named: WrittenQuestion, pointer: str, value: Json) -> Iterator[Found]:
    question = form.read(named)
    if question is None:
        return
    if named.measure in ("choice", "choices"):
        yield from _an_option(form, target, question, pointer, value)
    elif target.leaf.certain:
        # Where the whole condition hangs on this leaf, the proof that it is never shown says so.
        return
    elif named.measure == "number":
        yield from _in_reach(target, question, pointer, value)
    elif target.leaf.operator == "is":
        yield from _acceptable(target, question, pointer, value)


def _an_option(form: Written, target: Target, question: Question, pointer: str, value: str) -> Iterator[Found]:
    options: Sequence[Choice] = question.handler.choices_of(question)
    if target.leaf.operator == "includes_group":
        groups = {option.group: None for option in options if option.group}
        if value not in groups:
            nearest = form.nearest.mend(value, groups, "groups")
            yield _found("unknown_group", target, pointer, value=value, nearest=nearest)
    elif value not in {option.value for option in options}:
        codes = form.code_lists[question.code_list].codes if question.code_list else ()
        withdrawn = value in {code.value for code in codes}
        known = (_option(target, option.value) for option in options)
        detail = {"value": _option(target, value), "nearest": form.nearest.mend(value, known, "options")}
        yield _found("withdrawn_code" if withdrawn else "unknown_option", target, pointer, **detail)


def _option(target: Target, value: str) -> Named:
    return Named(value, "option", target.question.path if target.question else "")


def _in_reach(target: Target, question: Question, pointer: str, value: float) -> Iterator[Found]:
    least, most = question.settings.get("minimum"), question.settings.get("maximum")
    operator = target.leaf.operator
    too_high = most is not None and (value > most or (value == most and operator == "more_than"))
    too_low = least is not None and (value < least or (value == least and operator == "less_than"))
    if too_high and operator in ("is", "more_than", "at_least"):
        yield _never(target, pointer, "“{name}” is at most {limit}", limit=most)
    elif too_low and operator in ("is", "less_than", "at_most"):
        yield _never(target, pointer, "“{name}” is at least {limit}", limit=least)
    elif operator == "is":
        yield from _acceptable(target, question, pointer, value)


def _acceptable(target: Target, question: Question, pointer: str, value: Json) -> Iterator[Found]:
    try:
        question.handler.read(question, value)
    except InvalidAnswer:
        yield _never(target, pointer, "“{name}” does not accept {value}", value=_spelt(value))


def _offered(form: Written, target: Target, named: WrittenQuestion) -> Iterator[Found]:
    question = form.read(named)
    if question is not None and not question.not_known and not target.leaf.certain and "kind" not in named.broken:
        yield _never(target, target.leaf.operand_pointer, "“{name}” does not offer “not known yet”")


def _never(target: Target, pointer: str, why: str, **detail: Json) -> Found:
    return _found("never_holds", target, pointer, why=Words(why, {"name": target.name, **detail}))


def _found(code: str, target: Target, pointer: str, **detail: Json) -> Found:
    shared: Mapping[str, Json] = {"name": target.name}
    return Found(code, pointer, {**shared, **detail})


def _spelt(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
