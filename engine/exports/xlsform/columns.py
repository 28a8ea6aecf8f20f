"""Headings understood: which column each is, in which language, and the rows by those columns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.exports.told import Telling
from engine.exports.xlsform.extras import OPTION_PREFIX, PREFIX
from engine.exports.xlsform.languages import language_code
from engine.exports.xlsform.spreadsheet import Sheet

_ALIASES = {
    "relevance": "relevant",
    "relevant": "relevant",
    "caption": "label",
    "calculate": "calculation",
    "list": "list_name",
    "value": "name",
    "command": "type",
    "read_only": "readonly",
    "guidance": "guidance_hint",
    "media": "image",
    "title": "form_title",
    "id_string": "form_id",
}
_TRANSLATED = frozenset({"label", "hint", "guidance_hint", "image", "audio", "video", "big-image"})
_TRANSLATED_TOO = frozenset({"constraint_message", "required_message"})


@dataclass(frozen=True, slots=True)
class CellRow:
    """A row by its number: the words of each column, by language."""

    number: int
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def words(self, column: str) -> Mapping[str, str]:
        """A column's words by language."""
        return self.cells.get(column, {})

    def plain(self, column: str) -> str:
        """A column's words where it has no languages, without spaces around them; "" for none."""
        return next(iter(self.words(column).values()), "").strip()


def rows_of(sheet: Sheet, known: Iterable[str], default: str, telling: Telling) -> list[CellRow]:
    """The rows of a sheet by column; what a heading or a cell holds that cannot be read is told."""
    telling.at(sheet.name, 1)
    places = _places(sheet, frozenset(known), default, telling)
    for merged in sheet.merged:
        telling.changed(merged, "Merged cells: what they hold is read in the first of them alone.", "Unmerge them.")
    rows = []
    for row in sheet.rows:
        telling.at(sheet.name, row.number)
        for heading in row.formulas:
            telling.left_out(heading, "A formula stands here, and none is worked out.", "Put its result in its place.")
        cells: dict[str, dict[str, str]] = {}
        for heading, words in row.cells.items():
            if heading in places:
                column, language = places[heading]
                cells.setdefault(column, {}).setdefault(language, words)
        rows.append(CellRow(row.number, cells))
    return rows


def _places(sheet: Sheet, known: frozenset[str], default: str, telling: Telling) -> dict[str, tuple[str, str]]:
    places: dict[str, tuple[str, str]] = {}
    for heading in sheet.headings:
        if heading in places:
            telling.left_out(heading, "This heading stands twice: the first column is read.", "Rename one of them.")
            continue
        column, language = _split(heading)
        code = default if language is None else language_code(language)
        if code is None:
            message = f"It cannot be told which language “{language}” is."
            telling.left_out(heading, message, "Write its code behind it, as in label::Welsh (cy).")
        elif column in known or column.startswith((PREFIX, OPTION_PREFIX)):
            places[heading] = (column, "en" if column.startswith(PREFIX) and language is None else code)
        else:
            telling.left_out(heading, "Pith has no such column: nothing in it is read.")
    return places


def _split(heading: str) -> tuple[str, str | None]:
    """A heading's column in its one spelling, and its language where it has one."""
    written = heading.strip()
    if written.lower().startswith(PREFIX):
        column, _, language = written[len(PREFIX) :].partition("::")
        return f"{PREFIX}{column.strip()}", language.strip() or None
    found = re.fullmatch(rf"{OPTION_PREFIX}(hint|group|exclusive)(?:_([a-z]{{2,3}}(?:-\w+)*))?", written)
    if found:
        return f"{OPTION_PREFIX}{found[1]}", found[2] or "en"
    parts = [each.strip() for each in re.split(r"::?", written)]
    if parts[0].lower() == "media" and len(parts) > 1:
        parts = parts[1:]
    column = re.sub(r"\s+", "_", parts[0].lower())
    column = _ALIASES.get(column, column)
    translated = column in _TRANSLATED | _TRANSLATED_TOO and len(parts) > 1
    return column if translated or len(parts) == 1 else "::".join([column, *parts[1:]]), parts[
        1
    ] if translated else None


def languages_of(sheet: Sheet) -> list[str]:
    """The languages that labels are written in, by their codes, in order."""
    found = [
        language_code(language) for column, language in map(_split, sheet.headings) if column == "label" and language
    ]
    return list(dict.fromkeys(each for each in found if each))
