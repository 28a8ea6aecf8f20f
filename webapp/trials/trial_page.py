"""A registered trial: what was registered, who was drawn for which form, and what was changed or decided since."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.text import in_language
from engine.trials.plan import Team
from engine.trials.together import own_name
from webapp import current
from webapp.access import FORMS, Viewer, needs
from webapp.config import LANGUAGE
from webapp.drawing.values import Control, Link
from webapp.navigation import SEE_OTHER
from webapp.store.authorities import teams_of
from webapp.store.database import Connection
from webapp.store.trial_amending import able_to_open, able_to_watch, amendments
from webapp.store.trial_amending import amend as add_amendment
from webapp.store.trial_earlier import earlier_trials
from webapp.store.trial_errors import (
    CannotOpen,
    CannotWatch,
    LeadersAlone,
    NotRegistered,
    ReasonNeeded,
    TakesPartAlready,
    WatcherInside,
)
from webapp.store.trial_registration import TeamArm, join_late, teams_in
from webapp.store.trial_registration import stop as stop_trial
from webapp.store.trial_results import early_openings
from webapp.store.trial_together import taking_part
from webapp.store.trial_watching import people_here
from webapp.store.trials import Trial, find_trial
from webapp.trials.blueprint import blueprint
from webapp.trials.plan_words import told
from webapp.trials.planning.arms_beside import differences
from webapp.trials.planning.chances import chances
from webapp.trials.planning.desk import Desk, desk_of_registered
from webapp.trials.planning.typed import Wrong, listed, text_box, ticks, words_typed
from webapp.trials.standing_words import standing_words

DONE = {
    "registered": "Registered. The plan is frozen and the teams are drawn.",
    "amended": "The amendment stands beside the plan.",
    "stopped": "Stopped: nothing more is begun under this trial here. What was begun goes on.",
    "joined": "The team has joined, and stands in the list as late.",
    "opened": "The results are open. Every page that tells them says that they were opened early, and why.",
}
NOTHING_WRONG: Wrong = {}
NOBODY = "nobody"
"""What is ticked where nobody may open the results early any more."""


@blueprint.get("/trials/<key>")
@needs(FORMS)
def trial(key: str) -> str | Response:
    """The registered plan in words; a plan that is not registered leads to its steps."""
    with current.reading() as connection:
        found = find_trial(connection, current.viewer(), key)
        if found.registration is None:
            return redirect(url_for("trials.step", key=key, step="arms"))
        return _page(connection, found, NOTHING_WRONG, {})


@blueprint.post("/trials/<key>/amend")
@needs(FORMS)
def amend(key: str) -> Response | tuple[str, int]:
    """Write down, beside the plan, what is changed, and who watches for harm from then on where that changes."""
    words, watcher = words_typed(request.form, "words"), words_typed(request.form, "watcher")
    named = request.form.getlist("openers")
    openers = [each for each in named if each != NOBODY] if named else None
    try:
        with current.writing() as connection:
            add_amendment(connection, current.viewer(), key, words, current.now(), watcher, openers)
    except ReasonNeeded:
        return _again(key, {"words": "Write what is changed, and why"})
    except LeadersAlone:
        return _again(key, {"watcher": "Choose who watches from now on: what else is changed is for who leads to say"})
    except CannotWatch as refused:
        return _again(key, {"watcher": refused.message})
    except CannotOpen as refused:
        return _again(key, {"openers": refused.message})
    return _done(key, "amended")


@blueprint.post("/trials/<key>/stop")
@needs(FORMS)
def stop(key: str) -> Response | tuple[str, int]:
    """Begin nothing more under the trial, for a reason."""
    reason = words_typed(request.form, "reason")
    if request.form.get("sure") != "yes":
        return _again(key, {"sure": "Tick this if the trial is to be stopped: it cannot be begun again"})
    try:
        with current.writing() as connection:
            stop_trial(connection, current.viewer(), key, reason, current.now())
    except ReasonNeeded:
        return _again(key, {"reason": "Say why it is stopped"})
    return _done(key, "stopped")


@blueprint.post("/trials/<key>/join")
@needs(FORMS)
def join(key: str) -> Response | tuple[str, int]:
    """Let a team join that was not there at the beginning."""
    team = words_typed(request.form, "team")
    if not team:
        return _again(key, {"team": "Choose the team that joins"})
    try:
        with current.writing() as connection:
            join_late(connection, current.viewer(), key, team, current.now())
    except (TakesPartAlready, WatcherInside) as refused:
        return _again(key, {"team": refused.message})
    return _done(key, "joined")


def _done(key: str, what: str) -> Response:
    return redirect(url_for("trials.trial", key=key, done=what), SEE_OTHER)


def _again(key: str, wrong: Wrong) -> tuple[str, int]:
    with current.reading() as connection:
        found = find_trial(connection, current.viewer(), key)
        if found.registration is None:
            raise NotRegistered
        return _page(connection, found, wrong, request.form.to_dict()), 400


def _page(connection: Connection, found: Trial, wrong: Wrong, typed: dict[str, str]) -> str:
    desk, day = desk_of_registered(connection, found), current.today()
    controls = _controls(connection, found, wrong, typed)
    openings = early_openings(connection, found)
    named = {each.key: each for each in people_here(connection, current.viewer())}
    return render_template(
        "trials/trial.html",
        trial=found,
        title=_title(desk),
        standing=found.standing(day),
        state=standing_words(found, day, early=bool(openings)),
        told=told(connection, desk),
        differences=differences(desk),
        teams=[_called(found, each) for each in teams_in(connection, found)],
        arms={arm.id: arm.name or arm.id for arm in found.plan.arms},
        amendments=amendments(connection, found),
        openers=_who_may_open(found, named),
        may_open=current.viewer().key in found.openers,
        openings=openings,
        earlier=earlier_trials(connection, current.viewer(), found, current.now()),
        chances=chances(connection, replace(desk, trial=replace(found, plan=found.whole))),
        authorities=taking_part(connection, current.viewer(), found),
        watcher=named.get(found.watcher),
        over=found.over(day),
        ended=found.registration is not None and day > found.registration.ends_on,
        controls=controls,
        problems=[Link(f"#{each.first}", each.error) for each in controls.values() if each.error],
        done=DONE.get(request.args.get("done", ""), ""),
    )


def _called(found: Trial, team: TeamArm) -> TeamArm:
    """A team as its own authority calls it."""
    own = own_name(Team(team.name, team.stratum), found.authority_name)
    return replace(team, name=own.name, stratum=own.group)


def _who_may_open(found: Trial, named: Mapping[str, Viewer]) -> str:
    """Who may open the results early as things are, "" for nobody."""
    if found.part_of is None:
        return _names(found.openers, named)
    return f"Somebody whom {found.whole.led_by} named" if found.may_be_opened else ""


def _names(keys: Sequence[str], named: Mapping[str, Viewer]) -> str:
    return " or ".join(named[each].name if each in named else "somebody who has left" for each in keys)


def _title(desk: Desk) -> str:
    control = desk.around.arms.get(desk.plan.control.id) if desk.plan.control else None
    return in_language(control.title, LANGUAGE) if control else desk.plan.form


def _controls(connection: Connection, found: Trial, wrong: Wrong, typed: dict[str, str]) -> dict[str, Control]:
    """The boxes for what can be done since: an amendment, stopping, a team that joins."""
    in_it = {each.team for each in teams_in(connection, found)}
    others = [name for team, name in teams_of(connection, current.viewer().authority) if team not in in_it]
    options = [("", "Choose a team"), *((each, each) for each in others)]
    able = [each for each in able_to_watch(connection, current.viewer(), found) if each.key != found.watcher]
    readers = able_to_open(connection, current.viewer())
    watchers = [("", "As before"), *((each.key, f"{each.name}, {each.job}, {each.team_name}") for each in able)]
    leads = found.part_of is None
    ticked = request.form.getlist("openers")
    openers = [(NOBODY, "Nobody any more", ""), *((each.key, f"{each.name}, {each.job}", "") for each in readers)]
    return {
        "openers": ticks("openers", "Who may open results early from now on?", openers, ticked, wrong, _OPENERS),
        "watcher": listed("watcher", "Who watches from now on?", watchers, typed.get("watcher", ""), wrong, _WATCHER),
        "words": text_box("words", "What is changed, and why?", typed.get("words", ""), wrong, _AMENDMENT),
        "reason": text_box("reason", _WHY_STOPPED[leads], typed.get("reason", ""), wrong, _PRINTED),
        "sure": ticks("sure", _IS_IT[leads], _SURE, (typed.get("sure", ""),), wrong),
        "team": listed("team", "Which team joins?", options, typed.get("team", ""), wrong),
    }


_AMENDMENT = (
    "Such as a team that was merged with another. It stands beside the plan with today’s date and your name, for as "
    "long as there is a plan"
)
_WATCHER = "Somebody outside the teams that take part who does not score. They alone see harm by form from then on"
_WHY_STOPPED = {True: "Why is it stopped?", False: "Why does this authority withdraw its teams?"}
_IS_IT = {True: "Is it to be stopped?", False: "Are they to be withdrawn?"}
_SURE = [("yes", "I know that it cannot be begun again", "")]
_PRINTED = "It is printed on the result"
_OPENERS = "Leave all of them empty where that stays as it is"
