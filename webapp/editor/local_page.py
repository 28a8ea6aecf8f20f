"""The page of what a form has of its own beside the version that ships, where each change can be taken back."""

from dataclasses import dataclass
from typing import Any

from flask import Response as Plain
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.text import in_language
from webapp import current
from webapp.access import ADMIN, FORMS, needs
from webapp.config import LANGUAGE
from webapp.editor.blueprint import blueprint
from webapp.editor.layout import laid_out
from webapp.editor.local import in_words, local_changes, of_own, overlay_of, without
from webapp.editor.own_form import Own, keep, own_of
from webapp.editor.standing import writes
from webapp.navigation import SEE_OTHER
from webapp.store.errors import StaleDraft

Json = Any


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that would take others with it: its number, and theirs."""

    number: int
    others: tuple[int, ...]


@blueprint.get("/forms/<form>/local")
@needs(FORMS)
def local(form: str) -> str:
    """Every local change in words, and all of them as an overlay."""
    return _page(own_of(form))


@blueprint.get("/forms/<form>/local.json")
@needs(FORMS)
def overlay(form: str) -> Response:
    """The local changes as an overlay in a file; empty where there are none or they cannot be told."""
    own = own_of(form)
    response = Plain(_overlay(own), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{form}-local.json"'
    return response


@blueprint.post("/forms/<form>/local")
@needs(ADMIN)
def take_back_change(form: str) -> Response | tuple[str, int]:
    """Take one change back as a step of the draft; others that cannot be without it only once that was asked."""
    own = own_of(form)
    changes = local_changes(own.text, own.ground)
    number = request.form.get("change", 0, type=int)
    if not own.is_posted():
        return _page(own, stale=True), 409
    if not 0 < number <= len(changes):
        return _page(own), 400
    left, others = without(own.ground.base_json, changes.operations or (), number)
    if others and "all" not in request.form:
        return _page(own, Asked(number, tuple(others))), 409
    words = " ".join(in_words(own.ground, own.ground.base_json, changes.operations or ())[number - 1])
    try:
        keep(own, laid_out(of_own(left, own.form)), f"Took a local change back: {words}"[:300])
    except StaleDraft:
        return _page(own_of(form), stale=True), 409
    return redirect(url_for("editor.local", form=form, taken=1), SEE_OTHER)


def _page(own: Own, asked: Asked | None = None, stale: bool = False) -> str:
    changes, ground = local_changes(own.text, own.ground), own.ground
    words = in_words(ground, ground.base_json, changes.operations or ()) if changes.operations else []
    return render_template(
        "editor/local.html",
        ground=ground,
        title=in_language(ground.published.edition.title, LANGUAGE),
        own=own,
        changes=changes,
        words=words,
        overlay=_overlay(own),
        writes=writes(),
        asked=asked,
        stale=stale,
        taken="taken" in request.args and not asked and not stale,
    )


def _overlay(own: Own) -> str:
    changes = local_changes(own.text, own.ground)
    if own.ground.base is None:
        return "{}\n"
    owner = current.viewer().authority_name
    return laid_out(overlay_of(own.ground, owner, own.version, changes.operations or ()))
