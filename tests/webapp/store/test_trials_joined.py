"""Joining a trial of another authority: who is asked, what it says for itself, what keeps all from registering."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from engine.definition import definition_from_json
from engine.trials.plan import Harm, Team
from tests.webapp.conftest import NOW
from tests.webapp.store.earlier_visits import earlier_visit
from tests.webapp.store.together import (
    NORTHSHIRE,
    SOUTHMERE,
    THEIRS,
    ask,
    joined,
    plan_without,
    planned,
    southmere,
    theirs,
    workers_of,
)
from tests.webapp.store.trial_plans import BOTH, SEED, TEAMS, worker_in
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.contents import content_of
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.definitions import Publication, definitions, edition, publish
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.people import NewPerson, add_person
from webapp.store.people import people as people_table
from webapp.store.trial_errors import (
    AlreadyRegistered,
    InvitationOver,
    PartHasProblems,
    PlanChanged,
    PlanHasProblems,
    StaleTrial,
)
from webapp.store.trial_invitations import decline, invitations_to, invited, join
from webapp.store.trial_parts import can_be_invited, invitations_of, take_off
from webapp.store.trial_planning import discard_trial, save_plan
from webapp.store.trial_registration import baseline, plan_problems, register, teams_in
from webapp.store.trial_tables import trial_arms
from webapp.store.trials import find_trial, trials_of

People = dict[str, Viewer]
Json = Any
DAY = NOW.date()


def codes(connection: Connection, people: People, key: str) -> list[tuple[str, str]]:
    """What keeps the plan of Northshire from being registered."""
    trial = find_trial(connection, people["Rowan"], key)
    return [(each.code, each.place) for each in plan_problems(connection, people["Rowan"], trial, NOW)]


def test_it_is_registered_once_all_have_answered_or_were_taken_off(database: Database, people: People) -> None:
    """Who has not answered and who declined keeps it waiting; taken off, the plan is the one of Northshire alone."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        trial = planned(connection, people)
        others, key = southmere(connection, people), ask(connection, people, trial)
        assert codes(connection, people, trial.key) == [("part_waits", "parts[0]")]
        assert can_be_invited(connection, rowan, trial) == ()
        decline(connection, others.morwenna, key, "Not this year", NOW)
        assert codes(connection, people, trial.key) == [("part_declined", "parts[0]")]
        assert [each.words for each in invitations_of(connection, rowan, trial)] == ["Not this year"]
        with pytest.raises(PlanHasProblems, match="takes no part"):
            register(connection, rowan, trial.key, SEED, NOW)
        take_off(connection, rowan, trial.key, key, NOW)
        assert [name for _, name in can_be_invited(connection, rowan, trial)] == [SOUTHMERE]
        with pytest.raises(InvitationOver):
            invited(connection, others.morwenna, key, DAY)
        alone = register(connection, rowan, trial.key, SEED, NOW)
        assert alone.whole == plan_without(alone.whole) == trial.plan
        assert {each.name for each in teams_in(connection, alone)} == {*BOTH, *TEAMS}
        for deed in (lambda: take_off(connection, rowan, trial.key, key, NOW), lambda: ask(connection, people, trial)):
            with pytest.raises(AlreadyRegistered):
                deed()


def test_of_registering_and_declining_at_once_one_comes_first(database: Database, people: People) -> None:
    """Either Southmere takes part and its invitation is over, or it declined and the trial is not registered."""
    with writing(database) as connection:
        trial = planned(connection, people)
        others, key = joined(connection, people, trial)
    ready, outcomes = threading.Barrier(2), set()

    def go(deed: Callable[[Connection], object], done: str) -> None:
        ready.wait()
        try:
            with writing(database) as connection:
                deed(connection)
            outcomes.add(done)
        except (InvitationOver, PlanHasProblems) as refused:
            outcomes.add(refused.code)

    deeds = {
        "registered": lambda connection: register(connection, people["Rowan"], trial.key, SEED, NOW),
        "declined": lambda connection: decline(connection, others.morwenna, key, "", NOW),
    }
    both = [threading.Thread(target=go, args=(deed, done)) for done, deed in deeds.items()]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert outcomes in ({"registered", "invitation_over"}, {"declined", "plan_has_problems"})
    with reading(database) as connection:
        taking_part = trials_of(connection, others.morwenna)
    assert len(taking_part) == ("registered" in outcomes)


