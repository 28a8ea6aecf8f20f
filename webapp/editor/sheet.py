"""What a page carries on which a form is tried: the answers and whom they are about. Nothing of it is kept anywhere."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition import Definition
from engine.errors import BadInput
from engine.journey import Context, context_from_json
from engine.journey.context import BadContext, context_to_json
from engine.source import Limits, Unreadable, read_json
from webapp.editor.as_sent import TOKEN, as_sent, is_row
from webapp.editor.tried import Tried, tried

Json = Any

FIELD = "sheet"
MOST_BYTES = 1_000_000
MOST_CHILDREN = 12
_LIMITS = Limits(characters=MOST_BYTES, depth=24, values=50_000)
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class BadSheet(BadInput):
    """What was tried cannot be gone on with: {why} Begin again from the form’s own page."""

    code = "bad_sheet"


class SheetTooLong(BadInput):
    """What was tried is longer than the 1 MB that a page can carry on. Go back and shorten what is longest."""

    code = "sheet_too_long"


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that was taken out of a list and can be put back: the list by its field's name, and where the row stood."""

    name: str
    row: Mapping[str, Json]
    at: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers as they were typed, the day and the children they are about, the language the form is shown in."""

    answers: Mapping[str, Json]
    context: Context
    language: str = ""
    taken: Taken | None = None

    def filled(self, definition: Definition) -> Tried:
        """The form with these answers; those that no page of it could have sent are left out."""
        return tried(definition, as_sent(definition, self.answers, self.context), self.context, self.language)

    def written(self) -> str:
        """The text that `read_sheet` reads back; raises SheetTooLong."""
        taken = None if self.taken is None else [self.taken.name, self.taken.row, self.taken.at]
        whole = {"answers": self.answers, "context": context_to_json(self.context), "language": self.language}
        text = json.dumps({**whole, "taken": taken}, ensure_ascii=False, separators=(",", ":"))
        _refuse_too_long(text)
        return text


def sheet_of(filling: Tried, taken: Taken | None = None) -> Sheet:
    """What a page carries that shows a form as it is filled in."""
    answers = {name: value for name, value in filling.journey.answers.items() if value is not None}
    return Sheet(answers, filling.journey.context, filling.language, taken)


def read_sheet(text: str) -> Sheet:
    """What a page carried, whoever wrote it; raises BadSheet, SheetTooLong."""
    _refuse_too_long(text)
    try:
        data = _readable(read_json(text, _LIMITS).value)
    except Unreadable as fault:
        raise BadSheet(why=fault.message) from fault
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        raise BadSheet(why="it holds no answers.")
    language = data.get("language")
    context = _context(data.get("context"))
    return Sheet(data["answers"], context, language if isinstance(language, str) else "", _taken(data.get("taken")))


def checked_sheet(answers: Mapping[str, Json], context: Context) -> Sheet:
    """A page's beginning with answers that stand somewhere already. Raises BadSheet, SheetTooLong as `read_sheet`."""
    return read_sheet(Sheet(answers, context).written())


def _refuse_too_long(text: str) -> None:
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise SheetTooLong


def _readable(value: Json) -> Json:
    """The same without characters that no page can hold."""
    if isinstance(value, str):
        return _UNREADABLE.sub("", value)
    if isinstance(value, list):
        return [_readable(each) for each in value]
    if isinstance(value, dict):
        return {_UNREADABLE.sub("", key): _readable(each) for key, each in value.items()}
    return value


def _context(data: Json) -> Context:
    try:
        context = context_from_json(data)
    except BadContext as refusal:
        raise BadSheet(why=f"{refusal.detail['why']}.") from refusal
    if len(context.children) > MOST_CHILDREN or not all(TOKEN.fullmatch(child.id) for child in context.children):
        raise BadSheet(why=f"it is about at most {MOST_CHILDREN} children, named c1, c2 and so on.")
    return context


def _taken(data: Json) -> Taken | None:
    if not isinstance(data, list) or len(data) != 3:
        return None
    name, row, at = data
    shaped = isinstance(name, str) and is_row(row) and type(at) is int and at >= 0
    return Taken(name, row, at) if shaped else None
