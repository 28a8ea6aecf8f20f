"""Finite domains: for each question a few answers that stand for all that a form can tell apart."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.conditions import Leaf, holds
from engine.definition import Question
from engine.proofs.pools import Pools, literals, samples_of_all
from engine.proofs.reading import Reading
from engine.proofs.tables import Pairs
from engine.question_types.base import InvalidAnswer, NotKnown

Json = Any


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """The answers that stand for all others; being absent is always possible besides.

    Of most types one answer holds at a time; where `many`, each value is a list of one option, and they combine
    but for those in `alone` (by index). Where `ordered`, the values ascend, "not known yet" last. `met` holds, for
    leaves that are known to be asked, the values over which they hold.
    """

    values: tuple[Any, ...]
    many: bool = False
    alone: frozenset[int] = frozenset()
    ordered: bool = False
    met: Mapping[Leaf, tuple[int, ...]] = field(default_factory=dict)

    def meeting(self, leaf: Leaf) -> Sequence[int]:
        """The values, by index, over which a leaf holds that does not ask for today's date."""
        if leaf in self.met:
            return self.met[leaf]
        return [index for index, value in enumerate(self.values) if holds(leaf, value, None)]


def accepts(question: Question, value: Json) -> bool:
    """Whether a question takes a value, its limits by other answers and by today's date apart."""
    if isinstance(value, NotKnown):
        return question.not_known
    try:
        read = question.handler.read(question, value)
    except InvalidAnswer:
        return False
    return read is not None and question.handler.limit(question, read, lambda _name: None, None) is None


class Domains:
    """The domains of one form, or of two over the same answers.

    Two forms share the domain of a question that has the same path, type and child in both: its values are the
    answers the first takes. `tables` are kept here for every encoding of the forms.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        """Prepare for one form, or for a base and what was made of it."""
        self.readings = readings
        self.pools = Pools(readings)
        self.today: Domain | None = Domain(self.pools.days, ordered=True) if self.pools.days else None
        self.fillers = _fillers(readings)
        self._needed = [_needed(reading, self.fillers) for reading in readings]
        self.tables: dict[Hashable, Pairs] = {}
        self._made: dict[tuple[int, str], Domain] = {}

    def owner(self, form: int, path: str) -> int:
        """The form that a question's answers belong to: the first where both forms share them."""
        return 0 if form and self._shared(path) else form

    def _shared(self, path: str) -> bool:
        kinds = [_kind(reading, path) for reading in self.readings]
        return all(kind is not None and kind == kinds[0] for kind in kinds)

    def of(self, form: int, path: str) -> Domain | None:
        """The domain of a question or column; None where nothing in any form depends on its answer."""
        owner = self.owner(form, path)
        if (owner, path) not in self._made:
            forms = tuple(range(len(self.readings))) if self._shared(path) else (owner,)
            if not any(path in self._needed[each] for each in forms):
                return None
            self._made[owner, path] = self._make(path, [self.readings[each] for each in forms])
        return self._made[owner, path]

    def _make(self, path: str, readings: Sequence[Reading]) -> Domain:
        asked = _unlike([reading.paths[path] for reading in readings])
        leaves = [leaf for reading in readings for leaf in reading.compared.get(path, ())]
        tied = self.pools.values(path)
        found = samples_of_all(asked, literals(leaves)) if tied is None else tied
        return _fewest(asked, [value for value in found if accepts(asked[0], value)], leaves, merge=tied is None)


def _unlike(asked: Sequence[Question]) -> Sequence[Question]:
    """The first question, and those of the others that may not take the same answers."""
    first, *others = asked
    return [first, *(each for each in others if _taking(each) != _taking(first))]


def _taking(question: Question) -> tuple[Any, ...]:
    """What decides which answers a question takes."""
    options = [(option.value, option.exclusive) for option in question.options]
    return question.type, question.not_known, question.settings, options


def exclusive_options(question: Question) -> frozenset[str]:
    """The options that a question with several answers takes only alone."""
    several = question.handler.measure == "choices"
    return frozenset(option.value for option in question.options if several and option.exclusive)


