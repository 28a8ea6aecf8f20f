"""What some draft can do: solutions for many wishes at once, each solution granting all the wishes it can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.proofs.circuit import Literal
from engine.proofs.search import Effort, Model, Search


_AT_ONCE = 200_000
"""Steps after which fewer wishes are asked for at once."""


@dataclass(slots=True)
class Reached:
    """The solutions, which of them grants each wish, and the wishes that no draft grants or nobody could decide."""

    models: list[Model] = field(default_factory=list)
    granted: dict[str, int] = field(default_factory=dict)
    never: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)

    def grant(self, model: Model, wishes: Mapping[str, Literal]) -> None:
        """Note a solution and all the wishes it grants."""
        self.granted.update((wish, len(self.models)) for wish, literal in wishes.items() if model[literal])
        self.models.append(model)


def reach(search: Search, wishes: Mapping[str, Literal], preferred: Sequence[Literal], effort: Effort) -> Reached:
    """Grant every wish that can be, with what is preferred assumed wherever that leaves it possible."""
    found = Reached()
    refused = _grant_all(search, found, wishes, preferred, effort) if preferred else wishes
    found.never = list(_grant_all(search, found, refused, (), effort))
    decided = {*found.granted, *found.never}
    found.undecided = [wish for wish in wishes if wish not in decided]
    return found


def _grant_all(
    search: Search, found: Reached, wishes: Mapping[str, Literal], assumed: Sequence[Literal], effort: Effort
) -> dict[str, Literal]:
    """Grant as many wishes at once as go together, then of those that are left, and so on; those it cannot grant."""
    left, refused = dict(wishes), dict[str, Literal]()
    while left:
        together = _together(search, left, refused, assumed, effort)
        if together is None:
            return {**refused, **left} if assumed else refused
        if together:
            found.grant(search.model(), left)
        left = {wish: literal for wish, literal in left.items() if wish not in found.granted and wish not in refused}
    return refused


def _together(
    search: Search,
    left: Mapping[str, Literal],
    refused: dict[str, Literal],
    assumed: Sequence[Literal],
    effort: Effort,
) -> bool | None:
    """Whether some wishes were granted together; those refused on their own are noted; None without effort left."""
    asked = list(dict.fromkeys(left.values()))
    while asked:
        answer = search.solve([*assumed, *asked], effort, _AT_ONCE if len(asked) > 1 else None)
        if answer:
            return True
        if effort.spent:
            return None
        if answer is None:
            asked = asked[: len(asked) // 2]
            continue
        core = search.core()
        blamed = [literal for literal in asked if literal in core]
        if len(blamed) < 2:
            alone = set(blamed or asked)
            refused.update((wish, literal) for wish, literal in left.items() if literal in alone)
        asked = [literal for literal in asked if literal in blamed[:-1] or literal not in core] if blamed else []
    return False
