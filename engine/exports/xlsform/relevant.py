"""`relevant` and `show_when`: when a question is asked, from an expression to a condition and back."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.conditions import All, Condition, Leaf, Not
from engine.dates import FULL, is_date
from engine.exports.xlsform.expressions import (
    Call,
    CannotSay,
    Compare,
    Expression,
    Joined,
    Ref,
    Value,
    number_in,
    read_expression,
    written_number,
)
from engine.exports.xlsform.known import Known, Questions

Json = Any
MOST_PARTS = 100
_SWAPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
_ORDER = {">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most"}
_SIGNS = {operator: sign for sign, operator in _ORDER.items()}
_COMPARED = {"is": "=", "before": "<", "after": ">"}
_LENGTHS = frozenset({"string-length", "count-selected", "count"})
_FULL = re.compile(FULL)


def condition_from(text: str, questions: Questions, rows: str | None) -> Json:
    """The JSON of a condition that says the same; raises CannotSay. `rows` is the list whose row it is asked in."""
    return _Reading(questions, rows).whole(read_expression(text))


class _Reading:
    def __init__(self, questions: Questions, rows: str | None) -> None:
        self.questions, self.rows = questions, rows

    def whole(self, found: Expression) -> Json:
        if isinstance(found, Joined):
            return self.joined(found)
        if isinstance(found, Compare):
            return self.compared(found)
        if isinstance(found, Call) and found.name == "not" and len(found.given) == 1:
            return {"not": self.whole(found.given[0])}
        if isinstance(found, Call) and found.name == "selected" and len(found.given) == 2:
            return self.selected(*found.given)
        raise CannotSay(why=f"{_named(found)} has no counterpart in a condition of Pith.")

    def joined(self, found: Joined) -> Json:
        parts = [self.whole(part) for part in found.parts]
        if len(parts) > MOST_PARTS:
            raise CannotSay(why=f"It joins more than {MOST_PARTS} parts.")
        if found.word == "and":
            return _is_not(parts) or {"all": parts}
        return self.one_list(parts, "is", "in") or _together(parts, "includes", "includes_any") or {"any": parts}

    def one_list(self, parts: list[Json], one: str, many: str) -> Json | None:
        texts = all(isinstance(each.get(one), str) for each in parts)
        return _together(parts, one, many) if texts and self.all_choices(parts) else None

    def all_choices(self, parts: list[Json]) -> bool:
        found = [self.questions.at(str(each.get("question", each.get("row"))), self.rows) for each in parts]
        return all(each is not None and each.measure == "choice" for each in found)

    def subject(self, known: Known) -> dict[str, Json]:
        return {"question" if known.rows is None else "row": known.id}

    def selected(self, left: Expression, right: Expression) -> Json:
        if not isinstance(left, Ref) or not isinstance(right, Value):
            raise CannotSay(why="selected() takes an answer and a value here.")
        known = self.questions.named(left.name, self.rows)
        operators = {"choice": "is", "choices": "includes"}
        if known.measure not in operators:
            raise CannotSay(why=f"${{{left.name}}} is not a choice.")
        return {**self.subject(known), operators[known.measure]: _option(known, right)}

    def compared(self, found: Compare) -> Json:
        left, sign, right = found.left, found.sign, found.right
        if not isinstance(left, Ref | Call) or _literal(left) is not None:
            left, sign, right = right, _SWAPPED[sign], left
        if isinstance(left, Call) and left.name in _LENGTHS and len(left.given) == 1 and isinstance(left.given[0], Ref):
            return self.counted(self.questions.named(left.given[0].name, self.rows), sign, right)
        literal = _literal(right)
        if not isinstance(left, Ref) or literal is None:
            raise CannotSay(why="It compares something other than one answer with one value.")
        known = self.questions.named(left.name, self.rows)
        if literal.text == "" and literal.number is None:
            return self.answered(known, sign)
        return _BY_MEASURE.get(known.measure, _cannot)(self.subject(known), known, sign, literal)

    def counted(self, known: Known, sign: str, right: Expression) -> Json:
        number = right.number if isinstance(right, Value) else None
        answered = {**self.subject(known), "answered": True}
        if (sign, number) in ((">", 0), (">=", 1), ("!=", 0)):
            return answered
        if (sign, number) in (("=", 0), ("<", 1), ("<=", 0)):
            return {"not": answered}
        raise CannotSay(why="A condition of Pith can tell whether something is answered, and not how long it is.")

    def answered(self, known: Known, sign: str) -> Json:
        if sign not in ("=", "!=") or known.measure == "none":
            raise CannotSay(why=f"Whether ${{{known.name}}} is answered cannot be told so.")
        found = {**self.subject(known), "answered": True}
        return found if sign == "!=" else {"not": found}


def _cannot(_subject: Mapping[str, Json], known: Known, _sign: str, _literal: Value) -> Json:
    what = "worked out" if known.type == "worked_out" else f"a {known.type.replace('_', ' ')}"
    raise CannotSay(why=f"${{{known.name}}} is {what}: no condition of Pith compares it with a value.")


def _choice(subject: Mapping[str, Json], known: Known, sign: str, literal: Value) -> Json:
    leaf = {**subject, "is": _option(known, literal)}
    return _equal_or_not(leaf, sign)


def _number(subject: Mapping[str, Json], known: Known, sign: str, literal: Value) -> Json:
    number = literal.number if literal.number is not None else number_in(literal.text)
    if number is None:
        raise CannotSay(why=f"${{{known.name}}} is a number, and is compared with “{literal.text}”.")
    return {**subject, _ORDER[sign]: number} if sign in _ORDER else _equal_or_not({**subject, "is": number}, sign)


def _date(subject: Mapping[str, Json], known: Known, sign: str, literal: Value) -> Json:
    day = literal.text
    if not (day == "today" or is_date(day)):
        raise CannotSay(why=f"${{{known.name}}} is a date, and is compared with “{day}”.")
    if sign in ("<", ">"):
        return {**subject, "before" if sign == "<" else "after": day}
    if sign in ("<=", ">="):
        beyond = {**subject, "after" if sign == "<=" else "before": day}
        return {"all": [{**subject, "answered": True}, {"not": beyond}]}
    if day == "today":
        raise CannotSay(
            why="A condition of Pith asks whether a date is before or after today, not whether it is today."
        )
    return _equal_or_not({**subject, "is": day}, sign)


_BY_MEASURE: Mapping[str, Callable[[Mapping[str, Json], Known, str, Value], Json]] = {
    "choice": _choice,
    "number": _number,
    "date": _date,
}


def _equal_or_not(leaf: Json, sign: str) -> Json:
    if sign not in ("=", "!="):
        raise CannotSay(why="Choices have no order that a condition could ask about.")
    return leaf if sign == "=" else {"not": leaf}


def _option(known: Known, literal: Value) -> str:
    if known.values and literal.text not in known.values:
        raise CannotSay(why=f"“{literal.text}” is not one of the choices of ${{{known.name}}}.")
    return literal.text


def _literal(found: Expression) -> Value | None:
    """What is written out: a text, a number, a date or today."""
    if isinstance(found, Value):
        return found
    if isinstance(found, Call) and found.name in ("today", "now") and not found.given:
        return Value("today")
    if isinstance(found, Call) and found.name in ("date", "date-time") and len(found.given) == 1:
        return found.given[0] if isinstance(found.given[0], Value) else None
    return None


def _together(parts: list[Json], one: str, many: str) -> Json | None:
    """One leaf with a list for several that differ in nothing but their value."""
    if not all(isinstance(part, dict) and set(part) in ({"question", one}, {"row", one}) for part in parts):
        return None
    subjects = {(key, part[key]) for part in parts for key in part if key != one}
    values = [part[one] for part in parts]
    if len(subjects) != 1 or len(set(values)) < len(values):
        return None
    return {**dict(subjects), many: values}


def _is_not(parts: list[Json]) -> Json | None:
    """Answered, and not that: one operator."""
    if len(parts) != 2 or set(parts[1]) != {"not"} or "answered" not in parts[0]:
        return None
    subject = {key: value for key, value in parts[0].items() if key != "answered"}
    inner = parts[1]["not"]
    alike = inner.keys() - subject.keys() == {"is"} and subject.items() <= inner.items()
    return {**subject, "is_not": inner["is"]} if alike else None


def _named(found: Expression) -> str:
    if isinstance(found, Call):
        return f"{found.name}()"
    return f"${{{found.name}}} alone" if isinstance(found, Ref) else "A value alone"


def asked_at_least(condition: Condition, questions: Questions, rows: str | None) -> tuple[str, bool]:
    """The expression of a condition, and whether it says the same; else it holds more often, and "" always.

    Of parts that must all hold, those are left out that XLSForm cannot say.
    """
    whole = expression_of(condition, questions, rows)
    if whole is not None:
        return whole, True
    parts = condition.parts if isinstance(condition, All) else ()
    return " and ".join(filter(None, (_bracketed(part, questions, rows) for part in parts))), False


def expression_of(condition: Condition, questions: Questions, rows: str | None) -> str | None:
    """The expression that says the same of a condition, None where XLSForm has none; option groups are resolved."""
    if isinstance(condition, Leaf):
        return _leaf(condition, questions, rows)
    if isinstance(condition, Not):
        part = expression_of(condition.part, questions, rows)
        return None if part is None else f"not({part})"
    word = " and " if isinstance(condition, All) else " or "
    parts = [_bracketed(part, questions, rows) for part in condition.parts]
    return None if not parts else _join(parts, word)


def _join(parts: list[str | None], word: str) -> str | None:
    known = [part for part in parts if part is not None]
    return word.join(known) if len(known) == len(parts) else None


def _bracketed(part: Condition, questions: Questions, rows: str | None) -> str | None:
    found = expression_of(part, questions, rows)
    if found is None or isinstance(part, Not):
        return found
    several = part.operator in _SEVERAL if isinstance(part, Leaf) else True
    return f"({found})" if several else found


_SEVERAL = frozenset({"in", "is_not", "includes_any", "includes_group"})


def _leaf(leaf: Leaf, questions: Questions, rows: str | None) -> str | None:
    if leaf.subject == "child" or leaf.operator == "any_row":
        return None
    if leaf.operator == "not_known":
        return "false()"
    known = questions.at(leaf.name, rows if leaf.subject == "row" else None)
    return None if known is None else _said(leaf, known, f"${{{known.name}}}")


def _said(leaf: Leaf, known: Known, answer: str) -> str | None:
    if leaf.operator == "answered":
        return f"count({answer}) > 0" if known.measure == "rows" else f"{answer} != ''"
    if leaf.operator in ("includes", "includes_any", "includes_group"):
        values = (leaf.operand,) if isinstance(leaf.operand, str) else leaf.operand
        return " or ".join(f"selected({answer}, '{value}')" for value in values) or "false()"
    if leaf.operator == "in":
        return " or ".join(f"{answer} = '{value}'" for value in leaf.operand)
    if leaf.operator in _SIGNS:
        return f"{answer} {_SIGNS[leaf.operator]} {written_number(leaf.operand)}"
    literal = _written(known, leaf.operand)
    if literal is None:
        return None
    if leaf.operator == "is_not":
        return f"{answer} != '' and {answer} != {literal}"
    return f"{answer} {_COMPARED[leaf.operator]} {literal}"


def _written(known: Known, operand: Json) -> str | None:
    """A literal as it is compared; a date only where both are days, since only then the same is earlier."""
    if known.measure == "number":
        return written_number(operand)
    if known.measure != "date":
        return f"'{operand}'"
    if not known.a_whole_day:
        return None
    if operand == "today":
        return "today()"
    return f"date('{operand}')" if _FULL.fullmatch(operand) else None
