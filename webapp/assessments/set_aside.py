"""Setting a draft aside that should not go on, and bringing it back: nothing of it is destroyed."""

from dataclasses import dataclass
from typing import Any, cast

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.text import in_language
from webapp import current
from webapp.access import CASEWORK, PRACTITIONER, may_write, needs
from webapp.assessments.blueprint import blueprint
from webapp.assessments.writer import refuse_another_writer
from webapp.config import LANGUAGE
from webapp.drawing.filling import about
from webapp.drawing.values import Control, Item, Link
from webapp.navigation import SEE_OTHER
from webapp.refusals import refused
from webapp.store.assessments import Assessment, assessment_to_write, open_assessment
from webapp.store.errors import NoSuchRecord, NotYours, SetAside
from webapp.store.set_asides import Aside, Reason, Why, bring_back, open_aside, set_aside

LONGEST = 500
REASONS: dict[Reason, str] = {
    "mistake": "Begun by mistake",
    "wrong_child": "About the wrong child",
    "elsewhere": "Written elsewhere",
    "other": "Something else",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What the page holds: the reason as it was posted, the line, and what is wrong with either."""

    reason: str = ""
    words: str = ""
    no_reason: str = ""
    bad_words: str = ""


@blueprint.errorhandler(SetAside)
def lead_to_what_was_set_aside(refusal: SetAside) -> Any:
    """Every address of such a draft leads to who set it aside; what was posted to it is refused and given back."""
    if request.method == "POST":
        return refused(refusal)
    return redirect(url_for("assessments.ask_why", key=(request.view_args or {})["key"]))


@blueprint.get("/assessments/<key>/set-aside")
@needs(CASEWORK)
def ask_why(key: str) -> str | Response:
    """Why a draft is to be set aside; once it is, who did it, when, why, and the way back."""
    viewer = current.viewer()
    with current.writing() as connection:
        try:
            assessment = open_assessment(connection, viewer, key, current.now())
        except SetAside:
            return _was_set_aside(open_aside(connection, viewer, key, current.now()))
        if not assessment.draft:
            return redirect(url_for("assessments.read", key=key))
        if not may_write(viewer):
            raise NotYours(who=PRACTITIONER.words)
    return _ask(assessment, Written())


@blueprint.post("/assessments/<key>/set-aside")
@needs(PRACTITIONER)
def put_aside(key: str) -> Response | tuple[str, int]:
    """Set a draft aside with the reason; set aside already, the page that says so is shown."""
    refuse_another_writer()
    written = _written()
    try:
        with current.writing() as connection:
            assessment = assessment_to_write(connection, current.viewer(), key)
            if not (written.no_reason or written.bad_words):
                why = Why(cast("Reason", written.reason), written.words)
                set_aside(connection, current.viewer(), assessment, why, current.now())
    except SetAside:
        return redirect(url_for("assessments.ask_why", key=key), SEE_OTHER)
    if written.no_reason or written.bad_words:
        return _ask(assessment, written), 400
    return redirect(url_for("assessments.ask_why", key=key), SEE_OTHER)


@blueprint.post("/assessments/<key>/bring-back")
@needs(PRACTITIONER)
def go_on_again(key: str) -> Response:
    """Bring back what was set aside and go on with it; brought back already, it is gone on with."""
    with current.writing() as connection:
        try:
            bring_back(connection, current.viewer(), key, current.now())
        except NoSuchRecord:
            open_assessment(connection, current.viewer(), key, current.now())
    return redirect(url_for("assessments.carry_on", key=key), SEE_OTHER)


def _written() -> Written:
    """What was posted, and what is wrong with it."""
    reason = request.form.get("reason", "")
    words = " ".join(request.form.get("words", "").replace("\0", "").split())
    no_reason = "" if reason in REASONS else "Choose why it is set aside"
    return Written(reason, words, no_reason, _wrong_with(reason, words))


def _wrong_with(reason: str, words: str) -> str:
    if reason == "other" and not words:
        return "Write a line that says why"
    if len(words) > LONGEST:
        return f"This has {len(words):,} characters; {LONGEST:,} is the most. Shorten it"
    return ""


def _ask(assessment: Assessment, written: Written) -> str:
    items = [
        Item("reason" if number == 0 else f"reason-{number + 1}", value, label, checked=value == written.reason)
        for number, (value, label) in enumerate(REASONS.items())
    ]
    reason = Control("reason", "reason", "Why is it set aside?", "", written.no_reason, items=items)
    hint = "For example, where it is written. Needed where you choose “Something else”"
    words = Control("words", "words", "A line about it", hint, written.bad_words, written.words)
    problems = [Link(f"#{each.first}", each.error) for each in (reason, words) if each.error]
    return render_template(
        "assessments/set_aside.html", reason=reason, words=words, problems=problems, **_of(assessment)
    )


def _was_set_aside(aside: Aside) -> str:
    return render_template(
        "assessments/was_set_aside.html",
        aside=aside,
        why=REASONS[aside.why.reason],
        may_write=may_write(current.viewer()),
        **_of(aside.assessment),
    )


def _of(assessment: Assessment) -> dict[str, Any]:
    return {
        "assessment": assessment,
        "form_title": in_language(assessment.edition.title, LANGUAGE),
        "about": about(assessment.children, current.today()),
    }
