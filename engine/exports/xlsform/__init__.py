"""XLSForm: a form as a spreadsheet with the sheets survey, choices and settings, as ODK, Kobo and others read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.code_lists import CodeList
from engine.definition import Definition
from engine.exports.told import Unfit
from engine.exports.xlsform.reading import Reading
from engine.exports.xlsform.spreadsheet import read_workbook, write_workbook
from engine.exports.xlsform.writing import Writing, headings_of

Json = Any
SUMMARY = "a spreadsheet that ODK, Kobo and other survey tools read"
SUFFIX = ".xlsx"
_SURVEY = ("type", "name", "label", "hint", "guidance_hint", "required", "relevant", "constraint", "calculation")
_SURVEY_LOOKS = ("appearance", "parameters")
_CHOICES = ("list_name", "name", "label")
_SETTINGS = ("form_title", "form_id", "version", "default_language")
_NO_LISTS: Mapping[str, CodeList] = {}


@dataclass(frozen=True, slots=True)
class Written:
    """A form in another format: the file's content, and what other tools would lose."""

    content: bytes
    unfit: tuple[Unfit, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A form from another format: the JSON of its definition, not checked, and what did not fit."""

    definition: dict[str, Json]
    unfit: tuple[Unfit, ...]


def write(definition: Definition) -> Written:
    """A definition that the check has passed as a workbook; raises NoPackage where the extra is not installed."""
    writing = Writing(definition)
    sheets = {
        "survey": (headings_of(writing.survey, (*_SURVEY, *_SURVEY_LOOKS)), writing.survey),
        "choices": (headings_of(writing.choices, _CHOICES), writing.choices),
        "settings": (headings_of([writing.settings], _SETTINGS), [writing.settings]),
    }
    if not writing.choices:
        sheets["choices"] = (list(_CHOICES), [])
    return Written(write_workbook(sheets), writing.told)


def read(content: bytes, code_lists: Mapping[str, CodeList] = _NO_LISTS) -> Read:
    """The definition that a workbook holds; raises NotASpreadsheet, TooBig, NoPackage, NoSurvey.

    `code_lists` are those that a question may name in `pith::code_list`. Nothing in the file is worked out or fetched.
    """
    sheets, titles = read_workbook(content, ("survey", "choices", "settings"))
    reading = Reading(sheets, titles, code_lists)
    return Read(reading.definition, reading.telling.all)
