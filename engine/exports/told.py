"""What did not fit: every part of a form that another format, or Pith, cannot hold as it stands, with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["left_out", "changed", "elsewhere"]
OUTCOMES: Mapping[Outcome, str] = {
    "left_out": "it is not in what was made",
    "changed": "it is there in another shape",
    "elsewhere": "it is kept for Pith, and other tools do not see it",
}


MOST_TOLD = 2_000
"""Places that are told one by one."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """One thing that did not fit: its sheet, row and column (from 1; 0 and "" for the whole), and what to do."""

    sheet: str
    row: int
    column: str
    name: str
    outcome: Outcome
    message: str
    mend: str

    def to_json(self) -> dict[str, Any]:
        """The shape the command line prints."""
        return {name: getattr(self, name) for name in self.__slots__}

    def in_words(self) -> str:
        """The place, what it is about, and on a line of its own what to do."""
        row = f" row {self.row}" if self.row else ""
        column = f", {self.column}" if self.column else ""
        name = f" ({self.name})" if self.name else ""
        mend = f"\n    {self.mend}" if self.mend else ""
        return f"{self.sheet}{row}{column}{name}: {self.message}{mend}"


@dataclass(slots=True)
class Telling:
    """Collects what did not fit, in order, while one row of one sheet after the other is worked on."""

    sheet: str = ""
    row: int = 0
    name: str = ""
    told: list[Unfit] = field(default_factory=list)
    untold: int = 0

    def at(self, sheet: str, row: int = 0, name: str = "") -> None:
        """What is told from now on stands there."""
        self.sheet, self.row, self.name = sheet, row, _shown(name, 80)

    def tell(self, outcome: Outcome, column: str, message: str, mend: str = "") -> None:
        """Add one."""
        if len(self.told) == MOST_TOLD:
            self.untold += 1
            return
        place = (self.sheet, self.row, _shown(column, 80), self.name)
        self.told.append(Unfit(*place, outcome, _shown(message, 400), _shown(mend, 400)))

    @property
    def all(self) -> tuple[Unfit, ...]:
        """Everything that was told; at its end, how much more there was than anybody reads."""
        if not self.untold:
            return tuple(self.told)
        words = f"{self.untold:,} more places did not fit."
        return (*self.told, Unfit(self.sheet, 0, "", "", "left_out", words, "Mend what is told, and try again."))

    def left_out(self, column: str, message: str, mend: str = "") -> None:
        """Something that is not in what was made."""
        self.tell("left_out", column, message, mend)

    def changed(self, column: str, message: str, mend: str = "") -> None:
        """Something that is there in another shape."""
        self.tell("changed", column, message, mend)


def quoted(words: str) -> str:
    """Words of the file in quotation marks, no longer than a sentence can carry."""
    return f"“{_shown(words, 120)}”"


def _shown(words: str, most: int) -> str:
    """Words on one line, nothing in them that is not visible."""
    visible = "".join(each if each.isprintable() else " " for each in words)
    return visible if len(visible) <= most else f"{visible[: most - 1]}…"
