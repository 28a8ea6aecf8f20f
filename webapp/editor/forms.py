"""The forms an authority can begin, each with what it costs whoever fills it in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template

from engine.burden import Burden
from engine.definition import Definition
from engine.text import in_language
from webapp import current
from webapp.access import ADMIN, FORMS, needs
from webapp.clock import london_day
from webapp.config import LANGUAGE
from webapp.editor.blueprint import blueprint
from webapp.editor.costs import cost_of
from webapp.store.approvals import forms_asked
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
    """A form in use, read and measured; what people said about it, newest first; the draft that changes it, if any."""

    published: Published
    definition: Definition
    burden: Burden
    said: Sequence[Remark]
    draft: Draft | None


@blueprint.get("/forms")
@needs(FORMS)
def forms() -> str:
    """Every form in use with its length, and what was withdrawn."""
    with current.reading() as connection:
        found = published(connection, current.viewer(), current.today())
        drafts = {each.form: each for each in open_drafts(connection, current.viewer())}
        asked = forms_asked(connection, current.viewer())
        listed = [_listed(connection, each, found, drafts) for each in found if each.in_use]
    begun = {each.published.edition.form for each in listed}
    others = [each for form, each in drafts.items() if form not in begun]
    withdrawn = [each for each in found if was_begun(each)]
    writes = ADMIN.allows(current.viewer())
    return render_template(
        "editor/forms.html", listed=listed, withdrawn=withdrawn, writes=writes, asked=asked, others=others
    )


def was_begun(each: Published) -> bool:
    """Whether a version was withdrawn after it had come into use, rather than taken back before."""
    return each.withdrawn_at is not None and (each.begins_on is None or each.begins_on <= london_day(each.withdrawn_at))


def _listed(
    connection: Connection, which: Published, found: Sequence[Published], drafts: Mapping[str, Draft]
) -> Listed:
    definition = definition_of(connection, which.edition, current.today())
    editions = [each.edition for each in found if each.edition.form == which.edition.form]
    remarks = [remark for edition in editions for remark in _said_about(connection, edition)]
    said = sorted(remarks, key=lambda remark: remark.said.at, reverse=True)
    return Listed(which, definition, cost_of(definition, current.today()).burden, said, drafts.get(which.edition.form))


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
