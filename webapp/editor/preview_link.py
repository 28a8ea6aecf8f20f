"""A draft sent to people of the authority: the link that is made for it, and what stands behind it."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN, SIGNED_IN, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.ground import Ground, ground_of
from webapp.editor.judging import judged
from webapp.editor.outlined import outlined
from webapp.editor.try_it import Page, begun, gone_on
from webapp.editor.try_stage import Stage, draft_stage, of_draft
from webapp.navigation import SEE_OTHER, this_site
from webapp.store.drafts import Standing
from webapp.store.errors import DraftEnded, NoSuchRecord
from webapp.store.preview_links import end_preview_link, links_to, log_preview, make_preview_link, previewed

TOKEN = "<string(length=43):token>"


@blueprint.get("/forms/<form>/draft/links")
@needs(ADMIN)
def links(form: str) -> str | Response:
    """The links to a draft that work, and how one is made."""
    try:
        return _links(draft_stage(form), "")
    except DraftEnded:
        return redirect(url_for("editor.draft", form=form))


@blueprint.post("/forms/<form>/draft/links")
@needs(ADMIN)
def make_link(form: str) -> str:
    """Make a link, which this page shows once."""
    stage = draft_stage(form)
    with current.writing() as connection:
        token = make_preview_link(connection, current.viewer(), form, current.now())
    return _links(stage, f"{this_site()}{url_for('editor.preview', token=token)}")


@blueprint.post("/forms/<form>/draft/links/<key>/end")
@needs(ADMIN)
def end_link(form: str, key: str) -> Response:
    """Let a link work no longer."""
    draft_stage(form)
    with current.writing() as connection:
        end_preview_link(connection, current.viewer(), form, key, current.now())
    return redirect(url_for("editor.links", form=form, ended=1), SEE_OTHER)


@blueprint.get(f"/forms/preview/{TOKEN}")
@needs(SIGNED_IN)
def preview(token: str) -> str | tuple[str, int]:
    """The draft that a link leads to, in words; who reads it is logged."""
    try:
        with current.writing() as connection:
            standing = previewed(connection, current.viewer(), token, current.now())
            log_preview(connection, current.viewer(), standing, current.now())
            ground = ground_of(connection, standing.draft.form, standing)
    except NoSuchRecord:
        return render_template("editor/preview_gone.html"), 404
    judgement = judged(standing.content, ground)
    return render_template(
        "editor/preview.html",
        stage=_stage(token, ground, standing),
        ground=ground,
        standing=standing,
        judgement=judgement,
        parts=outlined(judgement.definition) if judgement.definition else (),
    )


@blueprint.get(f"/forms/preview/{TOKEN}/try")
@needs(SIGNED_IN)
def try_preview(token: str) -> Page:
    """The same form filled in, by whoever was sent the link."""
    return begun(_behind(token))


@blueprint.post(f"/forms/preview/{TOKEN}/try")
@needs(SIGNED_IN)
def go_on_with_preview(token: str) -> Page:
    """What follows from what the page held and from the button that was pressed."""
    return gone_on(_behind(token))


def _behind(token: str) -> Stage:
    with current.reading() as connection:
        standing = previewed(connection, current.viewer(), token, current.now())
        ground = ground_of(connection, standing.draft.form, standing)
    return _stage(token, ground, standing)


def _stage(token: str, ground: Ground, standing: Standing) -> Stage:
    address, back = url_for("editor.try_preview", token=token), url_for("editor.preview", token=token)
    return of_draft(ground, standing, address, back)


def _links(stage: Stage, made: str) -> str:
    with current.reading() as connection:
        found = links_to(connection, current.viewer(), stage.form, current.now())
    return render_template("editor/links.html", stage=stage, links=found, made=made, ended="ended" in request.args)
