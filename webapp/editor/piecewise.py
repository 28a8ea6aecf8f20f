"""A form being changed piece by piece: its outline, the part that is looked at, and what the change comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flask import render_template, request

from webapp import current
from webapp.access import FORMS, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.costs import cost_of
from webapp.editor.figures import difference, figures
from webapp.editor.following import follows
from webapp.editor.ground import Ground, ground_of
from webapp.editor.judging import Told, judged
from webapp.editor.local import local_changes
from webapp.editor.outline import drawn_outline, outline_of, sentence_of
from webapp.editor.panel.panels import Panel, panel_of
from webapp.editor.panel.subjects import THE_FORM, Subject, subject_of
from webapp.editor.seen_beside import fillings, seen_beside
from webapp.editor.sketch import Sketch, mends_of, sketch_of
from webapp.editor.staff import RefusedReply, staff_of
from webapp.editor.standing import based_of, writes
from webapp.store.approvals import asked_of, returned
from webapp.store.drafts import Standing, discarded, open_draft, revisions
from webapp.store.errors import StaleDraft


@dataclass(frozen=True, slots=True)
class Refused:
    """A change that was not kept: the panel as it was posted.

    `since` is the revision that it was based on where somebody changed the same part after it, else None.
    """

    panel: Panel
    since: int | None = None


@blueprint.get("/forms/<form>/draft")
@needs(FORMS)
def draft(form: str) -> str:
    """The draft of a form; where there is none, how one is begun."""
    with current.reading() as connection:
        standing = open_draft(connection, current.viewer(), form)
        ground = ground_of(connection, form, standing)
        gone = discarded(connection, current.viewer(), form) if standing is None else None
    at = request.args.get("at", "")
    if standing is None:
        return render_template("editor/no_draft.html", ground=ground, gone=gone, writes=writes(), at=at)
    return piecewise_page(ground, standing, at)


def piecewise_page(
    ground: Ground,
    standing: Standing,
    at: str,
    kept: Refused | None = None,
    refused: StaleDraft | None = None,
    unanswered: RefusedReply | None = None,
) -> str:
    """The draft with the part that is looked at by its name in the address; `kept` is what could not be saved of it.

    `refused` is a step that was not taken, since somebody changed the draft meanwhile; `unanswered` an answer to a
    remark that was not kept.
    """
    judgement = judged(standing.content, ground)
    sketch = sketch_of(standing.content, ground)
    subject = _looked_at(sketch, at) if sketch else None
    before = cost_of(ground.before, current.today())
    fill = request.values.get("fill", "")
    with current.reading() as connection:
        steps = revisions(connection, current.viewer(), standing.draft)
        menu = fillings(connection, ground.form, fill)
        asked = asked_of(connection, current.viewer(), standing)
        given_back = returned(connection, current.viewer(), standing.draft)
        staff = staff_of(connection, ground.form, sketch.form, subject, unanswered) if sketch and subject else None
    return render_template(
        "editor/piecewise.html",
        ground=ground,
        standing=standing,
        based=based_of(standing),
        writes=writes(),
        steps=steps,
        judgement=judgement,
        figures=figures(before, judgement),
        difference=difference(before, judgement),
        subject=subject,
        at_here=place_of(subject) if subject else "",
        chosen=bool(at),
        missing=bool(at and subject and place_of(subject) != at),
        headings=drawn_outline(standing.content, ground, subject.name, staff.unanswered) if subject and staff else (),
        panel=kept.panel if kept else _panel(ground, sketch, subject),
        kept=kept,
        theirs=[each for each in steps if kept and kept.since is not None and each.number > kept.since],
        problems=[*(kept.panel.problems if kept else ()), *(staff.problems if staff else ())],
        told=_told(sketch, subject),
        mends_of=partial(mends_of, sketch, ground) if writes() and sketch and not kept else None,
        staff=staff,
        refused=refused,
        asked=asked,
        given_back=given_back,
        seen=seen_beside(ground.form, judgement, subject, fill) if subject else None,
        fillings=menu,
        sentence=sentence_of(outline_of(standing.content, ground), subject.name) if subject else "",
        saved="saved" in request.args,
        follows=bool(subject and subject.name and follows(ground, subject.name)),
        local=local_changes(standing.content, ground),
    )


def _looked_at(sketch: Sketch, at: str) -> Subject | None:
    """The part with this name; where there is none such (any more), the first question."""
    name = "" if at == THE_FORM else at or sketch.form["sections"][0]["questions"][0]["id"]
    found = subject_of(sketch.form, name)
    return found or subject_of(sketch.form, sketch.form["sections"][0]["questions"][0]["id"])


def place_of(subject: Subject) -> str:
    """What an address names a part by."""
    return subject.name or THE_FORM


def _panel(ground: Ground, sketch: Sketch | None, subject: Subject | None) -> Panel | None:
    return panel_of(sketch.form, subject, sorted(ground.code_lists)) if sketch and subject else None


def _told(sketch: Sketch | None, subject: Subject | None) -> Sequence[Told]:
    return sketch.told.get(subject.name, ()) if sketch and subject else ()
