"""What some draft can do: solutions for many wishes at once, each solution granting all the wishes it can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.proofs.circuit import Literal
from engine.proofs.family import Family, Finder
from engine.proofs.search import Effort

_AT_ONCE = 200_000
"""Steps after which fewer wishes are asked for at once."""


@dataclass(slots=True)
class Reached:
    """The drafts found, which of them grants each wish, and the wishes that no draft grants or nobody could decide."""

    drafts: list[Family] = field(default_factory=list)
    granted: dict[str, int] = field(default_factory=dict)
    never: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)

    def grant(self, draft: Family, wishes: Mapping[str, Literal]) -> None:
        """Note a draft and all the wishes it grants."""
        self.granted.update((wish, len(self.drafts)) for wish, literal in wishes.items() if draft[0][literal])
        self.drafts.append(draft)


def reach(
    finder: Finder, wishes: Mapping[str, Literal], preferred: Sequence[Sequence[Literal]], effort: Effort
) -> Reached:
    """Grant every wish that can be, under the first of the preferred assumptions that leave it possible."""
    found = Reached()
    left = dict(wishes)
    for assumed in preferred:
        left = _Round(finder, found, assumed, effort).grant_all(left)
    last = _Round(finder, found, (), effort)
    last.grant_all(left)
    found.never = list(last.refused)
    found.undecided = [wish for wish in wishes if wish not in found.granted and wish not in last.refused]
    return found


class _Round:
    """Granting wishes under the same assumptions, as many at once as go together."""

    def __init__(self, finder: Finder, found: Reached, assumed: Sequence[Literal], effort: Effort) -> None:
        self.finder = finder
        self.found = found
        self.assumed = assumed
        self.effort = effort
        self.refused: dict[str, Literal] = {}

    def grant_all(self, wishes: Mapping[str, Literal]) -> dict[str, Literal]:
        """Those that could not be granted."""
        left = self._after_one_draft(wishes)
        while left and self._grant_together(left):
            left = {
                wish: literal
                for wish, literal in left.items()
                if wish not in self.found.granted and wish not in self.refused
            }
        return {**self.refused, **left}

    def _after_one_draft(self, wishes: Mapping[str, Literal]) -> dict[str, Literal]:
        """Those left after a draft that was asked for none of them, yet grants what it happens to."""
        draft = self.finder.find(self.assumed, self.effort, _AT_ONCE) if wishes else None
        if isinstance(draft, Sequence):
            self.found.grant(draft, wishes)
        return {wish: literal for wish, literal in wishes.items() if wish not in self.found.granted}

    def _grant_together(self, left: Mapping[str, Literal]) -> bool:
        """Grant some, or note which are refused even alone; False without effort left."""
        asked = list(dict.fromkeys(left.values()))
        while asked:
            at_most = _AT_ONCE if len(asked) > 1 else None
            draft = self.finder.find([*self.assumed, *asked], self.effort, at_most)
            if isinstance(draft, Sequence):
                self.found.grant(draft, left)
                return True
            if self.effort.spent:
                return False
            asked = asked[: len(asked) // 2] if draft is None else self._without_one(asked, left)
        return True

    def _without_one(self, asked: Sequence[Literal], left: Mapping[str, Literal]) -> list[Literal]:
        core = self.finder.search.core()
        blamed = [literal for literal in asked if literal in core]
        if len(blamed) < 2:
            alone = set(blamed or asked)
            self.refused.update((wish, literal) for wish, literal in left.items() if literal in alone)
            return [literal for literal in asked if literal not in alone]
        return [literal for literal in asked if literal != blamed[-1]]
