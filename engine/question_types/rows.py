"""A list of rows with the same questions in each, such as the people of a household."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import Field
from wtforms.fields.core import UnboundField

from engine.question_types import _settings, in_words, question_type
from engine.question_types._fields import NoField
from engine.question_types._options import unbound
from engine.question_types._texts import anchored
from engine.question_types.base import (
    Asked,
    Example,
    Fault,
    Finding,
    InvalidAnswer,
    Lookup,
    QuestionType,
    is_blank,
)
from engine.text import in_language

Json = Any
ROW_ID = "[A-Za-z0-9_-]{1,64}"
_MOST_ROWS = 500
_PEOPLE = {
    "columns": [
        {"id": "who", "type": "person", "kind": "fact", "label": "Who", "why": "Joins the family's list"},
        {"id": "met", "type": "yes_no", "kind": "fact", "label": "Met?", "why": "Told is not seen"},
    ]
}
_KIT = {"id": "r1", "who": {"name": "Kit"}, "met": "no"}


class RowsType(QuestionType):
    """A list of rows; each cell is read by its column's own type."""

    name = "rows"
    measure = "rows"
    summary = "A list of rows with the same questions in each, such as the people of a household"
    settings: ClassVar[Mapping[str, Json]] = {
        "row_label": _settings.text("One word for a row", "Such as person: it names the buttons."),
        "minimum_rows": _settings.whole(
            "Fewest rows", "How many rows there must be, once there is any.", 0, _MOST_ROWS
        ),
        "maximum_rows": _settings.whole("Most rows", "How many rows there may be.", 1, _MOST_ROWS),
    }
    required_settings = ("columns",)
    defaults: ClassVar[Mapping[str, Json]] = {"minimum_rows": 0, "maximum_rows": _MOST_ROWS}
    examples = (
        Example(_PEOPLE, [_KIT], [_KIT], display="1. Who: Kit. Met?: No"),
        Example(_PEOPLE, [{"id": "r1"}, {"id": "r-2"}], [{"id": "r1"}, {"id": "r-2"}]),
        Example(_PEOPLE, None),
        Example(_PEOPLE, []),
        Example(_PEOPLE, {"id": "r1"}, code="bad_format"),
        Example(_PEOPLE, ["Kit"], code="bad_format"),
        Example(_PEOPLE, [{"who": {"name": "Kit"}}], code="bad_format"),
        Example(_PEOPLE, [{"id": "r1"}, {"id": "r1"}], code="bad_format"),
        Example(_PEOPLE, [{"id": "r 1"}], code="bad_format"),
        Example({**_PEOPLE, "maximum_rows": 1}, [{"id": "r1"}, {"id": "r2"}], code="too_many"),
        Example({**_PEOPLE, "minimum_rows": 2}, [_KIT], code="too_few"),
    )

    def read(self, question: Asked, value: Json) -> Json:
        """The rows as they are, cells unread; raises InvalidAnswer bad_format."""
        if is_blank(value):
            return None
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise InvalidAnswer("bad_format")
        ids = [row.get("id") for row in value]
        if not all(isinstance(each, str) and re.fullmatch(ROW_ID, each) for each in ids) or len(set(ids)) < len(ids):
            raise InvalidAnswer("bad_format")
        return value

    def limit(self, question: Asked, answer: Json, look_up: Lookup, today: str | None) -> Finding | None:
        """too_few or too_many (limit), for the rows that are not blank."""
        if len(answer) < question.settings["minimum_rows"]:
            return Finding("too_few", {"limit": question.settings["minimum_rows"]})
        if len(answer) > question.settings["maximum_rows"]:
            return Finding("too_many", {"limit": question.settings["maximum_rows"]})
        return None

    def check(self, question: Asked) -> Sequence[Fault]:
        """The fewest rows may not be more than the most."""
        least, most = question.settings["minimum_rows"], question.settings["maximum_rows"]
        if least <= most:
            return ()
        words = f"There must be {least} rows, yet there may be no more than {most}"
        return (Fault("/minimum_rows", "limits_crossed", words, "Ask for fewer rows or allow more"),)

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """A list of objects, each with its id; what stands in a cell is said by its column's own schema."""
        return {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {"id": {"type": "string", "pattern": anchored(ROW_ID)}},
                "required": ["id"],
            },
            "$comment": "no two rows have the same id",
        }

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """As few rows as there may be, every cell filled with its first sample."""
        cells = {}
        for column in question.columns:
            found = question_type(column.type).samples(column, ())
            if found:
                cells[column.id] = found[0]
        count = max(1, question.settings["minimum_rows"])
        return ([{"id": f"r{number}", **cells} for number in range(1, count + 1)],)

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """No input of its own: each cell has its column's."""
        return unbound(NoField, question, language)

    def to_field(self, question: Asked, answer: Json) -> Any:
        """Nothing."""
        return None

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """One line for each row, its cells after their labels."""
        lines = (self._row_in_words(question, row, language) for row in answer)
        return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))

    def _row_in_words(self, question: Asked, row: Mapping[str, Json], language: str) -> str:
        cells = ((column, row[column.id]) for column in question.columns if row.get(column.id) is not None)
        return ". ".join(
            f"{in_language(column.label, language)}: {in_words(column, cell, language)}" for column, cell in cells
        )


TYPE = RowsType()
