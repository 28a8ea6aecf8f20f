"""All proofs about one form at once: every solution found for one question serves all others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.conditions import leaves
from engine.definition import Definition
from engine.proofs.contradictions import Contradiction, contradictions
from engine.proofs.domains import Domains
from engine.proofs.paths import PathLength, longest_path, shortest_path
from engine.proofs.reading import Reading, read_form
from engine.proofs.search import Effort
from engine.proofs.survey import Survey, look_around, survey
from engine.proofs.witness import Witness

_SHARE = 0.2
_MOST_CHILDREN = 12


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is proved about a form; ids are those of sections and questions, columns are named as `people.age`.

    `never_shown` are the questions and columns that no draft shows, in order; `always_true` the conditions that hold
    in every draft that shows what they stand in; `witnesses` hold a draft for every question and column that can be
    shown, one without problems wherever there is one; `undecided` names what the effort was not enough to decide.
    """

    never_shown: tuple[str, ...]
    always_true: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    longest_path: PathLength
    shortest_path: PathLength
    witnesses: Mapping[str, Witness]
    undecided: tuple[str, ...]


def prove(definition: Definition, effort: Effort | None = None) -> Proofs:
    """Prove everything about a checked definition, each part within its share of the effort."""
    share = (effort or Effort()).share
    reading = read_form(definition)
    domains = Domains([reading])
    one = survey(domains, 1)
    look_around(one, None, share(_SHARE))
    surveys = [one, *_with_children(domains, one, share(_SHARE))]
    last = surveys[-1]
    dead = tuple(last.shown.never)
    witnesses = {path: found for each in surveys for path, found in each.witnesses()}
    return Proofs(
        never_shown=tuple(path for path in reading.paths if path in dead),
        always_true=tuple(_always_true(reading, last)),
        contradictions=tuple(contradictions(domains, len(last.encoding.variables.children), dead, share(_SHARE))),
        longest_path=longest_path(one.encoding, one.search, share(_SHARE)),
        shortest_path=shortest_path(one.encoding, one.search, share(_SHARE)),
        witnesses={path: witnesses[path] for path in reading.paths if path in witnesses},
        undecided=tuple(path for path in reading.paths if path not in witnesses and path not in dead),
    )


def _with_children(domains: Domains, one: Survey, effort: Effort) -> Iterator[Survey]:
    """What one child could not do, tried with as many as it can take: "some child" may need one each."""
    reading = one.encoding.reading
    left = frozenset((*one.shown.never, *one.failing.never))
    if reading.children_needed == 1 or not left:
        return
    several = survey(domains, min(reading.children_needed, _MOST_CHILDREN))
    look_around(several, left, effort)
    if reading.children_needed > _MOST_CHILDREN:
        several.shown.never, several.failing.never = [], []
    yield several


def _always_true(reading: Reading, last: Survey) -> Iterator[str]:
    conditions = {**reading.sections, **reading.questions}
    for owner in last.failing.never:
        if owner in last.shown.granted and any(True for _leaf in leaves(conditions[owner])):
            yield owner
