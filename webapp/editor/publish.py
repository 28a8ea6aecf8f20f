"""A draft on its way to those who fill it in: what it changes and means, the reason, and publishing it."""

from functools import partial

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.definition import Definition
from engine.errors import Refusal
from webapp import current
from webapp.access import ADMIN, needs
from webapp.drawing.values import Control, Link
from webapp.editor.blueprint import blueprint
from webapp.editor.case_files import cases_of, held_against
from webapp.editor.costs import cost_of
from webapp.editor.figures import figures
from webapp.editor.from_trial import reason_from_trial
from webapp.editor.ground import Ground, ground_of
from webapp.editor.judging import Judgement, judged
from webapp.editor.reasons import (
    Reasons,
    controls_of,
    day_control,
    reasons_again,
    reasons_sent,
    when_control,
    words_control,
)
from webapp.editor.shared_facts import shared_facts
from webapp.editor.side_by_side import statutory
from webapp.editor.sketch import part_told, sketch_of
from webapp.editor.standing import based_of, based_on
from webapp.navigation import SEE_OTHER
from webapp.store.approvals import asked_last, asked_of, needs_two, returned
from webapp.store.approving import Asking, ask
from webapp.store.definitions import Publication
from webapp.store.drafts import Standing, open_draft
from webapp.store.errors import DraftEnded, StaleDraft
from webapp.store.publishing import publish_draft, under_way


@blueprint.get("/forms/<form>/publish")
@needs(ADMIN)
def before_publishing(form: str) -> str | Response:
    """What publishing the draft would change; without a draft, the page that begins one."""
    found = found_to_publish(form)
    if found is None:
        return redirect(url_for("editor.draft", form=form))
    reason = reason_from_trial(form)
    return page_before_publishing(*found, reasons=Reasons(reason) if reason else None)


@blueprint.post("/forms/<form>/publish")
@needs(ADMIN)
def publish(form: str) -> Response | tuple[str, int]:
    """Publish what was looked at, for a reason; with errors, or without the reasons, nothing is published."""
    found = found_to_publish(form)
    if found is None:
        raise DraftEnded
    ground, standing, judgement, counts = found
    reasons = reasons_sent(judgement, current.today())
    if judgement.definition is None or judgement.errors or reasons.wrong:
        return page_before_publishing(ground, standing, judgement, counts, reasons), 400
    try:
        sent = _publish_or_ask(ground, judgement.definition, judgement, reasons)
    except StaleDraft as refused:
        return page_before_publishing(*(found_to_publish(form) or found), reasons, refused), 409
    if sent:
        return redirect(url_for("editor.before_publishing", form=form, sent=1), SEE_OTHER)
    done = "scheduled" if reasons.begins_on else "published"
    return redirect(f"{url_for('editor.versions', form=form)}?{done}=1", SEE_OTHER)


def found_to_publish(form: str) -> tuple[Ground, Standing, Judgement, int] | None:
    """The draft judged, and how many assessments are under way; None without a draft."""
    with current.reading() as connection:
        ground = ground_of(connection, form)
        standing = open_draft(connection, current.viewer(), form)
        counts = sum(under_way(connection, current.viewer(), form, current.today()).values())
    return None if standing is None else (ground, standing, judged(standing.content, ground), counts)


def _broken_cases(ground: Ground, judgement: Judgement) -> tuple[int, int]:
    """How many cases of the form the draft does not keep, and of how many; none while it has errors."""
    if judgement.definition is None:
        return 0, 0
    with current.reading() as connection:
        cases = [each for each in cases_of(connection, ground.form) if each.removed_at is None]
    return sum(bool(held_against(each, judgement.definition).differences) for each in cases), len(cases)


def _publish_or_ask(ground: Ground, definition: Definition, judgement: Judgement, reasons: Reasons) -> bool:
    """Publish or, where the authority asks a second person, send it to them; gives whether it was sent."""
    viewer = current.viewer()
    publication = Publication(
        definition,
        judgement.code_lists,
        viewer.authority,
        viewer.id,
        reasons.reason,
        reasons.budget_reason,
        reasons.begins_on,
        ground.base.edition.id if ground.base else None,
    )
    with current.writing() as connection:
        if needs_two(connection, viewer.authority):
            asking = Asking(reasons.reason, reasons.budget_reason, reasons.begins_on)
            ask(connection, viewer, ground.form, based_on(), asking, current.now())
            return True
        publish_draft(connection, viewer, based_on(), publication, current.now())
    return False


def page_before_publishing(
    ground: Ground,
    standing: Standing,
    judgement: Judgement,
    counts: int,
    reasons: Reasons | None = None,
    refused: Refusal | None = None,
    words: Control | None = None,
) -> str:
    """The page; `reasons` are those that were sent now, else those that an earlier request gave.

    `words` is the box for those who return the draft, where what stood in it was refused.
    """
    viewer = current.viewer()
    with current.reading() as connection:
        asks = needs_two(connection, viewer.authority)
        asked = asked_of(connection, viewer, standing)
        given_back = returned(connection, viewer, standing.draft)
        before = asked_last(connection, viewer, standing.draft)
        shared = shared_facts(connection, ground.before, judgement.definition) if judgement.definition else []
    words, reasons = words or words_control(), reasons or reasons_again(before, current.today())
    controls = controls_of(judgement, reasons)
    when, day = when_control(reasons), day_control(reasons)
    return render_template(
        "editor/publish.html",
        ground=ground,
        standing=standing,
        based=based_of(standing),
        judgement=judgement,
        part_of=partial(part_told, sketch_of(standing.content, ground)),
        figures=figures(cost_of(ground.before, current.today()), judgement),
        statutory=statutory(ground.before, judgement.definition) if judgement.definition else None,
        under_way=counts,
        controls=controls,
        when=when,
        day=day,
        problems=[Link(f"#{each.first}", each.error) for each in (*controls, day, words) if each.error],
        needs_two=asks,
        asked=asked,
        mine=asked is not None and asked.asked_by == viewer.id,
        returned=given_back,
        shared=shared,
        broken=_broken_cases(ground, judgement),
        words=words,
        sent="sent" in request.args,
        refused=refused,
    )
