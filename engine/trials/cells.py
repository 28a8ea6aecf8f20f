"""Cells of a table as text: names that are not blank, and numbers read strictly, each refused with its place."""

import math
import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.trials.errors import BadData

Floats = NDArray[np.float64]
LARGEST = 1e15
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


def numbers(cells: Sequence[str], place: Callable[[int], str]) -> Floats:
    """Each cell's number, nan where it is blank; `place` names the cell of a row that is refused with BadData."""
    found = np.empty(len(cells))
    for row, cell in enumerate(cells):
        written = cell.strip()
        if written and not _NUMBER.fullmatch(written):
            raise _refused(written, place(row))
        found[row] = float(written) if written else math.nan
    too_large = np.flatnonzero(np.abs(found) > LARGEST)
    if len(too_large):
        raise _refused(cells[too_large[0]].strip(), place(int(too_large[0])))
    return found


def codes_of(names: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
    """The different names in order of the alphabet, and for each entry the number of its name."""
    found = dict.fromkeys(names)
    ordered = sorted(found)
    number = {name: code for code, name in enumerate(ordered)}
    return ordered, np.fromiter((number[name] for name in names), dtype=np.intp, count=len(names))


def _refused(written: str, place: str) -> BadData:
    shown = written if len(written) <= 40 else f"{written[:39]}…"
    mend = "Write digits with a point, such as 12.5, or leave the cell empty where nothing is known."
    return BadData(place=place, why=f"“{shown}” is not a number that can be used.", mend=mend)
