"""The text of a draft as a browser sends it, and two of them line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask import request

MOST_LINES = 5_000
"""Lines up to which two texts are compared."""

MOST_TOLD = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines that stand in one text in place of others in the other one; `line` is where, in the first, from 1."""

    line: int
    theirs: Sequence[str]
    mine: Sequence[str]


def sent_text() -> str:
    """What stood in the box: browsers send every line break as two characters, whatever it was."""
    return request.form.get("definition", "").replace("\r\n", "\n")


def differences(theirs: str, mine: str) -> tuple[Difference, ...]:
    """Where two texts differ, the first of very many; nothing for texts that nobody would read line by line."""
    one, two = theirs.split("\n"), mine.split("\n")
    if len(one) > MOST_LINES or len(two) > MOST_LINES:
        return ()
    return tuple(_differences(one, two))[:MOST_TOLD]


def _differences(one: Sequence[str], two: Sequence[str]) -> Iterator[Difference]:
    for kind, start, end, at, to in SequenceMatcher(None, one, two).get_opcodes():
        if kind != "equal":
            yield Difference(start + 1, one[start:end], two[at:to])
