"""What each form costs whoever fills it in, proved once for as long as this process lasts."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from time import thread_time

from engine.burden import Burden, measure, seconds_to_answer
from engine.definition import Definition
from engine.proofs import Effort, Proofs, prove

SECONDS = 5
"""Of the processor, after which proved bounds stand in place of exact figures."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a form costs, whether its longest and shortest path are proved to be just that, and what is proved of it."""

    burden: Burden
    exact: bool
    proofs: Proofs


@dataclass(frozen=True, slots=True)
class _Content:
    """A form by what is in it, and by the day of its codes where it has some."""

    content_hash: str
    day: date | None
    definition: Definition = field(compare=False)


def cost_of(definition: Definition, day: date) -> Cost:
    """The cost of a checked form, with the codes that are valid on a day."""
    return _cost(_Content(definition.content_hash, day if definition.code_lists else None, definition))


@lru_cache(maxsize=128)
def _cost(content: _Content) -> Cost:
    begun = thread_time()
    proofs = prove(content.definition, Effort(out_of_time=lambda: thread_time() - begun > SECONDS), seconds_to_answer)
    exact = proofs.longest_path.exact and proofs.shortest_path.exact
    return Cost(measure(content.definition, proofs), exact, proofs)
