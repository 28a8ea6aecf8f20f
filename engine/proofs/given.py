"""An answer where a form asks for it: it counts while it is shown and passes what limits it."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.proofs.answers import Answer
from engine.proofs.circuit import TRUE, Circuit, Literal


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Whether a place is shown, whether what is given there passes its limits, and the values (by index) taken there.

    `taken` is None where all are, as for every question of the form that a draft belongs to.
    """

    circuit: Circuit
    shown: Literal
    answer: Answer
    passes: Literal = TRUE
    taken: frozenset[int] | None = None

    def among(self, indices: Sequence[int]) -> Literal:
        """Whether one of some values is given, and taken."""
        return self.answer.among(indices if self.taken is None else [each for each in indices if each in self.taken])

    def held(self, indices: Sequence[int]) -> Literal:
        """Whether one of some values counts."""
        return self.circuit.both((self.shown, self.passes, self.among(indices)))

    @property
    def any(self) -> Sequence[int]:
        """The index of every value."""
        return range(len(self.answer.domain.values))
