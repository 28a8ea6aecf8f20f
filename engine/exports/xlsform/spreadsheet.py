"""A spreadsheet's file as sheets of plain texts, within limits; nothing in it is worked out, run or fetched."""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from types import ModuleType
from typing import Any

from engine.errors import BadInput

MOST_BYTES = 10_000_000
MOST_UNPACKED = 32_000_000
"""Bytes of everything in the file once unpacked: a workbook is a zip archive."""
MOST_FILES = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 300
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet can hold."""

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)\"")
_NOT_WRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MOST_MERGED = 50


class NotASpreadsheet(BadInput):
    """This is no spreadsheet that can be read ({why}). Save it as an Excel workbook (.xlsx)."""

    code = "not_a_spreadsheet"


class TooBig(BadInput):
    """{what} is more than the {limit:,} {unit} that are read. Take out what does not belong to the form."""

    code = "too_big"


class NoPackage(BadInput):
    """Spreadsheets need packages that are not installed: python3 -m pip install "pith[xlsform]"."""

    code = "no_package"


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number: the texts of its cells by column, and the columns in which a formula stands."""

    number: int
    cells: Mapping[str, str]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its headings as written, its rows that hold anything, and its merged ranges."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    merged: tuple[str, ...] = ()


def read_workbook(content: bytes, wanted: Iterable[str]) -> tuple[Mapping[str, Sheet], tuple[str, ...]]:
    """The wanted sheets by their names in lower case, and the names of all; raises NotASpreadsheet and TooBig."""
    _refuse_large(content)
    names = {name.lower() for name in wanted}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = _opened(content)
        try:
            titles = tuple(str(each) for each in book.sheetnames)
            chosen = [each for each in book.worksheets if each.title.strip().lower() in names]
            sheets = {each.title.strip().lower(): _sheet(each, content) for each in reversed(chosen)}
        except BadInput:
            raise
        except Exception as error:
            raise NotASpreadsheet(why="a sheet in it is broken") from error
        finally:
            book.close()
    return sheets, titles


def _refuse_large(content: bytes) -> None:
    """Before anything is unpacked, by the sizes that the archive states; more than stated is never unpacked."""
    if len(content) > MOST_BYTES:
        raise TooBig(what="The file", limit=MOST_BYTES, unit="bytes")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            sizes = [each.file_size for each in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise NotASpreadsheet(why="it is not a zip archive, as an .xlsx is") from error
    if sum(sizes) > MOST_UNPACKED:
        raise TooBig(what="The file, unpacked,", limit=MOST_UNPACKED, unit="bytes")
    if len(sizes) > MOST_FILES:
        raise TooBig(what="The number of files in it", limit=MOST_FILES, unit="files")


def _package() -> ModuleType:
    try:
        import defusedxml  # noqa: F401
        import openpyxl
    except ModuleNotFoundError as error:
        raise NoPackage from error
    return openpyxl


def _opened(content: bytes) -> Any:
    """The workbook; whatever goes wrong in reading it, it is no workbook."""
    package = _package()
    try:
        return package.load_workbook(BytesIO(content), read_only=True, keep_links=False, data_only=False)
    except Exception as error:
        raise NotASpreadsheet(why="it is damaged, or of another kind") from error


def _sheet(sheet: Any, content: bytes) -> Sheet:
    rows = _cells(sheet)
    headings = tuple(_text(value).strip() for value, _ in next(rows, ()))
    found = tuple(row for number, cells in enumerate(rows, start=2) if (row := _row(number, headings, cells)))
    return Sheet(sheet.title, tuple(filter(None, headings)), found, _merged(sheet, content))


def _cells(sheet: Any) -> Iterator[Sequence[tuple[Any, bool]]]:
    """Each row's values, and whether each is a formula; raises TooBig for a sheet larger than is read."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        if number > MOST_ROWS:
            raise TooBig(what=f"The sheet {sheet.title[:40]}", limit=MOST_ROWS, unit="rows")
        if len(row) > MOST_COLUMNS and row[-1].value is not None:
            raise TooBig(what=f"The sheet {sheet.title[:40]}", limit=MOST_COLUMNS, unit="columns")
        yield [(cell.value, getattr(cell, "data_type", "") == "f") for cell in row]


def _row(number: int, headings: Sequence[str], cells: Sequence[tuple[Any, bool]]) -> Row | None:
    named = [(heading, *cell) for heading, cell in zip(headings, cells, strict=False) if heading]
    texts: dict[str, str] = {}
    for heading, value, formula in named:
        words = "" if formula else _text(value)
        if words.strip():
            texts.setdefault(heading, words)
    formulas = tuple(heading for heading, _, formula in named if formula)
    return Row(number, texts, formulas) if texts or formulas else None


def _text(value: Any) -> str:
    """A cell's value as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _merged(sheet: Any, content: bytes) -> tuple[str, ...]:
    """The merged ranges, which a reader that streams does not tell."""
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        found = _MERGED.findall(archive.read(path)) if path in archive.namelist() else []
    return tuple(each.decode() for each in found[:_MOST_MERGED])


def tidy(words: str) -> str:
    """A text as a cell can keep it: line ends alike, no control characters, no space at its ends."""
    return _NOT_WRITABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def write_workbook(sheets: Mapping[str, tuple[Sequence[str], Sequence[Mapping[str, str]]]]) -> bytes:
    """A workbook of sheets by name, each its headings and rows; every cell is a text, never a formula."""
    book = _package().Workbook()
    book.remove(book.active)
    for name, (headings, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        lines = [list(headings), *([row.get(heading, "") for heading in headings] for row in rows)]
        for number, line in enumerate(lines, start=1):
            for column, words in enumerate(line, start=1):
                if words:
                    _write_cell(sheet.cell(number, column), words)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _write_cell(cell: Any, words: str) -> None:
    cell.value = words
    cell.data_type = "s"
    cell.quotePrefix = words[:1] in "=+-@"
