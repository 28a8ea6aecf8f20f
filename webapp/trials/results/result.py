"""What came of a trial: sealed, then opened once on purpose, then the same page for good, on paper and as figures."""

from dataclasses import replace
from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from webapp import current
from webapp.access import ADMIN, FORMS, needs
from webapp.navigation import SEE_OTHER
from webapp.store.database import Connection
from webapp.store.drafts import open_draft
from webapp.store.trial_amending import amendments
from webapp.store.trial_earlier import earlier_trials
from webapp.store.trial_errors import Sealed
from webapp.store.trial_results import Kept, keep, kept, log_result_opened, opened
from webapp.store.trial_scoring import Progress, progress_of_all
from webapp.store.trial_taking_up import better_form, taken_up
from webapp.store.trial_together import stopped_for_all
from webapp.store.trial_working_out import worked_out
from webapp.store.trials import Trial, find_trial, must_try_forms
from webapp.trials.blueprint import blueprint
from webapp.trials.results.figures_csv import figures_csv
from webapp.trials.results.result_page import result_page


@blueprint.get("/trials/<key>/result")
@needs(FORMS)
def result(key: str) -> str | tuple[str, int]:
    """The result that was kept; before, a page that says when it can be opened, or the one that opens it."""
    viewer, now = current.viewer(), current.now()
    with current.reading() as connection:
        trial = _trial(connection, key)
        try:
            opening = opened(connection, viewer, trial, now)
        except Sealed:
            may_open = viewer.key in trial.openers and trial.part_of is None
            return render_template("trials/sealed.html", trial=trial, may_open=may_open), 403
        found = kept(connection, viewer, trial, now)
        scoring = _scoring(connection, trial)
        if found is None:
            return render_template("trials/open_result.html", trial=trial, opening=opening, scoring=scoring)
        # A part that was withdrawn is told among the authorities; stopped is what was stopped for all.
        as_led = replace(trial, stopping=stopped_for_all(connection, trial))
        page = result_page(as_led, found, opening, amendments(connection, trial), scoring)
        beside = _beside(connection, trial)
    with current.writing() as connection:
        log_result_opened(connection, viewer, trial, now)
    return render_template("trials/result.html", trial=trial, kept=found, opening=opening, page=page, **beside)


def _beside(connection: Connection, trial: Trial) -> dict[str, Any]:
    """What stands beside a result: earlier trials; whether its form is taken up, can be, or waits for a draft."""
    viewer, now = current.viewer(), current.now()
    better = better_form(connection, viewer, trial, now) if ADMIN.allows(viewer) else None
    return {
        "earlier": earlier_trials(connection, viewer, trial, now),
        "better": better is not None,
        "in_use": taken_up(connection, viewer, trial, better, now) if better else None,
        "stopped": stopped_for_all(connection, trial) if better else None,
        "drafting": better is not None and open_draft(connection, viewer, trial.form) is not None,
    }


@blueprint.post("/trials/<key>/result")
@needs(FORMS)
def open_result(key: str) -> Redirect:
    """Work the result out and keep it; kept already, it stands as it is."""
    viewer, now = current.viewer(), current.now()
    with current.reading() as connection:
        trial = _trial(connection, key)
        content = None if kept(connection, viewer, trial, now) else worked_out(connection, viewer, trial, now)
    if content is not None:
        with current.writing() as connection:
            keep(connection, viewer, trial, content, now)
    return redirect(url_for("trials.result", key=key), SEE_OTHER)


@blueprint.get("/trials/<key>/result.csv")
@needs(FORMS)
def result_csv(key: str) -> Response:
    """The figures of the kept result, a line a team."""
    viewer, now = current.viewer(), current.now()
    with current.reading() as connection:
        trial = _trial(connection, key)
        found = _must_be_kept(connection, trial)
    with current.writing() as connection:
        log_result_opened(connection, viewer, trial, now)
    response = make_response(figures_csv(found.content))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="trial-{trial.form}-by-team.csv"'
    return response


def _trial(connection: Connection, key: str) -> Trial:
    must_try_forms(current.viewer())
    return find_trial(connection, current.viewer(), key)


def _must_be_kept(connection: Connection, trial: Trial) -> Kept:
    found = kept(connection, current.viewer(), trial, current.now())
    if found is None:
        raise Sealed
    return found


def _scoring(connection: Connection, trial: Trial) -> Progress | None:
    """How far scoring is, where quality is scored."""
    if not trial.plan.asks_for("quality"):
        return None
    return progress_of_all(connection, current.viewer(), trial, current.now())
