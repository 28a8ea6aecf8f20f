"""What a condition may read where it stands: earlier questions, columns of the row, facts of the child."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.conditions import CHILD_FACTS, Subject
from engine.definition import Question
from engine.editing.form import NO_LISTS, AnyForm, Form, Holder, Lists, form_of
from engine.operators import OPERATORS, OperandShape
from engine.text import Text
from engine.versions.condition_words import FACTS

Json = Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """An operator that applies: its name, its words, and the shape of what it compares with."""

    operator: str
    words: str
    operand: OperandShape


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be compared with, and what people read for it."""

    value: Json
    label: Text


@dataclass(frozen=True, slots=True)
class Readable:
    """Something that a condition may read.

    A leaf names it as `{subject: name}`; `path` is unlike any other's, for a column people.age, for a fact child.age.
    `options` are None where it is not answered by choosing; `groups` are those that options are in. Inside `any_row`
    a condition may read the `columns` of rows.
    """

    subject: Subject
    name: str
    path: str
    label: Text
    measure: str
    comparisons: tuple[Comparison, ...]
    options: tuple[Choice, ...] | None = None
    groups: tuple[Choice, ...] = ()
    columns: tuple["Readable", ...] = ()


def earlier(form: AnyForm, name: str, code_lists: Lists = NO_LISTS, day: str | None = None) -> tuple[Readable, ...]:
    """What the condition of a question, column or section may read: questions in order, columns, facts of a child.

    What nothing can be asked of, such as a statement or a value that is worked out, is left out. Raises NoSuchPlace.
    """
    known = form_of(form, code_lists, day)
    holder = known.holder(name)
    questions = (_question(known, path) for path in _asked_before(known, holder))
    return (*(each for each in questions if each.comparisons), *_beside(known, holder), *_facts())


def _asked_before(form: Form, holder: Holder) -> Iterator[str]:
    section = form.sections[holder.path] if holder.spot is None else holder.spot.section
    before = (section, -1 if holder.spot is None else holder.spot.question)
    for path, spot in form.spots.items():
        if (spot.section, spot.question) >= before:
            return
        if spot.column is None:
            yield path


def _question(form: Form, path: str, rows: str | None = None) -> Readable:
    question = form.find(path)
    assert question is not None
    measure = question.handler.measure
    groups = _groups(question)
    comparisons = tuple(_comparisons(measure, question.not_known, bool(groups)))
    columns = () if measure != "rows" else tuple(_columns(form, path))
    choices = question.handler.choices_of(question)
    options = tuple(Choice(each.value, each.label) for each in choices) if measure in ("choice", "choices") else None
    name = path.partition(".")[2] if rows else path
    subject: Subject = "row" if rows else "question"
    return Readable(subject, name, path, question.label, measure, comparisons, options, groups, columns)


def _columns(form: Form, rows: str) -> Iterator[Readable]:
    for path in form.spots:
        if path.startswith(f"{rows}."):
            found = _question(form, path, rows)
            if found.comparisons:
                yield found


def _groups(question: Question) -> tuple[Choice, ...]:
    groups = dict.fromkeys(option.group for option in question.options if option.group)
    return tuple(Choice(group, question.headings.get(group, group)) for group in groups)


def _comparisons(measure: str, not_known: bool, grouped: bool) -> Iterator[Comparison]:
    impossible = {"not_known": not not_known, "includes_group": not grouped}
    for name, operator in OPERATORS.items():
        if measure in operator.measures and not impossible.get(name):
            yield Comparison(name, operator.words, operator.operand)


def _beside(form: Form, holder: Holder) -> Iterator[Readable]:
    """The columns before this one in the same rows."""
    if holder.rows is None:
        return
    for found in _columns(form, holder.rows):
        if form.spots[found.path] >= (holder.spot or form.spots[found.path]):
            return
        yield found


def _facts() -> Iterator[Readable]:
    truths: Mapping[str, tuple[Choice, ...]] = {"truth": (Choice(True, "yes"), Choice(False, "no"))}
    for name, measure in CHILD_FACTS.items():
        comparisons = tuple(_comparisons(measure, False, False))
        yield Readable("child", name, f"child.{name}", FACTS[name], measure, comparisons, truths.get(measure))
