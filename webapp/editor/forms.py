"""The forms an authority can begin, each with what it costs whoever fills it in."""

from collections.abc import Iterator, Mapping, Sequence
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
from webapp.store.bases import base_of, bases_of_drafts, newer_than, shipped_with_id
from webapp.store.database import Connection
from webapp.store.definitions import Edition, definition_of
from webapp.store.drafts import Draft, open_drafts
from webapp.store.feedback import Said, words_on
from webapp.store.withdrawals import Published, published


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said about a form: of which version, about what (a question or a section), and what."""

    version: int
    about: str
    said: Said


@dataclass(frozen=True, slots=True)
class Listed:
    """A form in use, read and measured; what people said about it, newest first; the draft that changes it, if any.

    `newer` is a version that ships since the one that it, or the draft, was made from; None for none.
    """

    published: Published
    definition: Definition
    burden: Burden
    said: Sequence[Remark]
    draft: Draft | None
    newer: Published | None


@blueprint.get("/forms")
@needs(FORMS)
def forms() -> str:
    """Every form in use with its length, and what was withdrawn."""
    with current.reading() as connection:
        found = published(connection, current.viewer())
        drafts = {each.form: each for each in open_drafts(connection, current.viewer())}
        bases = bases_of_drafts(connection, current.viewer())
        listed = [_listed(connection, each, found, drafts, bases) for each in found if each.in_use]
    withdrawn = [each for each in found if each.withdrawn_at]
    writes = ADMIN.allows(current.viewer())
    return render_template("editor/forms.html", listed=listed, withdrawn=withdrawn, writes=writes)


def _listed(
    connection: Connection,
    which: Published,
    found: Sequence[Published],
    drafts: Mapping[str, Draft],
    bases: Mapping[str, int | None],
) -> Listed:
    form = which.edition.form
    definition = definition_of(connection, which.edition, current.today())
    versions = [each for each in found if each.edition.form == form]
    remarks = [remark for each in versions for remark in _said_about(connection, each.edition)]
    said = sorted(remarks, key=lambda remark: remark.said.at, reverse=True)
    newer = newer_than(versions, shipped_with_id(versions, bases.get(form, base_of(which))))
    return Listed(which, definition, cost_of(definition, current.today()).burden, said, drafts.get(form), newer)


def _said_about(connection: Connection, edition: Edition) -> Iterator[Remark]:
    """The remarks on one version, newest first, in that version's own words."""
    said = words_on(connection, current.viewer(), edition)
    if not said:
        return
    definition = definition_of(connection, edition, current.today())
    titles = {section.id: in_language(section.title, LANGUAGE) for section in definition.sections}
    for each in said:
        question = definition.by_id.get(each.word.question or "")
        about = in_language(question.label, LANGUAGE) if question else titles.get(each.word.section, each.word.section)
        yield Remark(edition.version, about, each)
