"""A form being filled in, whoever keeps its answers: what drawing its pages needs to know."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from engine.definition import Definition
from engine.forms import Address
from engine.forms.page import Draft
from engine.journey import Journey
from engine.places import Place
from webapp.dates import short_age
from webapp.store.children import Child


class Filling(Protocol):
    """A form with its answers, evaluated; `day` is the day ages are told on, `language` the one it is shown in."""

    @property
    def definition(self) -> Definition:
        """The form."""

    @property
    def journey(self) -> Journey:
        """What its answers mean."""

    @property
    def day(self) -> date:
        """The day it is."""

    @property
    def language(self) -> str:
        """The language the form is shown in."""

    @property
    def children(self) -> Mapping[str, Child]:
        """The children it is about, by key, eldest first."""

    def revision(self, address: Address) -> int:
        """The revision of the question that an address belongs to."""

    def stored(self) -> Draft:
        """The answers as they were given, asked by address."""

    def answered(self) -> Collection[Place]:
        """The places that hold an answer, shown or not."""


def about(found: Sequence[Child], day: date) -> str:
    """Whom a form is about, such as "Wren, 6, and Ossie, 3, Tallowby"."""
    if len(found) == 1:
        return ", ".join(filter(None, (found[0].name, short_age(found[0], day))))
    names = [", ".join(filter(None, (child.given_name, short_age(child, day)))) for child in found]
    families = list(dict.fromkeys(child.family_name for child in found))
    joined = f"{', '.join(names[:-1])}, and {names[-1]}"
    return f"{joined}, {families[0]}" if len(families) == 1 else joined
