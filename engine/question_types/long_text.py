"""A text of any shape, over several lines."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import TextAreaField

from engine.question_types import _settings
from engine.question_types._written import MAX_LENGTH, WrittenType
from engine.question_types.base import Example

Json = Any

ROWS = _settings.whole("Lines of the box", "How many stand open at first.", 2, 40)


class LongTextType(WrittenType):
    """A text over several lines."""

    name = "long_text"
    summary = "A text over several lines"
    settings: ClassVar[Mapping[str, Json]] = {"max_length": MAX_LENGTH, "rows": ROWS}
    defaults: ClassVar[Mapping[str, Json]] = {"max_length": 20_000, "rows": 5}
    box = TextAreaField
    examples: ClassVar[tuple[Example, ...]] = (
        Example({}, "First.\nSecond.", "First.\nSecond.", display="First.\nSecond."),
        Example({}, "First.\r\nSecond.\r", "First.\nSecond.\n"),
        Example({}, "  kept as written", "  kept as written"),
        Example({}, None),
        Example({}, "\n\n"),
        Example({}, ["First."], code="bad_format"),
        Example({"max_length": 4}, "a\r\nbc", "a\nbc"),
        Example({"max_length": 4}, "abcde", code="too_long"),
    )


TYPE = LongTextType()
