"""A form that did better in a trial becomes the draft of the next version, one press from being published."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.ground import ground_of
from webapp.editor.layout import laid_out
from webapp.navigation import SEE_OTHER
from webapp.store.drafts import Beginning, begin_draft
from webapp.store.errors import NoSuchRecord
from webapp.store.trial_errors import DraftOpen, Sealed
from webapp.store.trial_taking_up import better_form
from webapp.store.trials import find_trial


@blueprint.post("/forms/<form>/from-trial/<trial>")
@needs(ADMIN)
def use_from_trial(form: str, trial: str) -> Response:
    """Begin a draft with the form that did better, and lead to publishing it; pressed twice, the first one counts."""
    viewer, now = current.viewer(), current.now()
    with current.writing() as connection:
        found = find_trial(connection, viewer, trial)
        better = better_form(connection, viewer, found, now)
        if better is None or found.form != form:
            raise NoSuchRecord
        text = laid_out({**better.content, "version": ground_of(connection, form).version})
        beginning = Beginning(form, better.edition.id, text, better.code_lists, better.base)
        if begin_draft(connection, viewer, beginning, now).content != text:
            raise DraftOpen
    return redirect(url_for("editor.before_publishing", form=form, trial=trial), SEE_OTHER)


def reason_from_trial(form: str) -> str:
    """The reason with which the page before publishing begins where a trial led to it; "" elsewhere.

    What stands in the address may be anything: of a trial that is not there, or sealed, the page says nothing.
    """
    key = request.args.get("trial", "")
    if not key:
        return ""
    try:
        with current.reading() as connection:
            found = find_trial(connection, current.viewer(), key)
            if found.form != form or better_form(connection, current.viewer(), found, current.now()) is None:
                return ""
    except (NoSuchRecord, Sealed):
        return ""
    return f"It did better in trial {found.key}: {found.plan.question}"
