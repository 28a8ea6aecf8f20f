"""Small workbooks for tests, and what came of reading them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from engine.code_lists import CodeList
from engine.exports.xlsform import Read, read

Json = Any
Lines = Sequence[Sequence[Any]]
HEAD = ("type", "name", "label")
YES_NO: Lines = (("list_name", "name", "label"), ("yn", "yes", "Yes"), ("yn", "no", "No"))
TITLED: Lines = (("form_title", "form_id", "version"), ("A form", "a-form", 1))


def workbook(sheets: Mapping[str, Lines]) -> bytes:
    """A workbook with these sheets, each a list of lines."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def survey(*rows: Sequence[Any], head: Sequence[str] = HEAD, choices: Lines = YES_NO, **more: Any) -> Read:
    """What comes of a survey with these rows; `more` are code lists by name."""
    lists: dict[str, CodeList] = more
    return read(workbook({"survey": [head, *rows], "choices": choices, "settings": TITLED}), lists)


def questions(found: Read) -> dict[str, Json]:
    """The questions that were read, and columns as people.age, by id."""
    asked: dict[str, Json] = {}
    for section in found.definition["sections"]:
        for question in section["questions"]:
            asked[question["id"]] = question
            asked |= {f"{question['id']}.{column['id']}": column for column in question.get("columns", ())}
    return asked


def told(found: Read, sheet: str, row: int, column: str) -> str:
    """What was told of one place, which must be something."""
    words = [each.message for each in found.unfit if (each.sheet, each.row, each.column) == (sheet, row, column)]
    if not words:
        pytest.fail(f"nothing was told of {sheet} {row} {column}: {[each.in_words() for each in found.unfit]}")
    return " ".join(words)