def test_who_joined_agreed_to_what_it_read(database: Database, people: People) -> None:
    """Changed meanwhile, nothing is kept; changed since, it has to join again; its own teams are for it to change."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        trial = planned(connection, people)
        others, key = southmere(connection, people), ask(connection, people, trial)
        seen = invited(connection, others.morwenna, key, DAY).seen
        trial = find_trial(connection, rowan, trial.key)
        trial = save_plan(connection, rowan, trial.key, replace(trial.plan, smallest=20), trial.revision, NOW)
        with pytest.raises(PlanChanged):
            join(connection, others.morwenna, key, theirs(others), seen, NOW)
        seen = invited(connection, others.morwenna, key, DAY).seen
        join(connection, others.morwenna, key, theirs(others), seen, NOW)
        assert codes(connection, people, trial.key) == []
        with pytest.raises(StaleTrial):
            register(connection, rowan, trial.key, SEED, NOW, trial.revision)
        trial = find_trial(connection, rowan, trial.key)
        fewer = replace(trial.plan, teams=trial.plan.teams[:-1], approval="Another")
        trial = save_plan(connection, rowan, trial.key, fewer, trial.revision, NOW)
        assert codes(connection, people, trial.key) == []
        later = replace(trial.plan, ends="2026-07-31")
        save_plan(connection, rowan, trial.key, later, trial.revision, NOW)
        assert codes(connection, people, trial.key) == [("part_before", "parts[0]")]
        assert invited(connection, others.morwenna, key, DAY).changed


LACKING: Mapping[str, tuple[dict[str, Any], str]] = {
    "nobody watches": ({"watcher": ""}, "Nobody watches for harm"),
    "a stranger watches": ({"watcher": "nobody-here"}, "is not here"),
    "the watcher is inside": ({"watcher": "key-of-Quay team"}, "is in a team that takes part"),
    "no approval": ({"approval": ""}, "who approved this trial"),
    "no assessment": ({"data_protection": ""}, "data-protection"),
    "nobody to ask": ({"whom_to_ask": ""}, "whom to ask"),
    "no team": ({"teams": ()}, "could all be drawn"),
    "one team": ({"teams": (Team("Quay team"),)}, "could all be drawn"),
    "a team of another authority": ({"teams": (Team("Quay team"), Team("Larkfield team"))}, "There is no team"),
}


@pytest.mark.parametrize("case", LACKING.values(), ids=LACKING)
def test_a_part_says_what_it_lacks(database: Database, people: People, case: tuple[dict[str, Any], str]) -> None:
    """Each authority has to watch, to have approved, and to have both forms in teams of its own."""
    changed, told = case
    with writing(database) as connection:
        trial = planned(connection, people)
        others, key = southmere(connection, people), ask(connection, people, trial)
        seen = invited(connection, others.morwenna, key, DAY).seen
        with pytest.raises(PartHasProblems, match=told):
            join(connection, others.morwenna, key, theirs(others, **changed), seen, NOW)
        assert [each.state for each in invitations_of(connection, people["Rowan"], trial)] == ["invited"]


def test_what_is_no_longer_so_there_is_told_before_registering(database: Database, people: People) -> None:
    """The watcher has moved into a team that takes part: the leading authority is told so, and not who it is."""
    with writing(database) as connection:
        trial = planned(connection, people)
        others, _ = joined(connection, people, trial)
        move = people_table.update().where(people_table.c.id == others.senara.id)
        connection.execute(move.values(team_id=others.bryony.team))
        trial = find_trial(connection, people["Rowan"], trial.key)
        found = plan_problems(connection, people["Rowan"], trial, NOW)
    assert [each.code for each in found] == ["part_lacks"]
    assert found[0].message.startswith(f"{SOUTHMERE}: Whoever watches for harm")
    assert others.senara.name not in found[0].message


def own_visit(connection: Connection, viewer: Viewer, label: str) -> int:
    """A version of the visit of an authority's own, with one question worded otherwise."""
    content = content_of(connection, edition(connection, viewer, "visit", DAY))
    sections = [
        {**each, "questions": [{**one, "label": label} if one["id"] == "saw" else one for one in each["questions"]]}
        for each in content["sections"]
    ]
    made = definition_from_json({**content, "version": 1, "sections": sections}, {}, DAY.isoformat())
    return publish(connection, Publication(made, {}, viewer.authority, viewer.id, "For us"), NOW)


