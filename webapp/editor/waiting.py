"""A version that waits for its day is taken back before, and its draft is open again."""

import json
import re

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.layout import laid_out
from webapp.navigation import SEE_OTHER
from webapp.store.draft_changes import open_published, save_draft
from webapp.store.drafts import open_draft
from webapp.store.errors import OtherInUse
from webapp.store.publishing import next_version, take_back_waiting, waiting

WHY = "Taken back before its day came"
_VERSION = re.compile(r'("version"\s*:\s*)\d+')


@blueprint.post("/forms/<form>/versions/take-back")
@needs(ADMIN)
def take_back(form: str) -> Response:
    """Let the version that waits never come into use, and open its draft again, unless another draft is open."""
    viewer, now = current.viewer(), current.now()
    with current.writing() as connection:
        found = waiting(connection, viewer, form, current.today())
        if found is None or found.key != request.form.get("version"):
            raise OtherInUse
        take_back_waiting(connection, viewer, form, WHY, now)
        based = open_published(connection, viewer, found.edition.id, now)
        standing = open_draft(connection, viewer, form) if based else None
        if based is not None and standing is not None:
            number = next_version(connection, viewer, form)
            done = f"Took back version {found.edition.version} before its day; the draft becomes version {number}"
            save_draft(connection, viewer, based, renumbered(standing.content, number), done, now)
    return redirect(url_for("editor.versions", form=form, taken_back=1), SEE_OTHER)


def renumbered(text: str, number: int) -> str:
    """The text of a sound form with another version number, laid out as it was wherever that can be."""
    wanted = {**json.loads(text), "version": number}
    changed = _VERSION.sub(lambda found: f"{found[1]}{number}", text, count=1)
    return changed if json.loads(changed) == wanted else laid_out(wanted)
