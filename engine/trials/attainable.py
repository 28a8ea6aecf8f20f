"""How small a p a scheme can give at all, and how many more teams would do; no statistics package is needed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod

LEVEL = 0.05
_KEPT_SHARE, _KEPT_LEAST = Fraction(1, 10), 100
_MOST_MORE = 200


@dataclass(frozen=True, slots=True)
class Attainable:
    """The smallest two-sided p of so many possible allocations, and how many more teams reach the level (0: none)."""

    least_p: Fraction
    possible: int
    more_teams: int

    @property
    def reaches(self) -> bool:
        """Whether a verdict can come of it at all."""
        return self.more_teams == 0


def least_p(groups: Iterable[tuple[int, int]]) -> Fraction:
    """Of groups by size and number under test: the p of the largest difference there can be.

    Its mirror image, each group's arms exchanged, is as large and counts too where both arms have as many units.
    """
    telling = [(size, tested) for size, tested in groups if 0 < tested < size]
    mirrored = telling and all(2 * tested == size for size, tested in telling)
    return min(Fraction(1), Fraction(2 if mirrored else 1, prod(comb(*each) for each in telling)))


def attainable(scheme: str, sizes: Sequence[int], level: float = LEVEL) -> Attainable:
    """What teams can show that are drawn "complete", "constrained", "stratified" or "paired".

    `sizes`: teams in each stratum or pair; for the first two all together. Half of each are under test. Further teams
    go where they help most; pairs come two teams at a time.
    """
    p, ways = _least(scheme, sizes)
    return Attainable(p, ways, 0 if p <= _exactly(level) else _more(scheme, sizes, _exactly(level)))


def shortfall(scheme: str, sizes: Sequence[int], level: float = LEVEL) -> str:
    """In words why no verdict can come of such teams, and how many more would do; "" where one can."""
    found = attainable(scheme, sizes, level)
    if found.reaches:
        return ""
    more = "1 more team would" if found.more_teams == 1 else f"{found.more_teams} more teams would"
    least = f"the smallest p there can be is {float(found.least_p):.3g}, and the level is {level:g}"
    return f"No verdict can come of these teams: {least}. {more} do."


def _exactly(level: float) -> Fraction:
    """A level as it is written: 0.05 is a twentieth."""
    return Fraction(str(level))


def _least(scheme: str, sizes: Sequence[int]) -> tuple[Fraction, int]:
    groups = [(size, size // 2) for size in sizes]
    p, ways = least_p(groups), prod(comb(*each) for each in groups)
    if scheme != "constrained":
        return p, ways
    kept = min(ways, max(_KEPT_LEAST, int(ways * _KEPT_SHARE)))
    return min(Fraction(1), p * ways / kept), kept


def _more(scheme: str, sizes: Sequence[int], level: Fraction) -> int:
    if scheme == "stratified":
        return _more_in_strata(sizes, level)
    for more in range(_MOST_MORE):
        grown = [*sizes, *[2] * (more // 2)] if scheme == "paired" else [sum(sizes) + more]
        if _least(scheme, grown)[0] <= level:
            return more
    return _MOST_MORE


def _more_in_strata(sizes: Sequence[int], level: Fraction) -> int:
    """The fewest teams over all ways of putting them into strata.

    `most[more][even]`: the most allocations with so many more teams, apart by whether the mirror image counts too.
    """
    for more in range(_MOST_MORE):
        most: list[dict[bool, int]] = [{True: 1}, *({} for _ in range(more))]
        for size in sizes or [0]:
            most = _with_stratum(most, size)
        found = most[more].items()
        if any(Fraction(2 if even and ways > 1 else 1, ways) <= level for even, ways in found):
            return more
    return _MOST_MORE


def _with_stratum(most: Sequence[dict[bool, int]], size: int) -> list[dict[bool, int]]:
    best: list[dict[bool, int]] = [{} for _ in most]
    for before, options in enumerate(most):
        for even, ways in options.items():
            for more in range(len(most) - before):
                now = size + more
                key = even and (now % 2 == 0 or now < 2)
                at = best[before + more]
                at[key] = max(at.get(key, 0), ways * comb(now, now // 2))
    return best
