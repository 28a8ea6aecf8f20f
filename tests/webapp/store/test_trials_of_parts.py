"""The part of another authority in a trial: in whose name it is, what it may say by itself, what it is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.trials.allocation import late
from engine.trials.plan import Harm, Outcome, Team
from tests.webapp.conftest import NOW
from tests.webapp.store.earlier_visits import earlier_visit
from tests.webapp.store.together import (
    NORTHSHIRE,
    SOUTHMERE,
    THEIRS,
    ask,
    planned,
    registered_together,
    southmere,
    theirs,
    workers_of,
)
from tests.webapp.store.trial_plans import AFTER, SEED, plan_for
from webapp.access import Viewer
from webapp.store.authorities import add_team
from webapp.store.database import Database, writing
from webapp.store.errors import NotYours
from webapp.store.people import people as people_table
from webapp.store.trial_amending import amend, amendments
from webapp.store.trial_earlier import earlier_here, earlier_trials
from webapp.store.trial_errors import AnsweredMeanwhile, LeadersAlone, PlanHasProblems, StaleTrial
from webapp.store.trial_invitations import decline, invited, join
from webapp.store.trial_past import baseline_of, known_before
from webapp.store.trial_planning import add_trial, discard_trial, save_plan
from webapp.store.trial_registration import join_late, plan_problems, register, stop
from webapp.store.trials import find_trial
from webapp.store.who_looked import Sought, entries

People = dict[str, Viewer]


@pytest.mark.parametrize("baseline", [False, True])
@pytest.mark.parametrize("role", ["auditor", "manager", "practitioner"])
def test_it_has_to_join_again_where_whoever_joined_may_no_longer(
    database: Database, people: People, role: str, baseline: bool
) -> None:
    """With another role nothing is registered in their name, and the leading authority is told what to wait for."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        trial = planned(connection, people, baseline=baseline)
        others, key = southmere(connection, people), ask(connection, people, trial)
        for worker in workers_of(connection, others).values():
            earlier_visit(connection, worker, others.bryony, minutes=30, days=3)
        seen = invited(connection, others.morwenna, key, NOW.date()).seen
        join(connection, others.morwenna, key, theirs(others), seen, NOW)
        of_morwenna = update(people_table).where(people_table.c.id == others.morwenna.id)
        connection.execute(of_morwenna.values(role=role))
        found = plan_problems(connection, rowan, find_trial(connection, rowan, trial.key), NOW)
        told = [each for each in found if each.code != "no_baseline"]
        assert [(each.code, each.place) for each in told] == [("part_before", "parts[0]")]
        assert told[0].message.startswith(f"{SOUTHMERE} has to join again")
        with pytest.raises(PlanHasProblems):
            register(connection, rowan, trial.key, SEED, NOW)


@pytest.mark.parametrize("days", [3_651, 10**6, 10**12, 10**400], ids=["many", "more", "most", "beyond"])
def test_more_days_than_anybody_waits_are_told_and_nothing_breaks(
    database: Database, people: People, days: int
) -> None:
    """The plan is looked at as any other: no day lies so far back, and no team has a figure of it."""
    with writing(database) as connection:
        trial = planned(connection, people, primary=Outcome("completed_within", days=days), baseline=True)
        found = {each.code for each in plan_problems(connection, people["Rowan"], trial, NOW)}
        assert {"no_days", "no_baseline"} <= found
        assert baseline_of(connection, people["Rowan"], trial.plan, NOW) == {}
        assert known_before(connection, people["Rowan"], trial.plan, NOW) == frozenset()


def test_a_part_names_nobody_who_opens_early(database: Database, people: People) -> None:
    """Not even with somebody who watches from then on: nothing of such an amendment is kept."""
    with writing(database) as connection:
        _, part, others = registered_together(connection, people)
        for openers in ([others.morwenna.key], []):
            with pytest.raises(LeadersAlone):
                amend(connection, others.morwenna, part.key, "w", NOW, watcher=others.senara.key, openers=openers)
        assert amendments(connection, part) == ()
        assert find_trial(connection, others.morwenna, part.key).openers == ()


