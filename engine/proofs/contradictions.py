"""Why a condition can never hold: the fewest other conditions that it contradicts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.proofs.circuit import Literal
from engine.proofs.domains import Domains
from engine.proofs.draft import Draft
from engine.proofs.encoding import Encoding
from engine.proofs.family import Finder
from engine.proofs.search import Effort, Search


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A condition that can never hold where it stands, by the id of its section or question or its column's path.

    `against` names the sections, questions and columns whose conditions it contradicts; where it is empty the
    condition contradicts itself, what the questions it reads can be answered with, or what there was no effort left
    to name.
    """

    place: str
    against: tuple[str, ...]


def contradictions(domains: Domains, dead: Iterable[str], effort: Effort) -> Iterator[Contradiction]:
    """The reason for every condition among the dead; none for one that only stands inside another that is dead."""
    encoding = Encoding(Draft(domains), guarded=True)
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


def _reason(
    finder: Finder, wish: Literal, guards: dict[str, Literal], owner: str, effort: Effort
) -> frozenset[str] | None:
    """The owners of conditions that together keep a wish from being granted, as few as asking again finds."""
    if finder.find([wish, guards[owner]], effort) is False:
        return frozenset({owner})
    blamed = [name for name in guards if name != owner]
    if finder.find([wish, guards[owner], *(guards[name] for name in blamed)], effort) is not False:
        return None
    core = finder.search.core()
    blamed = [name for name in blamed if guards[name] in core]
    blamed = _fewest(finder, [wish, guards[owner]], blamed, guards, effort)
    without = finder.find([wish, *(guards[name] for name in blamed)], effort)
    return frozenset(blamed) if without is False else frozenset({owner, *blamed})


def _fewest(
    finder: Finder, fixed: Sequence[Literal], blamed: Sequence[str], guards: dict[str, Literal], effort: Effort
) -> list[str]:
    kept = list(blamed)
    for name in blamed:
        fewer = [each for each in kept if each != name]
        if finder.find([*fixed, *(guards[each] for each in fewer)], effort) is False:
            kept = fewer
    return kept
