"""How far each section is, and which one comes next."""

from dataclasses import dataclass

from engine.definition import Section
from engine.journey.evaluation import Journey
from engine.places import Place


@dataclass(frozen=True, slots=True)
class SectionState:
    """A shown section with the questions asked in it now (a question once for each child, rows once) and answered."""

    section: Section
    asked: int
    answered: int


def section_states(journey: Journey) -> tuple[SectionState, ...]:
    """Every section with something to show, in order."""
    return tuple(state for section in journey.definition.sections if (state := _state(journey, section)))


def _state(journey: Journey, section: Section) -> SectionState | None:
    places = [place for place in journey.shown_in(section.id) if place.row is None]
    if not places:
        return None
    asked = [place for place in places if _takes_answer(journey, place)]
    answered = sum(journey.value(place) is not None for place in asked)
    return SectionState(section, len(asked), answered)


def _takes_answer(journey: Journey, place: Place) -> bool:
    return journey.definition.by_id[place.question].handler.takes_answer


def next_section(journey: Journey, section_id: str) -> Section | None:
    """The first shown section after one; None after the last."""
    order = [section.id for section in journey.definition.sections]
    later = set(order[order.index(section_id) + 1 :])
    return next((state.section for state in section_states(journey) if state.section.id in later), None)
