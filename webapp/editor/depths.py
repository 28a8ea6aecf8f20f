"""How deep each question of an outline stands: a follow-up deeper than what it follows from."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.editing.conditions import leaves

Json = Any

DEEPEST = 4
"""Beyond this a line of the outline would have no room."""


def depths(asked: Sequence[Mapping[str, Json]], rows: str = "") -> Mapping[str, int]:
    """The depth of each of the questions that stand together (or of the columns of `rows`), by id.

    What is always asked stands at 0, and what has a condition one deeper than the deepest that this reads among them.
    """
    found: dict[str, int] = {}
    for each in asked:
        read = (leaf.path.removeprefix(f"{rows}.") for leaf in leaves(each.get("show_when"), rows or None))
        above = max((found.get(name, 0) for name in read), default=None)
        found[each["id"]] = 0 if above is None else min(above + 1, DEEPEST)
    return found
