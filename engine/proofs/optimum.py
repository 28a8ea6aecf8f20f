"""The solution that grants the most, by weight: what cannot hold together is found core by core."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.proofs.circuit import Circuit, Literal
from engine.proofs.search import Effort, Model, Search

_RESERVE = 0.2
"""The part of the effort kept for a better witness where the best is not proved."""
_EASILY = 50_000
"""Steps after which a group of wishes is not tried for any longer."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best solution met (None for none), the weight it grants, and the weight none can exceed.

    `proved` says that there is no solution at all, or none better; `kept` then holds what the best ones have in common:
    assumed with the rest, it leaves these alone.
    """

    model: Model | None
    weight: int
    bound: int
    proved: bool
    kept: tuple[Literal, ...] = ()


def most(search: Search, weights: Mapping[Literal, int], assumed: Sequence[Literal], effort: Effort) -> Optimum:
    """Grant as much weight as can be under the assumptions.

    Each core of wishes that cannot all be granted costs its smallest weight; wishes that allow for one of them to be
    given up take the place of the core (the algorithm PMRES of core-guided MaxSAT).
    """
    bound = sum(weights.values())
    search.prefer(weights)
    possible = search.solve(assumed, effort)
    if not possible:
        return Optimum(None, 0, bound, possible is False)
    best, reserve = search.model(), effort.share(_RESERVE)
    wishes = dict(weights)
    answer = search.solve([*assumed, *wishes], effort)
    while answer is False:
        core = _trimmed(search, _blamed(search, wishes), assumed, effort)
        cost = min(wishes[wish] for wish in core)
        bound -= cost
        _give_up(search.circuit, wishes, core, cost)
        search.load()
        answer = search.solve([*assumed, *wishes], effort)
    best = search.model() if answer else _improved(search, best, weights, assumed, reserve)
    return Optimum(best, weight_of(best, weights), bound, bool(answer), tuple(wishes) if answer else ())


def weight_of(model: Model, weights: Mapping[Literal, int]) -> int:
    """The weight that a solution grants."""
    return sum(weight for wish, weight in weights.items() if model[wish])


def _blamed(search: Search, wishes: Iterable[Literal]) -> list[Literal]:
    core = search.core()
    return [wish for wish in wishes if wish in core]


def _trimmed(search: Search, core: list[Literal], assumed: Sequence[Literal], effort: Effort) -> list[Literal]:
    """A smaller core where asking again finds one."""
    while len(core) > 1 and search.solve([*assumed, *reversed(core)], effort) is False:
        smaller = _blamed(search, core)
        if len(smaller) >= len(core):
            break
        core = smaller
    return core


def _give_up(circuit: Circuit, wishes: dict[Literal, int], core: Sequence[Literal], cost: int) -> None:
    """Take the cost off each wish of a core; for one of them it is paid, for every further one a new wish stands."""
    for wish in core:
        wishes[wish] -= cost
        if not wishes[wish]:
            del wishes[wish]
    all_later = core[-1]
    for wish in reversed(core[:-1]):
        this_or_all_later = circuit.either((wish, all_later))
        wishes[this_or_all_later] = wishes.get(this_or_all_later, 0) + cost
        all_later = circuit.both((wish, all_later))


def _improved(
    search: Search, best: Model, weights: Mapping[Literal, int], assumed: Sequence[Literal], effort: Effort
) -> Model:
    """The best solution met while wishes are added in groups, as long as that is easy; a group too hard is halved."""
    granted: list[Literal] = []
    groups = [list(weights)]
    while groups and not effort.spent:
        group = groups.pop()
        if search.solve([*assumed, *granted, *group], effort, _EASILY):
            granted += group
            best = max(best, search.model(), key=lambda model: weight_of(model, weights))
        elif len(group) > 1:
            middle = len(group) // 2
            groups += [group[middle:], group[:middle]]
    return best
