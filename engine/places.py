"""Places in a form's answers: a question, one child's answer to it, a row of it, a cell of the row."""

import re
from typing import NamedTuple

_PLACE = re.compile(
    r"(?P<question>[A-Za-z0-9_]+)(\[(?P<child>[^\]\[]*[^\]\[0-9][^\]\[]*)\])?(\[(?P<row>\d+)\])?(\.(?P<column>\w+))?"
)


class Place(NamedTuple):
    """One place: `people`, `seen[c1]`, `people[0].who` or `helpers[c1][0].who`; rows count from 0."""

    question: str
    child: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """The form that people and other tools read."""
        child = "" if self.child is None else f"[{self.child}]"
        row = "" if self.row is None else f"[{self.row}]"
        column = "" if self.column is None else f".{self.column}"
        return f"{self.question}{child}{row}{column}"

    @property
    def cell(self) -> bool:
        """Whether this is a cell of a row."""
        return self.column is not None


def parse_place(written: str) -> Place | None:
    """Read a place as `str(Place)` writes it; None for anything else (a child's id is never all digits)."""
    found = _PLACE.fullmatch(written)
    if found is None:
        return None
    row = found["row"]
    return Place(found["question"], found["child"], None if row is None else int(row), found["column"])
