"""Taking answers in: what is wrong with them, and whether they are complete enough to submit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definition import Definition
from engine.forms import Address, changes
from engine.journey import ONE_CHILD, Context, Journey, evaluate
from engine.messages import in_words
from engine.places import Place
from engine.question_types.base import Finding

Json = Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way of submitting: where, a stable code, what to do in plain words, and what these say."""

    place: Place
    code: str
    message: str
    finding: Finding = field(compare=False, repr=False)

    def to_json(self) -> dict[str, str]:
        """The shape the command line prints."""
        return {"question": str(self.place), "code": self.code, "message": self.message}


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of posted answers: the draft values to keep by question, and what that opened, closed and got wrong.

    `problems` are those of the questions posted and those posted where no answer is taken, which is not kept.
    """

    changed: Mapping[str, Json]
    journey: Journey
    problems: tuple[Problem, ...]
    opened: tuple[Place, ...]
    closed: tuple[Place, ...]


def accept(before: Journey, posted: Mapping[Address, Json]) -> Accepted:
    """Take posted answers into a draft: invalid ones are kept as they were typed and told, never refused.

    Only the questions posted change; a blank takes an answer away. What is required is no matter until submission.
    """
    refused = {address: code for address in posted if (code := _refusal(before.definition, address))}
    kept = {address: value for address, value in posted.items() if address not in refused}
    changed = changes(before.definition, before.answers, kept)
    after = before.change(changed) if changed else before
    asked = {address.question for address in kept}
    problems = [_problem(place, finding) for place, finding in after.findings if place.question in asked]
    problems += [_problem(Place(at.question, at.child), Finding(code, {})) for at, code in refused.items()]
    return Accepted(
        changed=changed,
        journey=after,
        problems=tuple(problems),
        opened=tuple(place for place in after.shown if place not in before.shown_set),
        closed=tuple(place for place in before.shown if place not in after.shown_set),
    )


def _refusal(definition: Definition, address: Address) -> str | None:
    """The code of an answer that has no place in the draft; None for one that has."""
    path = address.question if address.column is None else f"{address.question}.{address.column}"
    question = definition.find(path)
    if question is None or definition.by_id[address.question].per_child != (address.child is not None):
        return "unknown_question"
    return None if question.handler.takes_answer else f"{question.type}_posted"


def _problem(place: Place, finding: Finding) -> Problem:
    return Problem(place, finding.code, in_words(finding), finding)


def complete(definition: Definition, answers: Mapping[str, Json], context: Context = ONE_CHILD) -> tuple[Problem, ...]:
    """Everything that must change before submission, in definition order; empty when the answers are complete."""
    return problems_of(evaluate(definition, answers, context))


def problems_of(journey: Journey) -> tuple[Problem, ...]:
    """The problems of answers that have been evaluated already."""
    found = dict(journey.findings)
    found.update((place, Finding("required", {})) for place in _missing(journey) if place not in found)
    order = {place: index for index, place in enumerate(journey.shown)}
    last = {place.question: index for place, index in order.items()}
    ranked = sorted(found.items(), key=lambda each: order.get(each[0], last.get(each[0].question, 0) + 0.5))
    unknown = sorted(journey.answers.keys() - journey.plan.of_question.keys())
    ranked += [(Place(name), Finding("unknown_question", {})) for name in unknown]
    return tuple(_problem(place, finding) for place, finding in ranked)


def _missing(journey: Journey) -> Iterator[Place]:
    find = journey.definition.find
    for place in journey.shown:
        question = find(f"{place.question}.{place.column}" if place.column else place.question)
        if question is None or not question.required or journey.value(place) is not None:
            continue
        rows = place._replace(row=None, column=None)
        if place.row is None or place.row not in journey.blank_rows(rows):
            yield place
