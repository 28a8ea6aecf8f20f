"""An invitation to take part in another authority's trial: the plan to read, what this one brings, yes or no."""

from collections.abc import Iterator, Mapping, Sequence

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.trials.plan import Part
from webapp import current
from webapp.access import FORMS, needs
from webapp.drawing.values import Control, Link
from webapp.navigation import SEE_OTHER
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord
from webapp.store.trial_earlier import earlier_here
from webapp.store.trial_errors import InvitationOver, PartHasProblems, PlanChanged
from webapp.store.trial_invitations import Invited, invited
from webapp.store.trial_invitations import decline as decline_trial
from webapp.store.trial_invitations import join as join_trial
from webapp.store.trial_watching import people_here
from webapp.store.trials import find_trial
from webapp.trials.blueprint import blueprint
from webapp.trials.plan_words import NOTHING, Line, lines_of, names_in, who_may_open
from webapp.trials.planning.arms_beside import differences_in
from webapp.trials.planning.chances import GROUPED
from webapp.trials.planning.safety_step import scorers_box, watcher_box
from webapp.trials.planning.steps import box_of
from webapp.trials.planning.teams_step import rows_of, teams_typed
from webapp.trials.planning.typed import Wrong, box, clean, text_box, words_typed

OWN = ("Teams", "Who watches for harm", "Approval", "Data protection assessment", "Whom to ask", "Who scores")
"""What this authority says for itself, and so is asked for below the plan."""
CHANGED = "The plan was changed while your page was open, so nothing was kept. Read it again below, then join."


@blueprint.get("/trials/<key>/invitation")
@needs(FORMS)
def invitation(key: str) -> str | Response:
    """The plan and what is asked of this authority; once registered, its own trial."""
    return _page(key, None, missing=False)


@blueprint.post("/trials/<key>/invitation")
@needs(FORMS)
def take_part(key: str) -> Response | tuple[str, int]:
    """Take part with what was typed; with something missing, the same page again."""
    viewer, now = current.viewer(), current.now()
    with current.reading() as connection:
        typed = _typed(invited(connection, viewer, key, current.today()))
    try:
        with current.writing() as connection:
            join_trial(connection, viewer, key, typed, words_typed(request.form, "seen"), now)
    except PlanChanged:
        return _again(key, typed, 409, CHANGED)
    except PartHasProblems:
        return _again(key, typed, 400, "")
    return redirect(url_for("trials.invitation", key=key, done="joined"), SEE_OTHER)


@blueprint.post("/trials/<key>/invitation/decline")
@needs(FORMS)
def decline(key: str) -> Response:
    """Take no part, or no longer."""
    with current.writing() as connection:
        decline_trial(connection, current.viewer(), key, words_typed(request.form, "why"), current.now())
    return redirect(url_for("trials.trials", declined=1), SEE_OTHER)


def _typed(found: Invited) -> Part:
    """What was typed: teams, people by key, and words."""
    form = request.form
    scores = found.plan.asks_for("quality")
    return Part(
        key=found.invitation.key,
        teams=teams_typed(form, found.plan.scheme),
        watcher=words_typed(form, "watcher"),
        scorers=tuple(clean(each)[:64] for each in form.getlist("scorers")) if scores else (),
        approval=words_typed(form, "approval"),
        data_protection=words_typed(form, "data_protection"),
        whom_to_ask=words_typed(form, "whom_to_ask"),
    )


def _again(key: str, typed: Part, status: int, changed: str) -> Response | tuple[str, int]:
    page = _page(key, typed, missing=status == 400, changed=changed)
    return page if isinstance(page, Response) else (page, status)


def _page(key: str, typed: Part | None, *, missing: bool, changed: str = "") -> str | Response:
    with current.reading() as connection:
        try:
            found = invited(connection, current.viewer(), key, current.today(), typed)
        except InvitationOver:
            if not _registered(connection, key):
                raise
            return redirect(url_for("trials.trial", key=key))
        return _drawn(connection, found, missing, changed)


def _registered(connection: Connection, key: str) -> bool:
    try:
        return find_trial(connection, current.viewer(), key).registration is not None
    except NoSuchRecord:
        return False


def _wrong(found: Invited) -> dict[str, str]:
    """What is wrong with the boxes of this page, by their names: the first fault of each."""
    told: dict[str, str] = {}
    for each in found.problems:
        told.setdefault(box_of(found.plan, each.place), f"{each.message} {each.mend}".strip())
    return told


def _links(found: Invited, controls: Mapping[str, Control], wrong: Wrong) -> Iterator[Link]:
    """The lines of the error summary: to the box where there is one here, else to where the page speaks of it."""
    if found.fitting.unfit:
        yield Link("#form", found.fitting.unfit)
        return
    for name, words in wrong.items():
        if name in controls or name == "teams":
            yield Link(f"#{controls[name].first if name in controls else name}", words)
    for each in found.problems:
        if box_of(found.plan, each.place) in {*controls, "teams"}:
            continue
        if each.code == "no_baseline":
            mend = f"Leave such teams out, or ask {found.leader} not to adjust for how teams were before."
            yield Link("#teams", f"{each.message} {mend}")
        else:
            yield Link("#plan", f"{each.message} Only {found.leader} can put that right, in its plan.")


def _drawn(connection: Connection, found: Invited, missing: bool, changed: str) -> str:
    wrong = _wrong(found) if missing else {}
    boxes = list(_boxes(connection, found, wrong))
    links = list(_links(found, {each.name: each for each in boxes}, wrong)) if missing else []
    teams_wrong = next((each.message for each in links if each.href == "#teams"), "")
    told = _told(connection, found)
    return render_template(
        "trials/invitation.html",
        found=found,
        told=told,
        unsaid=[each.about for _, lines in told for each in lines if each.words == NOTHING],
        earlier=earlier_here(connection, current.viewer(), found.plan.form, current.now()),
        differences=differences_in(found.plan, found.around),
        rows=rows_of(connection, found.plan.teams, found.around),
        grouped=found.plan.scheme in GROUPED,
        teams_wrong=teams_wrong,
        boxes=boxes,
        why=text_box(
            "why", "Why does this authority take no part? (optional)", "", {}, "The authority that leads reads it", 2
        ),
        problems=links,
        changed=changed,
        done=request.args.get("done", "") == "joined",
    )


def _told(connection: Connection, found: Invited) -> Sequence[tuple[str, Sequence[Line]]]:
    """What the plan says for all, by step."""
    opening = who_may_open(found.leader, somebody=found.may_be_opened)
    whole = lines_of(found.plan, names_in(connection, found.around), opening)
    lines = [each for each in whole if each.about not in OWN]
    steps = dict.fromkeys(each.step for each in lines)
    return [(step, [each for each in lines if each.step == step]) for step in steps]


def _boxes(connection: Connection, found: Invited, wrong: Wrong) -> Iterator[Control]:
    plan, everybody = found.plan, people_here(connection, current.viewer())
    yield watcher_box(plan, everybody, wrong)
    if plan.asks_for("quality"):
        yield scorers_box(plan, everybody, wrong)
    yield box("approval", "Who approved it here, and under what reference?", plan.approval, wrong)
    where = "Where is this authority’s data protection assessment?"
    yield box("data_protection", where, plan.data_protection, wrong)
    hint = "A name with a telephone number or an address, for the workers and families of this authority"
    yield box("whom_to_ask", "Whom do people here ask?", plan.whom_to_ask, wrong, hint)
