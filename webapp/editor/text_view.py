"""A form being changed as text: every problem with its line, and both texts where two people changed it at once."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN, FORMS, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.costs import cost_of
from webapp.editor.figures import figures
from webapp.editor.ground import Ground, ground_of
from webapp.editor.judging import Judgement, done_between, judged
from webapp.editor.standing import AS_TEXT, back_to, based_of, based_on, standing_of, writes
from webapp.editor.texts import differences, sent_text
from webapp.htmx import fragment
from webapp.store import draft_changes
from webapp.store.drafts import Standing, open_draft, revisions
from webapp.store.errors import StaleDraft


@blueprint.get("/forms/<form>/draft/text")
@needs(FORMS)
def text(form: str) -> str | Response:
    """The draft of a form as text; without one, the page that begins it."""
    with current.reading() as connection:
        ground = ground_of(connection, form)
        standing = open_draft(connection, current.viewer(), form)
    if standing is None:
        return redirect(url_for("editor.draft", form=form))
    return text_page(ground, standing, standing.content)


@blueprint.post("/forms/<form>/draft/text")
@needs(ADMIN)
def save(form: str) -> Response | tuple[str, int]:
    """Keep the text as it was sent, valid or not; where somebody else changed it meanwhile, show both."""
    sent = sent_text()
    ground, standing = standing_of(form)
    done = done_between(judged(standing.content, ground).definition, judged(sent, ground).definition)
    try:
        with current.writing() as connection:
            draft_changes.save_draft(connection, current.viewer(), based_on(), sent, done, current.now())
    except StaleDraft as refused:
        return text_page(ground, standing_of(form)[1], sent, refused), 409
    return back_to(form, AS_TEXT)


@blueprint.post("/forms/<form>/draft/check")
@needs(ADMIN)
def check(form: str) -> Response:
    """What is to be said of a text that is not saved yet, and whether somebody saved another one meanwhile."""
    ground, standing = standing_of(form)
    judgement = judged(sent_text(), ground)
    newer = None if based_on() == based_of(standing) else standing.newest
    return fragment(render_template("editor/_judged.html", newer=newer, **_shown(ground, judgement)))


def text_page(ground: Ground, standing: Standing, written: str, refused: StaleDraft | None = None) -> str:
    """The draft as text; `written` is what stands in the box, other than what is kept where a save was refused."""
    with current.reading() as connection:
        steps = revisions(connection, current.viewer(), standing.draft)
    return render_template(
        "editor/text.html",
        standing=standing,
        text=written,
        steps=steps,
        refused=refused,
        differences=differences(standing.content, written) if refused else (),
        writes=writes(),
        newer=None,
        **_shown(ground, judged(written, ground)),
    )


def _shown(ground: Ground, judgement: Judgement) -> dict[str, object]:
    """What the part of the page needs that says how a text is judged."""
    cost = cost_of(ground.before, current.today())
    return {"ground": ground, "judgement": judgement, "figures": figures(cost, judgement)}
