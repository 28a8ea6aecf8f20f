"""Saves what a page posted: one change in the store for each answer or cell that is not as it was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.answers import accept
from engine.forms import Address, Posted, field_name, read_posted
from engine.places import Place
from engine.question_types.base import is_not_known
from webapp.access import Viewer
from webapp.assessments.rows import Order
from webapp.assessments.writing import Writing
from webapp.store.answers import Answer, Change, save
from webapp.store.changes import AddRow, MoveRow, Operation, RemoveRow, SetAnswer, SetCell
from webapp.store.database import Connection
from webapp.store.errors import RowGone, StaleAnswer

Json = Any


@dataclass(frozen=True, slots=True)
class Saver:
    """Who saves into which draft, when, in which writing transaction; `key` is the page's own for this save.

    `of_page` says that a whole page was sent, touched or not; else only what was changed.
    """

    connection: Connection
    viewer: Viewer
    at: datetime
    key: str
    of_page: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that was not saved, since somebody else had changed the answer or removed its row."""

    value: Json
    refusal: StaleAnswer | RowGone


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft before and after a save, the addresses the page sent, and what was refused of them."""

    before: Writing
    after: Writing
    addresses: Sequence[Address]
    refused: Mapping[Address, Refused]


def save_posted(saver: Saver, writing: Writing, posted: Posted) -> Saved:
    """Save every answer that the page held and that is not as it is stored; one refused does not stop the others."""
    answers = read_posted(writing.definition, writing.children, writing.journey.answers, posted)
    accepted = accept(writing.journey, answers)
    based_on = _revisions(posted)
    saved: dict[Place, Answer] = {}
    refused: dict[Address, Refused] = {}
    for address, value in answers.items():
        operation = _operation(writing, address, value) if address.question in accepted.changed else None
        if operation is None:
            continue
        place, name = Place(address.question, address.child), field_name(address)
        change = Change(place, operation, based_on.get(name, 0), f"{saver.key} {name}", saver.of_page)
        try:
            known = writing.answers.after({place: answer for place, answer in saved.items() if answer.entry})
            saved[place] = save(saver.connection, saver.viewer, writing.assessment, change, saver.at, known)
        except (StaleAnswer, RowGone) as refusal:
            refused[address] = Refused(value, refusal)
    after = writing.after(saved, accepted.journey) if saved else writing
    return Saved(writing, after, list(answers), refused)


def _operation(writing: Writing, address: Address, value: Json) -> Operation | None:
    """What must be done for an address to hold a value; None where it does already."""
    stored = writing.stored().at(address)
    if value == stored:
        return None
    if address.row is not None and address.column is not None:
        return SetCell(address.row, address.column, value)
    if isinstance(stored, list) and not _may_become(stored, value):
        return None
    return SetAnswer(value)


def _may_become(rows: list[Mapping[str, Json]], value: Json) -> bool:
    """Rows give way only to "not known yet", and only while nothing is written in any of them."""
    return is_not_known(value) and all(row.keys() <= {"id"} for row in rows)


def _revisions(posted: Posted) -> dict[str, int]:
    """The revision each of the page's questions was based on, by field name, as its hidden inputs say."""
    return {name: int(number) for name, number in _pairs(posted) if number.isascii() and number.isdigit()}


def _pairs(posted: Posted) -> Iterator[tuple[str, str]]:
    for written in posted.getlist("based_on"):
        name, _, number = written.partition(" ")
        yield name, number[:9]


def carry_out(saver: Saver, writing: Writing, order: Order, new_row: str) -> Writing:
    """Add, move or remove a row as a button asked; an order for a list or a row that is not there does nothing."""
    question = writing.definition.by_id.get(order.address.question)
    place = Place(order.address.question, order.address.child)
    operation = _row_operation(order, new_row)
    if operation is None or question is None or not question.columns or place not in writing.journey.shown_set:
        return writing
    change = Change(place, operation, writing.answers.revision(place), f"{saver.key} {order.deed} {order.row}")
    try:
        answer = save(saver.connection, saver.viewer, writing.assessment, change, saver.at, writing.answers)
        return writing.after({place: answer})
    except RowGone:
        return writing


def _row_operation(order: Order, new_row: str) -> Operation | None:
    if order.deed == "add":
        return AddRow(new_row)
    if order.deed == "removed":
        return RemoveRow(order.row)
    if order.deed in ("up", "down"):
        return MoveRow(order.row, "up" if order.deed == "up" else "down")
    return None
