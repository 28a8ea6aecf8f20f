"""What every family of faults shares: kinds of fault with their words, what was found, and the problem told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]


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
    """A fault told to a person; `line` counts from 1, None where no text was read."""

    code: str
    severity: Severity
    pointer: str
    message: str
    mend: str
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The shape the command line prints."""
        return {name: getattr(self, name) for name in self.__slots__}


Kinds = Mapping[str, Kind]


def kind_of(found: Found, kinds: Kinds) -> Kind:
    """The kind a fault is of."""
    return found.kind or kinds[found.code]


def tell(found: Found, kinds: Kinds, line: int | None = None) -> Problem:
    """The problem in words."""
    kind = kind_of(found, kinds)
    detail = {name: _shown(value) for name, value in found.detail.items()}
    return Problem(
        found.code, kind.severity, found.pointer, kind.message.format(**detail), kind.mend.format(**detail), line
    )


def _shown(value: Any) -> Any:
    """A detail as it stands in a sentence: not longer than a person reads, nothing in it that is not visible."""
    if not isinstance(value, str):
        return value
    visible = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value)
    return visible if len(visible) <= 300 else visible[:299] + "…"
