"""The data of a trial, and the list of allocations it could have drawn, from CSV files."""

from collections.abc import Sequence

import numpy as np

from engine.trials.cells import numbers
from engine.trials.csv_rows import Rows, csv_rows, csv_text, delimiter_of
from engine.trials.design import Design
from engine.trials.errors import BadData
from engine.trials.schemes import Allocations, Matrix
from engine.trials.table import Floats, Table


def read_table(content: bytes, design: Design, source: str) -> Table:
    """The columns of a CSV file that the design names; raises BadData with line and column."""
    outcome = design.outcome
    named = {design.unit, design.arm, outcome.column, outcome.event or outcome.column, *design.columns}
    rows = csv_rows(content, source, named)
    return Table(
        units=rows.column(design.unit),
        arms=rows.column(design.arm),
        values=_numbers(rows, outcome.column),
        events=None if outcome.event is None else _numbers(rows, outcome.event),
        columns={name: rows.column(name) for name in design.columns},
        source=source,
        lines=rows.lines,
    )


def _numbers(rows: Rows, name: str) -> Floats:
    return numbers(rows.column(name), lambda row: rows.place(row, name))


def read_allocations(content: bytes, units: Sequence[str], source: str) -> Allocations:
    """A list of possible allocations: a column a unit, a line each, 1 for the arm under test.

    `units` are those of the data; the columns come in the order of their names. Raises BadData where the list has
    other units, or anything but 0 and 1.
    """
    text = csv_text(content, source)
    first, _, body = text.lstrip("\r\n").partition("\n")
    header = csv_rows(first.encode(), source).header
    _refuse_other_units(header, units, source)
    matrix = _digits(body, len(header), delimiter_of(first))
    if matrix is None:
        matrix = _by_cell(csv_rows(content, source))
    if not len(matrix):
        raise BadData(place=source, why="it lists no allocation.", mend="Write a line for each possible one.")
    ordered = np.ascontiguousarray(matrix[:, np.argsort(np.array(header, dtype=object))])
    return Allocations(ordered, True, len(ordered))


def _digits(body: str, width: int, delimiter: str) -> Matrix | None:
    """The lines of a file that holds nothing but bare digits, quickly; None where it holds more."""
    whole = body.replace("\r\n", "\n").encode()
    whole += b"" if whole.endswith(b"\n") else b"\n"
    if len(whole) % (2 * width):
        return None
    characters = np.frombuffer(whole, dtype=np.uint8).reshape(-1, 2 * width)
    digits, between, ends = characters[:, ::2], characters[:, 1:-1:2], characters[:, -1]
    if (digits >> 1 != ord("0") >> 1).any() or (between != ord(delimiter)).any() or (ends != ord("\n")).any():
        return None
    return (digits & 1).astype(np.int8)


def _by_cell(rows: Rows) -> Matrix:
    matrix = np.zeros((len(rows.lines), len(rows.header)), dtype=np.int8)
    for place, name in enumerate(rows.header):
        for number, cell in enumerate(rows.columns[name]):
            if cell not in ("0", "1"):
                mend = "Write 1 for the arm under test and 0 for the control."
                raise BadData(place=rows.place(number, name), why=f"“{cell[:40]}” is neither 0 nor 1.", mend=mend)
            matrix[number, place] = cell == "1"
    return matrix


def _refuse_other_units(header: Sequence[str], units: Sequence[str], source: str) -> None:
    unknown = [name for name in header if name not in set(units)]
    unlisted = sorted(set(units) - set(header))
    if unknown:
        why = f"it has the unit “{unknown[0]}”, of which the data have no row."
        mend = "Add a row with its arm and an empty outcome to the data, or mend its name."
        raise BadData(place=f"{source}, line 1", why=why, mend=mend)
    if unlisted:
        why = f"it has no column for the unit “{unlisted[0]}” of the data."
        raise BadData(place=f"{source}, line 1", why=why, mend="Give the list that this trial was drawn from.")
