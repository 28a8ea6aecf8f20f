"""Where each key and list item of a JSON text begins: a small scanner that reads the text once."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator

from engine.source.faults import Position

# A string that is never closed runs to the end: else the search would start again at every quotation mark.
STRING = r'"(?:[^"\\]++|\\.?)*+(?:"|\Z)'
TOKEN = re.compile(STRING + r"|[\[\]{},:]|[^\s\[\]{},:\"]+", re.DOTALL)


def escape(key: str) -> str:
    """A key as a JSON pointer spells it."""
    return key.replace("~", "~0").replace("/", "~1")


def unescape(part: str) -> str:
    """The key that one part of a JSON pointer stands for."""
    return part.replace("~1", "/").replace("~0", "~")


def places(text: str) -> Iterator[tuple[str, int]]:
    """Each JSON pointer of a well-formed text with its offset, in order; a member begins at its key."""
    walk = _Walk()
    for token in TOKEN.finditer(text):
        pointer = walk.take(token[0])
        if pointer is not None:
            yield pointer, token.start()


class _Walk:
    """A walk over tokens; `open` holds each open bracket's pointer and next index (None in an object)."""

    def __init__(self) -> None:
        self.open: list[tuple[str, int | None]] = []
        self.named = ""
        self.key_next = False

    def take(self, token: str) -> str | None:
        """Take the next token; the pointer of the place that begins with it, if one does."""
        if token in "]}":
            self.open.pop()
        elif token == ",":
            self.key_next = self.open[-1][1] is None
        elif token != ":":
            return self._key(token) if self.key_next else self._value(token)
        return None

    def _key(self, token: str) -> str:
        key = json.loads(token) if "\\" in token else token[1:-1]
        self.named = f"{self.open[-1][0]}/{escape(key)}"
        self.key_next = False
        return self.named

    def _value(self, token: str) -> str | None:
        holder, index = self.open[-1] if self.open else ("", None)
        pointer = self.named if index is None else f"{holder}/{index}"
        if index is not None:
            self.open[-1] = (holder, index + 1)
        already_named = index is None and bool(self.open)
        if token in "[{":
            self.open.append((pointer, 0 if token == "[" else None))
            self.key_next = token == "{"
        return None if already_named else pointer


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def position(starts: list[int], offset: int) -> Position:
    """The line and column of an offset, given where the lines start."""
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)


def position_in(text: str, offset: int) -> Position:
    """The line and column of an offset in a text."""
    return position(line_starts(text), offset)
