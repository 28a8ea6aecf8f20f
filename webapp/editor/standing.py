"""How the draft of a form stands that a page shows or changes, and what the page that was posted was based on."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN
from webapp.editor.ground import Ground, ground_of
from webapp.navigation import SEE_OTHER
from webapp.store.draft_changes import Based
from webapp.store.drafts import Standing, open_draft
from webapp.store.errors import DraftEnded

AS_TEXT = "text"
"""What a page that shows a draft as text posts as the place to come back to."""


WHEN_ASKED = "asked:"
"""What stands before the part where that place is the page on which it is chosen when the part is asked."""


def based_on() -> Based:
    """Which draft and revision the page that was posted showed."""
    return Based(request.form.get("draft", ""), request.form.get("revision", 0, type=int))


def based_of(standing: Standing) -> Based:
    """The newest revision of a draft."""
    return Based(standing.draft.key, standing.newest.number)


def standing_of(form: str) -> tuple[Ground, Standing]:
    """The open draft of a form with what it is held against; raises DraftEnded where there is none."""
    with current.reading() as connection:
        standing = open_draft(connection, current.viewer(), form)
        if standing is None:
            raise DraftEnded
        return ground_of(connection, form, standing), standing


def writes() -> bool:
    """Whether the viewer may change forms."""
    return ADMIN.allows(current.viewer())


def back_to(form: str, at: str | None = None) -> Response:
    """To the draft again: to the part that is named, else to where the page that was posted stood."""
    place = request.form.get("back", "") if at is None else at
    if place == AS_TEXT:
        return redirect(url_for("editor.text", form=form), SEE_OTHER)
    if place.startswith(WHEN_ASKED):
        return redirect(url_for("editor.asked", form=form, at=place.removeprefix(WHEN_ASKED)), SEE_OTHER)
    return redirect(url_for("editor.draft", form=form, at=place or None), SEE_OTHER)
