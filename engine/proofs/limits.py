"""Limits by other answers: which values of one answer are refused while others, or today's date, have theirs."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from engine.places import Place
from engine.proofs.circuit import TRUE, Literal
from engine.proofs.draft import Draft
from engine.proofs.given import Given
from engine.proofs.reading import TODAY, Reading, Together, beside
from engine.proofs.tables import Pairs, meeting
from engine.question_types.base import NotKnown

Combination = tuple[int, ...]


class Limits:
    """The limits of one form; questions with like settings and values share a table of what is refused."""

    def __init__(self, reading: Reading, draft: Draft, given: Mapping[Place, Given]) -> None:
        """Look earlier answers up in `given`, which grows as the form is read."""
        self._reading = reading
        self._draft = draft
        self._given = given
        self._today = None if draft.today is None else Given(draft.circuit, TRUE, draft.today)
        self._tables = draft.domains.tables

    def refused(self, path: str, place: Place, given: Given) -> Iterator[Literal]:
        """Literals for every way in which earlier answers and today's date refuse what is given at a place."""
        for together in self._reading.limits.get(path, ()):
            inputs = [found for each in together if (found := self._input(each, place)) is not None]
            if len(inputs) == len(together):
                yield from self._refused_by(path, given, together, inputs)

    def _input(self, path: str, reader: Place) -> "_Input | None":
        if path == TODAY:
            return None if self._today is None else _Input(self._today, None)
        name, _, column = path.partition(".")
        child = reader.child if name in self._reading.definition.per_child else None
        given = self._given.get(Place(name, child, reader.row if column else None, column or None))
        return None if given is None else _Input(given, self._draft if reader.child and not child else None)

    def _refused_by(self, path: str, given: Given, together: Together, inputs: Sequence["_Input"]) -> Iterator[Literal]:
        known = [[at for at in each.given.any if not isinstance(each.values[at], NotKnown)] for each in inputs]
        combinations = list(product(*known))
        both, either = self._draft.circuit.both, self._draft.circuit.either
        for group, values in self._table(path, given, together, inputs, combinations):
            if len(inputs) == 1:
                held = inputs[0].held([combinations[at][0] for at in group])
            else:
                pairs = (zip(inputs, combinations[at], strict=True) for at in group)
                held = either(both(each.held([at]) for each, at in pair) for pair in pairs)
            yield both((held, given.answer.among(values)))

    def _table(
        self,
        path: str,
        given: Given,
        together: Together,
        inputs: Sequence["_Input"],
        combinations: Sequence[Combination],
    ) -> Pairs:
        values = given.answer.domain.values
        key = (self._asked(path, together), values, *(each.values for each in inputs))
        if key in self._tables:
            return self._tables[key]

        def refuses(first: int, second: int) -> bool:
            held = zip(together, inputs, combinations[first], strict=True)
            others = {name: each.values[at] for name, each, at in held}
            return not isinstance(values[second], NotKnown) and self._refuses(path, values[second], others)

        found = self._tables[key] = meeting(len(combinations), len(values), refuses)
        return found

    def _asked(self, path: str, together: Together) -> Hashable:
        """Equal for limits that must refuse alike: one by one answer does not mind what that question is called."""
        question = self._reading.paths[path]
        if len(together) > 1:
            return (self._reading.definition.content_hash, path)
        settings = {
            name: None if together[0] in (value, beside(path, str(value))) else value
            for name, value in question.settings.items()
        }
        return (question.type, repr(sorted(settings.items())))

    def _refuses(self, path: str, value: Any, others: Mapping[str, Any]) -> bool:
        question, today = self._reading.paths[path], others.get(TODAY)

        def look_up(name: str) -> Any:
            found = beside(path, name) if beside(path, name) in self._reading.paths else name
            if found in others:
                return others[found]
            worked_out = self._reading.paths.get(found)
            if worked_out is None or worked_out.handler.takes_answer:
                return None
            return worked_out.handler.work_out(worked_out, look_up, today)

        return question.handler.limit(question, value, look_up, today) is not None


class _Input(NamedTuple):
    """An answer that limits another; shared in a draft where it is about no child and limits a child's answer."""

    given: Given
    shared_in: Draft | None

    @property
    def values(self) -> Sequence[Any]:
        return self.given.answer.domain.values

    def held(self, indices: Sequence[int]) -> Literal:
        literal = self.given.held(indices)
        return literal if self.shared_in is None else self.shared_in.share(literal)
