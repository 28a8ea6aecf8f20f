"""Answers as pages of a form could have sent them, whoever wrote them: of any JSON, what its fields can hold."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.definition import Definition, Question
from engine.forms import Address, Standing, page_form
from engine.journey import Context
from engine.places import Place
from engine.question_types.base import NotKnown, is_blank, is_not_known

Json = Any

TOKEN = re.compile("[A-Za-z0-9_-]{1,64}")
"""An id of a child or a row, such as can stand in the name of a field."""


def as_sent(definition: Definition, answers: Mapping[str, Json], context: Context) -> dict[str, Json]:
    """The answers to questions of the form, for its children, in rows that have an id, each as its field has it.

    What a page could have sent comes back equal, valid or not.
    """
    children = [child.id for child in context.children]
    found: dict[str, Json] = {}
    for question in definition.questions:
        value = answers.get(question.id)
        if value is None or not question.handler.takes_answer:
            continue
        if question.per_child:
            given = value if isinstance(value, dict) else {}
            each = {child: _one(question, Address(question.id, child), given.get(child)) for child in children}
            value = {child: one for child, one in each.items() if one is not None} or None
        else:
            value = _one(question, Address(question.id), value)
        if value is not None:
            found[question.id] = value
    return found


def _one(question: Question, at: Address, value: Json) -> Json:
    if is_not_known(value) and value["not_known"] is True:
        return NotKnown(_text(value.get("doing"))).to_json()
    if not question.columns:
        return _through_field(question, at, value)
    rows = {row["id"]: row for row in (value if isinstance(value, list) else ()) if is_row(row)}
    return [dict(_cells(question, at, row)) for row in rows.values()] or None


def _cells(question: Question, at: Address, row: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    yield "id", row["id"]
    for column in question.columns:
        value = row.get(column.id)
        if value is None or not column.handler.takes_answer:
            continue
        value = _one(column, at._replace(row=row["id"], column=column.id), value)
        if value is not None:
            yield column.id, value


def _through_field(question: Question, at: Address, value: Json) -> Json:
    """A value put into its field and read back from there."""
    place = Place(at.question, at.child, None if at.row is None else 0, at.column)
    (entry,) = page_form([Standing(question, place, at)], _answers(at, value)).entries
    found = entry.question.handler.from_field(entry.question, entry.field)
    made_up = isinstance(found, str) and isinstance(value, dict | list)
    return None if made_up or is_blank(found) else found


def _answers(at: Address, value: Json) -> Mapping[str, Json]:
    """A draft that holds a value at an address and nothing else."""
    value = value if at.row is None else [{"id": at.row, at.column: value}]
    return {at.question: value if at.child is None else {at.child: value}}


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def is_row(row: Json) -> bool:
    """Whether something is a row that can be told from others on a page."""
    return isinstance(row, dict) and isinstance(row.get("id"), str) and bool(TOKEN.fullmatch(row["id"]))
