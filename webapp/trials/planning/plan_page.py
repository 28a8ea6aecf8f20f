"""A plan, a step at a time: each page keeps what was typed, valid or not, and says what is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.trials.plan import Plan
from webapp import current
from webapp.access import FORMS, needs, takes_up_to
from webapp.drawing.values import Control, Link
from webapp.navigation import SEE_OTHER
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord
from webapp.store.trial_errors import StaleTrial
from webapp.store.trial_planning import discard_trial, save_plan
from webapp.store.trials import Trial, find_trial
from webapp.trials.blueprint import blueprint
from webapp.trials.plan_words import differing
from webapp.trials.planning import arms_step, outcome_step, register_step, safety_step, teams_step
from webapp.trials.planning.desk import Desk, desk_of, mark_of
from webapp.trials.planning.marks import marked
from webapp.trials.planning.steps import BY_ID, STEPS, Step, steps_shown
from webapp.trials.planning.typed import Wrong

MOST_BYTES = 1_000_000
PAGES = {
    "arms": arms_step.page,
    "teams": teams_step.page,
    "outcome": outcome_step.page,
    "safety": safety_step.page,
    "register": register_step.page,
}


@blueprint.get("/trials/<key>/plan/<step>")
@needs(FORMS)
def step(key: str, step: str) -> str | Response:
    """One step as it stands; `check` in the address tells what is still missing too."""
    with current.reading() as connection:
        trial = find_trial(connection, current.viewer(), key)
        if trial.registration is not None:
            return redirect(url_for("trials.trial", key=key))
        desk = desk_of(connection, trial)
        found = _step(step)
        missing = "check" in request.args
        return _page(connection, desk, found, desk.wrong(found, missing), trial.plan)


@blueprint.post("/trials/<key>/plan/<step>")
@needs(FORMS)
@takes_up_to(MOST_BYTES)
def save_step(key: str, step: str) -> Response | tuple[str, int]:
    """Keep what was typed and go on; with something wrong in what was typed, the same page again."""
    found, viewer = _step(step), current.viewer()
    with current.writing() as connection:
        trial = find_trial(connection, viewer, key)
        typed = _typed(connection, trial.plan, found)
        if trial.registration is None and request.form.get("seen") != mark_of(trial.plan, found):
            stale = StaleTrial(by=trial.saved_by, at=trial.saved_at, revision=trial.revision, own=False)
            desk = desk_of(connection, trial, typed)
            return _page(connection, desk, found, desk.wrong(found, missing=False), trial.plan, stale), 409
        saved = save_plan(connection, viewer, key, typed, trial.revision, current.now())
        desk = desk_of(connection, saved)
        wrong = desk.wrong(found, missing=False)
        if wrong:
            return _page(connection, desk, found, wrong, saved.plan), 400
    after = STEPS[min(STEPS.index(found) + 1, len(STEPS) - 1)]
    here = request.form.get("stay") == "1"
    return redirect(url_for("trials.step", key=key, step=found.id if here else after.id), SEE_OTHER)


@blueprint.get("/trials/<key>/discard")
@needs(FORMS)
def before_discarding(key: str) -> str | Response:
    """What discarding a plan means."""
    trial = _planned(key)
    return (
        redirect(url_for("trials.trial", key=key))
        if trial is None
        else render_template("trials/discard.html", trial=trial)
    )


@blueprint.post("/trials/<key>/discard")
@needs(FORMS)
def discard(key: str) -> Response:
    """Give up a plan that is not registered."""
    with current.writing() as connection:
        based_on = request.form.get("revision", 0, int)
        discard_trial(connection, current.viewer(), key, based_on, current.now())
    return redirect(url_for("trials.trials", discarded=1), SEE_OTHER)


def _planned(key: str) -> Trial | None:
    with current.reading() as connection:
        trial = find_trial(connection, current.viewer(), key)
    return None if trial.registration else trial


def _step(name: str) -> Step:
    if name not in BY_ID:
        raise NoSuchRecord
    return BY_ID[name]


def _typed(connection: Connection, plan: Plan, step: Step) -> Plan:
    if step.id == "arms":
        sent = request.files.get("file")
        return arms_step.read(connection, plan, request.form, sent.read() if sent else b"")
    readers = {"teams": teams_step.read, "outcome": outcome_step.read, "safety": safety_step.read}
    if step.id not in readers:
        raise NoSuchRecord
    return readers[step.id](plan, request.form)


def _page(
    connection: Connection, desk: Desk, step: Step, wrong: Wrong, kept: Plan, stale: StaleTrial | None = None
) -> str:
    """The page; `kept` is the plan that stands, which a stale page is shown beside."""
    shown = marked(PAGES[step.id](connection, desk, wrong), desk.left(step, wrong))
    return render_template(
        f"trials/step_{step.id}.html",
        trial=desk.trial,
        desk=desk,
        step=step,
        number=STEPS.index(step) + 1,
        steps=steps_shown(desk.plan, desk.problems, step.id),
        seen=mark_of(kept, step),
        problems=_links(shown, wrong),
        stale=stale,
        theirs=differing(connection, desk, kept, step) if stale else (),
        **shown,
    )


def _links(shown: Mapping[str, Any], wrong: Wrong) -> list[Link]:
    """The lines of the error summary, each leading to its box."""
    found = {each.id: each for each in _controls(shown.values())}
    told = {**wrong, **{name: each.error for name, each in found.items() if each.error}}
    return [Link(f"#{found[name].first if name in found else name}", words) for name, words in told.items()]


def _controls(values: Iterable[Any]) -> Iterable[Control]:
    for value in values:
        if isinstance(value, Control):
            yield value
        elif isinstance(value, list | tuple):
            yield from _controls(value)
