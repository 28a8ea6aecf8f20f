"""Opening the results of a trial before its end: what it costs, and the reason that is printed on them."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import FORMS, needs
from webapp.drawing.values import Link
from webapp.navigation import SEE_OTHER
from webapp.store.trial_errors import ReasonNeeded
from webapp.store.trial_results import early_openings, open_early, openable
from webapp.store.trials import find_trial
from webapp.trials.blueprint import blueprint
from webapp.trials.planning.typed import text_box, words_typed


@blueprint.get("/trials/<key>/open")
@needs(FORMS)
def before_opening(key: str) -> str | Response:
    """What opening early costs; after the end there is nothing to open early."""
    return _page(key, "", "")


@blueprint.post("/trials/<key>/open")
@needs(FORMS)
def open_results(key: str) -> str | Response | tuple[str, int]:
    """Open the results, for a reason that every later page tells."""
    reason = words_typed(request.form, "reason")
    try:
        with current.writing() as connection:
            open_early(connection, current.viewer(), key, reason, current.now())
    except ReasonNeeded:
        page = _page(key, reason, "Say why the results are opened before the end")
        return page if isinstance(page, Response) else (page, 400)
    return redirect(url_for("trials.trial", key=key, done="opened"), SEE_OTHER)


def _page(key: str, reason: str, wrong: str) -> str | Response:
    with current.reading() as connection:
        trial = find_trial(connection, current.viewer(), key)
        if trial.registration is None:
            return redirect(url_for("trials.trial", key=key))
        openable(connection, current.viewer(), key)
        openings = early_openings(connection, trial)
    if current.today() > trial.registration.ends_on:
        return redirect(url_for("trials.trial", key=key))
    hint = "It is kept with your name and today’s date, and printed on every result of this trial"
    control = text_box("reason", "Why are they opened early?", reason, {"reason": wrong}, hint)
    problems = [Link("#reason", wrong)] if wrong else []
    return render_template("trials/open.html", trial=trial, reason=control, problems=problems, openings=openings)
