"""What drafts about some number of children can show, and which conditions they can keep from holding."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.places import Place
from engine.proofs.circuit import Circuit, Literal
from engine.proofs.domains import Domains
from engine.proofs.encoding import Encoding
from engine.proofs.reach import Reached, reach
from engine.proofs.search import Effort, Search
from engine.proofs.variables import Variables
from engine.proofs.witness import Witness, witness


@dataclass(slots=True)
class Survey:
    """One encoding of a form, its solver, what can be shown and which conditions can fail, by id or path."""

    encoding: Encoding
    search: Search
    shown: Reached = field(default_factory=Reached)
    failing: Reached = field(default_factory=Reached)

    def witnesses(self) -> Iterator[tuple[str, Witness]]:
        """A draft for each question and column it can show, checked by evaluating it."""
        definition = self.encoding.reading.definition
        made = [witness([self.encoding], model) for model in self.shown.models]
        showing = [{path_of(place) for place in each.journey(definition).shown} for each in made]
        for path, index in self.shown.granted.items():
            if path in showing[index]:
                yield path, made[index]


def path_of(place: Place) -> str:
    """The question's id, or the column as `people.age`."""
    return f"{place.question}.{place.column}" if place.column else place.question


def survey(domains: Domains, children: int) -> Survey:
    """A form made ready for the solver, about one child or several."""
    encoding = Encoding(Variables(domains, Circuit(), children))
    return Survey(encoding, Search(encoding.circuit))


def look_around(over: Survey, only: frozenset[str] | None, effort: Effort) -> None:
    """Find what can be shown and what can fail; of `only` these ids and paths where they are named."""
    shown, failing = _wishes(over.encoding)
    over.search.load()
    over.search.prefer(shown.values())
    over.shown = reach(over.search, _named(shown, only), [over.encoding.complete], effort)
    over.search.prefer(failing.values())
    over.failing = reach(over.search, _named(failing, only), (), effort)


def _named(wishes: Mapping[str, Literal], only: frozenset[str] | None) -> Mapping[str, Literal]:
    return wishes if only is None else {name: wish for name, wish in wishes.items() if name in only}


def _wishes(encoding: Encoding) -> tuple[dict[str, Literal], dict[str, Literal]]:
    both, either = encoding.circuit.both, encoding.circuit.either
    open_gates = {owner: either(both((g.outer, g.holds)) for g in gates) for owner, gates in encoding.gates.items()}
    failing = {owner: either(both((g.outer, -g.holds)) for g in gates) for owner, gates in encoding.gates.items()}
    places: defaultdict[str, list[Literal]] = defaultdict(list)
    for place, shown in encoding.shown.items():
        places[path_of(place)].append(shown)
    return {**open_gates, **{path: either(found) for path, found in places.items()}}, failing