def test_a_part_knows_whether_anybody_may_open_early(database: Database, people: People) -> None:
    """As the plan says, then as the leading authority amends it; nobody of that one is an opener here."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people, openers=())
        assert not part.may_be_opened
        for number, openers in enumerate(([rowan.key], [], [rowan.key])):
            at = NOW + timedelta(days=number)
            amend(connection, rowan, lead.key, "Opening", at, openers=openers)
            theirs = find_trial(connection, others.morwenna, part.key)
            assert theirs.may_be_opened == bool(openers)
            assert theirs.openers == ()
            assert find_trial(connection, rowan, lead.key).openers == tuple(openers)


def test_a_stopped_trial_of_a_parts_teams_is_told_in_all(database: Database, people: People) -> None:
    """Southmere drew two of its teams before and stopped: told in both, in Northshire with its name and no key."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        others = southmere(connection, people)
        more = [f"Coast team {number}" for number in range(6)]
        for name in more:
            add_team(connection, others.morwenna.authority, name)
        harm = Harm("A child is missed", others.senara.key)
        teams = tuple(Team(name) for name in (*THEIRS[:2], *more))
        plan = plan_for(people, openers=(), teams=teams, harm=harm, question="Does it fall better here?")
        first = add_trial(connection, others.morwenna, plan, NOW)
        register(connection, others.morwenna, first.key, SEED, NOW)
        stop(connection, others.morwenna, first.key, "It fell badly", NOW)
        trial = planned(connection, people)
        key = ask(connection, people, trial)
        seen = invited(connection, others.morwenna, key, NOW.date()).seen
        join(connection, others.morwenna, key, theirs(others), seen, NOW)
        (here,) = earlier_here(connection, others.morwenna, "visit", NOW)
        assert (here.key, here.authority, len(here.teams)) == (first.key, "", 8)
        assert earlier_here(connection, others.morwenna, "visit", NOW - timedelta(days=1)) == ()
        assert earlier_here(connection, rowan, "visit", NOW) == ()
        lead = register(connection, rowan, trial.key, SEED, NOW + timedelta(hours=1))
        (ours,) = earlier_trials(connection, rowan, lead, AFTER)
        (own,) = earlier_trials(connection, others.morwenna, find_trial(connection, others.morwenna, key), AFTER)
        assert (ours.key, ours.authority, own.key, own.authority) == ("", SOUTHMERE, first.key, "")
        assert ours.teams == own.teams == THEIRS[:2]
        assert (ours.question, ours.stopped_reason) == ("Does it fall better here?", "It fell badly")
        with pytest.raises(NotYours):
            earlier_here(connection, others.bryony, "visit", NOW)


