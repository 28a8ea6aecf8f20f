"""Which things moved when a list was put in another order: as few as can explain it."""

from bisect import bisect_left
from collections.abc import Sequence


def moved(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The fewest of the names in both lists that must have moved, others staying in their order."""
    position = {name: index for index, name in enumerate(before)}
    common = [name for name in after if name in position]
    staying = _longest_rising([position[name] for name in common])
    return frozenset(name for name in common if position[name] not in staying)


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """One longest rising run of numbers, no two of which are equal, by patience sorting."""
    piles: list[int] = []
    below: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(piles, number)
        below[number] = piles[at - 1] if at else None
        piles[at : at + 1] = [number]
    found: list[int] = []
    top = piles[-1] if piles else None
    while top is not None:
        found.append(top)
        top = below[top]
    return frozenset(found)
