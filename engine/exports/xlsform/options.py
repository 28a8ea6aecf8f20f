"""The choices sheet: lists of options by name, and the one list that is yes or no."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.exports.told import Telling
from engine.exports.xlsform.columns import CellRow
from engine.exports.xlsform.extras import OPTION_PREFIX, BadCell, value_of
from engine.exports.xlsform.languages import as_text, in_columns
from engine.exports.xlsform.names import option_value_from
from engine.question_types.yes_no import ANSWERS
from engine.schema.question import OPTION

Json = Any
Option = dict[str, Json]
_YES_NO = {each.value: in_columns(each.label) for each in ANSWERS}
_OURS = ("hint", "group", "exclusive")


def is_yes_no(options: Iterable[Mapping[str, Json]]) -> bool:
    """Whether a list is that of the type yes_no, in every language it is written in."""
    given = list(options)
    if [each.get("value") for each in given] != list(_YES_NO):
        return False
    return all(
        set(each) <= {"value", "label"} and in_columns(each["label"]).items() <= _YES_NO[each["value"]].items()
        for each in given
    )


class Lists:
    """The lists of a choices sheet; `renamed` are values by list that could not stay as they were."""

    def __init__(self, rows: Iterable[CellRow], telling: Telling) -> None:
        self.telling = telling
        self.lists: dict[str, dict[str, Option]] = {}
        self.renamed: dict[tuple[str, str], str] = {}
        self.used: set[str] = set()
        self.places: dict[str, int] = {}
        for row in rows:
            self._add(row)

    def _add(self, row: CellRow) -> None:
        listed, name = row.plain("list_name"), row.plain("name")
        self.telling.at("choices", row.number, name)
        if not listed or not name:
            missing = "list_name" if not listed else "name"
            self.telling.left_out(missing, f"A choice without a {missing} belongs to nothing.", "Fill it in.")
            return
        options = self.lists.setdefault(listed, {})
        self.places.setdefault(listed, row.number)
        if name in options:
            self.telling.left_out(
                "name", f"“{name}” stands twice in the list {listed}: the first is kept.", "Rename one."
            )
            return
        value = option_value_from(name, {each["value"] for each in options.values()})
        if value != name:
            self.renamed[listed, name] = value
            self.telling.changed("name", f"“{name}” is no value that can be stored: it is “{value}” now.")
        options[name] = {"value": value, "label": self._label(row, name), **self._ours(row)}

    def _label(self, row: CellRow, name: str) -> Json:
        label = as_text(row.words("label"))
        if label is None:
            self.telling.changed("label", "A choice without words is called by its name.", "Write what people read.")
        return label or name

    def _ours(self, row: CellRow) -> Option:
        found: Option = {}
        for key in _OURS:
            words = row.words(f"{OPTION_PREFIX}{key}")
            try:
                found |= {key: value_of(words, OPTION["properties"][key])} if words else {}
            except BadCell as refusal:
                self.telling.left_out(f"{OPTION_PREFIX}{key}", refusal.message)
        return found

    def options(self, listed: str) -> list[Option] | None:
        """A list's options, None where there is no such list."""
        self.used.add(listed)
        found = self.lists.get(listed)
        return None if found is None else [dict(option) for option in found.values()]

    def tell_unused(self) -> None:
        """Say which lists no question names."""
        for listed in self.lists:
            if listed not in self.used:
                self.telling.at("choices", self.places[listed], listed)
                self.telling.left_out("list_name", "No question that was taken over uses this list.")