def test_a_trial_that_both_began_again_is_told_by_authority(database: Database, people: People) -> None:
    """Both drew together and stopped: with the next one each reads its own, and the other’s by name."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        assert earlier_trials(connection, rowan, lead, AFTER) == ()
        stop(connection, rowan, lead.key, "Again", NOW)
        later = NOW + timedelta(days=1)
        plan = plan_for(people, begins=later.date().isoformat())
        second = add_trial(connection, rowan, plan, later)
        key = ask(connection, people, second)
        assert [each.key for each in earlier_trials(connection, rowan, second, later)] == [lead.key]
        seen = invited(connection, others.morwenna, key, later.date()).seen
        join(connection, others.morwenna, key, theirs(others), seen, later)
        second = register(connection, rowan, second.key, SEED, later)
        told = earlier_trials(connection, rowan, second, AFTER)
        assert {(each.key, each.authority) for each in told} == {(lead.key, ""), ("", SOUTHMERE)}
        assert {each.stopped_reason for each in told} == {"Again"}
        told = earlier_trials(connection, others.morwenna, find_trial(connection, others.morwenna, key), AFTER)
        assert {(each.key, each.authority) for each in told} == {(part.key, ""), ("", NORTHSHIRE)}


def test_registering_and_stopping_stand_in_the_log_of_each(database: Database, people: People) -> None:
    """In Southmere registering in the name of who joined, and stopping in Northshire’s, which names nobody there."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        stop(connection, people["Rowan"], lead.key, "The form is replaced", NOW)
        stop(connection, people["Rowan"], lead.key, "Again", NOW)
        for viewer, ours in ((people["Petra"], "Rowan Tideswell"), (others.senara, NORTHSHIRE)):
            found, _ = entries(connection, viewer, Sought(), 1)
            stopped = [each for each in found if each.act == "stopped"]
            assert [(each.who, each.about) for each in stopped] == [(ours, ["visit"])]
            assert {each.who for each in entries(connection, viewer, Sought(name=ours), 1)[0]} == {ours}
        assert (stopped[0].job, stopped[0].team) == ("", "")
        assert entries(connection, others.senara, Sought(name="Rowan"), 1) == ((), False)
        registered = [each for each in found if each.act == "registered"]
        assert [(each.who, each.about) for each in registered] == [(others.morwenna.name, ["visit"])]
        assert part.registration is not None


def test_a_part_that_has_withdrawn_is_not_stopped_again(database: Database, people: People) -> None:
    """Its log holds that it withdrew, in its own name, and nothing of the later stop."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        stop(connection, others.morwenna, part.key, "Teams are merged", NOW)
        stop(connection, people["Rowan"], lead.key, "The form is replaced", NOW)
        for viewer, name in ((people["Petra"], "Rowan Tideswell"), (others.senara, others.morwenna.name)):
            found, _ = entries(connection, viewer, Sought(), 1)
            assert [each.who for each in found if each.act == "stopped"] == [name]


def test_a_late_team_of_a_part_is_drawn_with_the_leading_key(database: Database, people: People) -> None:
    """As anybody can check who has the seed and the key by which all other teams were drawn."""
    with writing(database) as connection:
        lead, part, others = registered_together(connection, people)
        for number in range(12):
            add_team(connection, others.morwenna.authority, f"Late {number}")
            drawn = join_late(connection, others.morwenna, part.key, f"Late {number}", NOW)
            assert drawn.name == f"Late {number} ({SOUTHMERE})"
            assert drawn.arm == late(lead.key, SEED.hex(), ["now", "plain"], drawn.name)


@pytest.mark.parametrize("answer", ["joined", "declined"])
def test_a_page_is_stale_after_an_answer_and_says_whose(database: Database, people: People, answer: str) -> None:
    """Not the last who saved the plan changed it, but Southmere answered; saved after that, it is who saved."""
    rowan, later = people["Rowan"], NOW + timedelta(hours=1)
    with writing(database) as connection:
        trial = planned(connection, people)
        others, key = southmere(connection, people), ask(connection, people, trial)
        trial = find_trial(connection, rowan, trial.key)
        seen = invited(connection, others.morwenna, key, NOW.date()).seen
        if answer == "joined":
            join(connection, others.morwenna, key, theirs(others), seen, later)
        else:
            decline(connection, others.morwenna, key, "", later)
        with pytest.raises(AnsweredMeanwhile, match=f"{SOUTHMERE} answered while your page was open") as told:
            discard_trial(connection, people["Ines"], trial.key, trial.revision, later)
        assert told.value.code == "answered_meanwhile"
        now = find_trial(connection, rowan, trial.key)
        changed = replace(now.plan, smallest=12)
        save_plan(connection, rowan, trial.key, changed, now.revision, later + timedelta(minutes=1))
        with pytest.raises(StaleTrial, match="Rowan Tideswell changed this plan"):
            discard_trial(connection, people["Ines"], trial.key, now.revision, later)
