"""From the sheets of an XLSForm to a definition, with everything that did not fit."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.code_lists import CodeList
from engine.errors import BadInput
from engine.exports.told import Telling
from engine.exports.xlsform.columns import CellRow, languages_of, rows_of
from engine.exports.xlsform.extras import PREFIX, BadCell, form_keys, value_of
from engine.exports.xlsform.languages import language_code
from engine.exports.xlsform.names import form_id_from
from engine.exports.xlsform.options import Lists
from engine.exports.xlsform.outline import Outline
from engine.exports.xlsform.reading_questions import SURVEY_COLUMNS, QuestionReading
from engine.exports.xlsform.spreadsheet import Sheet
from engine.text import DEFAULT_LANGUAGE

Json = Any
MOST_VERSION = 1_000_000
_CHOICE_COLUMNS = ("list_name", "name", "label")
_SETTINGS_COLUMNS = ("form_title", "form_id", "version", "default_language")
_SHEETS = frozenset({"survey", "choices", "settings"})
_EMPTY = Sheet("", (), ())


class NoSurvey(BadInput):
    """{why}"""

    code = "no_survey"


class Reading:
    """Reads one workbook's sheets: the definition's JSON, and what is told."""

    def __init__(self, sheets: Mapping[str, Sheet], titles: Sequence[str], code_lists: Mapping[str, CodeList]) -> None:
        self.telling = Telling()
        self.survey = _survey(sheets, titles)
        self.settings = self._settings(sheets.get("settings", _EMPTY))
        self._tell_sheets(titles)
        default = self._default_language()
        self.languages = languages_of(self.survey) or [default]
        rows = rows_of(self.survey, SURVEY_COLUMNS, default, self.telling)
        choices = rows_of(sheets.get("choices", _EMPTY), _CHOICE_COLUMNS, default, self.telling)
        self.lists = Lists(choices, self.telling)
        questions = QuestionReading(self.lists, code_lists, self.telling)
        outline = Outline(questions, self.telling)
        sections = outline.sections_of(rows, self.settings.plain("form_title") or "Questions")
        self.lists.tell_unused()
        self.definition = {**self._form(), "sections": sections}

    def _settings(self, sheet: Sheet) -> CellRow:
        rows = rows_of(sheet, _SETTINGS_COLUMNS, DEFAULT_LANGUAGE, self.telling) if sheet.headings else []
        for row in rows[1:]:
            self.telling.at("settings", row.number)
            self.telling.left_out("", "Only the first row of settings counts.")
        return rows[0] if rows else CellRow(2)

    def _tell_sheets(self, titles: Sequence[str]) -> None:
        for title in titles:
            if title.strip().lower() not in _SHEETS:
                self.telling.at(title)
                self.telling.left_out(
                    "", "This sheet is not read.", "What belongs to the form goes to the sheet survey."
                )

    def _default_language(self) -> str:
        named = self.settings.plain("default_language")
        return (language_code(named) if named else None) or DEFAULT_LANGUAGE

    def _form(self) -> dict[str, Json]:
        self.telling.at("settings", self.settings.number)
        title, form = self.settings.plain("form_title"), self.settings.plain("form_id")
        if not title:
            title = form or "Form without a title"
            self.telling.changed("form_title", f"The form has no title: it is called “{title}”.", "Give it one.")
        made = form_id_from(form or title)
        if form != made:
            self.telling.changed("form_id", f"A form’s id is lower case, with hyphens: it is “{made}” now.")
        language = self.languages[0]
        titled = title if language == DEFAULT_LANGUAGE else {language: title}
        found = {"form": made, "version": self._version(), "title": titled}
        if self.languages != [DEFAULT_LANGUAGE]:
            found["languages"] = self.languages
        return {**found, **self._ours()}

    def _version(self) -> int:
        written = self.settings.plain("version")
        if written.isdecimal() and len(written) < 8 and 1 <= int(written) <= MOST_VERSION:
            return int(written)
        if written:
            message = f"“{written[:40]}” is no version here: versions are counted from 1."
            self.telling.changed("version", message, "It is version 1 now.")
        return 1

    def _ours(self) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for column, words in self.settings.cells.items():
            key = column.removeprefix(PREFIX)
            if key == column:
                continue
            schema = form_keys().get(key)
            if schema is None or key in ("form", "version", "sections"):
                self.telling.left_out(column, "A form of Pith says nothing of this name here.")
                continue
            try:
                found[key] = value_of(words, schema)
            except BadCell as refusal:
                self.telling.left_out(column, refusal.message)
        return found


def _survey(sheets: Mapping[str, Sheet], titles: Sequence[str]) -> Sheet:
    """The sheet with the questions; raises NoSurvey."""
    found = sheets.get("survey")
    if found is None:
        named = ", ".join(f"“{title[:40]}”" for title in titles[:10])
        raise NoSurvey(why=f"There is no sheet called survey, only {named}. An XLSForm asks its questions there.")
    headings = {heading.strip().lower() for heading in found.headings}
    missing = [each for each in ("type", "name") if each not in headings]
    if missing:
        raise NoSurvey(why=f"The sheet survey has no column {' and no column '.join(missing)} in its first row.")
    if not found.rows:
        raise NoSurvey(why="The sheet survey has no rows: there is nothing to take over.")
    return found
