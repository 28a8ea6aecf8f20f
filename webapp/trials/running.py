"""A trial while it runs: how many forms in each team, what is missing, what went otherwise; never by arm.

Which team writes on which form is known, so what could tell how an arm does is one figure over all teams until the end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.trials.plan import Team
from engine.trials.together import own_name
from webapp import current
from webapp.access import FORMS, needs
from webapp.store.trial_results import early_openings
from webapp.store.trial_scoring import unscored
from webapp.store.trial_together import taking_part
from webapp.store.trial_watching import Enrolment, enrolment
from webapp.store.trials import Trial, find_trial
from webapp.trials.blueprint import blueprint
from webapp.trials.outcome_words import in_words
from webapp.trials.plan_words import names_in
from webapp.trials.planning.desk import desk_of_registered
from webapp.trials.standing_words import standing_words

WHY: Mapping[str, str] = {
    "withdrawn": "the form the team was drawn for had been withdrawn",
    "failing": "the form the team was drawn for could not be served",
    "safety": "an earlier form about the child was taken out for safety",
    "family": "the family had opted out",
    "none_left": "neither form could be served any more",
}
"""Why another form was served than the one a team was drawn for."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A team's bar: how many forms it has begun, and how long it is, in per cent of the longest."""

    name: str
    late: bool
    begun: int
    long: float


@blueprint.get("/trials/<key>/running")
@needs(FORMS)
def running(key: str) -> str | Response:
    """How the trial goes; a plan that is not registered leads to its steps."""
    viewer, day = current.viewer(), current.today()
    with current.reading() as connection:
        trial = find_trial(connection, viewer, key)
        if trial.registration is None:
            return redirect(url_for("trials.step", key=key, step="arms"))
        counts = _own(trial, enrolment(connection, viewer, trial))
        names = names_in(connection, desk_of_registered(connection, trial).around)
        openings = early_openings(connection, trial)
        authorities = taking_part(connection, viewer, trial)
        unread = unscored(connection, viewer, trial, current.now()) if trial.plan.asks_for("quality") else 0
    return render_template(
        "trials/running.html",
        trial=trial,
        state=standing_words(trial, day, early=bool(openings)),
        standing=trial.standing(day),
        ended=day > trial.registration.ends_on,
        counts=counts,
        bars=bars(counts),
        missing=_missing(trial, {**counts.missing, "quality": unread}, names.questions),
        mis_served=[(WHY.get(why, "for another reason"), number) for why, number in sorted(counts.mis_served.items())],
        openings=openings,
        authorities=authorities,
    )


def _own(trial: Trial, counts: Enrolment) -> Enrolment:
    """The teams as their own authority calls them."""
    called = [replace(each, name=own_name(Team(each.name), trial.authority_name).name) for each in counts.teams]
    return replace(counts, teams=tuple(called))


def bars(counts: Enrolment) -> Sequence[Bar]:
    """The bars of the chart, by team in alphabetical order."""
    most = max((each.begun for each in counts.teams), default=0) or 1
    return [Bar(each.name, each.late, each.begun, round(100 * each.begun / most, 1)) for each in counts.teams]


def _missing(trial: Trial, missing: Mapping[str, int], questions: Mapping[str, str]) -> list[tuple[str, int]]:
    """What is measured, and how many finished forms lack it; of the quality, how many of those drawn to be scored."""
    drawn = {"quality": ", of the forms drawn to be scored"}
    return [
        (in_words(each.to_json(), questions) + drawn.get(each.kind, ""), max(0, missing.get(each.name, 0)))
        for each in trial.plan.outcomes
    ]