def test_an_authority_with_another_form_is_told_what_differs(database: Database, people: People) -> None:
    """Its own wording would be a third form: it cannot join, and reads in words which question is asked otherwise."""
    with writing(database) as connection:
        trial = planned(connection, people)
        others, key = southmere(connection, people), ask(connection, people, trial)
        own_visit(connection, others.morwenna, "What did you see in Southmere?")
        found = invited(connection, others.morwenna, key, DAY)
        assert "neither the control" in found.fitting.unfit
        assert any("What did you see in Southmere?" in words for words in found.fitting.differs)
        with pytest.raises(PartHasProblems, match="neither the control"):
            join(connection, others.morwenna, key, theirs(others), found.seen, NOW)


def test_it_cannot_register_with_a_form_that_was_changed_since(database: Database, people: People) -> None:
    """Southmere joined, and publishes a version of its own before the trial is registered."""
    with writing(database) as connection:
        trial = planned(connection, people)
        others, _ = joined(connection, people, trial)
        own_visit(connection, others.morwenna, "What did you see in Southmere?")
        assert codes(connection, people, trial.key) == [("part_unfit", "parts[0]")]


def test_a_control_that_comes_from_the_shipped_form_is_served_there_too(database: Database, people: People) -> None:
    """Northshire tries a change of its own version; Southmere, on the shipped one, serves the very same two forms."""
    with writing(database) as connection:
        rowan = people["Rowan"]
        own_visit(connection, rowan, "What did you see in Northshire?")
        trial = planned(connection, people)
        base = {"owner": "authority", "form": "visit", "version": 1}
        arms = trial.plan.arms
        assert isinstance(arms[1].definition, dict)
        overlay = {**arms[1].definition, "base": base}
        plan = replace(trial.plan, arms=(replace(arms[0], definition="own-1"), replace(arms[1], definition=overlay)))
        trial = save_plan(connection, rowan, trial.key, plan, trial.revision, NOW)
        _, key = joined(connection, people, trial)
        lead = register(connection, rowan, trial.key, SEED, NOW)
        query = (
            select(trial_arms.c.arm, trial_arms.c.authority_id, definitions.c.content, definitions.c.for_trial)
            .join(definitions, definitions.c.id == trial_arms.c.definition_id)
            .order_by(trial_arms.c.arm, trial_arms.c.trial_id)
        )
        rows = connection.execute(query).all()
    assert lead.together
    assert key == lead.whole.parts[0].key
    assert [row.for_trial for row in rows] == [False, True, True, True]
    for ours, there in (rows[:2], rows[2:]):
        assert {**ours.content, "version": 0} == {**there.content, "version": 0}
    assert "What did you see in Northshire?" in str(rows[1].content)


def test_balanced_drawings_stay_within_one_authority(database: Database, people: People) -> None:
    """What they are balanced on is not known of others; pairs and groups are of one authority each."""
    with writing(database) as connection:
        trial = planned(connection, people, scheme="constrained", balance_on=("workers", "forms"))
        joined(connection, people, trial)
        assert ("not_balanced", "scheme") in codes(connection, people, trial.key)


def test_groups_are_drawn_within_each_authority(database: Database, people: People) -> None:
    """A group of the same name in two authorities is two groups: each is halved by itself."""
    names = (*BOTH, *TEAMS)
    with writing(database) as connection:
        grouped = tuple(Team(name, "town" if number < 4 else "coast") for number, name in enumerate(names))
        trial = planned(connection, people, scheme="stratified", teams=grouped)
        town = tuple(Team(name, "town") for name in THEIRS)
        _, key = joined(connection, people, trial, teams=town)
        lead = register(connection, people["Rowan"], trial.key, SEED, NOW)
        strata = {each.stratum for each in teams_in(connection, lead)}
    assert strata == {f"{NORTHSHIRE}: town", f"{NORTHSHIRE}: coast"}
    assert lead.registration is not None
    assert lead.registration.possible == 6 * 6 * 6
    assert key


