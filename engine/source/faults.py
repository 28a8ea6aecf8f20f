"""Why a text cannot be read as JSON: one class a reason, each with its line, plain words and a mend."""

import json
from typing import Any, ClassVar, NamedTuple

from engine.errors import BadInput


class Position(NamedTuple):
    """A line and a column of a text, both counted from 1."""

    line: int
    column: int


START = Position(1, 1)


class Unreadable(BadInput):
    """This is not JSON."""

    code = "not_json"
    mend: ClassVar[str] = "Look at what stands just before this place: brackets, commas and quotation marks."

    def __init__(self, position: Position = START, **detail: Any) -> None:
        """Keep where it went wrong beside the details the message names."""
        super().__init__(**detail)
        self.position = position

    @property
    def how_to_mend(self) -> str:
        """What a person should do about it."""
        return self.mend.format(**self.detail)


class SyntaxFault(Unreadable):
    """{words}"""

    mend = "{change}"


class TooLarge(Unreadable):
    """The file is longer than the {limit:,} characters that are read."""

    code = "too_large_to_read"
    mend = "Split it into smaller ones, or take out what does not belong in it."


class TooDeep(Unreadable):
    """Brackets stand inside brackets here, more than {limit} deep."""

    code = "too_deep"
    mend = "Write it flatter: no part of a form needs so many brackets inside each other."


class TooManyValues(Unreadable):
    """The file holds more than the {limit:,} values that are read."""

    code = "too_many_values"
    mend = "Split it into smaller ones."


class DuplicateKey(Unreadable):
    """The key "{key}" is written twice in the same place."""

    code = "duplicate_key"
    mend = "Keep the one you mean and take the other out."


class NotANumber(Unreadable):
    """{found} is not a number that can be kept."""

    code = "not_json_number"
    mend = "Write a plain number of at most {digits} digits, such as 10 or 2.5."


class BadCharacters(Unreadable):
    """A character here is broken: it is not UTF-8."""

    code = "bad_characters"
    mend = "Save the file with the encoding UTF-8, and type the character again."


_SYNTAX = (
    ("Expecting property name", "A key in quotation marks is missing.", 'Write "key": value, no comma before }.'),
    ("Illegal trailing comma", "A comma stands before a closing bracket.", "Take the comma out."),
    ("Expecting ',' delimiter", "A comma or a closing bracket is missing before this.", "Put it in."),
    ("Expecting ':' delimiter", "A colon is missing after a key.", 'Write "key": value.'),
    ("Expecting value", "A value is missing.", "Write one (a text in quotation marks), no comma before ]."),
    ("Unterminated string", "The text that begins here is never closed.", 'Close it with ".'),
    ("Invalid control character", "A text holds a line end or a tab.", "Write \\n for a line end, \\t for a tab."),
    ("Invalid \\", "A backslash stands before something it cannot stand before.", "Write \\\\ for a backslash."),
    ("Extra data", "Something stands after the end.", "Take it out, or the bracket too many before it."),
)


def syntax_fault(fault: json.JSONDecodeError) -> Unreadable:
    """The parser's complaint in plain words, at its line and column."""
    position = Position(fault.lineno, fault.colno)
    for beginning, words, change in _SYNTAX:
        if fault.msg.startswith(beginning):
            return SyntaxFault(position, words=words, change=change)
    return Unreadable(position)
