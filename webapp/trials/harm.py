"""Harm by form, for the one person who watches a trial for it."""

from flask import render_template, url_for

from webapp import current
from webapp.access import SIGNED_IN, needs
from webapp.store.trial_registration import teams_in
from webapp.store.trial_results import is_worked_out
from webapp.store.trial_watching import harm_in, watched_by
from webapp.store.trials import find_trial
from webapp.trials.blueprint import blueprint
from webapp.trials.standing_words import standing_words

ABOUT = "You watch these trials for harm, from outside the teams that take part."
NOTHING = "None. When a registered trial names you as the person who watches for harm, it stands here."


@blueprint.get("/trials/watched")
@needs(SIGNED_IN)
def watched() -> str:
    """The trials that the viewer watches for harm, whatever they do in Pith otherwise."""
    viewer, day = current.viewer(), current.today()
    with current.reading() as connection:
        found = [find_trial(connection, viewer, key) for key in watched_by(connection, viewer)]
        states = [standing_words(each, day, is_worked_out(connection, each)) for each in found]
    addresses = [url_for("trials.harm", key=each.key) for each in found]
    rows = list(zip([each.plan.question for each in found], addresses, states, strict=True))
    return render_template("trials/named_in.html", title="Trials you watch", about=ABOUT, nothing=NOTHING, rows=rows)


@blueprint.get("/trials/<key>/harm")
@needs(SIGNED_IN)
def harm(key: str) -> str:
    """The counts by form, and what was taken out for safety; that it was opened is logged."""
    with current.writing() as connection:
        trial, counts, cases = harm_in(connection, current.viewer(), key, current.now())
        worked_out = is_worked_out(connection, trial)
        late = any(each.late for each in teams_in(connection, trial))
    return render_template(
        "trials/harm.html",
        trial=trial,
        state=standing_words(trial, current.today(), worked_out),
        counts=counts,
        late=late,
        cases=cases,
        arms={arm.id: arm.name or arm.id for arm in trial.plan.arms},
        controls={arm.id for arm in trial.plan.arms if arm.control},
    )
