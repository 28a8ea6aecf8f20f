"""How far two people who score the same writing agree: in plain shares, and beyond what chance would give."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webapp.store.trial_scoring import APART, Paired


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `pairs` forms that two have scored: how many alike, within one step, and further apart.

    `kappa` is Cohen's, weighted by the square of the distance, with either scorer as the first; None where it cannot be
    worked out, since all scores are the same or there is none.
    """

    pairs: int
    alike: int
    within_one: int
    apart: int
    kappa: float | None

    @property
    def words(self) -> str:
        """What the kappa means, in words that are usual for it (Landis and Koch, 1977)."""
        if self.kappa is None:
            return "it cannot be worked out from these scores"
        names = ((0.8, "almost perfect"), (0.6, "substantial"), (0.4, "moderate"), (0.2, "fair"), (0.0, "slight"))
        return next((name for least, name in names if self.kappa > least), "none beyond chance")


def agreement(pairs: Sequence[Paired]) -> Agreement:
    """The agreement of pairs of scores."""
    distances = [abs(each.first - each.second) for each in pairs]
    return Agreement(
        len(pairs),
        sum(not each for each in distances),
        sum(each <= 1 for each in distances),
        sum(each >= APART for each in distances),
        _kappa(pairs),
    )


def _kappa(pairs: Sequence[Paired]) -> float | None:
    """1 less the mean squared distance within pairs over that of scores paired at random."""
    if not pairs:
        return None
    seen = sum((each.first - each.second) ** 2 for each in pairs) / len(pairs)
    scores = Counter(_both(pairs))
    number = sum(scores.values())
    by_chance = sum((one - other) ** 2 * n * m for one, n in scores.items() for other, m in scores.items()) / number**2
    return 1 - seen / by_chance if by_chance else None


def _both(pairs: Iterable[Paired]) -> Iterable[int]:
    for each in pairs:
        yield each.first
        yield each.second
