"""What a condition at one place of a form can read, how it can compare it, and the line that such a choice makes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.conditions import CHILD_FACTS
from engine.operators import OPERATORS
from engine.overlays.places import questions
from engine.question_types import question_types
from engine.text import in_language
from engine.versions.wording import FACTS
from webapp.config import LANGUAGE
from webapp.editor.asked.words import options_of
from webapp.editor.panel.subjects import Form, Subject

Json = Any

ONE, ANY = "in", "includes_any"
SINGLE: Mapping[str, str] = {ONE: "is", ANY: "includes"}
"""Operators over several values, with the one that says the same of a single value."""

LEFT_OUT = frozenset({*SINGLE.values(), "any_row", "includes_group"})
"""Operators that are not offered by themselves: those for a single value, and what columns and groups lead to."""

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


def sources_at(form: Form, subject: Subject, lists: Mapping[str, Json]) -> list[Source]:
    """What stands before a part of a form and can be read there, in the form's order; facts of the child last."""
    found = list(_questions(form, subject, lists))
    facts = [
        Source(f"child:{name}", _capital(FACTS[name]), _offered(measure), (), measure)
        for name, measure in CHILD_FACTS.items()
    ]
    return [*found, *facts]


def _questions(form: Form, subject: Subject, lists: Mapping[str, Json]) -> Iterator[Source]:
    at = (subject.section, subject.spot.question if subject.spot else 0)
    before = subject.spot.column if subject.spot else None
    for path, spot, question in questions(form):
        inside = (spot.section, spot.question) == at
        if (spot.section, spot.question) > at or (inside and before is None):
            return
        measure = question_types()[question["type"]].measure
        if measure == "none" or (inside and (spot.column is None or spot.column >= (before or 0))):
            continue
        yield _source(path, question, "row" if inside else "question", measure, lists, form)


def _source(path: str, question: Form, subject: str, measure: str, lists: Mapping[str, Json], form: Form) -> Source:
    label = in_language(question["label"], LANGUAGE)
    rows, dot, own = path.partition(".")
    if dot and subject == "question":
        of = next(each for name, _, each in questions(form) if name == rows)
        label = f"{in_language(of['label'], LANGUAGE)}: in some row, {label}"
    options = [(each["value"], in_language(each["label"], LANGUAGE)) for each in options_of(question, lists)]
    return Source(f"{subject}:{own if subject == 'row' else path}", label, _offered(measure), options, measure)


def _offered(measure: str) -> list[tuple[str, str]]:
    found = [(name, each) for name, each in OPERATORS.items() if measure in each.measures and name not in LEFT_OUT]
    if measure in ("choice", "choices"):
        found = [(name, each) for name, each in found if each.operand in ("values", "true")]
    if measure == "truth":
        return [("is", "is so"), ("is_not", "is known not to be so")]
    if measure in ("number", "date"):
        found.insert(0, ("is", OPERATORS["is"]))
    return [(name, _WORDS.get(name, each.words)) for name, each in found]


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
    return written, "" if written else "Enter a date such as 2026-03-31, or today"


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


def taken_apart(leaf: Json) -> Chosen | None:
    """A line as it was chosen; None for what these menus cannot say."""
    turned = isinstance(leaf, Mapping) and set(leaf) == {"not"}
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
