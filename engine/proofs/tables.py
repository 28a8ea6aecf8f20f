"""Which pairs of values go together, found without trying every pair where both are in order."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

_TRIED_ONE_BY_ONE = 64

Pairs = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
"""Groups of first values with second values that each of them meets, by index: all pairs that meet, maybe twice."""


def meeting(firsts: int, seconds: int, meets: Callable[[int, int], bool]) -> Pairs:
    """The pairs that meet, the firsts grouped by what they meet.

    A block of a large table whose border agrees all round is not looked into: limits and comparisons of ordered
    values draw lines and bands across a table, never islands.
    """
    met: list[list[int]] = [[] for _first in range(firsts)]
    _fill(met, meets, (0, firsts), (0, seconds))
    groups: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for first, found in enumerate(met):
        if found:
            groups[tuple(sorted(found))].append(first)
    return _widened([(tuple(group), found) for found, group in groups.items()])


def _widened(pairs: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]) -> Pairs:
    """The same pairs with longer groups, where each group meets all that the one before, or the one after, does.

    Then a first value and all beyond it can be spoken of as one run, which is less to say than each alone.
    """
    in_order = sorted(pairs)
    for ordered in (in_order, in_order[::-1]):
        met = [set(found) for _group, found in ordered]
        if all(some <= more for some, more in pairwise(met)):
            groups = [group for group, _found in ordered]
            return [(_joined(groups[at:]), found) for at, (_group, found) in enumerate(ordered)]
    return pairs


def _joined(groups: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted(index for group in groups for index in group))


def _fill(
    met: list[list[int]], meets: Callable[[int, int], bool], rows: tuple[int, int], columns: tuple[int, int]
) -> None:
    (top, bottom), (left, right) = rows, columns
    size = (bottom - top) * (right - left)
    if size <= _TRIED_ONE_BY_ONE:
        for row in range(top, bottom):
            met[row].extend(column for column in range(left, right) if meets(row, column))
        return
    border = {meets(row, column) for row in (top, bottom - 1) for column in range(left, right)}
    border |= {meets(row, column) for row in range(top, bottom) for column in (left, right - 1)}
    if len(border) == 1:
        if True in border:
            for row in range(top, bottom):
                met[row].extend(range(left, right))
        return
    middle, centre = (top + bottom) // 2, (left + right) // 2
    for half in ((top, middle), (middle, bottom)):
        for side in ((left, centre), (centre, right)):
            if half[0] < half[1] and side[0] < side[1]:
                _fill(met, meets, half, side)
