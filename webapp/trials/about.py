"""What everybody in an authority may read of a registered trial: what it asks, what is tried, how to opt out."""

from flask import render_template

from webapp import current
from webapp.access import SIGNED_IN, needs
from webapp.store.errors import NoSuchRecord
from webapp.store.trial_registration import teams_in
from webapp.store.trials import trial_by_key
from webapp.trials.blueprint import blueprint
from webapp.trials.planning.arms_beside import differences
from webapp.trials.planning.desk import desk_of_registered


@blueprint.get("/trials/<key>/about")
@needs(SIGNED_IN)
def about(key: str) -> str:
    """The trial in words, for who works under it; never how it goes, nor which arm other teams have."""
    viewer = current.viewer()
    with current.reading() as connection:
        trial = trial_by_key(connection, viewer, key)
        if trial.registration is None:
            raise NoSuchRecord
        own = next((each for each in teams_in(connection, trial) if each.team == viewer.team), None)
        differing = differences(desk_of_registered(connection, trial))
    arm = trial.plan.arm(own.arm) if own else None
    return render_template(
        "trials/about.html",
        trial=trial,
        plan=trial.plan,
        differences=differing,
        registration=trial.registration,
        standing=trial.standing(current.today()),
        arm=arm.name if arm else "",
    )
