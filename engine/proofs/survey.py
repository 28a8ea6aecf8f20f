"""What drafts can show, and which conditions they can keep from holding."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from engine.places import Place
from engine.proofs.circuit import Literal
from engine.proofs.encoding import Encoding
from engine.proofs.family import Finder
from engine.proofs.reach import Reached, reach
from engine.proofs.search import Effort
from engine.proofs.witness import Witness, witness


@dataclass(frozen=True, slots=True)
class Survey:
    """What can be shown and which conditions can fail where they stand, by the id of a section or question or path."""

    encoding: Encoding
    shown: Reached
    failing: Reached

    def witnesses(self) -> Iterator[tuple[str, Witness]]:
        """A draft for each question and column it can show, checked by evaluating it."""
        definition = self.encoding.reading.definition
        made = [witness([self.encoding], draft) for draft in self.shown.drafts]
        showing = [{path_of(place) for place in each.journey(definition).shown} for each in made]
        for path, index in self.shown.granted.items():
            if path in showing[index]:
                yield path, made[index]


def path_of(place: Place) -> str:
    """The question's id, or the column as `people.age`."""
    return f"{place.question}.{place.column}" if place.column else place.question


def survey(encoding: Encoding, finder: Finder, effort: Effort) -> Survey:
    """Look for all that drafts can show and all conditions they can keep from holding."""
    shown, failing = _wishes(encoding)
    alone, complete = encoding.draft.alone, encoding.complete
    several = bool(encoding.logic.some_child)
    finder.search.load()
    finder.search.prefer([*shown.values(), *encoding.draft.likely])
    can_show = reach(finder, shown, [(complete, alone), *([(alone,), (complete,)] if several else [])], effort)
    finder.search.prefer(failing.values())
    can_fail = reach(finder, failing, [(alone,)] if several else [], effort)
    return Survey(encoding, can_show, can_fail)


def _wishes(encoding: Encoding) -> tuple[dict[str, Literal], dict[str, Literal]]:
    both, either = encoding.circuit.both, encoding.circuit.either
    standing = {owner: either(both((g.outer, g.holds)) for g in gates) for owner, gates in encoding.gates.items()}
    failing = {owner: either(both((g.outer, -g.holds)) for g in gates) for owner, gates in encoding.gates.items()}
    places: defaultdict[str, list[Literal]] = defaultdict(list)
    for place, shown in encoding.shown.items():
        places[path_of(place)].append(shown)
    return {**standing, **{path: either(found) for path, found in places.items()}}, failing
