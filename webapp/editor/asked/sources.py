"""What a condition at one place of a form can read, how it can compare it, and the line that such a choice makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.code_lists import CodeList
from engine.dates import is_date
from engine.editing import Readable, earlier
from engine.operators import OPERATORS
from engine.text import in_language
from webapp.config import LANGUAGE
from webapp.editor.panel.subjects import Form, Subject

Json = Any

ONE, ANY = "in", "includes_any"
SINGLE: Mapping[str, str] = {ONE: "is", ANY: "includes"}
"""Operators over several values, with the one that says the same of a single value."""

LEFT_OUT = frozenset({*SINGLE.values(), "any_row", "includes_group"})
"""Operators that are not offered by themselves: those for a single value, and what columns and groups lead to."""

TODAY = "today"
_NO_DATE = ("Enter a date such as 2026-03-31", "Enter a date such as 2026-03-31, or today")
"""What is said of what is no date: where only a day will do, and where today will do as well."""

_WORDS: Mapping[str, str] = {ONE: "is one of these", ANY: "includes any of these"}


@dataclass(frozen=True, slots=True)
class Source:
    """Something a condition can read: a question, a column of some row, a column of the same row, a fact of the child.

    `name` is unique among them; `operators` are those that are offered, with their words; `options` are value and
    label of what there is to choose from.
    """

    name: str
    label: str
    operators: Sequence[tuple[str, str]]
    options: Sequence[tuple[str, str]]
    measure: str


def sources_at(form: Form, subject: Subject, lists: Mapping[str, CodeList]) -> list[Source]:
    """What stands before a part of a form and can be read there, in the form's order; facts of the child last."""
    found: list[Source] = []
    for readable in earlier(form, subject.name, lists):
        found.append(_source(readable, f"{readable.subject}:{readable.name}", in_language(readable.label, LANGUAGE)))
        for column in readable.columns:
            label = f"{in_language(readable.label, LANGUAGE)}: in some row, {in_language(column.label, LANGUAGE)}"
            found.append(_source(column, f"question:{column.path}", label))
    return found


def _source(readable: Readable, name: str, label: str) -> Source:
    options = [(str(each.value), in_language(each.label, LANGUAGE)) for each in readable.options or ()]
    truth = readable.measure == "truth"
    return Source(name, _capital(label), _offered(readable), () if truth else options, readable.measure)


def _offered(readable: Readable) -> list[tuple[str, str]]:
    if readable.measure == "truth":
        return [("is", "is so"), ("is_not", "is known not to be so")]
    found = [each for each in readable.comparisons if each.operator not in LEFT_OUT]
    if readable.options is None:
        found = [each for each in readable.comparisons if each.operator == "is"] + found
    else:
        found = [each for each in found if each.operand in ("values", "true")]
    return [(each.operator, _WORDS.get(each.operator, each.words)) for each in found]


def leaf_of(source: Source, posted: MultiDict[str, str]) -> tuple[Json, str]:
    """The line that was put together, or None with what is missing."""
    operator = posted.get("operator", "")
    if operator not in dict(source.operators):
        return None, "Choose how it is compared"
    operand, missing = _operand(source, operator, posted)
    if missing:
        return None, missing
    if operator in SINGLE and len(operand) == 1:
        operator, operand = SINGLE[operator], operand[0]
    subject, _, name = source.name.partition(":")
    rows, dot, column = name.partition(".")
    if dot:
        leaf: Json = {"question": rows, "any_row": {"row": column, operator: operand}}
    else:
        leaf = {subject: name, operator: operand}
    return ({"not": leaf} if posted.get("turned") else leaf), ""


def _operand(source: Source, operator: str, posted: MultiDict[str, str]) -> tuple[Json, str]:
    if source.measure == "truth":
        return True, ""
    shape = OPERATORS[operator].operand
    if shape == "true":
        return True, ""
    if shape == "values":
        known = dict(source.options)
        chosen = [each for each in posted.getlist("values") if each in known]
        return chosen, "" if chosen else "Choose at least one answer"
    written = posted.get("operand", "").strip()
    if source.measure == "number":
        return _number(written)
    if shape == "date" and written == TODAY:
        return written, ""
    return written, "" if is_date(written) else _NO_DATE[shape == "date"]


def _number(written: str) -> tuple[Json, str]:
    try:
        number = float(written) if len(written) < 20 else float("nan")
    except ValueError:
        number = float("nan")
    if number != number or abs(number) > 10**15:
        return None, "Enter a number, such as 3"
    return (int(number) if number.is_integer() else number), ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A line taken apart again: what it reads, how, with which values, and whether it is turned into its opposite."""

    source: str
    operator: str = ""
    values: Sequence[str] = ()
    operand: str = ""
    turned: bool = False

    def posted(self) -> MultiDict[str, str]:
        """As the page's form sends it."""
        sent = MultiDict([("source", self.source), ("operator", self.operator), ("operand", self.operand)])
        sent.setlist("values", list(self.values))
        sent.setlist("turned", ["yes"] if self.turned else [])
        return sent


def taken_apart(leaf: Json) -> Chosen | None:
    """A line as it was chosen; None for what these menus cannot say, and for what is no line."""
    if not isinstance(leaf, Mapping):
        return None
    turned = set(leaf) == {"not"}
    inner = leaf["not"] if turned else leaf
    subject = next((each for each in ("question", "row", "child") if each in inner), None)
    if subject is None:
        return None
    name = f"{subject}:{inner[subject]}"
    ((operator, operand),) = ((key, value) for key, value in inner.items() if key != subject)
    if operator == "any_row":
        within = taken_apart(operand)
        if within is None or within.turned or not within.source.startswith("row:"):
            return None
        name = f"question:{inner[subject]}.{within.source.removeprefix('row:')}"
        return Chosen(name, within.operator, within.values, within.operand, turned)
    return _compared(name, operator, operand, turned)


def _compared(name: str, operator: str, operand: Json, turned: bool) -> Chosen | None:
    several = {one: many for many, one in SINGLE.items()}
    if operator in several and isinstance(operand, str) and not name.startswith("child:"):
        return Chosen(name, several[operator], [operand], operand, turned)
    if operator in SINGLE:
        return Chosen(name, operator, operand, "", turned)
    if isinstance(operand, bool):
        return Chosen(name, operator, (), "", turned) if operand else None
    return None if operator in LEFT_OUT - {"is"} else Chosen(name, operator, (), str(operand), turned)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
