"""The page where an authority's changes are put on a newer version that ships, each conflict decided first."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.text import in_language
from engine.versions import Change, compare
from webapp import current
from webapp.access import ADMIN, FORMS, needs
from webapp.config import LANGUAGE
from webapp.drawing.values import Link
from webapp.editor.blueprint import blueprint
from webapp.editor.layout import laid_out
from webapp.editor.local import Local, in_words, local_changes, overlay_of
from webapp.editor.newer import Bases, Weighed, made, open_ones, weighed
from webapp.editor.own_form import Own, keep, own_of
from webapp.editor.standing import writes
from webapp.navigation import SEE_OTHER
from webapp.store.contents import content_of, definition_of
from webapp.store.errors import StaleDraft
from webapp.store.withdrawals import Published

Json = Any


@dataclass(frozen=True, slots=True)
class Meeting:
    """A form, its local changes, and the newer version that they meet; `changes` are that version's own."""

    own: Own
    local: Local
    newer: Published
    bases: Bases
    changes: tuple[Change, ...]

    @property
    def overlay(self) -> Json:
        """The local changes as an overlay on the version that the form was made from."""
        ground = self.own.ground
        return overlay_of(ground, current.viewer().authority_name, ground.version, self.local.operations or ())

    def weighed(self, told: bool) -> list[Weighed]:
        """Every local change on the newer version, with what was posted about it."""
        words = in_words(self.own.ground, self.bases.old, self.local.operations or ())
        return weighed(self.bases, self.overlay, words, request.form, told)


@blueprint.get("/forms/<form>/newer")
@needs(FORMS)
def newer(form: str) -> str:
    """What becomes of each local change on the newer version."""
    return _page(own_of(form))


@blueprint.post("/forms/<form>/newer")
@needs(ADMIN)
def put_on_newer(form: str) -> Response | tuple[str, int]:
    """Put the changes on the newer version as a step of the draft, once everything is decided."""
    own = own_of(form)
    met = _meeting(own)
    if met is None or met.local.operations is None:
        return _page(own), 409
    if not own.is_posted() or request.form.get("newer") != met.newer.key:
        return _page(own, stale=True), 409
    if any(open_ones(met.weighed(told=False))):
        return _page(own, told=True), 400
    number = met.newer.edition.version
    try:
        text = laid_out(made(met.bases, met.overlay, request.form))
        keep(own, text, f"Put the local changes on version {number} of the form that ships", met.newer.edition.id)
    except StaleDraft:
        return _page(own_of(form), stale=True), 409
    return redirect(url_for("editor.before_publishing", form=form), SEE_OTHER)


def _meeting(own: Own) -> Meeting | None:
    """The local changes and the newer version; None where none is newer."""
    ground = own.ground
    if ground.newer is None or ground.base is None:
        return None
    with current.reading() as connection:
        new = content_of(connection, ground.newer.edition)
        versions = (ground.base, ground.newer)
        old_form, new_form = (definition_of(connection, each.edition, current.today()) for each in versions)
    local = local_changes(own.text, ground)
    form = own.form if local.operations is not None else {}
    bases = Bases(ground.base_json, new, form)
    return Meeting(own, local, ground.newer, bases, compare(old_form, new_form, LANGUAGE))


def _page(own: Own, told: bool = False, stale: bool = False) -> str:
    met = _meeting(own)
    found = met.weighed(told) if met and met.local.operations is not None else []
    undecided = list(open_ones(found))
    return render_template(
        "editor/newer.html",
        ground=own.ground,
        title=in_language(own.ground.published.edition.title, LANGUAGE),
        own=own,
        met=met,
        to_decide=[each for each in found if each.choice],
        going_on=[each for each in found if each.judged.status == "applied"],
        already=[each for each in found if each.judged.status == "already_so"],
        gone=[each for each in found if each.judged.status == "obsolete" and not each.choice],
        undecided=undecided,
        problems=[Link(f"#{each.choice.first}", each.choice.error) for each in undecided if each.choice and told],
        writes=writes(),
        stale=stale,
    )
