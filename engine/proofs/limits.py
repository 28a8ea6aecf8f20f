"""Limits by other answers: which values of one answer are refused while others, or today's date, have theirs."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

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
        self._circuit = draft.circuit
        self._given = given
        self._today = None if draft.today is None else Given(draft.circuit, TRUE, draft.today)
        self._tables = draft.domains.tables

    def refused(self, path: str, place: Place, given: Given) -> Iterator[Literal]:
        """Literals for every way in which earlier answers and today's date refuse what is given at a place."""
        for together in self._reading.limits.get(path, ()):
            inputs = [found for each in together if (found := self._input(each, place)) is not None]
            if len(inputs) == len(together):
                yield from self._refused_by(path, given, together, inputs)

    def _input(self, path: str, reader: Place) -> Given | None:
        if path == TODAY:
            return self._today
        name, _, column = path.partition(".")
        child = reader.child if name in self._reading.definition.per_child else None
        return self._given.get(Place(name, child, reader.row if column else None, column or None))

    def _refused_by(self, path: str, given: Given, together: Together, inputs: Sequence[Given]) -> Iterator[Literal]:
        known = [[at for at in each.any if not isinstance(each.answer.domain.values[at], NotKnown)] for each in inputs]
        combinations = list(product(*known))
        for group, values in self._table(path, given, together, inputs, combinations):
            held = self._held(inputs, [combinations[at] for at in group])
            yield self._circuit.both((held, given.answer.among(values)))

    def _held(self, inputs: Sequence[Given], combinations: Sequence[Combination]) -> Literal:
        if len(inputs) == 1:
            return inputs[0].held([at for (at,) in combinations])
        both, either = self._circuit.both, self._circuit.either
        return either(
            both(each.held([at]) for each, at in zip(inputs, combination, strict=True)) for combination in combinations
        )

    def _table(
        self,
        path: str,
        given: Given,
        together: Together,
        inputs: Sequence[Given],
        combinations: Sequence[Combination],
    ) -> Pairs:
        values = given.answer.domain.values
        key = (self._asked(path, together), values, *(each.answer.domain.values for each in inputs))
        if key in self._tables:
            return self._tables[key]

        def refuses(first: int, second: int) -> bool:
            held = zip(together, inputs, combinations[first], strict=True)
            others = {name: each.answer.domain.values[at] for name, each, at in held}
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
