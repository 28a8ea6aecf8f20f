"""From what a page posted back to answers: only what the page says it held is read."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from engine.definition import Definition
from engine.errors import BadInput
from engine.forms.addresses import HELD, Address, address_of
from engine.forms.page import Draft, Entry, PageForm, Standing
from engine.places import Place
from engine.question_types.base import NotKnown, is_blank, is_not_known

Json = Any


MOST_NEW_ROWS = 50
"""Rows that a page may hold without their being stored; a page opens one at a time."""


class TooManyNewRows(BadInput):
    """This page sent more than {limit} lines that were never added. Nothing was saved: load the page again."""

    code = "too_many_new_rows"


class Posted(Protocol):
    """A posted form: several values by name, as web frameworks give it."""

    def getlist(self, key: str, /) -> list[Any]:
        """The values sent under a name, in order."""

    def __contains__(self, key: Any, /) -> bool: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Any]: ...


# No person types these; a database may refuse them, and a page that held them would not be HTML.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class _Readable:
    """What was posted, without characters that no text can hold."""

    def __init__(self, posted: Posted) -> None:
        self._posted = posted

    def getlist(self, key: str) -> list[Any]:
        return [_UNREADABLE.sub("", value) if isinstance(value, str) else value for value in self._posted.getlist(key)]

    def __contains__(self, key: Any) -> bool:
        return key in self._posted

    def __len__(self) -> int:
        return len(self._posted)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._posted)


def read_posted(
    definition: Definition, children: Collection[str], answers: Mapping[str, Json], posted: Posted
) -> dict[Address, Json]:
    """The JSON value, None for a blank, of every field the page held; names that lead nowhere are passed over.

    `children` are the ids of the children the assessment is about, `answers` the draft as it is stored. A rows
    question's own value is only ever "not known yet" or None: its rows come cell by cell. Control characters are
    left out. Raises TooManyNewRows.
    """
    held = dict.fromkeys(posted.getlist(HELD))
    standing, draft = [found for name in held for found in _standing(definition, children, name)], Draft(answers)
    _refuse_many_new_rows(standing, draft)
    form = PageForm(standing, "en")
    form.process(formdata=_Readable(posted))
    return {entry.address: _value(entry, draft.at(entry.address)) for entry in form.entries}


def _standing(definition: Definition, children: Collection[str], name: str) -> Iterator[Standing]:
    address = address_of(name)
    question = None if address is None else definition.by_id.get(address.question)
    if address is None or question is None or question.per_child != (address.child is not None):
        return
    if address.child is not None and address.child not in children:
        return
    asked = question if address.column is None else definition.find(f"{question.id}.{address.column}")
    if asked is not None and asked.handler.takes_answer:
        yield Standing(asked, Place(address.question, address.child, None, address.column), address)


def _refuse_many_new_rows(standing: Sequence[Standing], draft: Draft) -> None:
    rows = {each.address._replace(column=None) for each in standing if each.address.row is not None}
    if sum(address.row not in draft.rows(address.whole) for address in rows) > MOST_NEW_ROWS:
        raise TooManyNewRows(limit=MOST_NEW_ROWS)


def _value(entry: Entry, stored: Json) -> Json:
    """What one entry says: where there is both an answer and a tick, an answer that is new wins over the tick."""
    answer = entry.question.handler.from_field(entry.question, entry.field)
    if entry.not_known is None or entry.doing is None:
        return answer
    doing = (entry.doing.data or "").strip()
    blank, ticked = is_blank(answer), bool(entry.not_known.data)
    if (ticked and (blank or answer == stored)) or (doing and blank):
        return NotKnown(doing).to_json()
    return answer


def changes(definition: Definition, answers: Mapping[str, Json], posted: Mapping[Address, Json]) -> dict[str, Json]:
    """The new draft value (None for none) of each question that what was posted changes.

    Rows are told by their ids: those the page did not hold stay, a new one is added once something stands in it.
    """
    draft = Draft(answers)
    values = {address: value for address, value in posted.items() if address.row is None}
    for address, cells in _by_question(definition, posted).items():
        values[address] = _rows(draft, address, values.get(address), cells)
    changed: dict[str, Json] = {}
    for address, value in values.items():
        if value == draft.at(address):
            continue
        before = changed.get(address.question, answers.get(address.question))
        changed[address.question] = value if address.child is None else _with_child(before, address.child, value)
    return changed


def _by_question(definition: Definition, posted: Mapping[Address, Json]) -> Mapping[Address, Mapping[Address, Json]]:
    """The cells of each rows question, those with none included."""
    found: dict[Address, dict[Address, Json]] = {}
    for address, value in posted.items():
        if definition.by_id[address.question].columns:
            cells = found.setdefault(address.whole, {})
            if address.row is not None:
                cells[address] = value
    return found


def _with_child(before: Json, child: str, value: Json) -> Json:
    kept = {key: each for key, each in before.items() if key != child} if isinstance(before, dict) else {}
    return (kept if value is None else {**kept, child: value}) or None


def _rows(draft: Draft, address: Address, own: Json, cells: Mapping[Address, Json]) -> Json:
    stored = draft.at(address)
    if not cells and not isinstance(stored, list):
        return own if own is not None or is_not_known(stored) else stored
    rows = _with_cells(draft.rows(address), cells)
    if is_not_known(own) and all(is_blank(value) for row in rows for key, value in row.items() if key != "id"):
        return own
    return rows or None


def _with_cells(stored: Mapping[str, Mapping[str, Json]], cells: Mapping[Address, Json]) -> list[Mapping[str, Json]]:
    rows = {row_id: dict(row) for row_id, row in stored.items()}
    for at, value in cells.items():
        row, column = at.row or "", at.column or ""
        if value is not None:
            rows.setdefault(row, {"id": row})[column] = value
        elif row in rows:
            rows[row].pop(column, None)
    return list(rows.values())
