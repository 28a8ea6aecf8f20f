"""Coming back to a draft: where one wrote last, and who has written since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.definition import Section
from engine.forms import Address, field_name
from engine.journey import section_states
from engine.places import Place
from webapp.access import Viewer
from webapp.assessments.writing import Writing
from webapp.dates import moment_in_words
from webapp.drawing.questions import element_id
from webapp.store.answers import Answer
from webapp.store.database import Connection
from webapp.store.people import names_of
from webapp.words import form_words, put

JUST_NOW = timedelta(minutes=30)
"""Whoever wrote more lately than this has not been away."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that one wrote in: what it asks, and its address beside a section's own."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who has written since, and in which sections: their ids and titles."""

    name: str
    sections: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Welcome:
    """What is said to somebody who comes back: when they wrote last, where, and who has written since."""

    wrote_at: str
    question: Question | None
    colleagues: Sequence[Colleague]


def section_to_go_on_with(writing: Writing, viewer: Viewer) -> str | None:
    """The section where one wrote last, else the first with something left; None where nothing is left anywhere.

    Whoever has written nothing begins at the beginning.
    """
    states = section_states(writing.journey)
    own = _own(writing, viewer)
    if not own:
        return next((state.section.id for state in states), None)
    last = _last_shown(writing, own)
    if last is not None:
        return writing.definition.section_of[last.question].id
    return next((state.section.id for state in states if state.answered < state.asked), None)


def welcome_back(
    connection: Connection, writing: Writing, viewer: Viewer, here: Section, now: datetime
) -> Welcome | None:
    """What to say at the top of a section to whoever comes back to it; None to somebody who was never away."""
    if not was_away(writing, viewer, now):
        return None
    own = _own(writing, viewer)
    wrote_at = max(answer.saved_at for answer in own.values())
    last = _last_shown(writing, own)
    question = None if last is None else _question(writing, last, here)
    return Welcome(moment_in_words(wrote_at, now), question, _since(connection, writing, viewer, wrote_at))


def was_away(writing: Writing, viewer: Viewer, now: datetime) -> bool:
    """Whether somebody has written here, and not just now."""
    wrote_at = max((answer.saved_at for answer in _own(writing, viewer).values()), default=now)
    return now - wrote_at >= JUST_NOW


def _own(writing: Writing, viewer: Viewer) -> Mapping[Place, Answer]:
    return {place: each for place, each in writing.answers.by_place.items() if each.saved_by == viewer.id}


def _last_shown(writing: Writing, own: Mapping[Place, Answer]) -> Place | None:
    """The place of one's newest save if it is still asked for; of several saved at once the last on the page."""
    newest = max((answer.saved_at for answer in own.values()), default=None)
    found = [place for place in writing.journey.shown if place in own and own[place].saved_at == newest]
    return found[-1] if found else None


def _question(writing: Writing, place: Place, here: Section) -> Question:
    section = writing.definition.section_of[place.question]
    label = form_words(writing.definition.by_id[place.question].label, writing.language)
    child = writing.children.get(place.child or "")
    anchor = f"#{element_id(field_name(Address(place.question, place.child)))}"
    named = put("{}: {}", child.given_name, label) if child else label
    return Question(named, anchor if section is here else f"{section.id}{anchor}")


def _since(connection: Connection, writing: Writing, viewer: Viewer, since: datetime) -> Sequence[Colleague]:
    """Who else has written in what is shown, and in which sections, in the order of the form."""
    wrote: dict[int, dict[str, str]] = {}
    for place, answer in _shown_answers(writing):
        if answer.saved_by != viewer.id and answer.saved_at > since:
            section = writing.definition.section_of[place.question]
            wrote.setdefault(answer.saved_by, {})[section.id] = form_words(section.title, writing.language)
    if not wrote:
        return ()
    names = names_of(connection, wrote)
    return [Colleague(names[person], list(sections.items())) for person, sections in wrote.items()]


def _shown_answers(writing: Writing) -> Iterator[tuple[Place, Answer]]:
    for place in writing.journey.shown:
        answer = writing.answers.by_place.get(place)
        if answer is not None:
            yield place, answer
