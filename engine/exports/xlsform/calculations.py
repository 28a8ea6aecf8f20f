"""`calculation` and values that are worked out: the few that both can say."""

import re
from collections.abc import Mapping
from typing import Any

from engine.exports.xlsform.expressions import CannotSay
from engine.exports.xlsform.known import Known, Questions

Json = Any
_REF = r"\$\{([^{}]+)\}"
_YEARS = "int(format-date({at}, '%Y')) - int(format-date({born}, '%Y'))"
_BIRTHDAY = "if(format-date({at}, '%m%d') < format-date({born}, '%m%d'), 1, 0)"
_AGE = f"{_YEARS} - {_BIRTHDAY}"
_DAYS = "decimal-date-time({end}) - decimal-date-time({start})"
_LATER = "format-date(date(decimal-date-time({day}) + {days}), '%Y-%m-%d')"


def calculation_of(data: Mapping[str, Json], questions: Questions, rows: str | None) -> str | None:
    """The calculation of a worked-out value, None where XLSForm has none that gives the same."""
    of = [questions.at(path, rows) for path in data["of"]]
    known = [each for each in of if each is not None]
    names = [f"${{{each.name}}}" for each in known]
    days = all(each.a_whole_day for each in known if each.measure == "date")
    if len(known) < len(of) or not days:
        return None
    return _calculation(data["function"], known, names, rows)


def _calculation(function: str, known: list[Known], names: list[str], rows: str | None) -> str | None:
    if function == "age":
        return _AGE.format(born=names[0], at=names[1] if len(names) > 1 else "today()")
    if function == "days_between":
        return _DAYS.format(start=names[0], end=names[1])
    if function == "add_days":
        return _LATER.format(day=names[0], days=names[1])
    in_other_rows = [each.rows not in (None, rows) for each in known]
    if function == "count" and not any(in_other_rows):
        return {"rows": "count({})", "choices": "count-selected({})"}[known[0].measure].format(names[0])
    if function == "sum" and in_other_rows == [True]:
        return f"sum({names[0]})"
    return " + ".join(names) if function == "sum" and len(names) > 1 and not any(in_other_rows) else None


_AGO = rf"\(?\s*(?:decimal-date-time\()?(?P<at>today\(\)|{_REF})\)?\s*-\s*(?:decimal-date-time\()?{_REF}\)?\s*\)?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("roughly", re.compile(rf"(?:int|floor)\(\s*{_AGO}\s*div\s*36[56](?:\.2[45]*)?\s*\)")),
    ("count", re.compile(rf"count(?:-selected)?\(\s*{_REF}\s*\)")),
    ("sum", re.compile(rf"sum\(\s*{_REF}\s*\)")),
    ("sum", re.compile(rf"{_REF}(?:\s*\+\s*{_REF})+")),
    ("days", re.compile(rf"decimal-date-time\({_REF}\)\s*-\s*decimal-date-time\({_REF}\)")),
    ("days", re.compile(rf"(?:int\()?{_REF}\s*-\s*{_REF}\)?")),
    ("add", re.compile(rf"format-date\(\s*date\(decimal-date-time\({_REF}\) \+ {_REF}\), '%Y-%m-%d'\)")),
)
_LONGEST = 2_000
_MEASURES = {"age": ("date",), "days_between": ("date",), "add_days": ("date", "number"), "sum": ("number",)}


def worked_out_from(text: str, questions: Questions, rows: str | None) -> tuple[dict[str, Json], bool]:
    """The function and what it is of, and whether it was only roughly so; raises CannotSay."""
    words = " ".join(text[: _LONGEST + 1].split())
    if len(words) > _LONGEST:
        raise CannotSay(why="The calculation is too long to be understood.")
    for name, pattern in _PATTERNS:
        if pattern.fullmatch(words):
            return _found(name, words, questions, rows)
    age = _exact_age(words)
    if age is None:
        raise CannotSay(why="This calculation is none of those that Pith has.")
    return _settings("age", age, questions, rows), False


def _exact_age(words: str) -> list[str] | None:
    """The answers of an exact age: the birth date, then the day it is counted at."""
    names = list(dict.fromkeys(re.findall(_REF, words)))
    for order in ((names[0],), (names[1], names[0])) if len(names) == 2 else ((name,) for name in names[:1]):
        at = f"${{{order[1]}}}" if len(order) > 1 else "today()"
        if words == _AGE.format(born=f"${{{order[0]}}}", at=at):
            return list(order)
    return None


def _found(name: str, words: str, questions: Questions, rows: str | None) -> tuple[dict[str, Json], bool]:
    names = re.findall(_REF, words)
    if name == "roughly":
        return _settings("age", list(reversed(names)), questions, rows), True
    if name == "days":
        return _settings("days_between", list(reversed(names)), questions, rows), False
    return _settings("add_days" if name == "add" else name, names, questions, rows), False


def _settings(function: str, names: list[str], questions: Questions, rows: str | None) -> dict[str, Json]:
    known = [questions.anywhere(name) for name in names]
    wanted = _MEASURES.get(function, ("rows", "choices"))
    for position, each in enumerate(known):
        fits = wanted if function == "count" else (wanted[min(position, len(wanted) - 1)],)
        if each.measure not in fits:
            raise CannotSay(why=f"${{{each.name}}} is not a {' or '.join(fits)}, which this needs.")
    return {"function": function, "of": [_path(each, rows) for each in known]}


def _path(known: Known, rows: str | None) -> str:
    return known.id if known.rows in (None, rows) else f"{known.rows}.{known.id}"
