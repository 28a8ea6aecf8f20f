"""The forms an authority can begin, each with what it costs whoever fills it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template

from engine.burden import Burden
from engine.definition import Definition
from engine.text import in_language
from webapp import current
from webapp.access import ADMIN, FORMS, needs
from webapp.config import LANGUAGE
from webapp.editor.blueprint import blueprint
from webapp.editor.costs import cost_of
from webapp.editor.piecewise import THE_FORM
from webapp.editor.staff import part_of
from webapp.store.database import Connection
from webapp.store.definitions import definition_of
from webapp.store.drafts import Draft, open_drafts
from webapp.store.feedback_answers import Remark, remarks_on
from webapp.store.withdrawals import Published, published


@dataclass(frozen=True, slots=True)
class Shown:
    """A remark, in its own version's words what it is about (a question or a section), and the part that it is now.

    `at` is what an address names that part by, the form itself where the version in use no longer has it.
    """

    remark: Remark
    about: str
    at: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A form in use, read and measured; what people said about it, newest first; the draft that changes it, if any."""

    published: Published
    definition: Definition
    burden: Burden
    said: Sequence[Shown]
    draft: Draft | None

    @property
    def questions(self) -> int:
        """How many questions and sections remarks are about."""
        return len({part_of(each.remark) for each in self.said})

    @property
    def unanswered(self) -> int:
        """How many remarks have no answer."""
        return sum(each.remark.reply is None for each in self.said)


@blueprint.get("/forms")
@needs(FORMS)
def forms() -> str:
    """Every form in use with its length, and what was withdrawn."""
    with current.reading() as connection:
        found = published(connection, current.viewer())
        drafts = {each.form: each for each in open_drafts(connection, current.viewer())}
        listed = [_listed(connection, each, drafts) for each in found if each.in_use]
    withdrawn = [each for each in found if each.withdrawn_at]
    writes = ADMIN.allows(current.viewer())
    return render_template("editor/forms.html", listed=listed, withdrawn=withdrawn, writes=writes)


def _listed(connection: Connection, which: Published, drafts: Mapping[str, Draft]) -> Listed:
    definition, form = definition_of(connection, which.edition, current.today()), which.edition.form
    said = [_shown(connection, each, definition) for each in remarks_on(connection, current.viewer(), form)]
    return Listed(which, definition, cost_of(definition, current.today()).burden, said, drafts.get(form))


def _shown(connection: Connection, remark: Remark, in_use: Definition) -> Shown:
    part = part_of(remark)
    there = part in in_use.by_id or part in {section.id for section in in_use.sections}
    of = definition_of(connection, remark.edition, current.today())
    return Shown(remark, _about(of, remark), part if there else THE_FORM)


def _about(definition: Definition, remark: Remark) -> str:
    question, section = definition.by_id.get(remark.said.word.question or ""), remark.said.word.section
    if question:
        return in_language(question.label, LANGUAGE)
    titles = {each.id: in_language(each.title, LANGUAGE) for each in definition.sections}
    return titles.get(section, section)
