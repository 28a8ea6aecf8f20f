"""Finishing an assessment: checked, submitted to the manager, read and printed."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.journey.context import context_to_json
from webapp import current
from webapp.access import CASEWORK, PRACTITIONER, needs
from webapp.assessments.blueprint import blueprint
from webapp.assessments.drafts import writing
from webapp.assessments.languages import in_chosen_language, language_for
from webapp.assessments.trial_notice import after_submission
from webapp.assessments.version_line import VersionLine, version_line
from webapp.assessments.writer import refuse_another_version, refuse_another_writer
from webapp.assessments.writing import Writing, as_they_were
from webapp.clock import london_day
from webapp.config import LANGUAGE
from webapp.drawing.checking import check_page
from webapp.drawing.filling import about
from webapp.drawing.languages import languages_of
from webapp.drawing.reading import reading
from webapp.drawing.sections import steps
from webapp.navigation import SEE_OTHER
from webapp.store.assessments import Assessment, find_submitted, hold_assessment, open_assessment
from webapp.store.contents import code_lists_of
from webapp.store.database import Connection
from webapp.store.submissions import Frozen, open_submission, submit
from webapp.store.trial_measures import measure
from webapp.telling import telling_of_submission
from webapp.words import form_words, title_language

LONGEST_NOTE = 2000


@blueprint.get("/assessments/<key>/check")
@needs(PRACTITIONER)
def check(key: str) -> str | Response:
    """All answers by section, and what must still be said before they can be submitted."""
    return _open_check(key, "", "")


@blueprint.post("/assessments/<key>/check")
@needs(PRACTITIONER)
def speak(key: str) -> str | Response:
    """The same in another language, with the line to the manager as it was typed."""
    refuse_another_writer()
    return _open_check(key, _note(), request.form.get("language", ""))


def _open_check(key: str, note: str, asked: str) -> str | Response:
    """The page for checking; of what was submitted, the page to read."""
    viewer = current.viewer()
    with current.writing() as connection:
        assessment = open_assessment(connection, viewer, key, current.now())
        if not assessment.draft:
            return redirect(url_for("assessments.read", key=key), SEE_OTHER)
        draft = in_chosen_language(connection, viewer, writing(connection, assessment, current.today()), asked)
        version = version_line(connection, viewer, draft, offered_or_not=True)
    return _check(draft, version, note, tried=False)


def _note() -> str:
    return request.form.get("note", "").replace("\0", "").strip()


@blueprint.post("/assessments/<key>/submit")
@needs(PRACTITIONER)
def hand_in(key: str) -> Response | tuple[str, int]:
    """Submit a complete draft to the manager; submitted already, the page to read is shown."""
    note = _note()
    refuse_another_writer()
    with current.writing() as connection:
        assessment = hold_assessment(connection, current.viewer(), key)
        if assessment.draft:
            refuse_another_version(assessment)
            draft = in_chosen_language(connection, current.viewer(), writing(connection, assessment, current.today()))
            if check_page(draft).missing or len(note) > LONGEST_NOTE:
                open_assessment(connection, current.viewer(), key, current.now())
                version = version_line(connection, current.viewer(), draft, offered_or_not=True)
                return _check(draft, version, note, tried=True), 400
            frozen = _frozen(connection, draft)
            submit(connection, current.viewer(), assessment, frozen, note, current.now())
            measure(connection, current.viewer(), assessment, draft.journey, current.now())
    return redirect(url_for("assessments.read", key=key, submitted=1), SEE_OTHER)


def _check(draft: Writing, version: VersionLine, note: str, tried: bool) -> str:
    page = check_page(draft)
    return render_template(
        "assessments/check.html",
        page=page,
        steps=steps(draft, None),
        form_title=form_words(draft.definition.title, draft.language),
        languages=languages_of(draft.definition, draft.language),
        about=about(draft.assessment.children, draft.day),
        assessment=draft.assessment,
        version=version,
        note=note,
        problems=page.missing if tried else (),
        note_too_long=len(note) > LONGEST_NOTE,
    )


def _frozen(connection: Connection, draft: Writing) -> Frozen:
    journey = draft.journey
    return Frozen(
        record=journey.record(),
        shown=[str(place) for place in journey.shown],
        context=context_to_json(journey.context),
        code_lists=code_lists_of(connection, draft.assessment.edition),
    )


@blueprint.get("/assessments/<key>/read")
@needs(CASEWORK)
def read(key: str) -> str | Response:
    """What was submitted, as it is read: what it means first."""
    return _read(key, "assessments/read.html")


@blueprint.get("/assessments/<key>/print")
@needs(CASEWORK)
def print_out(key: str) -> str | Response:
    """The same on paper: everything open, nothing around it."""
    return _read(key, "assessments/print.html", "printed")


def _read(key: str, template: str, act: str = "opened") -> str | Response:
    """`child` names whose record alone is read; everybody's is read by who may open every child it is about."""
    chosen = request.args.get("child", "")
    with current.writing() as connection:
        in_part = find_submitted(connection, current.viewer(), key)
        if not chosen and not in_part.whole:
            return _lead_to_one(in_part)
        assessment, submission = open_submission(connection, current.viewer(), key, current.now(), chosen, act)
        told = telling_of_submission(connection, assessment, submission)
        language = language_for(connection, current.viewer(), told.definition, assessment)
        trial = after_submission(connection, current.viewer(), assessment, submission) if act == "opened" else None
        told = replace(told, language=language)
    were = as_they_were(assessment.children, submission.frozen.context)
    children = [child for child in were if chosen in ("", child.key)]
    return render_template(
        template,
        reading=reading(told.of_child(chosen) if chosen else told),
        assessment=assessment,
        submission=submission,
        form_title=form_words(told.definition.title, told.language),
        title_language=title_language(told.definition.title, told.language),
        languages=languages_of(told.definition, told.language),
        about=about(children, london_day(submission.submitted_at)),
        children=children,
        references=", ".join(child.reference for child in children),
        begun_by=assessment.begun_by if submission.begun_by_another else "",
        chosen=chosen,
        just_submitted="submitted" in request.args,
        trial=trial,
    )


def _lead_to_one(in_part: Assessment) -> str | Response:
    """To the record of the only child within reach, or to choosing one of several."""
    if len(in_part.children) == 1:
        return redirect(url_for(str(request.endpoint), key=in_part.key, child=in_part.children[0].key))
    title = form_words(in_part.edition.title, LANGUAGE)
    return render_template("assessments/whose_record.html", assessment=in_part, form_title=title)
