"""Saves what a page posted: one change in the store for each answer or cell that is not as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.answers import accept
from engine.forms import Address, Posted, field_name, read_posted
from engine.places import Place
from engine.question_types.base import is_not_known
from webapp.access import Viewer
from webapp.assessments.lengths import TooLong, too_long
from webapp.assessments.writing import Writing
from webapp.drawing.rows import Order
from webapp.store.answers import Answer
from webapp.store.changes import AddRow, MoveRow, Operation, RemoveRow, SetAnswer, SetCell
from webapp.store.database import Connection
from webapp.store.errors import RowGone, StaleAnswer
from webapp.store.saves import Change, save

Json = Any


@dataclass(frozen=True, slots=True)
class Saver:
    """Who saves into which draft, when, in which writing transaction; `key` is the page's own for this save.

    `of_page` says that a whole page was sent, touched or not; else only what was changed. `page` is the key of the page
    as it was opened, `active_seconds` how long the writer was at it, `held_back` the address whose answer is not to be
    saved.
    """

    connection: Connection
    viewer: Viewer
    at: datetime
    key: str
    of_page: bool
    page: str = ""
    active_seconds: int = 0
    held_back: Address | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that was not saved: the answer was changed elsewhere, its row removed, or it is too long."""

    value: Json
    refusal: StaleAnswer | RowGone | TooLong


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft before and after a save, what the page sent for each address, and what was refused of it."""

    before: Writing
    after: Writing
    posted: Mapping[Address, Json]
    refused: Mapping[Address, Refused]

    @property
    def clashes(self) -> bool:
        """Whether an answer was refused since it was changed elsewhere meanwhile."""
        return any(not isinstance(each.refusal, TooLong) for each in self.refused.values())


def save_posted(saver: Saver, writing: Writing, posted: Posted) -> Saved:
    """Save every answer that the page held and that is not as it is stored; one refused does not stop the others."""
    answers = read_posted(writing.definition, writing.children, writing.journey.answers, posted)
    refused = {address: Refused(value, long) for address, value in answers.items() if (long := too_long(value))}
    to_save = {at: value for at, value in answers.items() if at not in refused and at != saver.held_back}
    accepted = accept(writing.journey, to_save)
    based_on = revisions(posted)
    saved: dict[Place, Answer] = {}
    for address, value in to_save.items():
        operation = _operation(writing, address, value) if address.question in accepted.changed else None
        if operation is None:
            continue
        place, name = Place(address.question, address.child), field_name(address)
        seconds = 0 if saved else saver.active_seconds
        base, key = based_on.get(name, 0), f"{saver.key} {name}"
        change = Change(place, operation, base, key, saver.of_page, seconds, saver.page)
        try:
            known = writing.answers.after({place: answer for place, answer in saved.items() if answer.entry})
            saved[place] = save(saver.connection, saver.viewer, writing.assessment, change, saver.at, known)
        except (StaleAnswer, RowGone) as refusal:
            refused[address] = Refused(value, refusal)
    after = writing.after(saved, accepted.journey) if saved else writing
    return Saved(writing, after, answers, refused)


def _operation(writing: Writing, address: Address, value: Json) -> Operation | None:
    """What must be done for an address to hold a value; None where it does already."""
    stored = writing.stored().at(address)
    if value == stored:
        return None
    if address.row is not None and address.column is not None:
        return SetCell(address.row, address.column, value)
    rows = writing.definition.by_id[address.question].columns
    if rows and isinstance(stored, list) and not _may_become(stored, value):
        return None
    return SetAnswer(value)


def _may_become(rows: list[Mapping[str, Json]], value: Json) -> bool:
    """Rows give way only to "not known yet", and only while nothing is written in any of them."""
    return is_not_known(value) and all(row.keys() <= {"id"} for row in rows)


def revisions(posted: Posted) -> dict[str, int]:
    """The revision each of the page's questions was based on, by field name, as its hidden inputs say."""
    return {name: int(number) for name, number in _pairs(posted) if number.isascii() and number.isdigit()}


def _pairs(posted: Posted) -> Iterator[tuple[str, str]]:
    for written in posted.getlist("based_on"):
        name, _, number = written.partition(" ")
        yield name, number[:9]


def carry_out(saver: Saver, writing: Writing, order: Order, new_row: str, shown: Mapping[str, int]) -> Writing:
    """Add, move or remove a row as a button asked; an order for a list or a row that is not there does nothing.

    `shown` are the revisions on the page: a row that was written in elsewhere since is not removed unseen.
    """
    question = writing.definition.by_id.get(order.address.question)
    place = Place(order.address.question, order.address.child)
    operation = _row_operation(order, new_row)
    if operation is None or question is None or not question.columns or place not in writing.journey.shown_set:
        return writing
    stands = writing.answers.revision(place)
    based_on = shown.get(field_name(order.address), stands) if isinstance(operation, RemoveRow) else stands
    change = Change(place, operation, based_on, f"{saver.key} {order.deed} {order.target}", page=saver.page)
    try:
        answer = save(saver.connection, saver.viewer, writing.assessment, change, saver.at, writing.answers)
        return writing.after({place: answer})
    except (RowGone, StaleAnswer):
        return writing


def _row_operation(order: Order, new_row: str) -> Operation | None:
    if order.deed == "add":
        return AddRow(new_row)
    if order.deed == "removed":
        return RemoveRow(order.row)
    if order.deed in ("up", "down"):
        return MoveRow(order.row, "up" if order.deed == "up" else "down")
    return None
