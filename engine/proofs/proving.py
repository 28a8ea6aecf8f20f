"""All proofs about one form at once: every solution found for one question serves all others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from engine.conditions import leaves
from engine.definition import Definition
from engine.proofs.contradictions import Contradiction, contradictions
from engine.proofs.domains import Domains
from engine.proofs.draft import Draft
from engine.proofs.encoding import Encoding
from engine.proofs.family import Finder
from engine.proofs.paths import Cost, PathLength, longest_path, shortest_path
from engine.proofs.reading import Reading, read_form
from engine.proofs.search import Effort, Search
from engine.proofs.size import too_large
from engine.proofs.survey import Survey, survey
from engine.proofs.witness import Witness
from engine.proofs.wordless import wordless

_REMEMBERED = 16
_TO_SURVEY, _TO_EXPLAIN, _TO_A_PATH = 0.5, 0.1, 0.2
_WHERE_CROWDED = 0.1


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is proved about a form; ids are those of sections and questions, columns are named as `people.age`.

    `never_shown` are the questions and columns that no draft shows, in order; `always_true` the conditions that hold
    in every draft that shows what they stand in; `witnesses` hold a draft for every question and column that can be
    shown, one without problems wherever there is one; `undecided` names what the effort was not enough to decide.
    `finished` says that of every condition it is known whether it can fail, and what it contradicts if it never holds.
    """

    never_shown: tuple[str, ...]
    always_true: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    longest_path: PathLength
    shortest_path: PathLength
    witnesses: Mapping[str, Witness]
    undecided: tuple[str, ...]
    finished: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing was left undecided or unexplained: more effort would give the same."""
        return self.finished and not self.undecided and self.longest_path.exact and self.shortest_path.exact


class _NotWhole(Exception):
    """What an effort was not enough for; another may be."""

    def __init__(self, proofs: Proofs) -> None:
        super().__init__()
        self.proofs = proofs


@dataclass(frozen=True, slots=True)
class _Asked:
    """A form to be proved something about; one that only puts the same in other words is equal to it."""

    wordless: str
    definition: Definition = field(compare=False)
    effort: Effort = field(compare=False)
    cost: Cost | None = None


def prove(definition: Definition, effort: Effort | None = None, cost: Cost | None = None) -> Proofs:
    """Prove everything about a checked definition, each part within its share of the effort.

    `cost` decides between longest paths that ask equally many questions.

    Of a form too large for any person to have written, nothing is tried: everything is undecided. What was proved
    whole is remembered, so that other words for a question leave nothing to prove again.
    """
    try:
        return _whole(_Asked(wordless(definition), definition, effort or Effort(), cost))
    except _NotWhole as tried:
        return tried.proofs


def forget() -> None:
    """Let go of what was proved in this process: the next proof starts from nothing."""
    _whole.cache_clear()


@lru_cache(maxsize=_REMEMBERED)
def _whole(asked: _Asked) -> Proofs:
    """What is proved of a form; raises _NotWhole, for only what is whole may be remembered."""
    proofs = _tried(read_form(asked.definition), asked.effort, asked.cost)
    if not proofs.whole:
        raise _NotWhole(proofs)
    return proofs


def _tried(reading: Reading, effort: Effort, cost: Cost | None) -> Proofs:
    if too_large(reading):
        return _nothing(reading)
    if reading.crowded:
        return _without_claims(_proved(reading, effort.share(_WHERE_CROWDED), cost), reading)
    return _proved(reading, effort, cost)


def _nothing(reading: Reading) -> Proofs:
    paths = tuple(reading.paths)
    return Proofs((), (), (), _unknown(_most(reading)), _unknown(0), {}, paths)


def _unknown(bound: int) -> PathLength:
    return PathLength(0, bound, False, None)


def _most(reading: Reading) -> int:
    return sum(question.handler.takes_answer for question in reading.definition.questions)


def _without_claims(proofs: Proofs, reading: Reading) -> Proofs:
    """What was met with stands; that something cannot be does not."""
    return replace(
        proofs,
        never_shown=(),
        always_true=(),
        contradictions=(),
        longest_path=replace(proofs.longest_path, exact=False, bound=_most(reading)),
        shortest_path=replace(proofs.shortest_path, exact=False, bound=0),
        undecided=tuple(path for path in reading.paths if path not in proofs.witnesses),
    )


def _proved(reading: Reading, effort: Effort, cost: Cost | None) -> Proofs:
    domains = Domains([reading])
    encoding = Encoding(Draft(domains))
    finder = Finder([encoding], Search(encoding.circuit))
    found = survey(encoding, finder, effort.share(_TO_SURVEY))
    witnesses = dict(found.witnesses())
    dead = frozenset(found.shown.never)
    explaining = effort.share(_TO_EXPLAIN)
    return Proofs(
        never_shown=tuple(path for path in reading.paths if path in dead),
        always_true=tuple(_always_true(found)),
        contradictions=tuple(contradictions(domains, found.shown.never, explaining)) if dead else (),
        longest_path=longest_path(encoding, finder, effort.share(_TO_A_PATH), cost),
        shortest_path=shortest_path(encoding, finder, effort.share(_TO_A_PATH)),
        witnesses={path: witnesses[path] for path in reading.paths if path in witnesses},
        undecided=tuple(path for path in reading.paths if path not in witnesses and path not in dead),
        finished=not found.failing.undecided and not explaining.spent,
    )


def _always_true(found: Survey) -> Iterator[str]:
    reading = found.encoding.reading
    conditions = {**reading.sections, **reading.questions}
    for owner in found.failing.never:
        if owner in found.shown.granted and any(True for _leaf in leaves(conditions[owner])):
            yield owner
