"""The operators a condition's leaf can use: one function and one line of the table each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.dates import compare

OperandShape = Literal["value", "values", "true", "number", "date", "group", "condition"]


@dataclass(frozen=True, slots=True)
class Operator:
    """What it compares (measures of question types, `truth` for yes/no facts), its literal, its test and words."""

    measures: frozenset[str]
    operand: OperandShape
    test: Callable[[Any, Any], bool]
    words: str


def _is(answer: Any, literal: Any) -> bool:
    return bool(answer == literal)


def _is_not(answer: Any, literal: Any) -> bool:
    return bool(answer != literal)


def _in(answer: Any, literals: Any) -> bool:
    return answer in literals


def _includes(answer: Any, literal: Any) -> bool:
    return literal in answer


def _includes_any(answer: Any, literals: Any) -> bool:
    return any(value in answer for value in literals)


def _present(answer: Any, _literal: Any) -> bool:
    return True


def _never(answer: Any, _literal: Any) -> bool:
    return False


def _more_than(answer: Any, literal: Any) -> bool:
    return bool(answer > literal)


def _at_least(answer: Any, literal: Any) -> bool:
    return bool(answer >= literal)


def _less_than(answer: Any, literal: Any) -> bool:
    return bool(answer < literal)


def _at_most(answer: Any, literal: Any) -> bool:
    return bool(answer <= literal)


def _before(answer: Any, literal: Any) -> bool:
    return compare(answer, literal) < 0


def _after(answer: Any, literal: Any) -> bool:
    return compare(answer, literal) > 0


_EQUAL = frozenset({"choice", "number", "date", "truth"})
_ANSWERED = frozenset({"text", "choice", "choices", "number", "date", "person", "rows", "truth"})
_NUMBER = frozenset({"number"})

OPERATORS: Mapping[str, Operator] = {
    "is": Operator(_EQUAL, "value", _is, "is"),
    "is_not": Operator(_EQUAL, "value", _is_not, "is answered and is not"),
    "in": Operator(frozenset({"choice"}), "values", _in, "is one of"),
    "includes": Operator(frozenset({"choices"}), "value", _includes, "includes"),
    "includes_any": Operator(frozenset({"choices"}), "values", _includes_any, "includes any of"),
    "includes_group": Operator(frozenset({"choices"}), "group", _includes_any, "includes something from"),
    "answered": Operator(_ANSWERED, "true", _present, "is answered"),
    "not_known": Operator(_ANSWERED - {"truth"}, "true", _never, "is not known yet"),
    "more_than": Operator(_NUMBER, "number", _more_than, "is more than"),
    "at_least": Operator(_NUMBER, "number", _at_least, "is at least"),
    "less_than": Operator(_NUMBER, "number", _less_than, "is less than"),
    "at_most": Operator(_NUMBER, "number", _at_most, "is at most"),
    "before": Operator(frozenset({"date"}), "date", _before, "is before"),
    "after": Operator(frozenset({"date"}), "date", _after, "is after"),
    "any_row": Operator(frozenset({"rows"}), "condition", _present, "has a row where"),
}
