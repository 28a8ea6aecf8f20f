"""A second person approves a form before it is published: the setting, and approving or returning what was sent."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.ground import Ground
from webapp.editor.judging import Judgement
from webapp.editor.publish import found_to_publish, page_before_publishing
from webapp.editor.reasons import words_control, wrong_reason
from webapp.navigation import SEE_OTHER
from webapp.store.approvals import Asked, admins, ask_for_two, asked_of, needs_two
from webapp.store.approving import approve as approve_draft
from webapp.store.approving import give_back as return_draft
from webapp.store.approving import take_request_back
from webapp.store.definitions import Publication
from webapp.store.errors import DraftEnded, NotAsked, StaleDraft


@blueprint.get("/forms/approval")
@needs(ADMIN)
def approval() -> str:
    """Whether a second person approves each form, and what that means."""
    viewer = current.viewer()
    with current.reading() as connection:
        asks, count = needs_two(connection, viewer.authority), admins(connection, viewer)
    return render_template("editor/approval.html", asks=asks, count=count, done="done" in request.args)


@blueprint.post("/forms/approval")
@needs(ADMIN)
def set_approval() -> Response:
    """Ask a second person from now on, or no longer."""
    with current.writing() as connection:
        ask_for_two(connection, current.viewer(), request.form.get("asks") == "yes", current.now())
    return redirect(url_for("editor.approval", done=1), SEE_OTHER)


@blueprint.post("/forms/<form>/publish/approve")
@needs(ADMIN)
def approve(form: str) -> Response | tuple[str, int]:
    """Publish what was sent for approval, at once or on the day that was asked for."""
    found = found_to_publish(form)
    if found is None:
        raise DraftEnded
    ground, standing, judgement, counts = found
    with current.reading() as connection:
        asked = asked_of(connection, current.viewer(), standing)
    if asked is None or judgement.definition is None or judgement.errors:
        return page_before_publishing(ground, standing, judgement, counts, refused=NotAsked()), 409
    publication = _publication(ground, judgement, asked)
    try:
        with current.writing() as connection:
            approve_draft(connection, current.viewer(), form, _request(), publication, current.now())
    except (StaleDraft, NotAsked) as refused:
        return page_before_publishing(*(found_to_publish(form) or found), refused=refused), 409
    done = "scheduled" if publication.begins_on else "published"
    return redirect(f"{url_for('editor.versions', form=form)}?{done}=1", SEE_OTHER)


def _publication(ground: Ground, judgement: Judgement, asked: Asked) -> Publication:
    """What was asked for; where its day has come meanwhile, at once."""
    if judgement.definition is None:
        raise NotAsked
    begins_on = asked.begins_on if asked.begins_on is not None and asked.begins_on > ground.day else None
    lists, authority = judgement.code_lists, current.viewer().authority
    reasons, base = (asked.reason, asked.budget_reason), ground.base.edition.id if ground.base else None
    return Publication(judgement.definition, lists, authority, asked.asked_by, *reasons, begins_on, base)


@blueprint.post("/forms/<form>/publish/return")
@needs(ADMIN)
def give_back(form: str) -> Response | tuple[str, int]:
    """Return what was sent, with words; the draft stays as it is."""
    words = request.form.get("words", "").strip()
    wrong = wrong_reason(words, "Say what should be changed first")
    found = found_to_publish(form)
    if found is None:
        raise DraftEnded
    if wrong:
        return page_before_publishing(*found, words=words_control(words, wrong)), 400
    with current.writing() as connection:
        return_draft(connection, current.viewer(), form, _request(), words, current.now())
    return redirect(url_for("editor.before_publishing", form=form), SEE_OTHER)


@blueprint.post("/forms/<form>/publish/not-now")
@needs(ADMIN)
def take_request(form: str) -> Response:
    """Ask a second person no longer; the draft stays as it is."""
    with current.writing() as connection:
        take_request_back(connection, current.viewer(), form, _request(), current.now())
    return redirect(url_for("editor.before_publishing", form=form), SEE_OTHER)


def _request() -> str:
    return request.form.get("request", "")
