"""Why a condition can never hold: the fewest other conditions that it contradicts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.proofs.circuit import Literal
from engine.proofs.domains import Domains
from engine.proofs.draft import Draft
from engine.proofs.encoding import Encoding
from engine.proofs.search import Effort, Search


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A condition that can never hold where it stands, by the id of its section or question or its column's path.

    `against` names the sections, questions and columns whose conditions it contradicts; where it is empty the
    condition contradicts itself, or what the questions it reads can be answered with.
    """

    place: str
    against: tuple[str, ...]


def contradictions(domains: Domains, dead: Iterable[str], effort: Effort) -> Iterator[Contradiction]:
    """The reason for every condition among the dead; none for one that only stands inside another that is dead."""
    encoding = Encoding(Draft(domains), guarded=True)
    owners = [owner for owner in dead if owner in encoding.gates]
    wishes = {owner: _open(encoding, owner) for owner in owners}
    search = Search(encoding.circuit)
    for owner in owners:
        guards = _reason(search, wishes[owner], encoding.guards, owner, effort)
        if guards is not None and owner in guards:
            yield Contradiction(owner, tuple(each for each in encoding.guards if each in guards and each != owner))


def _open(encoding: Encoding, owner: str) -> Literal:
    return encoding.circuit.either(encoding.circuit.both((gate.outer, gate.holds)) for gate in encoding.gates[owner])


def _reason(
    search: Search, wish: Literal, guards: dict[str, Literal], owner: str, effort: Effort
) -> frozenset[str] | None:
    """The owners of conditions that together keep a wish from being granted, as few as asking again finds."""
    if search.solve([wish, guards[owner]], effort) is False:
        return frozenset({owner})
    blamed = [name for name in guards if name != owner]
    if search.solve([wish, guards[owner], *(guards[name] for name in blamed)], effort) is not False:
        return None
    core = search.core()
    blamed = [name for name in blamed if guards[name] in core]
    blamed = _fewest(search, [wish, guards[owner]], blamed, guards, effort)
    without = search.solve([wish, *(guards[name] for name in blamed)], effort)
    return frozenset(blamed) if without is False else frozenset({owner, *blamed})


def _fewest(
    search: Search, fixed: Sequence[Literal], blamed: Sequence[str], guards: dict[str, Literal], effort: Effort
) -> list[str]:
    kept = list(blamed)
    for name in blamed:
        fewer = [each for each in kept if each != name]
        if search.solve([*fixed, *(guards[each] for each in fewer)], effort) is False:
            kept = fewer
    return kept
