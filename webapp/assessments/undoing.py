"""Taking back the removal of a row, until the next change of its list: its cells are in the history."""

from engine.forms import Address
from engine.places import Place
from webapp.assessments.saving import Saver
from webapp.assessments.writing import Writing
from webapp.drawing.rows import OpenRow, Order, Removed, row_name
from webapp.store.answers import answer_before
from webapp.store.changes import PutBackRow, row_taken_out
from webapp.store.database import Connection
from webapp.store.saves import Change, save


def just_removed(connection: Connection, writing: Writing, row: OpenRow | None) -> Removed | None:
    """The row that a page's address says was removed, if its removal was the last change of its list."""
    found = None if row is None else _taken_out(connection, writing, row.address, row.row)
    if row is None or found is None:
        return None
    question = writing.definition.by_id[row.address.question]
    return Removed(row.address, row.row, row_name(question, found.row, found.place, writing.language))


def put_back(saver: Saver, writing: Writing, order: Order) -> Writing:
    """Put a removed row back where it was; once its list was changed again, nothing happens."""
    found = _taken_out(saver.connection, writing, order.address, order.row)
    if found is None:
        return writing
    place = Place(order.address.question, order.address.child)
    key = f"{saver.key} {order.deed} {order.target}"
    change = Change(place, found, writing.answers.revision(place), key, page=saver.page)
    answer = save(saver.connection, saver.viewer, writing.assessment, change, saver.at, writing.answers)
    return writing.after({place: answer})


def _taken_out(connection: Connection, writing: Writing, address: Address, row: str) -> PutBackRow | None:
    place = Place(address.question, address.child)
    answer = writing.answers.by_place.get(place)
    if answer is None or place not in writing.journey.shown_set or not writing.definition.by_id[place.question].columns:
        return None
    before = answer_before(connection, writing.assessment, place, answer.revision)
    return row_taken_out(before, answer.value, row)
