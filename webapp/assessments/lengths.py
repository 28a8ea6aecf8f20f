"""The most characters that one answer may have: what is longer is refused at once, and stays with whoever wrote it."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import BadInput
from engine.question_types.base import HARD_CAP

Json = Any


class TooLong(BadInput):
    """This answer has {length:,} characters; {limit:,} is the most. Shorten it and it is saved."""

    code = "answer_too_long"


def too_long(value: Json) -> TooLong | None:
    """The refusal of an answer that holds a text past the limit; None for any other. A line end counts once."""
    longest = max(map(len, _texts(value)), default=0)
    return TooLong(length=longest, limit=HARD_CAP) if longest > HARD_CAP else None


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
