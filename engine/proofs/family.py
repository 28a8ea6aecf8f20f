"""Drafts about several children: solutions for one child each, that agree on all that is not about a child."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.proofs.circuit import Literal
from engine.proofs.encoding import Encoding
from engine.proofs.search import Effort, Model, Search

Family = Sequence[Model]
"""One solution for each child of a draft; the first is the child that was asked for."""


@dataclass(slots=True)
class Finder:
    """Finds drafts: the solver settles one child at a time, and further children are found for what "some child" needs.

    Without `draft.alone` assumed, a leaf that some child must meet needs no child in the solver's eyes. Where a
    solution leaves one unmet, another child is sought with all else equal; where there can be none, that is noted as
    a clause, and the search goes on. So what the solver says cannot be, cannot be with any number of children.
    """

    encodings: Sequence[Encoding]
    search: Search

    def find(self, assumed: Sequence[Literal], effort: Effort, at_most: int | None = None) -> Family | bool | None:
        """A draft that meets what is assumed; False where there is none, None where the effort ran out."""
        while True:
            answer = self.search.solve(assumed, effort, at_most)
            if not answer:
                return answer
            family = self._brought_together(self.search.model(), effort)
            if family or family is None:
                return family

    def _brought_together(self, first: Model, effort: Effort) -> Family | bool | None:
        family = [first]
        agreed: list[Literal] = []
        for each in (each for encoding in self.encodings for each in encoding.logic.some_child.values()):
            if not first[each.some] or any(child[each.this] for child in family):
                continue
            agreed = agreed or self._agreed(first)
            answer = self.search.solve([*agreed, each.this], effort)
            if answer is None:
                return None
            if not answer:
                core = self.search.core() - {each.this}
                self.search.circuit.require(-each.some, *(-literal for literal in core))
                self.search.load()
                return False
            family.append(self.search.model())
        return family

    def _agreed(self, first: Model) -> list[Literal]:
        """All that is the same for every child, as the first solution has it."""
        draft = self.encodings[0].draft
        fixed = [*draft.shared]
        for encoding in self.encodings:
            fixed += [encoding.complete, *encoding.guards.values()]
            fixed += [each.some for each in encoding.logic.some_child.values()]
        return first.of(fixed)
