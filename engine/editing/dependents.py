"""What depends on a question, a section or an option: everything in the form that reads or names it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.editing.conditions import LeafAt, leaves
from engine.editing.form import NO_LISTS, AnyForm, Form, Holder, Lists, form_of
from engine.question_types import question_types
from engine.question_types.base import QuestionType
from engine.text import Text

Json = Any


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something that reads or names another thing.

    `place` is the path of the question or column or the id of the section, "" for the form itself; `key` the key
    that names it, such as show_when or not_before; `pointer` where in the form the name or the leaf stands;
    `label` what people know the dependent by; `reads` the path that it names.
    """

    place: str
    key: str
    pointer: str
    label: Text
    reads: str


def dependents(form: AnyForm, name: str) -> tuple[Dependent, ...]:
    """Everything outside a question, column or section (by path or id) that reads or names it or a part of it.

    Each key of each place is told once, with the first of what it names. Raises NoSuchPlace where there is none.
    """
    known = form_of(form)
    inside = parts_of(known, name)
    return _once(each for each in references(known) if each.reads in inside and each.place not in inside)


def _once(found: Iterable[Dependent]) -> tuple[Dependent, ...]:
    first: dict[tuple[str, str], Dependent] = {}
    for each in found:
        first.setdefault((each.place, each.key), each)
    return tuple(first.values())


def dependents_of_option(form: AnyForm, path: str, value: str, code_lists: Lists = NO_LISTS) -> tuple[Dependent, ...]:
    """The conditions that wait for one value of a question or column, or for a group that only this option is in.

    Raises NoSuchPlace where there is no such question.
    """
    known = form_of(form, code_lists)
    known.asked(path)
    group = lone_group(known, path, value)
    return _once(
        _of_leaf(holder, found)
        for holder in known.holders
        for found in leaves(holder.data.get("show_when"), holder.rows)
        if found.path == path and waits_for(found, value, group)
    )


def parts_of(form: Form, name: str) -> frozenset[str]:
    """The thing itself with what stands in it: a section's questions, the columns of rows; raises NoSuchPlace."""
    holder = form.holder(name)
    if holder.spot is None:
        of_section = form.sections[name]
        return frozenset({name, *(path for path, spot in form.spots.items() if spot.section == of_section)})
    return frozenset({name, *(path for path in form.spots if path.startswith(f"{name}."))})


def lone_group(form: Form, path: str, value: str) -> str | None:
    """The group of an option that no other option of the question is in."""
    question = form.find(path)
    options = question.options if question else ()
    group = next((option.group for option in options if option.value == value), None)
    return group if [option.group for option in options].count(group) == 1 else None


def waits_for(found: LeafAt, value: str, group: str | None) -> bool:
    """Whether a leaf over the option's question compares with its value, or with the group given."""
    for key, operand in found.leaf.items():
        if key in ("question", "row"):
            continue
        if key == "includes_group":
            return group is not None and operand == group
        return bool(operand == value) or (isinstance(operand, list) and value in operand)
    return False


def references(form: AnyForm) -> Iterator[Dependent]:
    """Everything in a form that reads or names a question or column, the form's own keys first, then in order."""
    known = form_of(form)
    yield from _of_the_form(known)
    for holder in known.holders:
        for found in leaves(holder.data.get("show_when"), holder.rows):
            if not found.path.startswith("child."):
                yield _of_leaf(holder, found)
        if holder.spot is not None:
            yield from _of_keys(known, holder)
            yield from of_settings(known, holder)


def _of_leaf(holder: Holder, found: LeafAt) -> Dependent:
    return Dependent(holder.path, "show_when", f"{holder.pointer}/show_when{found.pointer}", holder.label, found.path)


def _of_the_form(form: Form) -> Iterator[Dependent]:
    title = form.json["title"]
    for index, name in enumerate(form.json.get("read_first", ())):
        yield Dependent("", "read_first", f"/read_first/{index}", title, name)
    counted_from = (form.json.get("timescale") or {}).get("from")
    if counted_from:
        yield Dependent("", "timescale", "/timescale/from", title, counted_from)


def _of_keys(form: Form, holder: Holder) -> Iterator[Dependent]:
    reason = holder.data.get("reason_for")
    if reason:
        path = beside(form, holder, reason)
        yield Dependent(holder.path, "reason_for", f"{holder.pointer}/reason_for", holder.label, path)
    for index, name in enumerate(holder.data.get("shows", ())):
        yield Dependent(holder.path, "shows", f"{holder.pointer}/shows/{index}", holder.label, name)


def of_settings(form: Form, holder: Holder) -> Iterator[Dependent]:
    """What the type reads, asked of the type itself, wherever in the settings it stands."""
    for name in dict.fromkeys(_read_by_type(form, holder)):
        for key, pointer in _where(holder, name):
            path = beside(form, holder, name)
            yield Dependent(holder.path, key, f"{holder.pointer}/{pointer}", holder.label, path)


def _read_by_type(form: Form, holder: Holder) -> tuple[str, ...]:
    """The names that a question's type looks up, as they are written; none where its settings are broken."""
    question = form.find(holder.path)
    if question is None or type(question.handler).reads is QuestionType.reads:
        return ()
    try:
        return question.handler.reads(question)
    except (KeyError, TypeError):
        return ()


def _where(holder: Holder, name: str) -> Iterator[tuple[str, str]]:
    settings = question_types()[holder.data["type"]].settings
    for key, value in holder.data.items():
        if key not in settings:
            continue
        if value == name:
            yield key, key
        elif isinstance(value, list):
            yield from ((key, f"{key}/{index}") for index, each in enumerate(value) if each == name)


def beside(form: Form, holder: Holder, name: str) -> str:
    """The path that a name in a column's settings stands for: a column of the same rows, else a question."""
    path = f"{holder.rows}.{name}"
    return path if holder.rows and path in form.spots else name
