"""The longest and the shortest way through a form, over complete answers about one child."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.answers import problems_of
from engine.definition import Question
from engine.journey import Journey
from engine.proofs.circuit import Literal
from engine.proofs.encoding import Encoding
from engine.proofs.family import Finder
from engine.proofs.optimum import Optimum, most
from engine.proofs.search import Effort
from engine.proofs.witness import Witness, witness

Cost = Callable[[Question], int]
"""What a question costs whoever answers it, in any unit; of its words it may not depend."""


@dataclass(frozen=True, slots=True)
class PathLength:
    """How many questions a path asks: those of the witness, and the bound that no complete answers go beyond.

    A shown question that a person can answer counts one, rows count one whatever their columns. `exact` says that
    the witness was checked by evaluating it and meets the bound. Without a witness no complete answers were found.
    """

    questions: int
    bound: int
    exact: bool
    witness: Witness | None


def questions_asked(journey: Journey) -> int:
    """The questions that evaluated answers lead past."""
    by_id = journey.definition.by_id
    return sum(place.row is None and by_id[place.question].handler.takes_answer for place in journey.shown)


def longest_path(encoding: Encoding, finder: Finder, effort: Effort, cost: Cost | None = None) -> PathLength:
    """The most questions that complete answers can lead to, about one child.

    Of several such paths it is the one with the greatest `cost`, where that can be found within the effort.
    """
    found = most(finder.search, _weights(encoding), _assumed(encoding), effort)
    if cost is not None and found.proved and found.model is not None:
        finder.search.load()
        dearest = most(finder.search, _costs(encoding, cost), (*_assumed(encoding), *found.kept), effort)
        found = replace(found, model=dearest.model or found.model)
    return _path(encoding, found, lambda weight: weight)


def shortest_path(encoding: Encoding, finder: Finder, effort: Effort) -> PathLength:
    """The fewest questions that complete answers can lead to, about one child."""
    weights = _weights(encoding)
    total = sum(weights.values())
    hidden = {-literal: weight for literal, weight in weights.items()}
    return _path(encoding, most(finder.search, hidden, _assumed(encoding), effort), lambda weight: total - weight)


def _assumed(encoding: Encoding) -> tuple[Literal, ...]:
    return encoding.complete, encoding.draft.alone


def _weights(encoding: Encoding) -> Counter[Literal]:
    by_id = encoding.reading.definition.by_id
    weights: Counter[Literal] = Counter()
    for place, shown in encoding.shown.items():
        weights[shown] += place.row is None and by_id[place.question].handler.takes_answer
    return +weights


def _costs(encoding: Encoding, cost: Cost) -> Counter[Literal]:
    by_id = encoding.reading.definition.by_id
    costs: Counter[Literal] = Counter()
    for place, shown in encoding.shown.items():
        costs[shown] += 0 if place.row else cost(by_id[place.question])
    return +costs


def _path(encoding: Encoding, found: Optimum, count: Callable[[int], int]) -> PathLength:
    definition = encoding.reading.definition
    bound = count(found.bound)
    if found.model is None:
        return PathLength(0, bound, found.proved, None)
    made = witness([encoding], [found.model])
    journey = made.journey(definition)
    if problems_of(journey):
        return PathLength(0, bound, False, None)
    asked = questions_asked(journey)
    return PathLength(asked, bound, asked == bound, made)
