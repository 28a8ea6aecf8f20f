"""A list of rows as a page shows it: a summary of each, what can be done with it, and one of them open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from markupsafe import Markup

from engine.definition import Question
from engine.forms import Address, Entry, address_of, field_name
from engine.question_types.base import is_blank, is_not_known
from webapp.drawing.filling import Filling
from webapp.drawing.questions import Drawn
from webapp.words import as_html, marked, numbered, pieces, row_noun, shortened

Json = Any
State = Literal["", "open", "leaving", "changed"]
Deed = Literal["add", "edit", "done", "up", "down", "remove", "removed", "undo", "keep"]
DEEDS: frozenset[str] = frozenset(get_args(Deed))
_LONGEST = 140
_LINES = 3


@dataclass(frozen=True, slots=True)
class Order:
    """What a button of a list asks for: the deed, the rows question, and the row (no row to add one)."""

    deed: Deed
    address: Address
    row: str = ""

    @property
    def target(self) -> str:
        """The row as the page's address names it."""
        return f"{field_name(self.address)}.{self.row}"


def order_from(written: str) -> Order | None:
    """The order that a button's value holds, None for any other text."""
    deed, _, rest = written.partition(" ")
    name, _, row = rest.partition(" ")
    address = address_of(name)
    if deed not in DEEDS or address is None or (not row and deed != "add"):
        return None
    return Order(cast("Deed", deed), address, row)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """The row that a page has open, to write in or to ask whether it should go; a page has one at most.

    `changed` asks again, since it was written in elsewhere meanwhile.
    """

    address: Address
    row: str
    state: State = "open"

    @property
    def leaving(self) -> bool:
        """Whether it is asked about, and not written in."""
        return self.state != "open"


def open_row(target: str, state: State = "open") -> OpenRow | None:
    """The row that an address of the page names, as `Order.target` writes it; None for none."""
    name, _, row = target.partition(".")
    address = address_of(name)
    return OpenRow(address, row, state) if address is not None and row else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list: its name and summary, or its questions where it is open."""

    id: str
    name: str
    lines: Sequence[str]
    wrong: bool
    state: State
    cells: Sequence[Drawn] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A row that was just removed from a list and can be put back: what it was called there."""

    address: Address
    row: str
    name: str


@dataclass(frozen=True, slots=True)
class RowList:
    """The rows of one question; `focus` says where the keyboard goes on: "list", or a button as "up r1".

    `removed` is the id and the name of a row that was just removed and can be put back.
    """

    name: str
    noun: str
    rows: Sequence[Row]
    focus: str = ""
    removed: tuple[str, str] | None = None

    @property
    def a_noun(self) -> str:
        """What one row is, with its article where that is English too."""
        if isinstance(self.noun, Markup):
            return self.noun
        return f"{'an' if self.noun[0] in 'aeiou' else 'a'} {self.noun}"


def row_list(
    filling: Filling, entry: Entry, opened: OpenRow | None, cells: Sequence[Drawn], focus: str = ""
) -> RowList:
    """The rows of a draft at an entry of a page; `cells` are the questions of the open one."""
    question, place = entry.question, entry.place
    wrong = {at.row for at, _ in filling.journey.findings if (at.question, at.child) == place[:2]}
    rows = []
    for index, (row_id, draft) in enumerate(filling.stored().rows(entry.address).items()):
        state = _state(entry.address, row_id, opened)
        name = row_name(question, draft, index, filling.language)
        lines = _under_the_name(question, draft, filling.language)
        rows.append(Row(row_id, name, lines, index in wrong, state, cells if state == "open" else ()))
    noun = marked(*row_noun(question, filling.language))
    return RowList(entry.field.name, noun, rows, _still_there(focus, rows))


def row_name(question: Question, row: Mapping[str, Json], index: int, language: str) -> str:
    """What a row is called: by its first answer, else by its place, counted from 0, as in "Person 1"."""
    words = summary(question, row, language)
    return words[0] if words else numbered(question, index + 1, language)


def _under_the_name(question: Question, row: Mapping[str, Json], language: str) -> list[str]:
    """The rest of a row's summary, and how many answers it leaves out, so that nobody takes it for the whole."""
    lines = summary(question, row, language)
    left = sum(not is_blank(row.get(column.id)) for column in question.columns) - len(lines)
    if not lines:
        return [f"{left} {'answer' if left == 1 else 'answers'} inside" if left else "Nothing written here yet"]
    return [*lines[1:], f"and {left} more {'answer' if left == 1 else 'answers'}"] if left else lines[1:]


def _still_there(focus: str, rows: Sequence[Row]) -> str:
    """The button to go on at, its opposite where the row has come to an end of the list, the list if it is gone."""
    if " " in focus and focus.partition(" ")[2] not in {row.id for row in rows}:
        return "list"
    ends = {f"up {rows[0].id}": f"down {rows[0].id}", f"down {rows[-1].id}": f"up {rows[-1].id}"} if rows else {}
    return ends.get(focus, focus)


def _state(address: Address, row: str, opened: OpenRow | None) -> State:
    if opened is None or (opened.address, opened.row) != (address, row):
        return ""
    return opened.state


def summary(question: Question, row: Mapping[str, Json], language: str) -> list[str]:
    """What a row says, a line for each of its first few answers; yes and no say nothing without their question."""
    lines: list[str] = []
    for column in question.columns:
        bare = column.handler.measure == "choice" and not column.handler.takes_options
        cell = row.get(column.id)
        words = "" if bare or is_not_known(cell) else as_html(shortened(pieces(column, cell, language), _LONGEST))
        if words and len(lines) < _LINES:
            lines.append(words)
    return lines
