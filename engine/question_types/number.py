"""A number, with limits, steps and a unit."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import Field, StringField
from wtforms.fields.core import UnboundField

from engine.question_types import _settings
from engine.question_types._numbers import (
    LARGEST,
    exact,
    in_limits,
    on_grid,
    plain,
    read_number,
    sample_grid,
    sample_numbers,
    typed_number,
    written_number,
)
from engine.question_types._options import unbound
from engine.question_types.base import Asked, Example, Fault, InvalidAnswer, QuestionType, is_blank
from engine.text import in_language

Json = Any
_LONGEST_ENUM = 1000


class NumberType(QuestionType):
    """A number, with limits, steps and a unit."""

    name = "number"
    measure = "number"
    summed_as = "mean"
    summary = "A number, with limits, steps and a unit"
    settings: ClassVar[Mapping[str, Json]] = {
        "minimum": _settings.number("Smallest number", "The smallest number that is accepted."),
        "maximum": _settings.number("Largest number", "The largest number that is accepted."),
        "integer": _settings.truth("Whole numbers only", "Whether parts of a number are refused."),
        "step": {
            "title": "Only in steps of",
            "description": "Accept only whole steps, counted from the smallest number or else from 0.",
            "type": "number",
            "minimum": 0.000001,
            "maximum": 10**9,
        },
        "unit": _settings.text("What is counted", "Such as days; it stands after the number."),
    }
    defaults: ClassVar[Mapping[str, Json]] = {"integer": False}
    examples = (
        Example({"minimum": 1, "maximum": 90, "integer": True}, 14, 14, display="14"),
        Example({"unit": "hours"}, 2.5, 2.5, display="2.5 hours"),
        Example({}, 3.0, 3, display="3"),
        Example({}, None),
        Example({}, ""),
        Example({}, "14", code="not_a_number"),
        Example({}, True, code="not_a_number"),
        Example({"maximum": 90}, 95, code="too_large"),
        Example({"minimum": 1}, 0, code="too_small"),
        Example({}, 10**16, code="too_large"),
        Example({}, -(10**16), code="too_small"),
        Example({"integer": True}, 2.5, code="not_whole"),
        Example({"step": 0.1}, 0.3, 0.3, display="0.3"),
        Example({"step": 5, "minimum": 2}, 10, code="wrong_step"),
        Example({"step": 5, "minimum": 2, "maximum": 20}, 12, 12),
    )

    def read(self, question: Asked, value: Json) -> Json:
        """The number, whole ones as int.

        Raises InvalidAnswer not_a_number, too_small or too_large (limit), not_whole, wrong_step (limit and start).
        """
        if is_blank(value):
            return None
        settings = question.settings
        number = in_limits(read_number(value), settings.get("minimum"), settings.get("maximum"))
        if settings["integer"] and not isinstance(number, int):
            raise InvalidAnswer("not_whole")
        step, start = settings.get("step"), settings.get("minimum", 0)
        if step is not None and not on_grid(number, step, start):
            raise InvalidAnswer("wrong_step", limit=step, start=start)
        return number

    def check(self, question: Asked) -> Sequence[Fault]:
        """The limits must leave some number between them."""
        least, most = question.settings.get("minimum", -LARGEST), question.settings.get("maximum", LARGEST)
        if least > most:
            words = f"No number is both at least {least} and at most {most}"
            return (Fault("/minimum", "limits_crossed", words, "Make the smallest number smaller"),)
        step, start = question.settings.get("step", 1), question.settings.get("minimum", 0)
        if question.settings["integer"] and "step" in question.settings and (step % 1 or start % 1):
            words = "Whole numbers only, yet the step or where it starts is not whole"
            return (Fault("/step", "wrong_step", words, "Make the step and the smallest number whole"),)
        if not self.samples(question, ()):
            words = "No whole step lies between the smallest and the largest number"
            return (Fault("/step", "no_answer_possible", words, "Make the step smaller or the limits wider"),)
        return ()

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """The limits; steps as a list of numbers or a multiple where they can be, else named in `$comment`."""
        settings = question.settings
        least, most = settings.get("minimum", -LARGEST), settings.get("maximum", LARGEST)
        schema = {"type": "integer" if settings["integer"] else "number", "minimum": least, "maximum": most}
        step = settings.get("step")
        if step is None:
            return schema
        size, start = exact(step), exact(settings.get("minimum", 0))
        first, last = -((start - exact(least)) // size), (exact(most) - start) // size
        if last - first < _LONGEST_ENUM:
            return {**schema, "enum": [plain(start + count * size) for count in range(first, last + 1)]}
        if size.denominator == 1 and start % size == 0:
            return {**schema, "multipleOf": int(size)}
        return {**schema, "$comment": f"in steps of {step} from {settings.get('minimum', 0)}"}

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """Each literal, and numbers between and beyond them, as far as limits and steps let them be."""
        settings = question.settings
        points = sample_numbers(literals, settings.get("minimum"), settings.get("maximum"))
        step = settings.get("step") or (1 if settings["integer"] else None)
        if step is not None:
            points = sample_grid(points, exact(step), exact(settings.get("minimum", 0) if "step" in settings else 0))
        return tuple(number for number in map(plain, points) if self._accepts(question, number))

    def _accepts(self, question: Asked, value: Json) -> bool:
        try:
            return self.read(question, value) is not None
        except InvalidAnswer:
            return False

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """A text box: a number box would drop what it cannot read."""
        return unbound(StringField, question, language)

    def to_field(self, question: Asked, answer: Json) -> Any:
        """The number in digits, or what was typed in its place."""
        if isinstance(answer, int | float) and not isinstance(answer, bool):
            return written_number(answer)
        return "" if answer is None else str(answer)

    def from_field(self, question: Asked, field: Field) -> Json:
        """The number that was typed, else the text as it was typed."""
        return None if is_blank(field.data) else typed_number(field.data)

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """The number with its unit."""
        unit = in_language(question.settings.get("unit"), language)
        return f"{written_number(answer)} {unit}".strip()


TYPE = NumberType()
