"""What another version asks otherwise of the same draft: what is newly asked, newly needed, no longer needed."""

from collections.abc import Iterator, Set

from engine.answers import problems_of
from engine.journey import Journey
from engine.places import Place


def newly_asked(before: Journey, after: Journey) -> Iterator[Place]:
    """The places shown and blank now that the old version did not have or did not show."""
    shown = _alike(before.shown_set, before, after)
    for place in after.shown:
        path = f"{place.question}.{place.column}" if place.column else place.question
        question = after.definition.find(path)
        answered = question is None or not question.handler.takes_answer or after.value(place) is not None
        if not answered and _regardless_of_child(place, before, after) not in shown:
            yield place


def needed_now(before: Journey, after: Journey) -> Iterator[Place]:
    """The blanks that must be answered now, were shown before, and did not have to be answered then."""
    shown, missing = (_alike(places, before, after) for places in (before.shown_set, set(_missing(before))))
    for place in _missing(after):
        alike = _regardless_of_child(place, before, after)
        if alike in shown and alike not in missing:
            yield place


def needed_then(before: Journey, after: Journey) -> Iterator[Place]:
    """The blanks that had to be answered before and need not be now, those no longer asked among them."""
    missing = _alike(set(_missing(after)), before, after)
    for place in _missing(before):
        if _regardless_of_child(place, before, after) not in missing:
            yield place


def _missing(journey: Journey) -> Iterator[Place]:
    return (problem.place for problem in problems_of(journey) if problem.code == "required")


def _alike(places: Set[Place], before: Journey, after: Journey) -> frozenset[Place]:
    return frozenset(_regardless_of_child(place, before, after) for place in places)


def _regardless_of_child(place: Place, before: Journey, after: Journey) -> Place:
    """The place, without the child where only one of the versions asks for each."""
    name = place.question
    asked_otherwise = (name in before.definition.per_child) != (name in after.definition.per_child)
    return place._replace(child=None) if asked_otherwise else place
