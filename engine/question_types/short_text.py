"""A short text on one line, free or in a named format."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from engine.question_types import _settings
from engine.question_types._formats import FORMATS
from engine.question_types._texts import filled_up
from engine.question_types._written import MAX_LENGTH, WrittenType
from engine.question_types.base import Asked, Example, InvalidAnswer

Json = Any


class ShortTextType(WrittenType):
    """A short text on one line, free or in a named format."""

    name = "short_text"
    summary = "A short text on one line, free or in a named format such as a postcode"
    settings: ClassVar[Mapping[str, Json]] = {
        "max_length": MAX_LENGTH,
        "format": _settings.one_of(
            "What must be written",
            "An email address, a phone number and so on; without one, any few words.",
            list(FORMATS),
        ),
    }
    defaults: ClassVar[Mapping[str, Json]] = {"max_length": 200}
    examples = (
        Example({}, "Own cot", "Own cot", display="Own cot"),
        Example({}, None),
        Example({}, " \n "),
        Example({}, 7, code="bad_format"),
        Example({"max_length": 3}, "cot", "cot", display="cot"),
        Example({"max_length": 3}, "cots", code="too_long"),
        Example({"format": "email"}, "duty.desk@example.org ", "duty.desk@example.org"),
        Example({"format": "email"}, "duty desk", code="bad_format"),
        Example({"format": "phone"}, "020 7946 0000", "020 7946 0000"),
        Example({"format": "phone"}, "ask at the school", code="bad_format"),
        Example({"format": "postcode"}, "sw1a1aa", "SW1A 1AA", display="SW1A 1AA"),
        Example({"format": "postcode"}, "SW1A", code="bad_format"),
        Example({"format": "nhs_number"}, "943 476 5919", "9434765919", display="943 476 5919"),
        Example({"format": "nhs_number"}, "943 476 5918", code="bad_format"),
        Example({"format": "upn"}, "B801200005001", "B801200005001", display="B801200005001"),
        Example({"format": "upn"}, "A801200005001", code="bad_format"),
    )

    def read(self, question: Asked, value: Json) -> Json:
        """The text in its format's spelling; raises InvalidAnswer bad_format (format) or too_long (limit)."""
        text, name = super().read(question, value), question.settings.get("format")
        if text is None or name is None:
            return text
        canonical = FORMATS[name].read(text)
        if canonical is None:
            raise InvalidAnswer("bad_format", format=name)
        return canonical

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """The text's schema with the format's pattern; check digits are named in `$comment`."""
        schema, name = super().answer_schema(question), question.settings.get("format")
        if name is None:
            return schema
        schema["pattern"] = FORMATS[name].schema_pattern
        return {**schema, "$comment": FORMATS[name].beyond} if FORMATS[name].beyond else schema

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """As for any text; where there is a format an example, one as short as can be, and one with spaces after it."""
        name = question.settings.get("format")
        if name is None:
            return super().samples(question, literals)
        return filled_up((FORMATS[name].example, FORMATS[name].shortest), question.settings["max_length"], " ")

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """The text, an NHS number in its groups."""
        name = question.settings.get("format")
        return str(answer) if name is None else FORMATS[name].show(str(answer))


TYPE = ShortTextType()
