"""A draft of a form begun, every change of it undone and redone, ended, and brought back."""

from collections.abc import Callable
from datetime import datetime

from flask import request
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN, Viewer, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.ground import ground_of
from webapp.editor.layout import laid_out
from webapp.editor.piecewise import piecewise_page
from webapp.editor.standing import AS_TEXT, WHEN_ASKED, back_to, based_on, standing_of
from webapp.editor.text_view import text_page
from webapp.store import draft_changes
from webapp.store.bases import base_of
from webapp.store.contents import content_of
from webapp.store.database import Connection
from webapp.store.draft_changes import Based
from webapp.store.drafts import Beginning, begin_draft
from webapp.store.errors import StaleDraft

Step = Callable[[Connection, Viewer, Based, datetime], None]


@blueprint.post("/forms/<form>/draft/begin")
@needs(ADMIN)
def begin(form: str) -> Response:
    """Begin a draft from the version in use, or the one that waits for its day; one begun already goes on."""
    with current.writing() as connection:
        ground = ground_of(connection, form)
        which = ground.waiting or ground.published
        text = laid_out({**content_of(connection, which.edition), "version": ground.version})
        beginning = Beginning(form, which.edition.id, text, base=base_of(which))
        begin_draft(connection, current.viewer(), beginning, current.now())
    return back_to(form)


@blueprint.post("/forms/<form>/draft/undo")
@needs(ADMIN)
def undo(form: str) -> Response | tuple[str, int]:
    """Show what stood before the last change."""
    return _step(form, draft_changes.undo)


@blueprint.post("/forms/<form>/draft/redo")
@needs(ADMIN)
def redo(form: str) -> Response | tuple[str, int]:
    """Make again the change that was undone last."""
    return _step(form, draft_changes.redo)


@blueprint.post("/forms/<form>/draft/discard")
@needs(ADMIN)
def discard(form: str) -> Response | tuple[str, int]:
    """End the draft without publishing it; the page that follows can bring it back."""
    return _step(form, draft_changes.discard)


@blueprint.post("/forms/<form>/draft/bring-back")
@needs(ADMIN)
def bring_back(form: str) -> Response:
    """Open again the draft that was discarded last."""
    with current.writing() as connection:
        draft_changes.bring_back(connection, current.viewer(), form, current.now())
    return back_to(form)


def _step(form: str, step: Step) -> Response | tuple[str, int]:
    """Undo, redo or discard; where somebody changed the draft meanwhile, say so and show how it stands."""
    try:
        with current.writing() as connection:
            step(connection, current.viewer(), based_on(), current.now())
    except StaleDraft as refused:
        ground, standing = standing_of(form)
        back = request.form.get("back", "")
        if back == AS_TEXT:
            return text_page(ground, standing, standing.content, refused), 409
        return piecewise_page(ground, standing, back.removeprefix(WHEN_ASKED), refused=refused), 409
    return back_to(form)
