"""Moving a draft to the version of its form in use: what it would do, doing it, and undoing it until the next save."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import PRACTITIONER, needs
from webapp.assessments.blueprint import blueprint
from webapp.assessments.drafts import writing
from webapp.assessments.languages import in_chosen_language
from webapp.assessments.trial_notice import ends_as_begun
from webapp.assessments.version_line import in_use, kept_from
from webapp.assessments.what_moves import WhatMoves, what_moves
from webapp.assessments.writer import refuse_another_writer
from webapp.assessments.writing import Writing
from webapp.drawing.filling import about
from webapp.navigation import SEE_OTHER
from webapp.store.assessments import Assessment, assessment_to_write, open_assessment
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.definitions import Edition
from webapp.store.errors import MoveIsFinal
from webapp.store.move_offers import offers
from webapp.store.moves import Moving, move_draft, moves_of, to_be_undone, undo_move
from webapp.store.withdrawals import published
from webapp.words import form_words, version_words


@dataclass(frozen=True, slots=True)
class Target:
    """The version in use where the draft is on another one that it need not end on, and what moving there would do."""

    edition: Edition
    what: WhatMoves


@blueprint.get("/assessments/<key>/move")
@needs(PRACTITIONER)
def before_moving(key: str) -> str | Response:
    """What moving would do to a draft, what earlier moves left, and the way back from the last."""
    return _page(key)


@blueprint.post("/assessments/<key>/move")
@needs(PRACTITIONER)
def go(key: str) -> str | Response | tuple[str | Response, int]:
    """Move the draft where the page said, as the page showed it; moved there already, nothing happens."""
    refuse_another_writer()
    with current.writing() as connection:
        assessment = assessment_to_write(connection, current.viewer(), key)
        if assessment.edition.key == request.form.get("to"):
            return redirect(url_for("assessments.before_moving", key=key, moved=1), SEE_OTHER)
        draft = _draft(connection, assessment)
        target = _target(connection, draft)
        if target is not None and _as_shown(draft, target):
            _move(connection, draft, target)
            return redirect(url_for("assessments.before_moving", key=key, moved=1), SEE_OTHER)
    return _page(key, "changed"), 409


@blueprint.post("/assessments/<key>/move/undo")
@needs(PRACTITIONER)
def undo(key: str) -> str | Response | tuple[str | Response, int]:
    """Let the draft stand as it did before its last move; refused once something was saved."""
    refuse_another_writer()
    try:
        with current.writing() as connection:
            assessment = assessment_to_write(connection, current.viewer(), key)
            undo_move(connection, current.viewer(), assessment, request.form.get("move", ""), current.now())
    except MoveIsFinal:
        return _page(key, "final"), 409
    return redirect(url_for("assessments.before_moving", key=key, undone=1), SEE_OTHER)


def _draft(connection: Connection, assessment: Assessment) -> Writing:
    return in_chosen_language(connection, current.viewer(), writing(connection, assessment, current.today()))


def _target(connection: Connection, draft: Writing) -> Target | None:
    edition = in_use(connection, current.viewer(), draft.assessment.edition.form)
    if edition is None or edition == draft.assessment.edition:
        return None
    offered = edition.form in offers(connection, current.viewer(), current.today())
    if not offered and ends_as_begun(connection, draft.assessment):
        return None
    return Target(edition, what_moves(draft, definition_of(connection, edition, draft.day)))


def _as_shown(draft: Writing, target: Target) -> bool:
    """Whether the page that was posted showed the draft as it stands, and the version that is in use."""
    shown = [request.form.get(name, "") for name in ("edition", "to", "newest")]
    return shown == [draft.assessment.edition.key, target.edition.key, str(draft.answers.newest)]


def _move(connection: Connection, draft: Writing, target: Target) -> None:
    new = definition_of(connection, target.edition, draft.day)
    moving = Moving(target.edition, new, target.what.moved, draft.language)
    move_draft(connection, current.viewer(), draft.assessment, draft.answers, moving, current.now())


def _page(key: str, refused: str = "") -> str | Response:
    viewer = current.viewer()
    with current.writing() as connection:
        assessment = open_assessment(connection, viewer, key, current.now())
        if not assessment.draft:
            return redirect(url_for("assessments.read", key=key))
        draft = _draft(connection, assessment)
        target, found = _target(connection, draft), moves_of(connection, assessment)
        offer = offers(connection, viewer, current.today()).get(assessment.edition.form)
        editions = {each.edition.id: each for each in published(connection, viewer, current.today())}
    last = to_be_undone(found, assessment, draft.answers.newest)
    return render_template(
        "assessments/move.html",
        assessment=assessment,
        form_title=form_words(draft.definition.title, draft.language),
        about=about(assessment.children, draft.day),
        newest=draft.answers.newest,
        now_on=version_words(assessment.edition, target.edition if target else assessment.edition),
        to=version_words(target.edition, assessment.edition) if target else "",
        target=target,
        published=editions.get(target.edition.id) if target else None,
        offer=offer if target else None,
        last=last,
        last_from=version_words(last.left, assessment.edition) if last else "",
        last_to=version_words(assessment.edition, last.left) if last else "",
        kept=kept_from(draft, found),
        refused=refused,
        moved="moved" in request.args and last is not None,
        undone="undone" in request.args,
    )
