"""The solution that grants the most, by weight: what cannot hold together is found core by core."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.proofs.circuit import Circuit, Literal
from engine.proofs.search import Effort, Model, Search

_RESERVE = 0.2
"""The part of the effort kept for a better witness where the best is not proved."""
_EASILY = 20_000
Counters = dict[Literal, tuple[Sequence[Literal], int]]
"""Wishes that a counter keeps low: the counter's outputs, and which of them the wish denies."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best solution met (None for none), the weight it grants, and the weight none can exceed.

    `proved` says that there is no solution at all, or none better.
    """

    model: Model | None
    weight: int
    bound: int
    proved: bool


def most(search: Search, weights: Mapping[Literal, int], assumed: Sequence[Literal], effort: Effort) -> Optimum:
    """Grant as much weight as can be under the assumptions.

    Each core of wishes that cannot all be granted costs its smallest weight; from then on one of them may be given
    up, later two, and so on (the algorithm OLL of core-guided MaxSAT).
    """
    bound = sum(weights.values())
    search.prefer(weights)
    possible = search.solve(assumed, effort)
    if not possible:
        return Optimum(None, 0, bound, possible is False)
    best, reserve = search.model(), effort.share(_RESERVE)
    wishes: dict[Literal, int] = dict(weights)
    counters: Counters = {}
    answer = search.solve([*assumed, *wishes], effort)
    while answer is False:
        core = _trimmed(search, _blamed(search, wishes), assumed, effort)
        cost = min(wishes[wish] for wish in core)
        bound -= cost
        _give_up(search.circuit, wishes, counters, core, cost)
        search.load()
        answer = search.solve([*assumed, *wishes], effort)
    best = search.model() if answer else _improved(search, best, weights, assumed, reserve)
    return Optimum(best, weight_of(best, weights), bound, bool(answer))


def _improved(
    search: Search, best: Model, weights: Mapping[Literal, int], assumed: Sequence[Literal], effort: Effort
) -> Model:
    """A solution that grants what this one does and, wish by wish, whatever else goes with it easily."""
    for wish in weights:
        if not best[wish]:
            granted = [each for each in weights if best[each]]
            if search.solve([*assumed, *granted, wish], effort, _EASILY):
                best = search.model()
    return best


def _blamed(search: Search, wishes: Iterable[Literal]) -> list[Literal]:
    core = search.core()
    return [wish for wish in wishes if wish in core]


def weight_of(model: Model, weights: Mapping[Literal, int]) -> int:
    """The weight that a solution grants."""
    return sum(weight for wish, weight in weights.items() if model[wish])


def _trimmed(search: Search, core: list[Literal], assumed: Sequence[Literal], effort: Effort) -> list[Literal]:
    """A smaller core where asking again finds one."""
    while len(core) > 1 and search.solve([*assumed, *reversed(core)], effort) is False:
        smaller = _blamed(search, core)
        if len(smaller) >= len(core):
            break
        core = smaller
    return core


def _give_up(
    circuit: Circuit,
    wishes: dict[Literal, int],
    counters: Counters,
    core: Sequence[Literal],
    cost: int,
) -> None:
    for wish in core:
        wishes[wish] -= cost
        if not wishes[wish]:
            del wishes[wish]
        if wish in counters:
            outputs, index = counters[wish]
            _count_on(wishes, counters, outputs, index + 1, cost)
    if len(core) > 1:
        outputs = at_least(circuit, [-wish for wish in core])
        _count_on(wishes, counters, outputs, 1, cost)


def _count_on(
    wishes: dict[Literal, int],
    counters: Counters,
    outputs: Sequence[Literal],
    index: int,
    cost: int,
) -> None:
    if index < len(outputs):
        wish = -outputs[index]
        counters[wish] = (outputs, index)
        wishes[wish] = wishes.get(wish, 0) + cost


def at_least(circuit: Circuit, literals: Sequence[Literal]) -> Sequence[Literal]:
    """For each count from 1, a literal that holds where at least that many of the literals do (a totaliser)."""
    if len(literals) < 2:
        return literals
    middle = len(literals) // 2
    left, right = at_least(circuit, literals[:middle]), at_least(circuit, literals[middle:])
    outputs = [circuit.variable() for _literal in literals]
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            if i + j:
                parts = [*([-left[i - 1]] if i else []), *([-right[j - 1]] if j else [])]
                circuit.require(*parts, outputs[i + j - 1])
    return outputs
