"""What a save may do to one answer: set it whole, or set a cell, add, remove, put back or move a row of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from webapp.store.errors import RowGone

Json = Any


@dataclass(frozen=True, slots=True)
class SetAnswer:
    """Put a value in place of the whole answer; None blanks it."""

    value: Json

    def part(self, answer: Json) -> Json:
        """What of the answer this change is about."""
        return answer

    def applied(self, answer: Json) -> Json:
        """The answer afterwards."""
        return self.value


@dataclass(frozen=True, slots=True)
class SetCell:
    """Put a value into one cell of a row; None blanks it."""

    row: str
    column: str
    value: Json

    def part(self, answer: Json) -> Json:
        """The cell, None where it is blank or the row is not there."""
        return next((row.get(self.column) for row in rows_of(answer) if row["id"] == self.row), None)

    def applied(self, answer: Json) -> Json:
        """The answer with the cell set; raises RowGone."""
        position = _position(rows_of(answer), self.row)
        rows = [dict(row) for row in rows_of(answer)]
        rows[position].pop(self.column, None)
        if self.value is not None:
            rows[position][self.column] = self.value
        return rows


@dataclass(frozen=True, slots=True)
class AddRow:
    """Add a row with no cells at the end, under an id made by whoever adds it; there already, nothing happens."""

    row: str

    def part(self, answer: Json) -> Json:
        """Nothing that another change could clash with."""
        return None

    def applied(self, answer: Json) -> Json:
        """The answer with the row."""
        rows = rows_of(answer)
        return rows if any(row["id"] == self.row for row in rows) else [*rows, {"id": self.row}]


@dataclass(frozen=True, slots=True)
class RemoveRow:
    """Remove a row; gone already, nothing happens."""

    row: str

    def part(self, answer: Json) -> Json:
        """The row, so that words somebody else has just written in it are not thrown away unseen."""
        return next((row for row in rows_of(answer) if row["id"] == self.row), None)

    def applied(self, answer: Json) -> Json:
        """The answer without the row."""
        return [row for row in rows_of(answer) if row["id"] != self.row]


@dataclass(frozen=True, slots=True)
class PutBackRow:
    """Put a removed row back with its cells, at a place counted from 0, or at the end of a shorter list.

    There already, nothing happens.
    """

    row: Mapping[str, Json]
    place: int

    def part(self, answer: Json) -> Json:
        """Nothing that another change could clash with."""
        return None

    def applied(self, answer: Json) -> Json:
        """The answer with the row where it was."""
        rows = list(rows_of(answer))
        if all(row["id"] != self.row["id"] for row in rows):
            rows.insert(self.place, dict(self.row))
        return rows


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Move a row one place up or down; at the end already, nothing happens."""

    row: str
    to: Literal["up", "down"]

    def part(self, answer: Json) -> Json:
        """Nothing that another change could clash with."""
        return None

    def applied(self, answer: Json) -> Json:
        """The answer in its new order; raises RowGone."""
        rows = list(rows_of(answer))
        place = _position(rows, self.row)
        other = place + (-1 if self.to == "up" else 1)
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
        return rows


Operation = SetAnswer | SetCell | AddRow | RemoveRow | PutBackRow | MoveRow


def operation_to_json(operation: Operation) -> Json:
    """The operation in one fixed spelling, to tell whether the same thing was sent twice."""
    return [type(operation).__name__, asdict(operation)]


def rows_of(answer: Json) -> list[dict[str, Json]]:
    """The rows of an answer; none where it is blank or not known yet."""
    return answer if isinstance(answer, list) else []


def row_taken_out(before: Json, now: Json, row: str) -> PutBackRow | None:
    """What puts a row back that an answer held before and does not hold now; None for any other."""
    if any(each["id"] == row for each in rows_of(now)):
        return None
    places = (PutBackRow(each, place) for place, each in enumerate(rows_of(before)) if each["id"] == row)
    return next(places, None)


def _position(rows: list[dict[str, Json]], wanted: str) -> int:
    for position, row in enumerate(rows):
        if row["id"] == wanted:
            return position
    raise RowGone