def _fewest(asked: Sequence[Question], values: Sequence[Any], leaves: Sequence[Leaf], merge: bool) -> Domain:
    """One value of each kind that some leaf, or the question as another form asks it, can tell from the rest."""
    first = asked[0]
    many = first.handler.measure == "choices"
    exclusive = [exclusive_options(question) for question in asked]
    met = {leaf: {at for at, value in enumerate(values) if holds(leaf, value, None)} for leaf in leaves}
    signs = _signs(met.values(), len(values)) if merge else range(len(values))
    kept: dict[Hashable, int] = {}
    for at, (value, sign) in enumerate(zip(values, signs, strict=True)):
        taken = tuple(accepts(question, value) for question in asked[1:])
        alone = tuple(many and value[0] in options for options in exclusive)
        kind = (alone, sign, taken)
        # Two options that only another form takes alone are both kept: together it refuses them.
        kept.setdefault((kind, any(alone) and not alone[0] and (kind, False) in kept), at)
    chosen = [values[at] for at in kept.values()] + ([NotKnown()] if first.not_known else [])
    apart = [index for index, value in enumerate(chosen) if many and _stands_alone(value, exclusive[0])]
    return Domain(
        tuple(chosen),
        many,
        frozenset(apart),
        ordered=not merge,
        met={leaf: _kept(leaf, found, list(kept.values()), chosen) for leaf, found in met.items()},
    )


def _stands_alone(value: Any, exclusive: frozenset[str]) -> bool:
    return isinstance(value, NotKnown) or value[0] in exclusive


def _signs(met: Iterable[set[int]], count: int) -> Sequence[int]:
    """For each value a number whose digits say which leaves hold over it."""
    signs = [0] * count
    for digit, found in enumerate(met):
        for at in found:
            signs[at] |= 1 << digit
    return signs


def _kept(leaf: Leaf, found: set[int], kept: Sequence[int], chosen: Sequence[Any]) -> tuple[int, ...]:
    indices = [index for index, at in enumerate(kept) if at in found]
    last = len(kept)
    return tuple(indices if last == len(chosen) or not holds(leaf, chosen[last], None) else [*indices, last])


def _kind(reading: Reading, path: str) -> tuple[str, bool] | None:
    question = reading.paths.get(path)
    outer = reading.paths.get(path.partition(".")[0])
    return None if question is None or outer is None else (question.type, outer.per_child)


def _needed(reading: Reading, fillers: Mapping[str, Question]) -> frozenset[str]:
    """The paths on whose answers a condition, a limit or the presence of a row depends."""
    needed = {path for path in reading.compared if path in reading.paths}
    needed |= {path for path in reading.limits if reading.paths[path].required}
    for question in reading.definition.questions:
        if question.columns and (question.id in needed or question.required) and question.id not in fillers:
            needed |= {f"{question.id}.{column.id}" for column in question.columns if column.handler.takes_answer}
    for path in reversed(reading.limits):
        if path in needed:
            needed |= {each for together in reading.limits[path] for each in together}
    return frozenset(needed)


def _fillers(readings: Sequence[Reading]) -> dict[str, Question]:
    """For rows, a column that is in every row and that nothing depends on: filling it in makes the row count."""
    found: dict[str, Question] = {}
    asked = (question for reading in readings for question in reading.definition.questions)
    for question in asked:
        for column in question.columns:
            path = f"{question.id}.{column.id}"
            if all(_free(reading, path) for reading in readings if question.id in reading.paths):
                found.setdefault(question.id, column)
    return {rows: column for rows, column in found.items() if counted_alike(rows, readings)}


def counted_alike(rows: str, readings: Sequence[Reading]) -> bool:
    """Whether a row that holds something to one form holds something to every other: no cell is refused or hidden."""
    asked = [reading.paths[rows].columns for reading in readings if rows in reading.paths]
    alike = all(
        {each.id: _taking(each) for each in columns} == {each.id: _taking(each) for each in asked[0]}
        for columns in asked
    )
    paths = [f"{rows}.{column.id}" for column in asked[0]]
    free = not any(path in reading.questions or path in reading.limits for path in paths for reading in readings)
    return len(asked) == 1 or (alike and free)


def _free(reading: Reading, path: str) -> bool:
    column = reading.paths.get(path)
    if column is None or path in reading.compared or path in reading.questions or path in reading.limits:
        return False
    return column.handler.takes_answer and bool(column.handler.samples(column, ()))
