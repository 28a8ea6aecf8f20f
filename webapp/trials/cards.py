"""The trials of an authority, each as a card: what it asks, where it stands, its teams and its forms so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request

from engine.text import in_language
from engine.trials.attainable import attainable
from webapp import current
from webapp.access import FORMS, needs
from webapp.config import LANGUAGE
from webapp.store.definitions import forms_in_use
from webapp.store.trial_invitations import invitations_to
from webapp.store.trial_results import finished, opened_early
from webapp.store.trial_watching import begun_in
from webapp.store.trials import Standing, Trial, trials_of
from webapp.trials.blueprint import blueprint
from webapp.trials.planning.steps import STEPS
from webapp.trials.results.verdict_words import said
from webapp.trials.standing_words import standing_words

INVITED = {
    "invited": "Waits for an answer",
    "joined": "This authority has joined; the trial is not registered yet",
    "declined": "This authority takes no part",
}
"""How far an invitation from another authority is."""

ORDER: Mapping[Standing, int] = {"running": 0, "waiting": 1, "planned": 2, "ended": 3, "stopped": 3}
"""Which trials stand before which; of those alike the newest first."""


@dataclass(frozen=True, slots=True)
class Card:
    """A trial in the list: the form's title, where it stands, how many forms were begun, and its verdict ("" for none).

    `results` says that the registered end is over, or that they were opened before, so that they can be read;
    `running` that forms are begun in it still.
    """

    trial: Trial
    title: str
    state: str
    begun: int
    verdict: str
    results: bool
    running: bool


@blueprint.get("/trials")
@needs(FORMS)
def trials() -> str:
    """Every trial of the authority, those under way first; without one, what a trial is and how one is begun."""
    viewer, day = current.viewer(), current.today()
    with current.reading() as connection:
        found = sorted(trials_of(connection, viewer), key=lambda each: ORDER[each.standing(day)])
        begun = begun_in(connection, viewer)
        titles = {each.form: in_language(each.title, LANGUAGE) for each in forms_in_use(connection, viewer, day)}
        asked = invitations_to(connection, viewer)
        results = finished(connection, viewer, found, current.now())
        early = opened_early(connection, viewer)
    cards = [
        Card(
            trial,
            titles.get(trial.form, trial.form),
            standing_words(trial, day, trial.id in results, trial.id in early),
            begun.get(trial.key, 0),
            said(results[trial.id].content).verdict if trial.id in results else "",
            trial.registration is not None and (day > trial.registration.ends_on or trial.id in early),
            trial.standing(day) == "running",
        )
        for trial in found
    ]
    return render_template(
        "trials/cards.html",
        cards=cards,
        asked=[(each, titles.get(each.form, each.form), INVITED[each.invitation.state]) for each in asked],
        declined="declined" in request.args,
        least=attainable("complete", (0,)).more_teams,
        first_step=STEPS[0].id,
        discarded="discarded" in request.args,
    )
