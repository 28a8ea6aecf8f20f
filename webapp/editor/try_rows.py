"""Adding, moving and removing rows of a list while a form is tried, and putting the row back that was removed last."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.forms import Address, field_name
from engine.places import Place
from webapp.drawing.rows import Order, Removed, row_name
from webapp.editor.sheet import Taken
from webapp.editor.tried import Tried

Json = Any
Rows = list[Mapping[str, Json]]


def carried_out(filling: Tried, order: Order, taken: Taken | None) -> tuple[Tried, Taken | None, str]:
    """The form once a button of a list was pressed, the row that can be put back, and the row that was added.

    An order for a list or a row that is not there does nothing.
    """
    question = filling.definition.by_id.get(order.address.question)
    place = Place(order.address.question, order.address.child)
    if question is None or not question.columns or place not in filling.journey.shown_set:
        return filling, None, ""
    rows = list(filling.stored().rows(order.address).values())
    if order.deed == "add":
        new = _new_id(rows)
        return _with_rows(filling, order.address, [*rows, {"id": new}]), None, new
    if order.deed == "undo":
        return _put_back(filling, order, rows, taken), None, ""
    at = next((number for number, row in enumerate(rows) if row["id"] == order.row), None)
    if at is None:
        return filling, None, ""
    if order.deed == "removed":
        left = [*rows[:at], *rows[at + 1 :]]
        return _with_rows(filling, order.address, left), Taken(field_name(order.address), rows[at], at), ""
    return _moved(filling, order, rows, at), taken, ""


def _put_back(filling: Tried, order: Order, rows: Rows, taken: Taken | None) -> Tried:
    if taken is None or (taken.name, taken.row["id"]) != (field_name(order.address), order.row):
        return filling
    if any(row["id"] == order.row for row in rows):
        return filling
    return _with_rows(filling, order.address, [*rows[: taken.at], taken.row, *rows[taken.at :]])


def _moved(filling: Tried, order: Order, rows: Rows, at: int) -> Tried:
    to = {"up": at - 1, "down": at + 1}.get(order.deed, at)
    if to == at or not 0 <= to < len(rows):
        return filling
    rows[at], rows[to] = rows[to], rows[at]
    return _with_rows(filling, order.address, rows)


def _new_id(rows: Rows) -> str:
    known = {row["id"] for row in rows}
    return next(name for number in range(1, len(rows) + 2) if (name := f"r{number}") not in known)


def _with_rows(filling: Tried, address: Address, rows: Rows) -> Tried:
    value: Json = rows or None
    if address.child is not None:
        before = filling.journey.answers.get(address.question)
        value = {**(before if isinstance(before, dict) else {}), address.child: value}
    return replace(filling, journey=filling.journey.change({address.question: value}))


def just_removed(filling: Tried, order: Order, taken: Taken | None) -> Removed | None:
    """What a list says of the row that was just removed from it."""
    if order.deed != "removed" or taken is None:
        return None
    question = filling.definition.by_id[order.address.question]
    name = row_name(question, taken.row, taken.at, filling.language)
    return Removed(order.address, order.row, name)
