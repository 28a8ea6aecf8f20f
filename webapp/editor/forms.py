"""The forms an authority can begin, each with what it costs whoever fills it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template

from engine.burden import Burden
from engine.definition import Definition
from webapp import current
from webapp.access import ADMIN, FORMS, needs
from webapp.clock import london_day
from webapp.editor.blueprint import blueprint
from webapp.editor.costs import cost_of
from webapp.editor.ground import title_in
from webapp.editor.panel.subjects import THE_FORM
from webapp.editor.staff import about_what, part_of
from webapp.store.approvals import forms_asked, forms_returned
from webapp.store.bases import base_of, bases_of_drafts, newer_than, shipped_with_id
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.drafts import Draft, open_draft, open_drafts
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
    """A form in use, read and measured; what people said about it, newest first; the draft that changes it, if any.

    `newer` is a version that ships since the one that it, or the draft, was made from; None for none.
    """

    published: Published
    definition: Definition
    burden: Burden
    said: Sequence[Shown]
    draft: Draft | None
    newer: Published | None

    @property
    def in_short(self) -> str:
        """How many remarks there are, on how many questions or sections, and how many have no answer yet."""
        remarks, parts = len(self.said), len({part_of(each.remark) for each in self.said})
        waiting = sum(each.remark.reply is None for each in self.said)
        told = f"{remarks} remarks on {parts} questions or sections" if parts > 1 else f"{remarks} remarks"
        if remarks == 1:
            return "1 remark, not answered yet." if waiting else "1 remark, answered."
        return f"{told}, {f'{waiting} not answered yet' if waiting else 'all answered'}."


@blueprint.get("/forms")
@needs(FORMS)
def forms() -> str:
    """Every form in use with its length, and what was withdrawn."""
    with current.reading() as connection:
        found = published(connection, current.viewer(), current.today())
        drafts = {each.form: each for each in open_drafts(connection, current.viewer())}
        asked = forms_asked(connection, current.viewer())
        returned = forms_returned(connection, current.viewer())
        bases = bases_of_drafts(connection, current.viewer())
        listed = [_listed(connection, each, found, drafts, bases) for each in found if each.in_use]
        begun = {each.published.edition.form for each in listed}
        others = [each for form, each in drafts.items() if form not in begun]
        titles = {each.form: _title(connection, each.form) for each in others}
    withdrawn = [each for each in found if was_begun(each)]
    writes = ADMIN.allows(current.viewer())
    return render_template(
        "editor/forms.html",
        listed=listed,
        withdrawn=withdrawn,
        writes=writes,
        asked=asked,
        returned=returned,
        others=others,
        titles=titles,
    )


def _title(connection: Connection, form: str) -> str:
    """What the open draft of a form calls it."""
    standing = open_draft(connection, current.viewer(), form)
    return title_in(standing.content, form) if standing else form


def was_begun(each: Published) -> bool:
    """Whether a version was withdrawn after it had come into use, rather than taken back before."""
    return each.withdrawn_at is not None and (each.begins_on is None or each.begins_on <= london_day(each.withdrawn_at))


def _listed(
    connection: Connection,
    which: Published,
    found: Sequence[Published],
    drafts: Mapping[str, Draft],
    bases: Mapping[str, int | None],
) -> Listed:
    definition, form = definition_of(connection, which.edition, current.today()), which.edition.form
    said = [
        _shown(connection, each, definition) for each in remarks_on(connection, current.viewer(), form, current.today())
    ]
    versions = [each for each in found if each.edition.form == form]
    newer = newer_than(versions, shipped_with_id(versions, bases.get(form, base_of(which))))
    return Listed(which, definition, cost_of(definition, current.today()).burden, said, drafts.get(form), newer)


def _shown(connection: Connection, remark: Remark, in_use: Definition) -> Shown:
    part = part_of(remark)
    there = part in in_use.by_id or part in {section.id for section in in_use.sections}
    return Shown(remark, about_what(connection, remark), part if there else THE_FORM)
