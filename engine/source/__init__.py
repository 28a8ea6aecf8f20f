"""JSON handed in as text: read within limits, refused in plain words, with the line of every place in it."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from engine.source import faults
from engine.source.faults import Position, Unreadable
from engine.source.places import STRING, TOKEN, escape, line_starts, places, position, position_in, unescape
from engine.source.slips import slip

__all__ = ["Limits", "Position", "Source", "Unreadable", "escape", "read_json", "unescape"]

Json = Any

_STRINGS = re.compile(STRING, re.DOTALL)
_STRING_OR_BRACKET = re.compile(STRING + r"|(?P<bracket>[\[\]{}])", re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read: characters, brackets inside brackets, values, and digits of one number."""

    characters: int = 4_000_000
    depth: int = 64
    values: int = 250_000
    digits: int = 40


LIMITS = Limits()


@dataclass(frozen=True)
class Source:
    """A JSON value with the text it was read from."""

    value: Json
    text: str

    @cached_property
    def _offsets(self) -> Mapping[str, int]:
        return dict(places(self.text))

    @cached_property
    def _line_starts(self) -> list[int]:
        return line_starts(self.text)

    def position(self, pointer: str) -> Position:
        """Where a JSON pointer's key or list item begins; for what is not there, where it would belong."""
        while pointer and pointer not in self._offsets:
            pointer = pointer.rpartition("/")[0]
        return position(self._line_starts, self._offsets[pointer])

    def line(self, pointer: str) -> int:
        """The line, from 1, of `position`."""
        return self.position(pointer).line


def read_json(text: str | bytes, limits: Limits = LIMITS) -> Source:
    """The JSON value of a text (bytes: UTF-8) with the text; raises the Unreadable that says where and why."""
    most = limits.characters * 4 if isinstance(text, bytes) else limits.characters
    decoded = "" if len(text) > most else _decode(text)
    if len(text) > most or len(decoded) > limits.characters:
        raise faults.TooLarge(limit=limits.characters)
    _refuse_depth_and_count(decoded, limits)
    return Source(_Reader(decoded, limits).value(), decoded)


def _decode(text: str | bytes) -> str:
    """The text without a byte order mark; refuses what UTF-8 cannot hold."""
    try:
        decoded = text.decode() if isinstance(text, bytes) else text
    except UnicodeDecodeError as fault:
        before = bytes(fault.object[: fault.start]).decode()
        raise faults.BadCharacters(position_in(before, len(before))) from None
    broken = _SURROGATE.search(decoded)
    if broken:
        raise faults.BadCharacters(position_in(decoded, broken.start()))
    return decoded.removeprefix("\ufeff")


def _refuse_depth_and_count(text: str, limits: Limits) -> None:
    """Refuse by the brackets outside strings, before parsing: the parser calls itself for each bracket."""
    outline = _STRINGS.sub("", text)
    if sum(map(outline.count, ",[{")) > limits.values:
        raise faults.TooManyValues(limit=limits.values)
    depths = accumulate(1 if bracket in "[{" else -1 for bracket in _BRACKET.findall(outline))
    if max(depths, default=0) > limits.depth:
        raise faults.TooDeep(position_in(text, _first_too_deep(text, limits.depth)), limit=limits.depth)


def _first_too_deep(text: str, limit: int) -> int:
    brackets = [found for found in _STRING_OR_BRACKET.finditer(text) if found["bracket"]]
    depths = accumulate(1 if found[0] in "[{" else -1 for found in brackets)
    return next(found.start() for found, depth in zip(brackets, depths, strict=True) if depth > limit)


class _Reader:
    """Parses a text once, noting what the parser lets through; what was noted is then found and refused."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.bad_number = False
        self.duplicate = False

    def value(self) -> Json:
        """The parsed value; whole numbers are int however they are written."""
        try:
            value = json.loads(
                self.text,
                object_pairs_hook=self._object,
                parse_constant=self._float,
                parse_float=self._float,
                parse_int=self._integer,
            )
        except json.JSONDecodeError as fault:
            raise slip(fault) or faults.syntax_fault(fault) from None
        self._refuse_what_was_noted()
        return value

    def _object(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        made = dict(pairs)
        self.duplicate = self.duplicate or len(made) < len(pairs)
        return made

    def _bad(self, written: str) -> bool:
        return len(written) > self.limits.digits or not math.isfinite(float(written))

    def _float(self, written: str) -> int | float:
        if self._bad(written):
            self.bad_number = True
            return 0
        number = float(written)
        return int(number) if number.is_integer() else number

    def _integer(self, written: str) -> int:
        if self._bad(written):
            self.bad_number = True
            return 0
        return int(written)

    def _refuse_what_was_noted(self) -> None:
        if self.bad_number:
            self._refuse_bad_number()
        if _ESCAPED_SURROGATE.search(self.text):
            self._refuse_broken_characters()
        if self.duplicate:
            self._refuse_duplicate()

    def _refuse_bad_number(self) -> None:
        for token in TOKEN.finditer(self.text):
            if token[0][0] in "-0123456789NI" and self._bad(token[0]):
                where = position_in(self.text, token.start())
                raise faults.NotANumber(where, found=token[0][:20], digits=self.limits.digits)

    def _refuse_broken_characters(self) -> None:
        for token in _STRINGS.finditer(self.text):
            if _ESCAPED_SURROGATE.search(token[0]) and _SURROGATE.search(json.loads(token[0])):
                raise faults.BadCharacters(position_in(self.text, token.start()))

    def _refuse_duplicate(self) -> None:
        seen: set[str] = set()
        for pointer, offset in places(self.text):
            if pointer in seen:
                key = unescape(pointer.rpartition("/")[2])
                raise faults.DuplicateKey(position_in(self.text, offset), key=key)
            seen.add(pointer)
