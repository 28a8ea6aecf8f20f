"""The trials of the demonstration: one finished, one running, one that could not tell, one still being planned."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from webapp.demo.stage import Stage
from webapp.demo.trials.children import child_of_trials
from webapp.demo.trials.people import OFFERED, TeamUnderTrial, teams_under_trial
from webapp.demo.trials.running import POLICY, Running
from webapp.demo.trials.told_trials import ToldTrial, told_trials
from webapp.store.access_log import log_act
from webapp.store.accounts import add_account
from webapp.store.authorities import team_named
from webapp.store.children import Child
from webapp.store.database import Connection
from webapp.store.in_bulk import end_allocations, end_people, put_in_children
from webapp.store.people import add_person

__all__ = ["add_teams_under_trial", "deeds_of_trials", "teams_under_trial"]

Did = tuple[str, Callable[[Stage], object]]
"""A relative moment, and what was done then."""

CHILDREN_COME = "-141w 09:30"
LEFT = "-28w 17:30"
"""When the teams had given their children on and most of their people had left."""
ENDED = "What the family asked for is in place, and they agree that we end here."
"""What was said when a team’s work with a child came to its end."""
ADMIN = "Ines Marchbanks"


def add_teams_under_trial(connection: Connection, authority: int) -> None:
    """The teams that take part and their people, of whom two have accounts and so can be chosen to be."""
    for each in teams_under_trial():
        team = team_named(connection, authority, each.name)
        for person in (*each.workers, each.manager):
            added = add_person(connection, authority, team, person)
            if person.name in OFFERED:
                add_account(connection, authority, added, f"{person.name.lower().replace(' ', '.')}@council.example")


def deeds_of_trials() -> Iterator[Did]:
    """Everything that is done in trials."""
    children: dict[str, Sequence[Child]] = {}
    trials = [Running(told, children) for told in told_trials()]
    yield CHILDREN_COME, partial(_children_come, children=children)
    for trial in trials:
        yield from _of_trial(trial)
    yield LEFT, partial(_leave, trials=trials)


def _of_trial(trial: Running) -> Iterator[Did]:
    told = trial.told
    yield told.planned, trial.plan
    if told.asked:
        yield told.asked["at"], trial.ask
    if told.registered:
        yield told.registered, trial.register
        yield f"{told.plan['begins']} 08:00", trial.use
    if told.late:
        yield told.late["at"], trial.join
    if told.safety:
        yield told.safety["at"], trial.take_out_for_safety
        yield told.safety["again"], trial.write_again
    if told.family:
        yield told.family["at"], trial.opt_out
    if told.begun:
        yield told.begun["at"], trial.begin
    if told.scored:
        yield told.scored, trial.score
    if told.opened:
        yield told.opened, trial.open


def _children_come(stage: Stage, children: dict[str, Sequence[Child]]) -> None:
    """As many of each team as it writes forms about in any trial."""
    authority = stage.people[POLICY].authority
    teams = [(each.name, most) for each in teams_under_trial() if (most := _most_forms(each))]
    of = [team for team, most in teams for _ in range(most)]
    new = dict(child_of_trials(number, stage.today) for number in range(len(of)))
    ids = {team: team_named(stage.connection, authority, team) for team, _ in teams}
    at = stage.moment(CHILDREN_COME)
    added = put_in_children(stage.connection, authority, new, [ids[team] for team in of], at)
    for team, _ in teams:
        children[team] = [child for child, its in zip(added, of, strict=True) if its == team]


def _most_forms(team: TeamUnderTrial) -> int:
    return max(_forms_of(told, team.name) for told in told_trials())


def _forms_of(told: ToldTrial, team: str) -> int:
    forms: Mapping[str, int] = told.use.get("forms", {})
    return told.late["forms"] if told.late and told.late["team"] == team else forms.get(team, 0)


def _leave(stage: Stage, trials: Sequence[Running]) -> None:
    """Children are with nobody whose forms are written; who is in no running trial works here no longer."""
    at, authority = stage.moment(LEFT), stage.people[POLICY].authority
    running = [trial for trial in trials if trial.told.registered and not trial.told.opened]
    still = [child for trial in running for child in trial.still_with_team]
    ids = [team_named(stage.connection, authority, each.name) for each in teams_under_trial()]
    end_allocations(stage.connection, ids, still, ENDED, at)
    taking_part = {team for trial in running for team in trial.told.use["forms"]}
    gone = [person for each in teams_under_trial() for person in _gone(each, each.name in taking_part)]
    left = [stage.people[name].id for name in gone]
    end_people(stage.connection, left, at)
    log_act(stage.connection, stage.people[ADMIN], "person", left, "ended", at)


def _gone(team: TeamUnderTrial, taking_part: bool) -> list[str]:
    """Everybody but those one can be, and the first worker of a team, whose trial is running."""
    stay = {team.workers[0].name, *OFFERED} if taking_part else set()
    return [person.name for person in (*team.workers, team.manager) if person.name not in stay]
