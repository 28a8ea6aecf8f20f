"""An assessment that is being written: its form, its answers and what they mean, read together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.definition import Definition, Section
from engine.forms import Address
from engine.forms.page import Draft
from engine.journey import Journey, evaluate
from engine.places import Place
from webapp.config import LANGUAGE
from webapp.facts import context_of
from webapp.store import children
from webapp.store.answers import Answer, Answers, answers_of
from webapp.store.assessments import Assessment
from webapp.store.contents import definition_of
from webapp.store.database import Connection

Json = Any


@dataclass(frozen=True, slots=True)
class Writing:
    """A draft with everything needed to show a page of it or to save into it; `day` is today in London.

    `fresh` says that its answers are those that stand, and not partly what an older save was answered with; `language`
    is the one that its form is shown in.
    """

    assessment: Assessment
    definition: Definition
    answers: Answers
    journey: Journey
    day: date
    fresh: bool = True
    language: str = LANGUAGE

    @property
    def children(self) -> Mapping[str, children.Child]:
        """The children it is about, by key, eldest first."""
        return {child.key: child for child in self.assessment.children}

    def section(self, section_id: str) -> Section | None:
        """A section that has something to show now."""
        found = next((section for section in self.definition.sections if section.id == section_id), None)
        return found if found and any(True for _ in self.journey.shown_in(found.id)) else None

    def revision(self, address: Address) -> int:
        """The revision of the question that an address belongs to."""
        return self.answers.revision(Place(address.question, address.child))

    def stored(self) -> Draft:
        """The stored answers, asked by address."""
        return Draft(self.journey.answers)

    def answered(self) -> Collection[Place]:
        """The places that hold an answer, shown or not."""
        return self.answers.by_place.keys()

    def after(self, saved: Mapping[Place, Answer], expected: Journey | None = None) -> "Writing":
        """The same draft once some answers were saved; `expected` is the journey if they were saved as they came."""
        answers = self.answers.after(saved)
        draft = answers.draft()
        if expected is None or expected.answers != draft:
            expected = self.journey.change({place.question: draft[place.question] for place in saved})
        fresh = self.fresh and all(answer.entry for answer in saved.values())
        return replace(self, answers=answers, journey=expected, fresh=fresh)


def read_writing(connection: Connection, assessment: Assessment, day: date, newest: int) -> Writing:
    """An assessment that the caller was given, read and evaluated on a day; `newest` is its `newest_entry`."""
    definition = definition_of(connection, assessment.edition, day)
    answers = answers_of(connection, assessment, newest)
    journey = evaluate(definition, answers.draft(), context_of(assessment.children, day))
    return Writing(assessment, definition, answers, journey, day)


def as_they_were(found: Sequence[children.Child], context: Mapping[str, Json]) -> list[children.Child]:
    """Children with the birth date that a context, as it was frozen, knew of: an age told by it never changes."""
    facts = {each["id"]: each for each in context.get("children", [])}
    return [_as_it_was(child, facts[child.key]) if child.key in facts else child for child in found]


def _as_it_was(child: children.Child, facts: Mapping[str, Json]) -> children.Child:
    born = date.fromisoformat(facts["born"]) if "born" in facts else None
    return replace(child, born=born, unborn=bool(facts.get("unborn")))
