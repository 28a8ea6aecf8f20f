"""A trial of Northshire in which Southmere takes part too: its people and teams, and forms that were written in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select

from engine.trials.plan import Part, Plan, Team
from tests.webapp.conftest import NOW
from tests.webapp.store.trial_plans import SEED, plan_for, six_more_teams
from webapp.access import Viewer
from webapp.store.assessments import assessments
from webapp.store.authorities import add_team
from webapp.store.database import Connection
from webapp.store.people import NewPerson, add_person, person_by_key
from webapp.store.submissions import submissions
from webapp.store.trial_invitations import invitations_to, invited, join
from webapp.store.trial_parts import can_be_invited, invite
from webapp.store.trial_planning import add_trial
from webapp.store.trial_registration import register
from webapp.store.trial_tables import trial_arms, trial_forms, trial_measures, trial_teams
from webapp.store.trials import Trial, find_trial

SOUTHMERE, NORTHSHIRE = "Southmere Council", "Northshire Council"
THEIRS = ("Harbour team", "Quay team", "Reef team", "Sands team")
People = Mapping[str, Viewer]
Json = Any


@dataclass(frozen=True)
class Others:
    """Who in Southmere decides on trials, who watches for harm, and a worker of a team that takes part."""

    morwenna: Viewer
    senara: Viewer
    bryony: Viewer


def southmere(connection: Connection, people: People) -> Others:
    """Southmere with four teams, a policy officer, and somebody outside those teams who watches."""
    authority = people["Bryony"].authority
    for name in THEIRS[1:]:
        team = add_team(connection, authority, name)
        worker = NewPerson(f"Worker of {name}", "social worker", "practitioner")
        add_person(connection, authority, team, worker, f"key-of-{name}")
    office = add_team(connection, authority, "Policy")
    add_person(connection, authority, office, NewPerson("Morwenna Attlebridge", "policy officer", "policy"), "morwenna")
    add_person(connection, authority, office, NewPerson("Senara Polwhele", "auditor", "auditor"), "senara")
    morwenna, senara = (person_by_key(connection, key) for key in ("morwenna", "senara"))
    return Others(morwenna, senara, people["Bryony"])


def workers_of(connection: Connection, others: Others) -> dict[str, Viewer]:
    """A social worker of each team of Southmere that takes part, by its name."""
    return {THEIRS[0]: others.bryony} | {name: person_by_key(connection, f"key-of-{name}") for name in THEIRS[1:]}


def planned(connection: Connection, people: People, **changed: Any) -> Trial:
    """The plan of Northshire, with its eight teams, before anybody is asked."""
    six_more_teams(connection, people)
    return add_trial(connection, people["Rowan"], plan_for(people, **changed), NOW)


def ask(connection: Connection, people: People, trial: Trial) -> str:
    """Let Northshire ask Southmere; gives the invitation's key."""
    rowan = people["Rowan"]
    offered = {name: key for key, name in can_be_invited(connection, rowan, trial)}
    invite(connection, rowan, trial.key, offered[SOUTHMERE], NOW)
    viewer = replace(people["Bryony"], role="policy")
    return next(each.invitation.key for each in invitations_to(connection, viewer))


def theirs(others: Others, **changed: Any) -> Part:
    """What Southmere brings, with nothing wrong, but for what is changed."""
    part = Part(
        key="",
        teams=tuple(Team(name) for name in THEIRS),
        watcher=others.senara.key,
        approval="Southmere panel, 7",
        data_protection="Southmere, 12",
        whom_to_ask="Morwenna Attlebridge, 01632 960199",
    )
    return replace(part, **changed)


def joined(connection: Connection, people: People, trial: Trial, **changed: Any) -> tuple[Others, str]:
    """Southmere asked and joined; gives its people and the key of its part."""
    others = southmere(connection, people)
    key = ask(connection, people, trial)
    seen = invited(connection, others.morwenna, key, NOW.date()).seen
    join(connection, others.morwenna, key, theirs(others, **changed), seen, NOW)
    return others, key


def registered_together(connection: Connection, people: People, **changed: Any) -> tuple[Trial, Trial, Others]:
    """Registered: the trial of Northshire, Southmere's part in it, and Southmere's people."""
    trial = planned(connection, people, **changed)
    scorers = {"scorers": (people["Bryony"].key, "key-of-Quay team")} if changed.get("scorers") else {}
    others, key = joined(connection, people, trial, **scorers)
    lead = register(connection, people["Rowan"], trial.key, SEED, NOW)
    return lead, find_trial(connection, others.morwenna, key), others


def minutes_of(team: str, number: float) -> float:
    """The minutes of a team's form: those that its name gives it, and a few more for each further form."""
    return 40 + sum(map(ord, team)) % 50 + number


def forms_in(connection: Connection, trial: Trial, each: int = 4, base: float = 0.0) -> None:
    """So many finished forms in each team of an authority's trial, with what they were measured by above a base."""
    own = {"authority_id": trial.authority}
    drawn = connection.execute(select(trial_teams).where(trial_teams.c.trial_id == trial.id)).all()
    arms: dict[str, int] = {}
    for row in connection.execute(select(trial_arms).where(trial_arms.c.trial_id == trial.id)):
        arms[row.arm] = row.definition_id
    writer = add_person(connection, trial.authority, drawn[0].team_id, NewPerson("Wil", "worker", "practitioner"))
    form = connection.execute(select(func.max(assessments.c.id))).scalar() or 0
    for team in drawn:
        for number in range(each):
            form += 1
            key = f"{trial.key}-{form}"
            begun = {"id": form, "key": key, "definition_id": arms[team.arm], "begun_by": writer, "begun_at": NOW}
            connection.execute(insert(assessments), {**own, **begun, "status": "submitted"})
            _measured(connection, own | {"trial_id": trial.id, "assessment_id": form}, begun, team, base + number)


def _measured(connection: Connection, of: Json, begun: Json, team: Any, number: float) -> None:
    """What a finished form leaves in the tables of its trial; `number` is added to what its team takes."""
    drawn = {"team_id": team.team_id, "allocated_arm": team.arm, "served_arm": team.arm}
    served = {"definition_id": begun["definition_id"], "why": "", "begun_at": NOW}
    connection.execute(insert(trial_forms), {**of, **drawn, **served})
    done, of_form = NOW + timedelta(days=3), {key: of[key] for key in ("authority_id", "assessment_id")}
    frozen = {"record": {}, "shown": [], "context": {}, "code_lists": {}, "note": ""}
    by = {"submitted_by": begun["begun_by"], "submitted_at": done}
    connection.execute(insert(submissions), {**of_form, **frozen, **by})
    minutes = minutes_of(team.name, number)
    values = {"minutes": minutes, "worker_rating": 3 + number % 2, "words": 100.0 + number}
    connection.execute(
        insert(trial_measures), [{**of, "outcome": name, "value": value, "at": done} for name, value in values.items()]
    )


def plan_without(plan: Plan) -> Plan:
    """The plan as its leading authority alone would have registered it."""
    return replace(plan, parts=(), led_by="")
