"""A form filled in without a record: its answers, whom it is about and the day are those that are given."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.definition import Definition, Section
from engine.forms import Address
from engine.forms.page import Draft
from engine.journey import Context, Journey, evaluate
from engine.places import Place
from engine.question_types.base import is_blank
from webapp.config import LANGUAGE
from webapp.editor.invented import day_of, invented_children
from webapp.store.children import Child

Json = Any


@dataclass(frozen=True, slots=True)
class Tried:
    """A form with answers that nobody keeps, evaluated for invented children."""

    journey: Journey
    language: str = LANGUAGE

    @property
    def definition(self) -> Definition:
        """The form."""
        return self.journey.definition

    @property
    def day(self) -> date:
        """The day it is said to be."""
        return day_of(self.journey.context)

    @property
    def children(self) -> Mapping[str, Child]:
        """The invented children, by key."""
        return invented_children(self.journey.context)

    def revision(self, address: Address) -> int:
        """Nothing is kept, so there is only one."""
        return 0

    def stored(self) -> Draft:
        """The answers as they were given, asked by address."""
        return Draft(self.journey.answers)

    def answered(self) -> Collection[Place]:
        """The places that hold an answer, shown or not."""
        return tuple(self._answered())

    def _answered(self) -> Iterator[Place]:
        for question in self.definition.questions:
            value = self.journey.answers.get(question.id)
            if question.per_child:
                given = value if isinstance(value, dict) else {}
                yield from (Place(question.id, key) for key in self.children if not is_blank(given.get(key)))
            elif not is_blank(value):
                yield Place(question.id)

    def section(self, section_id: str) -> Section | None:
        """A section that has something to show now."""
        found = next((section for section in self.definition.sections if section.id == section_id), None)
        return found if found and self.journey.shown_in(found.id) else None


def tried(definition: Definition, answers: Mapping[str, Json], context: Context, language: str = "") -> Tried:
    """A form filled in; in English where the form has it, unless another of its languages is asked for."""
    listed = definition.languages
    first = LANGUAGE if LANGUAGE in listed else listed[0]
    return Tried(evaluate(definition, answers, context), language if language in listed else first)
