"""The expressions of XLSForm as far as a form of Pith can say the same: read into values, never worked out."""

import re
from dataclasses import dataclass
from decimal import Decimal

from engine.errors import BadInput

LONGEST = 4_000
DEEPEST = 20

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*'|\"[^\"]*\")|\$\{\s*(?P<ref>[^{}\s]+)\s*\}|(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)|(?P<sign>!=|<=|>=|[=<>(),+*/.-]))"
)
_NUMBER = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})")
COMPARING = frozenset({"=", "!=", "<", "<=", ">", ">="})


class CannotSay(BadInput):
    """{why}"""

    code = "cannot_say"


@dataclass(frozen=True, slots=True)
class Ref:
    """An answer, as ${seen}."""

    name: str


@dataclass(frozen=True, slots=True)
class Itself:
    """The answer that a constraint is about: a full stop."""


@dataclass(frozen=True, slots=True)
class Value:
    """A text or a number that is written out."""

    text: str
    number: int | float | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A function with what it is given."""

    name: str
    given: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """Two things and the sign between them."""

    sign: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts with `and` or `or` between them; brackets make a part of its own."""

    word: str
    parts: tuple["Expression", ...]


Expression = Ref | Itself | Value | Call | Compare | Joined


def read_expression(text: str) -> Expression:
    """The value of an expression; raises CannotSay where it is not one, or uses what no form of Pith can say."""
    if len(text) > LONGEST:
        raise CannotSay(why=f"The expression is longer than {LONGEST:,} characters.")
    reading = _Reading(_tokens(text))
    found = reading.joined("or", 0)
    if reading.at < len(reading.tokens):
        raise CannotSay(why=f"“{reading.tokens[reading.at][1]}” is not understood here.")
    return found


def number_in(text: str) -> int | float | None:
    """The number that a text is, whole ones as int; None where it is none."""
    written = text.strip()
    if _NUMBER.fullmatch(written) is None:
        return None
    value = Decimal(written)
    return int(value) if value == value.to_integral_value() else float(value)


def written_number(number: float) -> str:
    """A number without an exponent, which expressions cannot have."""
    return format(Decimal(repr(number)), "f")


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at, end = [], 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise CannotSay(why=f"“{text[at : at + 20].strip()}” is not understood.")
        kind = found.lastgroup or ""
        tokens.append((kind, found[kind]))
        at = found.end()
    return tokens


class _Reading:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    def next_is(self, *words: str) -> str | None:
        """Take the next token if it is one of these signs or words."""
        kind, token = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind in ("sign", "name") and token in words:
            self.at += 1
            return token
        return None

    def joined(self, word: str, depth: int) -> Expression:
        if depth > DEEPEST:
            raise CannotSay(why=f"Brackets stand inside brackets, more than {DEEPEST} deep.")
        parts = [self.part(word, depth)]
        while self.next_is(word):
            parts.append(self.part(word, depth))
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def part(self, word: str, depth: int) -> Expression:
        return self.joined("and", depth) if word == "or" else self.compared(depth)

    def compared(self, depth: int) -> Expression:
        left = self.single(depth)
        sign = self.next_is(*COMPARING)
        return left if sign is None else Compare(sign, left, self.single(depth))

    def single(self, depth: int) -> Expression:
        if self.at >= len(self.tokens):
            raise CannotSay(why="The expression ends too early.")
        if self.next_is("("):
            return self.closed(self.joined("or", depth + 1))
        kind, token = self.tokens[self.at]
        self.at += 1
        if kind == "text":
            return Value(token[1:-1], None)
        if kind == "ref":
            return Ref(token)
        return self.number_or_call(kind, token, depth)

    def number_or_call(self, kind: str, token: str, depth: int) -> Expression:
        if kind == "number":
            return Value(token, number_in(token))
        if token == "-" and self.at < len(self.tokens) and self.tokens[self.at][0] == "number":
            self.at += 1
            negative = f"-{self.tokens[self.at - 1][1]}"
            return Value(negative, number_in(negative))
        if token == ".":
            return Itself()
        if kind == "name" and self.next_is("("):
            return self.call(token, depth)
        raise CannotSay(why=f"“{token}” has no counterpart in a condition of Pith.")

    def call(self, name: str, depth: int) -> Expression:
        if self.next_is(")"):
            return Call(name, ())
        given = [self.joined("or", depth + 1)]
        while self.next_is(","):
            given.append(self.joined("or", depth + 1))
        return self.closed(Call(name, tuple(given)))

    def closed(self, found: Expression) -> Expression:
        if not self.next_is(")"):
            raise CannotSay(why="A bracket is not closed where it should be.")
        return found
