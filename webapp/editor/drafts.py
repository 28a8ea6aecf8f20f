"""A form being changed: its text, what the engine says of it, and every step undone and redone."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN, FORMS, Viewer, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.costs import cost_of
from webapp.editor.figures import figures
from webapp.editor.ground import Ground, ground_of
from webapp.editor.judging import Judgement, done_between, judged
from webapp.editor.layout import laid_out
from webapp.editor.texts import differences, sent_text
from webapp.htmx import fragment
from webapp.navigation import SEE_OTHER
from webapp.store import draft_changes
from webapp.store.database import Connection
from webapp.store.definitions import content_of
from webapp.store.draft_changes import Based
from webapp.store.drafts import Beginning, Standing, begin_draft, discarded, open_draft, revisions
from webapp.store.errors import DraftEnded, StaleDraft

Step = Callable[[Connection, Viewer, Based, datetime], None]


@blueprint.get("/forms/<form>/draft")
@needs(FORMS)
def draft(form: str) -> str:
    """The draft of a form; where there is none, how one is begun."""
    with current.reading() as connection:
        ground = ground_of(connection, form)
        standing = open_draft(connection, current.viewer(), form)
        gone = discarded(connection, current.viewer(), form) if standing is None else None
    if standing is None:
        return render_template("editor/no_draft.html", ground=ground, gone=gone, writes=_writes())
    return _page(ground, standing, standing.content)


@blueprint.post("/forms/<form>/draft/begin")
@needs(ADMIN)
def begin(form: str) -> Response:
    """Begin a draft from the version in use, or the one that waits for its day; one begun already goes on."""
    with current.writing() as connection:
        ground = ground_of(connection, form)
        which = (ground.waiting or ground.published).edition
        text = laid_out({**content_of(connection, which), "version": ground.version})
        begin_draft(connection, current.viewer(), Beginning(form, which.id, text), current.now())
    return _to_the_draft(form)


@blueprint.post("/forms/<form>/draft")
@needs(ADMIN)
def save(form: str) -> Response | tuple[str, int]:
    """Keep the text as it was sent, valid or not; where somebody else changed it meanwhile, show both."""
    text = sent_text()
    ground, standing = _standing(form)
    done = done_between(judged(standing.content, ground), judged(text, ground))
    try:
        with current.writing() as connection:
            draft_changes.save_draft(connection, current.viewer(), based_on(), text, done, current.now())
    except StaleDraft as refused:
        return _page(ground, _standing(form)[1], text, refused), 409
    return _to_the_draft(form)


@blueprint.post("/forms/<form>/draft/check")
@needs(ADMIN)
def check(form: str) -> Response:
    """What is to be said of a text that is not saved yet, and whether somebody saved another one meanwhile."""
    ground, standing = _standing(form)
    judgement = judged(sent_text(), ground)
    newer = None if based_on() == based_of(standing) else standing.newest
    return fragment(render_template("editor/_judged.html", newer=newer, **_shown(ground, judgement)))


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
    return _to_the_draft(form)


def based_on() -> Based:
    """Which draft and revision the page that was posted showed."""
    return Based(request.form.get("draft", ""), request.form.get("revision", 0, type=int))


def based_of(standing: Standing) -> Based:
    """The newest revision of a draft."""
    return Based(standing.draft.key, standing.newest.number)


def _step(form: str, step: Step) -> Response | tuple[str, int]:
    """Undo, redo or discard; where somebody changed the draft meanwhile, say so and show how it stands."""
    try:
        with current.writing() as connection:
            step(connection, current.viewer(), based_on(), current.now())
    except StaleDraft as refused:
        ground, standing = _standing(form)
        return _page(ground, standing, standing.content, refused), 409
    return _to_the_draft(form)


def _standing(form: str) -> tuple[Ground, Standing]:
    with current.reading() as connection:
        standing = open_draft(connection, current.viewer(), form)
        if standing is None:
            raise DraftEnded
        return ground_of(connection, form), standing


def _to_the_draft(form: str) -> Response:
    return redirect(url_for("editor.draft", form=form), SEE_OTHER)


def _writes() -> bool:
    return ADMIN.allows(current.viewer())


def _page(ground: Ground, standing: Standing, text: str, refused: StaleDraft | None = None) -> str:
    """The draft; `text` is what stands in the box, other than what is kept where a save was refused."""
    with current.reading() as connection:
        steps = revisions(connection, current.viewer(), ground.form)
    return render_template(
        "editor/draft.html",
        standing=standing,
        text=text,
        steps=steps,
        refused=refused,
        differences=differences(standing.content, text) if refused else (),
        writes=_writes(),
        newer=None,
        **_shown(ground, judged(text, ground)),
    )


def _shown(ground: Ground, judgement: Judgement) -> dict[str, object]:
    """What the part of the page needs that says how a text is judged."""
    cost = cost_of(ground.before, current.today())
    return {"ground": ground, "judgement": judgement, "figures": figures(cost, judgement)}
