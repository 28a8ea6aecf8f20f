"""A draft on its way to those who fill it in: what it changes and means, the reason, and publishing it."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.definition import Definition
from webapp import current
from webapp.access import ADMIN, needs
from webapp.drawing.values import Control, Link
from webapp.editor.blueprint import blueprint
from webapp.editor.costs import cost_of
from webapp.editor.figures import figures
from webapp.editor.ground import Ground, ground_of
from webapp.editor.judging import Judgement, judged
from webapp.editor.side_by_side import statutory
from webapp.editor.standing import based_of, based_on
from webapp.navigation import SEE_OTHER
from webapp.store.definitions import Publication
from webapp.store.drafts import Standing, open_draft
from webapp.store.errors import DraftEnded, StaleDraft
from webapp.store.publishing import publish_draft, under_way

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why it is published, why it may go over its budget, and what is wrong with either: "" where nothing is."""

    reason: str = ""
    budget_reason: str = ""
    no_reason: str = ""
    no_budget_reason: str = ""


@blueprint.get("/forms/<form>/publish")
@needs(ADMIN)
def before_publishing(form: str) -> str | Response:
    """What publishing the draft would change; without a draft, the page that begins one."""
    found = _found(form)
    return redirect(url_for("editor.draft", form=form)) if found is None else _page(*found, Reasons())


@blueprint.post("/forms/<form>/publish")
@needs(ADMIN)
def publish(form: str) -> Response | tuple[str, int]:
    """Publish what was looked at, for a reason; with errors, or without the reasons, nothing is published."""
    found = _found(form)
    if found is None:
        raise DraftEnded
    ground, standing, judgement, counts = found
    reasons = _reasons(judgement)
    if judgement.definition is None or judgement.errors or reasons.no_reason or reasons.no_budget_reason:
        return _page(ground, standing, judgement, counts, reasons), 400
    try:
        _publish(ground, judgement.definition, judgement, reasons)
    except StaleDraft as refused:
        return _page(*(_found(form) or found), reasons, refused), 409
    return redirect(url_for("editor.versions", form=form, published=1), SEE_OTHER)


def _found(form: str) -> tuple[Ground, Standing, Judgement, int] | None:
    """The draft judged, and how many assessments are under way; None without a draft."""
    with current.reading() as connection:
        ground = ground_of(connection, form)
        standing = open_draft(connection, current.viewer(), form)
        counts = sum(under_way(connection, current.viewer(), form).values())
    return None if standing is None else (ground, standing, judged(standing.content, ground), counts)


def _publish(ground: Ground, definition: Definition, judgement: Judgement, reasons: Reasons) -> None:
    viewer = current.viewer()
    words, base = (reasons.reason, reasons.budget_reason), ground.base.edition.id if ground.base else None
    publication = Publication(definition, judgement.code_lists, viewer.authority, viewer.id, *words, base)
    with current.writing() as connection:
        publish_draft(connection, viewer, based_on(), publication, current.now())


def _reasons(judgement: Judgement) -> Reasons:
    reason, budget_reason = (request.form.get(name, "").strip() for name in ("reason", "budget_reason"))
    no_budget_reason = _wrong(budget_reason, "Say why this form may go over its budget")
    return Reasons(
        reason,
        budget_reason if judgement.over_budget else "",
        _wrong(reason, "Say why this version is published"),
        no_budget_reason if judgement.over_budget else "",
    )


def _wrong(reason: str, missing: str) -> str:
    if len(reason) > LONGEST_REASON:
        return f"A reason has at most {LONGEST_REASON:,} characters; this one has {len(reason):,}"
    return "" if reason else missing


def _page(
    ground: Ground,
    standing: Standing,
    judgement: Judgement,
    counts: int,
    reasons: Reasons,
    refused: StaleDraft | None = None,
) -> str:
    controls = _controls(judgement, reasons)
    return render_template(
        "editor/publish.html",
        ground=ground,
        standing=standing,
        based=based_of(standing),
        judgement=judgement,
        figures=figures(cost_of(ground.before, current.today()), judgement),
        statutory=statutory(ground.before, judgement.definition) if judgement.definition else None,
        under_way=counts,
        controls=controls,
        problems=[Link(f"#{each.id}", each.error) for each in controls if each.error],
        refused=refused,
    )


def _controls(judgement: Judgement, reasons: Reasons) -> list[Control]:
    hint = "In a sentence or two. It stands in the list of versions for as long as there is one"
    asked = [("reason", "Why is this version published?", hint, reasons.reason, reasons.no_reason)]
    if judgement.over_budget:
        budget = ("budget_reason", "Why may it go over its budget?", "It is kept with the version")
        asked.append((*budget, reasons.budget_reason, reasons.no_budget_reason))
    return [
        Control(id=name, name=name, label=label, hint=hint, error=error, value=value, rows=3)
        for name, label, hint, value, error in asked
    ]
