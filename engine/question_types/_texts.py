"""Reading written text: line ends, length, and the schema that says the same."""

from collections.abc import Sequence
from typing import Any

from engine.question_types.base import HARD_CAP, InvalidAnswer

Json = Any


def with_plain_line_ends(text: str) -> str:
    """The text with every line end as one newline character, whatever the browser sent."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(value: Json, limit: int) -> str:
    """The text of a value that is not blank; raises InvalidAnswer bad_format or too_long (limit in characters)."""
    if not isinstance(value, str):
        raise InvalidAnswer("bad_format")
    text = with_plain_line_ends(value)
    if len(text) > min(limit, HARD_CAP):
        raise InvalidAnswer("too_long", limit=min(limit, HARD_CAP), length=len(text))
    return text


def text_schema(limit: int) -> dict[str, Json]:
    """JSON Schema of a text that is not blank and at most `limit` characters long."""
    return {"type": "string", "pattern": r"\S", "maxLength": min(limit, HARD_CAP)}


def filled_up(texts: Sequence[str], limit: int, filling: str) -> tuple[str, ...]:
    """Those of some texts that are at most `limit` characters long, and the first of them filled up to that."""
    limit = min(limit, HARD_CAP)
    fitting = [text for text in texts if len(text) <= limit]
    return tuple(dict.fromkeys([*fitting, *(text.ljust(limit, filling) for text in fitting[:1])]))


def anchored(pattern: str) -> str:
    """A pattern for the whole of a text, as JSON Schema takes it; Python's `$` alone would let a line end follow."""
    return rf"^(?:{pattern})$(?!\n)"
