"""A whole number on a scale whose ends have words."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import Field, RadioField
from wtforms.fields.core import UnboundField

from engine.question_types import _settings
from engine.question_types._numbers import in_limits, read_number, typed_number
from engine.question_types._options import unbound
from engine.question_types.base import Asked, Example, Fault, InvalidAnswer, QuestionType, is_blank
from engine.text import in_language

Json = Any
_SAFE = {"minimum_label": "Not safe at all", "maximum_label": "As safe as any child"}
_LONGEST = 100


class ScaleType(QuestionType):
    """A whole number on a scale."""

    name = "scale"
    measure = "number"
    summed_as = "mean"
    summary = "A whole number on a scale, 0 to 10 unless told otherwise, whose ends have words"
    settings: ClassVar[Mapping[str, Json]] = {
        "minimum": _settings.whole("Lowest number", "The lowest number of the scale.", -100, 100),
        "maximum": _settings.whole("Highest number", "The highest number of the scale.", -100, 100),
        "minimum_label": _settings.text("What the lowest number means", "A few words beside it."),
        "maximum_label": _settings.text("What the highest number means", "A few words beside it."),
    }
    defaults: ClassVar[Mapping[str, Json]] = {"minimum": 0, "maximum": 10}
    examples = (
        Example(_SAFE, 6, 6, display="6 out of 10"),
        Example(_SAFE, 0, 0, display="0 out of 10: Not safe at all"),
        Example({}, 10.0, 10, display="10 out of 10"),
        Example({"minimum": -2, "maximum": 2}, -2, -2, display="-2 on a scale from -2 to 2"),
        Example({}, None),
        Example({}, ""),
        Example({}, 11, code="too_large"),
        Example({"minimum": 1, "maximum": 5}, 0, code="too_small"),
        Example({}, 6.5, code="not_whole"),
        Example({}, "6", code="not_a_number"),
        Example({}, False, code="not_a_number"),
    )

    def read(self, question: Asked, value: Json) -> Json:
        """The number; raises InvalidAnswer not_a_number, too_small or too_large (limit), not_whole."""
        if is_blank(value):
            return None
        number = in_limits(read_number(value), question.settings["minimum"], question.settings["maximum"])
        if not isinstance(number, int):
            raise InvalidAnswer("not_whole")
        return number

    def check(self, question: Asked) -> Sequence[Fault]:
        """A scale needs two ends, near enough to be drawn."""
        length = question.settings["maximum"] - question.settings["minimum"]
        if length < 1:
            words = "The lowest number of the scale is not below the highest"
            return (Fault("/minimum", "limits_crossed", words, "Make the lowest number lower"),)
        if length > _LONGEST:
            words = f"A scale of {length + 1} numbers is too long to choose from"
            return (Fault("/maximum", "scale_too_long", words, "Ask for a number instead"),)
        return ()

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """A whole number between the two ends."""
        return {
            "type": "integer",
            "minimum": question.settings["minimum"],
            "maximum": question.settings["maximum"],
        }

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """Every number of the scale."""
        return tuple(self._numbers(question))

    def _numbers(self, question: Asked) -> range:
        return range(question.settings["minimum"], question.settings["maximum"] + 1)

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """A radio for each number, those at the ends with their words."""
        choices = {str(number): self._label(question, number, language) for number in self._numbers(question)}
        return unbound(RadioField, question, language, choices=choices)

    def to_field(self, question: Asked, answer: Json) -> Any:
        """The number to tick, or what was stored in its place."""
        return None if answer is None else str(answer)

    def from_field(self, question: Asked, field: Field) -> Json:
        """The number that was ticked."""
        return typed_number(field.data) if field.data else None

    def _label(self, question: Asked, number: int, language: str) -> str:
        words = self._end_words(question, number, language)
        return f"{number}: {words}" if words else str(number)

    def _end_words(self, question: Asked, number: int, language: str) -> str:
        end = {question.settings["minimum"]: "minimum_label", question.settings["maximum"]: "maximum_label"}
        return in_language(question.settings.get(end.get(number, "")), language)

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """The number and what it is out of, with the words of its end."""
        least, most = question.settings["minimum"], question.settings["maximum"]
        scale = f"{answer} out of {most}" if least in (0, 1) else f"{answer} on a scale from {least} to {most}"
        words = self._end_words(question, answer, language)
        return f"{scale}: {words}" if words else scale


TYPE = ScaleType()