def test_only_those_who_try_forms_answer_and_a_discarded_plan_invites_nobody(
    database: Database, people: People
) -> None:
    """A worker there is refused; what was asked and answered stands in each one's own log."""
    with writing(database) as connection:
        trial = planned(connection, people)
        others, key = southmere(connection, people), ask(connection, people, trial)
        for deed in (
            lambda: invitations_to(connection, others.bryony),
            lambda: invited(connection, others.bryony, key, DAY),
            lambda: decline(connection, others.bryony, key, "", NOW),
        ):
            with pytest.raises(NotYours):
                deed()
        with pytest.raises(NoSuchRecord):
            invited(connection, people["Rowan"], key, DAY)
        decline(connection, others.morwenna, key, "", NOW)
        acts = select(access_log.c.authority_id, access_log.c.record, access_log.c.act)
        logged = {tuple(row) for row in connection.execute(acts)}
        assert (people["Rowan"].authority, "trial", "invited") in logged
        assert (others.morwenna.authority, "invitation", "declined") in logged
        now = find_trial(connection, people["Rowan"], trial.key)
        discard_trial(connection, people["Rowan"], trial.key, now.revision, NOW)
        assert invitations_to(connection, others.morwenna) == ()
        with pytest.raises(InvitationOver):
            join(connection, others.morwenna, key, theirs(others), "", NOW)


def test_an_invitation_names_nobody_who_works_elsewhere(database: Database, people: People) -> None:
    """The plan as Southmere reads it has its own people in it, or none."""
    with writing(database) as connection:
        trial = planned(connection, people, harm=Harm("A child is missed", people["Petra"].key))
        others, key = southmere(connection, people), ask(connection, people, trial)
        add_person(connection, others.morwenna.authority, others.bryony.team, NewPerson("Kit", "x", "practitioner"))
        found = invited(connection, others.morwenna, key, DAY)
    assert found.leader == NORTHSHIRE
    assert (found.plan.harm.words, found.plan.harm.watcher) == ("A child is missed", "")
    assert (found.plan.approval, found.plan.whom_to_ask, found.plan.scorers) == ("", "", ())
    assert found.others == ((NORTHSHIRE, (*BOTH, *TEAMS)),)
    assert set(found.around.people).isdisjoint({people["Petra"].key, people["Rowan"].key})


def test_every_team_needs_a_figure_from_before_where_the_plan_adjusts_for_it(
    database: Database, people: People
) -> None:
    """Each authority’s teams are measured from its own forms, and all of them stand with what was drawn."""
    minutes = {name: 10 + 7 * number for number, name in enumerate((*BOTH, *TEAMS, *THEIRS))}
    with writing(database) as connection:
        trial = planned(connection, people, baseline=True)
        others = southmere(connection, people)
        key = ask(connection, people, trial)
        seen = invited(connection, others.morwenna, key, DAY).seen
        for name, worker in workers_of(connection, others).items():
            with pytest.raises(PartHasProblems, match=f"{name}.*nothing is known before the trial"):
                join(connection, others.morwenna, key, theirs(others), seen, NOW)
            earlier_visit(connection, worker, others.bryony, minutes[name], days=3)
        join(connection, others.morwenna, key, theirs(others), seen, NOW)
        assert codes(connection, people, trial.key) == [("no_baseline", "baseline")]
        for name in (*BOTH, *TEAMS):
            worker = worker_in(connection, people, name, name.split()[0])
            earlier_visit(connection, worker, people["Adaeze"], minutes[name], days=3)
        lead = register(connection, people["Rowan"], trial.key, SEED, NOW)
        drawn = {f"{name} ({NORTHSHIRE})": minutes[name] for name in (*BOTH, *TEAMS)}
        drawn |= {f"{name} ({SOUTHMERE})": minutes[name] for name in THEIRS}
        part = find_trial(connection, others.morwenna, key)
        assert baseline(connection, lead) == baseline(connection, part) == drawn
