"""What every family of faults shares: kinds of fault with their words, what was found, and the problem told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]
What = Literal["part", "key", "option", "operator", "type"]


class Named(str):
    """A detail that stands for something by its id, key or value, and which people may know by another name.

    A `part` is a section, a question or a column; `of` is the whole path of a column, and the question of an option.
    """

    what: What
    of: str

    def __new__(cls, written: str, what: What = "part", of: str = "") -> "Named":
        """Keep what it is beside how it is written."""
        self = super().__new__(cls, written)
        self.what, self.of = what, of
        return self


Called = Callable[[Named], str]
"""What people know something by."""


def as_written(named: Named) -> str:
    """The id, key or value itself: what stands in the text of a form."""
    return str(named)


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence or a part of one with room for details, which may be words themselves."""

    template: str
    detail: Mapping[str, Any] = field(default_factory=dict)

    def said(self, called: Called = as_written) -> str:
        """The sentence, its names as `called` has them."""
        return self.template.format(**{name: _shown(value, called) for name, value in self.detail.items()})


def listed(values: Sequence[Any], by: str = ", ", each: str = "“{}”") -> Words:
    """Several details one after the other."""
    places = by.join(each.replace("{}", f"{{each_{number}}}") for number in range(len(values)))
    return Words(places, {f"each_{number}": value for number, value in enumerate(values)})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fault: whether it bars publishing, and its message and mend with room for details.

    `of_words` says that it lies in the wording alone: what the form asks, and when, can be read all the same.
    """

    severity: Severity
    message: str
    mend: str
    of_words: bool = False


def error(message: str, mend: str, of_words: bool = False) -> Kind:
    """A fault that makes a form wrong or unusable."""
    return Kind("error", message, mend, of_words)


def warning(message: str, mend: str) -> Kind:
    """Something a person should think about."""
    return Kind("warning", message, mend)


@dataclass(frozen=True, slots=True)
class Found:
    """A fault found: its code, the JSON pointer of its place, and the details its words name.

    `kind` is given where the words are not the family's own.
    """

    code: str
    pointer: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault told to a person; `line` counts from 1, None where no text was read.

    `words` are message and mend with what they name still to be told apart; None where they name nothing by its id.
    """

    code: str
    severity: Severity
    pointer: str
    message: str
    mend: str
    line: int | None = None
    words: tuple[Words, Words] | None = field(default=None, compare=False, repr=False)

    def to_json(self) -> dict[str, Any]:
        """The shape the command line prints."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "words"}


Kinds = Mapping[str, Kind]


def kind_of(found: Found, kinds: Kinds) -> Kind:
    """The kind a fault is of."""
    return found.kind or kinds[found.code]


def tell(found: Found, kinds: Kinds, line: int | None = None) -> Problem:
    """The problem in words."""
    kind = kind_of(found, kinds)
    message, mend = Words(kind.message, found.detail), Words(kind.mend, found.detail)
    return Problem(found.code, kind.severity, found.pointer, message.said(), mend.said(), line, (message, mend))


def _shown(value: Any, called: Called) -> Any:
    """A detail as it stands in a sentence: not longer than a person reads, nothing in it that is not visible."""
    if isinstance(value, Words):
        return value.said(called)
    if not isinstance(value, str):
        return value
    text = called(value) if isinstance(value, Named) else value
    visible = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return visible if len(visible) <= 300 else visible[:299] + "…"
