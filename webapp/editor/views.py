"""The forms an authority can begin, each with what it costs whoever fills it in."""

from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from flask import Blueprint, render_template

from engine.burden import Burden, measure
from engine.definition import Definition
from engine.proofs import Effort, prove
from webapp import current
from webapp.access import FORMS, needs
from webapp.store.definitions import definition_of
from webapp.store.withdrawals import Published, published

blueprint = Blueprint("editor", __name__)

SECONDS = 5
"""After which proved bounds stand in place of exact figures."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A form in use, read and measured."""

    published: Published
    definition: Definition
    burden: Burden


@blueprint.get("/forms")
@needs(FORMS)
def forms() -> str:
    """Every form in use with its length, and what was withdrawn."""
    with current.reading() as connection:
        found = published(connection, current.viewer())
        read = [(each, definition_of(connection, each.edition, current.today())) for each in found if each.in_use]
    listed = [Listed(each, definition, _measured(definition)) for each, definition in read]
    return render_template("editor/forms.html", listed=listed, withdrawn=[each for each in found if each.withdrawn_at])


@lru_cache(maxsize=64)
def _measured(definition: Definition) -> Burden:
    """What a form costs; proved once for as long as it is in use."""
    begun = monotonic()
    return measure(definition, prove(definition, Effort(out_of_time=lambda: monotonic() - begun > SECONDS)))
