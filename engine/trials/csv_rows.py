"""A CSV file as people save it from a spreadsheet: its header and rows, each refused by its line where broken."""

import csv
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from engine.trials.errors import BadData

MOST_BYTES = 50_000_000
_DELIMITERS = (",", ";", "\t")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Rows:
    """A file's header, its columns without blank rows, cells without margins, and the line on which each row begins."""

    source: str
    header: Sequence[str]
    columns: Mapping[str, list[str]]
    lines: Sequence[int]

    def column(self, name: str) -> list[str]:
        """The cells of a column; raises BadData where there is none of that name."""
        if name not in self.header:
            there = ", ".join(f"“{each[:40]}”" for each in self.header[:12] if each)
            why = f"there is no column “{name}”; there is {there or 'none with a name'}."
            raise BadData(place=f"{self.source}, line 1", why=why, mend="Name in the design a column that is there.")
        return self.columns[name]

    def place(self, row: int, column: str) -> str:
        """Where a cell stands, in words."""
        return f"{self.source}, line {self.lines[row]}, column “{column}”"


def csv_rows(content: bytes, source: str, wanted: Collection[str] | None = None) -> Rows:
    """The columns of a CSV file in UTF-8, between commas, semicolons or tabs; raises BadData.

    Only those that are `wanted` are kept, and equal cells once, so that a large file takes little room.
    """
    records = _records(csv_text(content, source), source)
    line, header = next(records, (1, []))
    _refuse_bad_header(header, source, line)
    places = [(place, name) for place, name in enumerate(header) if wanted is None or name in wanted]
    columns: dict[str, list[str]] = {name: [] for _, name in places}
    kept = [(place, columns[name].append) for place, name in places]
    lines, same = array("L"), dict[str, str]()
    for line, cells in records:
        if any(cells):
            if len(cells) != len(header):
                _refuse_other_width(cells, len(header), f"{source}, line {line}")
            lines.append(line)
            for place, keep in kept:
                keep(same.setdefault(cells[place], cells[place]))
    return Rows(source, header, columns, lines)


def csv_text(content: bytes, source: str) -> str:
    """A file's text; raises BadData where it is too large, empty, or not in UTF-8."""
    if len(content) > MOST_BYTES:
        why = f"it is larger than {MOST_BYTES // 1_000_000} MB."
        raise BadData(place=source, why=why, mend="Leave out the columns that the design does not name.")
    mend = "Save it as “CSV UTF-8”."
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        place = source if content.startswith(_UTF_16) else f"{source}, line {line}"
        raise BadData(place=place, why="it is not written in UTF-8.", mend=mend) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BadData(place=f"{source}, line {line}", why="it holds what is not text.", mend=mend)
    if not text.strip():
        raise BadData(place=source, why="it is empty.", mend="Write a line with the columns’ names, then the rows.")
    return text


def delimiter_of(text: str) -> str:
    """What stands between the cells of the first line: of commas, semicolons and tabs, what makes the most of them."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=lambda each: len(next(csv.reader([first], delimiter=each), [])))


def _records(text: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; blank ones at the top are left out."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    line, begun = 1, False
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            begun = begun or any(stripped)
            if begun:
                yield line, stripped
            line = reader.line_num + 1
    except csv.Error as fault:
        mend = "See that each quotation mark at the start of a cell has one at its end."
        raise BadData(
            place=f"{source}, line {line}", why=f"its cells cannot be told apart ({fault}).", mend=mend
        ) from None


def _refuse_bad_header(header: Sequence[str], source: str, line: int) -> None:
    seen: set[str] = set()
    for name in filter(None, header):
        if name in seen:
            place = f"{source}, line {line}"
            raise BadData(place=place, why=f"two columns are named “{name}”.", mend="Give each a name of its own.")
        seen.add(name)


def _refuse_other_width(cells: Sequence[str], width: int, place: str) -> None:
    """Blank cells beyond the last column are let through, as spreadsheets leave them."""
    if len(cells) < width or any(cells[width:]):
        why = f"it has {len(cells)} cells, and the first line names {width} columns."
        mend = "Put a cell that holds a comma between quotation marks, or write the missing cells."
        raise BadData(place=place, why=why, mend=mend)
