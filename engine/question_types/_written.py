"""What the types that are written as text share."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import Field, StringField
from wtforms.fields.core import UnboundField

from engine.question_types import _settings
from engine.question_types._options import unbound
from engine.question_types._texts import filled_up, read_text, text_schema, with_plain_line_ends
from engine.question_types.base import HARD_CAP, Asked, QuestionType, is_blank

Json = Any

MAX_LENGTH = _settings.whole("Longest answer, in characters", "Spaces and line ends are counted.", 1, HARD_CAP)


class WrittenType(QuestionType):
    """A type whose answer is text."""

    measure = "text"
    settings: ClassVar[Mapping[str, Json]] = {"max_length": MAX_LENGTH}
    box: ClassVar[type[Field]] = StringField

    def read(self, question: Asked, value: Json) -> Json:
        """The text; raises InvalidAnswer bad_format or too_long."""
        return None if is_blank(value) else read_text(value, question.settings["max_length"])

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """A text that is not blank, with its longest length."""
        return text_schema(question.settings["max_length"])

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """A short text and the longest: conditions only ask whether there is one, another form may take fewer."""
        return filled_up(("x",), question.settings["max_length"], "x")

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """One box."""
        return unbound(self.box, question, language)

    def to_field(self, question: Asked, answer: Json) -> Any:
        """The text itself; whatever else was stored as it would be written."""
        return "" if answer is None else str(answer)

    def from_field(self, question: Asked, field: Field) -> Json:
        """The text that was posted, None for spaces alone."""
        return None if is_blank(field.data) else with_plain_line_ends(field.data)

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """The text itself."""
        return str(answer)
