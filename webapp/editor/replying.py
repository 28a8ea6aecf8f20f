"""Answering what staff said about a form: "you said, we did"."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.piecewise import piecewise_page
from webapp.editor.staff import RefusedReply
from webapp.editor.standing import standing_of
from webapp.navigation import SEE_OTHER
from webapp.store.drafts import open_draft
from webapp.store.errors import AnsweredMeanwhile
from webapp.store.feedback_answers import Replying, reply

LONGEST = 2000


@blueprint.post("/forms/<form>/remarks")
@needs(ADMIN)
def answer(form: str) -> Response | tuple[str, int]:
    """Keep an answer to a remark, or say what is wrong with it, and lead back to the remark."""
    words = request.form.get("words", "").replace("\0", "").replace("\r\n", "\n").strip()
    key = request.form.get("remark", "")
    if wrong := _wrong_with(words):
        return _refused(form, RefusedReply(key, words, wrong)), 400
    try:
        with current.writing() as connection:
            replying = Replying(form, key, words, request.form.get("based_on", 0, type=int))
            reply(connection, current.viewer(), replying, current.now())
            has_draft = open_draft(connection, current.viewer(), form) is not None
    except AnsweredMeanwhile:
        return _refused(form, RefusedReply(key, words, meanwhile=True)), 409
    if not has_draft:
        return redirect(url_for("editor.forms", _anchor=f"remark-{key}"), SEE_OTHER)
    at = request.form.get("back", "")
    return redirect(url_for("editor.draft", form=form, at=at or None, _anchor=f"remark-{key}"), SEE_OTHER)


def _wrong_with(words: str) -> str:
    if not words:
        return "Write what was done, or why nothing was"
    if len(words) > LONGEST:
        return f"This has {len(words):,} characters; {LONGEST:,} is the most. Shorten it"
    return ""


def _refused(form: str, refused: RefusedReply) -> str:
    ground, standing = standing_of(form)
    return piecewise_page(ground, standing, request.form.get("back", ""), unanswered=refused)
