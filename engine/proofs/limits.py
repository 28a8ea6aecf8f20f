"""Limits by other answers: which values of one answer are refused while others, or today's date, have theirs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from engine.definition import Question
from engine.proofs.circuit import Literal
from engine.proofs.domains import Domain
from engine.proofs.reading import TODAY, Reading, Together, beside
from engine.question_types.base import NotKnown

Held = Mapping[str, Sequence[tuple[Literal, Any]]]
"""For each input of a limit: a literal for each value it can have, with the value."""


def refusals(
    reading: Reading, path: str, domain: Domain, together: Together, held: Held
) -> Iterator[tuple[int, list[Literal]]]:
    """Each value (by index) with the literals of other answers' values that, all true, make it invalid."""
    question = reading.paths[path]
    for combination in product(*(held[each] for each in together)):
        values = {each: value for each, (_literal, value) in zip(together, combination, strict=True)}
        for index, value in enumerate(domain.values):
            if not isinstance(value, NotKnown) and _refused(reading, path, question, value, values):
                yield index, [literal for literal, _value in combination]


def _refused(reading: Reading, path: str, question: Question, value: Any, others: Mapping[str, Any]) -> bool:
    today = others.get(TODAY)

    def look_up(name: str) -> Any:
        found = beside(path, name) if beside(path, name) in reading.paths else name
        if found in others:
            return others[found]
        worked_out = reading.paths.get(found)
        if worked_out is None or worked_out.handler.takes_answer:
            return None
        return worked_out.handler.work_out(worked_out, look_up, today)

    return question.handler.limit(question, value, look_up, today) is not None
