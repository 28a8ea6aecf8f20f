"""Registering a plan: it is frozen, and its teams are drawn by lot."""

from secrets import token_bytes

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import FORMS, needs
from webapp.navigation import SEE_OTHER
from webapp.store.trial_errors import AlreadyRegistered, PlanHasProblems, StaleTrial
from webapp.store.trial_registration import register as register_trial
from webapp.trials.blueprint import blueprint

SEED_BYTES = 32


@blueprint.post("/trials/<key>/register")
@needs(FORMS)
def register(key: str) -> Response:
    """Freeze the plan that the page showed and draw its teams; pressed twice, the first one counts."""
    revision = request.form.get("revision", type=int)
    try:
        with current.writing() as connection:
            seed = token_bytes(SEED_BYTES)
            register_trial(connection, current.viewer(), key, seed, current.now(), revision)
    except AlreadyRegistered:
        return redirect(url_for("trials.trial", key=key), SEE_OTHER)
    except (PlanHasProblems, StaleTrial):
        return redirect(url_for("trials.step", key=key, step="register", changed=1), SEE_OTHER)
    return redirect(url_for("trials.trial", key=key, done="registered"), SEE_OTHER)
