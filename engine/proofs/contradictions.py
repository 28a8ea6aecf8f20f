"""Why a condition can never hold: the fewest other conditions that it contradicts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.proofs.circuit import Literal
from engine.proofs.domains import Domains
from engine.proofs.draft import Draft
from engine.proofs.encoding import Encoding
from engine.proofs.family import Finder
from engine.proofs.search import Effort, Search

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A condition that can never hold where it stands, by the id of its section or question or its column's path.

    `against` names the sections, questions and columns whose conditions it contradicts; where it is empty the
    condition contradicts itself, what the questions it reads can be answered with, or what there was no effort left
    to name.
    """

    place: str
    against: tuple[str, ...]


def contradictions(domains: Domains, dead: Sequence[str], effort: Effort) -> Iterator[Contradiction]:
    """The reason for every condition among the dead; none for one that only stands inside another that is dead."""
    encoding = Encoding(Draft(domains), guarding=domains.readings[0].ancestors(dead))
    owners = [owner for owner in dead if owner in encoding.gates]
    wishes = {owner: _open(encoding, owner) for owner in owners}
    finder = Finder([encoding], Search(encoding.circuit))
    for owner in owners:
        guards = _reason(finder, wishes[owner], encoding.guards, owner, effort)
        if guards is None:
            guards = frozenset() if _stands_in(encoding, owner) in owners else frozenset({owner})
        if owner in guards:
            yield Contradiction(owner, tuple(each for each in encoding.guards if each in guards and each != owner))


def _stands_in(encoding: Encoding, owner: str) -> str | None:
    """The section of a question, the rows of a column; None for a section."""
    rows, dot, _column = owner.partition(".")
    section = encoding.reading.definition.section_of.get(owner)
    if dot:
        return rows
    return None if section is None else section.id


def _open(encoding: Encoding, owner: str) -> Literal:
    return encoding.circuit.either(encoding.circuit.both((gate.outer, gate.holds)) for gate in encoding.gates[owner])


def _reason(finder: Finder, wish: Literal, guards: Mapping[str, Literal], owner: str, effort: Effort) -> Names | None:
    """The owners of conditions that together keep a wish from being granted, as few as asking again finds.

    Only where the solver cannot tell without them are further children looked for, which takes longer; what is
    learnt from that once is enough to tell which conditions it takes.
    """
    search = finder.search
    if search.solve([wish, guards[owner]], effort) is False:
        return frozenset({owner})
    blamed = [name for name in guards if name != owner]
    every = [wish, guards[owner], *(guards[name] for name in blamed)]
    if search.solve(every, effort) is not False and finder.find(every, effort) is not False:
        return None
    core = search.core()
    blamed = [name for name in blamed if guards[name] in core]
    for name in tuple(blamed):
        fewer = [each for each in blamed if each != name]
        if search.solve([wish, guards[owner], *(guards[each] for each in fewer)], effort) is False:
            blamed = fewer
    without = search.solve([wish, *(guards[name] for name in blamed)], effort)
    return frozenset(blamed) if without is False else frozenset({owner, *blamed})
