"""Taking answers in: what is wrong with them, and whether they are complete enough to submit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition import Definition
from engine.journey import ONE_CHILD, Context, Journey, evaluate
from engine.messages import in_words
from engine.places import Place
from engine.question_types.base import Finding

Json = Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way of submitting: where, a stable code, and what to do in plain words."""

    place: Place
    code: str
    message: str

    def to_json(self) -> dict[str, str]:
        """The shape the command line prints."""
        return {"question": str(self.place), "code": self.code, "message": self.message}


def complete(definition: Definition, answers: Mapping[str, Json], context: Context = ONE_CHILD) -> tuple[Problem, ...]:
    """Everything that must change before the answers can be submitted, in definition order; empty when complete."""
    return problems_of(evaluate(definition, answers, context))


def problems_of(journey: Journey) -> tuple[Problem, ...]:
    """The problems of answers that have been evaluated already."""
    found = dict(journey.findings)
    missing = {place: Finding("required", {}) for place in _missing(journey) if place not in found}
    order = {place: index for index, place in enumerate(journey.shown)}
    ends = {place.question: index for place, index in order.items()}
    ranked = sorted(
        {**found, **missing}.items(), key=lambda each: order.get(each[0], ends.get(each[0].question, 0) + 0.5)
    )
    unknown = [
        (Place(name), Finding("unknown_question", {}))
        for name in journey.answers.keys() - journey.plan.of_question.keys()
    ]
    return tuple(
        Problem(place, finding.code, in_words(finding))
        for place, finding in [*ranked, *sorted(unknown, key=lambda u: u[0].question)]
    )


def _missing(journey: Journey) -> Iterator[Place]:
    find = journey.definition.find
    for place in journey.shown:
        question = find(f"{place.question}.{place.column}" if place.column else place.question)
        if question is None or not question.required or journey.value(place) is not None:
            continue
        rows = place._replace(row=None, column=None)
        if place.row is None or place.row not in journey.blank_rows(rows):
            yield place
