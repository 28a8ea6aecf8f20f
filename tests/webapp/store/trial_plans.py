"""A trial of the visit in eight teams of the demonstration's authority, planned and registered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from engine.trials.plan import Arm, Harm, Outcome, Plan, Team
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.authorities import add_team, team_named
from webapp.store.database import Connection, Database, writing
from webapp.store.people import NewPerson, add_person, person_by_key
from webapp.store.trial_planning import add_trial
from webapp.store.trial_registration import register, teams_in
from webapp.store.trials import Trial

TEAMS = ("Ashby team", "Birch team", "Cedar team", "Dene team", "Elm team", "Fell team")
"""Those that take part beside the two of the demonstration."""
BOTH = ("Larkfield team", "Saltmere team")
SEED = bytes(range(32))
BEGINS, ENDS = NOW.date(), NOW.date() + timedelta(days=90)
AFTER = NOW + timedelta(days=91)

OVERLAY: Mapping[str, Any] = {
    "owner": "northshire",
    "form": "visit",
    "version": 9,
    "base": {"owner": "library", "form": "visit", "version": 1},
    "changes": [{"op": "reword", "question": "saw", "label": "What did you see at home, in plain words?"}],
}


def plan_for(people: Mapping[str, Viewer], **changed: Any) -> Plan:
    """A whole plan with nothing wrong, but for what is changed."""
    plan = Plan(
        question="Does the plain wording of the visit save time without losing the child?",
        form="visit",
        arms=(
            Arm("now", "The visit as it is", True, "shipped-1"),
            Arm("plain", "The visit in plain words", False, OVERLAY),
        ),
        teams=tuple(Team(name) for name in (*BOTH, *TEAMS)),
        begins=BEGINS.isoformat(),
        ends=ENDS.isoformat(),
        primary=Outcome("minutes", cap=120),
        co_primary=Outcome("worker_rating"),
        secondary=(
            Outcome("words", better="higher"),
            Outcome("not_known"),
            Outcome("completed_within", days=5),
            Outcome("family_rating"),
        ),
        smallest=10,
        openers=(people["Rowan"].key,),
        harm=Harm("A child is not seen alone who should be", people["Petra"].key),
        approval="Ethics panel, 2026-14",
        data_protection="Assessment 77, low risk",
        for_families="Your worker may use a form in other words.",
        for_staff="Your time on the form is measured, for the form and not for you.",
        opt_out="Tell your worker or Rowan Tideswell.",
        whom_to_ask="Rowan Tideswell, 01632 960111",
    )
    return replace(plan, **changed)


def six_more_teams(connection: Connection, people: Mapping[str, Viewer]) -> None:
    """The teams that the demonstration has not."""
    for name in TEAMS:
        add_team(connection, people["Rowan"].authority, name)


def registered(connection: Connection, people: Mapping[str, Viewer], at: datetime = NOW, **changed: Any) -> Trial:
    """The trial, registered, its teams made."""
    six_more_teams(connection, people)
    trial = add_trial(connection, people["Rowan"], plan_for(people, **changed), at)
    return register(connection, people["Rowan"], trial.key, SEED, at)


def arm_of_team(connection: Connection, trial: Trial, name: str) -> str:
    """The arm that a team was drawn for."""
    return next(each.arm for each in teams_in(connection, trial) if each.name == name)


def worker_in(connection: Connection, people: Mapping[str, Viewer], team: str, name: str) -> Viewer:
    """A new social worker of a team."""
    authority = people["Rowan"].authority
    key = f"worker-{name.lower()}"
    add_person(
        connection,
        authority,
        team_named(connection, authority, team),
        NewPerson(name, "social worker", "practitioner"),
        key,
    )
    return person_by_key(connection, key)


def committed(database: Database, people: Mapping[str, Viewer], **changed: Any) -> Trial:
    """The same in a transaction of its own."""
    with writing(database) as connection:
        return registered(connection, people, **changed)
