"""`constraint`, `parameters` and a type's limits: what an answer may be, from one to the other."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.dates import FULL, is_date
from engine.exports.xlsform.expressions import (
    Call,
    CannotSay,
    Compare,
    Expression,
    Itself,
    Joined,
    Ref,
    Value,
    number_in,
    read_expression,
    written_number,
)
from engine.exports.xlsform.known import Questions

Json = Any
LIMITS = ("minimum", "maximum", "max_length", "not_before", "not_after")
"""The settings that a constraint can hold."""
_TEXTS = frozenset({"short_text", "long_text", "analysis"})
_SWAPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_FULL = re.compile(FULL)


def constraint_of(data: Mapping[str, Json], questions: Questions, rows: str | None) -> str:
    """The constraint that holds a question's limits, "" where it has none; what it cannot hold is left out."""
    return " and ".join(_parts(data, questions, rows))


def _parts(data: Mapping[str, Json], questions: Questions, rows: str | None) -> Iterator[str]:
    kind = data["type"]
    if kind == "number":
        yield from (f". >= {written_number(data[key])}" for key in ("minimum",) if key in data)
        yield from (f". <= {written_number(data[key])}" for key in ("maximum",) if key in data)
    elif kind in _TEXTS and "max_length" in data:
        yield f"string-length(.) <= {data['max_length']}"
    elif kind == "date" and not (data.get("time") or data.get("partial")):
        for key, sign in (("not_before", ">="), ("not_after", "<=")):
            day = _day(data.get(key), questions, rows)
            if day:
                yield f". {sign} {day}"
    elif kind == "choices":
        for option in data.get("options", ()):
            if option.get("exclusive"):
                yield f"not(selected(., '{option['value']}') and count-selected(.) > 1)"


def _day(limit: Json, questions: Questions, rows: str | None) -> str | None:
    if limit is None or limit == "today":
        return "today()" if limit else None
    if is_date(limit):
        return f"date('{limit}')" if _FULL.fullmatch(limit) else None
    known = questions.at(limit, rows)
    return f"${{{known.name}}}" if known and known.a_whole_day else None


def limits_from(
    text: str, kind: str, whole: bool, questions: Questions, rows: str | None
) -> tuple[dict[str, Json], list[str], list[str]]:
    """What a constraint says of a type: its settings, the options that stand alone, and why parts did not fit."""
    settings: dict[str, Json] = {}
    alone: list[str] = []
    unfit: list[str] = []
    try:
        found = read_expression(text)
    except CannotSay as refusal:
        return {}, [], [refusal.message]
    for part in found.parts if isinstance(found, Joined) and found.word == "and" else (found,):
        try:
            value = _alone(part) if kind == "choices" else None
            if value is not None:
                alone.append(value)
            else:
                settings |= _limit(part, kind, whole, questions, rows)
        except CannotSay as refusal:
            unfit.append(refusal.message)
    return settings, alone, unfit


def _alone(part: Expression) -> str | None:
    """The option of: not(selected(., 'none') and count-selected(.) > 1)."""
    if not (isinstance(part, Call) and part.name == "not" and len(part.given) == 1):
        return None
    inner = part.given[0]
    counted = Compare(">", Call("count-selected", (Itself(),)), Value("1", 1))
    if not (isinstance(inner, Joined) and inner.word == "and" and len(inner.parts) == 2 and counted in inner.parts):
        return None
    other = next(each for each in inner.parts if each != counted)
    if isinstance(other, Call) and other.name == "selected" and other.given[:1] == (Itself(),):
        value = other.given[-1]
        return value.text if isinstance(value, Value) else None
    return None


def _limit(part: Expression, kind: str, whole: bool, questions: Questions, rows: str | None) -> dict[str, Json]:
    if not isinstance(part, Compare) or part.sign not in _SWAPPED:
        raise CannotSay(why="Only limits (., <=, >=) can be taken over.")
    left, sign, right = part.left, part.sign, part.right
    if isinstance(right, Itself) or (isinstance(right, Call) and right.name == "string-length"):
        left, sign, right = right, _SWAPPED[sign], left
    if left == Call("string-length", (Itself(),)) and kind in _TEXTS:
        return _length(sign, right)
    if isinstance(left, Itself) and kind == "number":
        return _number(sign, right, whole)
    if isinstance(left, Itself) and kind == "date":
        return _date(sign, right, questions, rows)
    raise CannotSay(why="This limit says nothing about an answer of this type.")


def _length(sign: str, right: Expression) -> dict[str, Json]:
    number = right.number if isinstance(right, Value) else None
    most = number - 1 if sign == "<" and number is not None else number
    if sign not in ("<", "<=") or not isinstance(most, int) or most < 1:
        raise CannotSay(why="Only the longest a text may be can be taken over.")
    return {"max_length": most}


def _number(sign: str, right: Expression, whole: bool) -> dict[str, Json]:
    number = (right.number if right.number is not None else number_in(right.text)) if isinstance(right, Value) else None
    if number is None:
        raise CannotSay(why="A limit of a number is a number that is written out.")
    if sign in ("<", ">"):
        if not (whole and isinstance(number, int)):
            raise CannotSay(why=f"“{sign}” leaves the number itself out, which only whole numbers can say here.")
        number += 1 if sign == ">" else -1
    return {"minimum" if sign in (">", ">=") else "maximum": number}


def _date(sign: str, right: Expression, questions: Questions, rows: str | None) -> dict[str, Json]:
    if sign in ("<", ">"):
        raise CannotSay(why=f"“{sign}” leaves the day itself out, and limits of a date hold the day.")
    return {"not_before" if sign == ">=" else "not_after": _named_day(right, questions, rows)}


def _named_day(right: Expression, questions: Questions, rows: str | None) -> str:
    if isinstance(right, Call) and right.name in ("today", "now") and not right.given:
        return "today"
    if isinstance(right, Ref):
        known = questions.named(right.name, rows)
        if known.measure != "date":
            raise CannotSay(why=f"${{{right.name}}} is not a date.")
        return known.id
    written = right.given[0] if isinstance(right, Call) and right.name == "date" and right.given else right
    if isinstance(written, Value) and is_date(written.text):
        return written.text
    raise CannotSay(why="A limit of a date is a date, today or the answer to an earlier date question.")


def parameters_from(text: str) -> dict[str, Json]:
    """The start, end and step of a range, 0, 10 and 1 where they are not given; raises CannotSay."""
    given = dict(
        each.partition("=")[::2] for each in re.split(r"[\s,;]+", re.sub(r"\s*=\s*", "=", text.strip())) if each
    )
    numbers = {key: number_in(given.get(key, default)) for key, default in _RANGE.items()}
    if None in numbers.values():
        raise CannotSay(why="The start, end and step of a range are numbers.")
    return {**numbers, "more": sorted(set(given) - set(_RANGE))}


_RANGE = {"start": "0", "end": "10", "step": "1"}
