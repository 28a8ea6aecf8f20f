"""What one submitted form is measured by: numbers alone, and of what its trial's plan names alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.definition import Definition
from engine.journey import Journey
from engine.places import Place
from engine.question_types.base import NotKnown
from engine.trials.plan import Plan

HARM = "harm"
"""The measure that says whether the answer was given that points to harm."""
NEVER_ANSWERED = frozenset({"statement", "worked_out"})


def measures_of(plan: Plan, journey: Journey, active_seconds: int, days: float) -> dict[str, float]:
    """Each measure of a form by its name, as `Outcome.measure` gives it; what cannot be told is left out.

    `active_seconds` are those that people were at it, `days` from when it was begun until it was submitted.
    """
    found = {outcome.measure: _measure(outcome.kind, outcome.question, journey) for outcome in plan.outcomes}
    timed = {"minutes": active_seconds / 60, "days": days}
    found.update({name: value for name, value in timed.items() if name in found})
    if plan.harm.question:
        found[HARM] = float(plan.harm.value in _answers(journey, plan.harm.question))
    return {name: value for name, value in found.items() if value is not None}


def _measure(kind: str, question: str, journey: Journey) -> float | None:
    """One that is read from the answers; None for one that is not, and where there is nothing to read."""
    if kind == "words":
        return float(words_of_analysis(journey))
    if kind == "not_known":
        return share_not_known(journey)
    return _answer(journey, question) if kind == "answer" else None


def words_of_analysis(journey: Journey) -> int:
    """How many words of thinking it holds, as people wrote them."""
    return sum(len(text.split()) for text in _analysis(journey))


def words_of_record(definition: Definition, record: Mapping[str, Any]) -> int:
    """The same of a form that was submitted, from its record as JSON, in which nothing stands that was not asked."""
    texts = (text for name, value in record.items() for text in _texts(definition, name, value))
    return sum(len(text.split()) for text in texts)


def _texts(definition: Definition, path: str, value: Any) -> Iterator[str]:
    """The texts of thinking in the answer to a question or column, each child's and each row's apart."""
    question = definition.find(path)
    if question is None:
        return
    for answer in value.values() if question.per_child and isinstance(value, Mapping) else (value,):
        text = answer.get("text") if isinstance(answer, Mapping) else answer
        if question.kind == "analysis" and isinstance(text, str) and question.handler.measure == "text":
            yield text
        for row in answer if isinstance(answer, list) else ():
            for key, cell in row.items() if isinstance(row, Mapping) else ():
                yield from _texts(definition, f"{path}.{key}", cell)


def share_not_known(journey: Journey) -> float | None:
    """The share of what was asked that is answered with "not known yet", from 0 to 1; None where nothing was asked."""
    asked = [place for place in journey.shown if _question_type(journey, place) not in NEVER_ANSWERED]
    known_not = sum(isinstance(journey.value(place), NotKnown) for place in asked)
    return known_not / len(asked) if asked else None


def _question_type(journey: Journey, place: Place) -> str:
    question = journey.definition.find(f"{place.question}.{place.column}" if place.column else place.question)
    return question.type if question else "statement"


def _analysis(journey: Journey) -> Iterator[str]:
    for place in journey.shown:
        path = f"{place.question}.{place.column}" if place.column else place.question
        question = journey.definition.find(path)
        if question is not None and question.kind == "analysis":
            value = journey.value(place)
            text = value.get("text") if isinstance(value, Mapping) else value
            if isinstance(text, str) and question.handler.measure == "text":
                yield text


def _answers(journey: Journey, question: str) -> list[Any]:
    """The answers to a question, one for each child where it is asked for each; "not known yet" is none."""
    value = journey.values.get(question)
    found = list(value.values()) if question in journey.definition.per_child and value else [value]
    flat = [each for one in found for each in (one if isinstance(one, list | tuple) else [one])]
    return [each for each in flat if each is not None and not isinstance(each, NotKnown)]


def _answer(journey: Journey, question: str) -> float | None:
    """The number that answers a question, yes 1 and no 0; of several children the mean."""
    asked = journey.definition.by_id.get(question)
    if asked is None or not asked.handler.summed_as:
        return None
    numbers = [asked.handler.figure(each) for each in _answers(journey, question)]
    return sum(numbers) / len(numbers) if numbers else None
