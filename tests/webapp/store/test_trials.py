"""Planning a trial and registering it: what is frozen, drawn once, and never leaks."""

import json
import threading
from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from engine.trials.plan import Team
from tests.webapp.conftest import NOW
from tests.webapp.store.together import planned
from tests.webapp.store.trial_plans import (
    BOTH,
    ENDS,
    OVERLAY,
    SEED,
    TEAMS,
    committed,
    plan_for,
    registered,
    six_more_teams,
)
from webapp.access import Viewer
from webapp.store.authorities import add_authority, add_team
from webapp.store.database import Database, open_database, reading, writing
from webapp.store.definitions import edition, forms_in_use
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.people import NewPerson, add_person, person_by_key
from webapp.store.publishing import next_version, versions_of
from webapp.store.trial_errors import (
    AlreadyRegistered,
    PlanHasProblems,
    StaleTrial,
    TrialDiscarded,
)
from webapp.store.trial_planning import add_trial, discard_trial, save_plan
from webapp.store.trial_registration import (
    acceptable,
    draw,
    plan_problems,
    register,
    stop,
    teams_in,
)
from webapp.store.trial_tables import trial_arms, trial_registrations
from webapp.store.trials import find_trial, trials_of
from webapp.store.withdrawals import published

People = dict[str, Viewer]


def test_a_plan_is_kept_half_written_and_saved_over_nobody(database: Database, people: People) -> None:
    """Two who plan at once lose nothing: the second is told who saved what, and an equal plan changes nothing."""
    rowan, ines = people["Rowan"], people["Ines"]
    with writing(database) as connection:
        half = replace(plan_for(people), teams=(), begins="31 February", smallest="about ten")
        trial = add_trial(connection, rowan, half, NOW)
        assert find_trial(connection, ines, trial.key).plan == half
        saved = save_plan(connection, ines, trial.key, plan_for(people), trial.revision, NOW)
        assert (saved.revision, saved.saved_by) == (2, ines.name)
        assert save_plan(connection, ines, trial.key, plan_for(people), trial.revision, NOW) == saved
        with pytest.raises(StaleTrial, match="Ines Marchbanks changed this plan") as stale:
            save_plan(connection, rowan, trial.key, half, trial.revision, NOW)
        assert stale.value.detail["revision"] == 2


def test_only_those_who_try_forms_plan_and_only_in_their_authority(database: Database, people: People) -> None:
    """A social worker is refused, and another authority finds nothing."""
    with writing(database) as connection:
        trial = planned(connection, people)
        elsewhere = add_authority(connection, "Southshire")
        add_person(
            connection,
            elsewhere,
            add_team(connection, elsewhere, "Policy"),
            NewPerson("Uma Vale", "policy officer", "policy"),
            "uma",
        )
        uma = person_by_key(connection, "uma")
        with pytest.raises(NotYours):
            add_trial(connection, people["Adaeze"], plan_for(people), NOW)
        for stranger in (uma, people["Adaeze"], people["Petra"]):
            with pytest.raises(NoSuchRecord):
                find_trial(connection, stranger, trial.key)
        assert trials_of(connection, uma) == ()
        with pytest.raises(NoSuchRecord):
            register(connection, uma, trial.key, SEED, NOW)


def test_whom_a_registered_trial_names_finds_it(database: Database, people: People) -> None:
    """The watcher, who plans no trials, can open what they watch."""
    trial = committed(database, people)
    with reading(database) as connection:
        assert find_trial(connection, people["Petra"], trial.key).key == trial.key
        with pytest.raises(NoSuchRecord):
            find_trial(connection, people["Adaeze"], trial.key)


def test_registration_freezes_text_hash_seed_and_period(database: Database, people: People) -> None:
    """What was registered can be checked by anybody: the text gives the hash, and the seed its commitment."""
    trial = committed(database, people)
    frozen = trial.registration
    assert frozen is not None
    assert sha256(frozen.plan_text.encode()).hexdigest() == frozen.plan_hash == trial.plan.hash
    assert sha256(frozen.seed.encode()).hexdigest() == frozen.seed_commitment
    assert (frozen.seed, frozen.ends_on, frozen.by) == (SEED.hex(), ENDS, people["Rowan"].name)
    assert json.loads(frozen.plan_text) == trial.plan.to_json()
    assert frozen.possible == 70


def test_teams_are_drawn_once_half_of_them_each_and_the_same_after_a_restart(
    database: Database, people: People
) -> None:
    """Another connection, as after a restart, reads the same arms; a scheme that keeps no list has none."""
    trial = committed(database, people)
    with reading(database) as connection:
        drawn = teams_in(connection, trial)
        assert acceptable(connection, trial) is None
    again = open_database(database.url.render_as_string(hide_password=False))
    with reading(again) as connection:
        assert teams_in(connection, find_trial(connection, people["Rowan"], trial.key)) == drawn
        anew = draw(connection, people["Rowan"], trial, SEED.hex(), NOW.date())
        assert anew.by_unit == {each.name: each.arm for each in drawn}
        assert trial.registration is not None
        assert anew.digest == trial.registration.digest
    again.dispose()
    arms = [each.arm for each in drawn]
    assert sorted(each.name for each in drawn) == sorted((*BOTH, *TEAMS))
    assert (arms.count("now"), arms.count("plain")) == (4, 4)


def test_what_was_registered_cannot_be_changed_discarded_or_registered_again(
    database: Database, people: People
) -> None:
    """Neither by the store's functions nor by the database itself."""
    rowan = people["Rowan"]
    trial = committed(database, people)
    with writing(database) as connection:
        with pytest.raises(AlreadyRegistered):
            save_plan(connection, rowan, trial.key, plan_for(people, question="Another?"), trial.revision, NOW)
        with pytest.raises(AlreadyRegistered):
            discard_trial(connection, rowan, trial.key, trial.revision, NOW)
        with pytest.raises(AlreadyRegistered):
            register(connection, rowan, trial.key, bytes(32), NOW)
    with pytest.raises(DBAPIError), writing(database) as connection:
        connection.execute(trial_registrations.update().values(seed="another"))
    with reading(database) as connection:
        assert find_trial(connection, rowan, trial.key) == trial


def test_of_two_who_register_at_once_one_wins(database: Database, people: People) -> None:
    """The other is told that it is registered, and one drawing stands."""
    with writing(database) as connection:
        trial = planned(connection, people)
    ready, outcomes = threading.Barrier(2), []

    def go(who: str, seed: bytes) -> None:
        ready.wait()
        try:
            with writing(database) as connection:
                register(connection, people[who], trial.key, seed, NOW)
            outcomes.append("registered")
        except AlreadyRegistered:
            outcomes.append("refused")

    both = [threading.Thread(target=go, args=each) for each in (("Rowan", SEED), ("Ines", bytes(32)))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(outcomes) == ["refused", "registered"]
    with reading(database) as connection:
        assert len(teams_in(connection, trial)) == 8
        assert len(connection.execute(select(trial_registrations)).all()) == 1


def test_a_plan_with_problems_or_changed_meanwhile_is_not_registered(database: Database, people: People) -> None:
    """Nothing is left of the attempt: no arm, no version, no allocation."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        trial = planned(connection, people)
        before = next_version(connection, rowan, "visit")
        save_plan(connection, rowan, trial.key, plan_for(people, approval=""), trial.revision, NOW)
        assert [each.place for each in plan_problems(connection, rowan, trial, NOW)] == []
    with pytest.raises(StaleTrial), writing(database) as connection:
        register(connection, rowan, trial.key, SEED, NOW, trial.revision)
    with pytest.raises(PlanHasProblems, match="who approved"), writing(database) as connection:
        register(connection, rowan, trial.key, SEED, NOW)
    with writing(database) as connection:
        assert find_trial(connection, rowan, trial.key).state == "planned"
        assert next_version(connection, rowan, "visit") == before
        assert connection.execute(select(trial_arms)).all() == []


def test_a_discarded_plan_is_on_no_list_and_takes_no_words(database: Database, people: People) -> None:
    """Discarding it again is no error."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        trial = planned(connection, people)
        discard_trial(connection, rowan, trial.key, trial.revision, NOW)
        discard_trial(connection, rowan, trial.key, trial.revision, NOW)
        assert trials_of(connection, rowan) == ()
        with pytest.raises(TrialDiscarded):
            save_plan(connection, rowan, trial.key, plan_for(people), trial.revision, NOW)


def test_a_variant_is_a_version_that_nobody_else_is_offered(database: Database, people: People) -> None:
    """It is numbered with the authority's next version, and no list of versions and no beginning holds it."""
    rowan, day = people["Rowan"], NOW.date()
    with writing(database) as connection:
        before = (forms_in_use(connection, rowan, day), published(connection, rowan, day))
        number = next_version(connection, rowan, "visit")
        trial = registered(connection, people)
        assert (forms_in_use(connection, rowan, day), published(connection, rowan, day)) == before
        assert edition(connection, rowan, "visit", day).key == "shipped-1"
        assert [each.key for each in versions_of(connection, rowan, "visit", day)] == ["shipped-1"]
        assert next_version(connection, rowan, "visit") == number + 1
        arms = connection.execute(select(trial_arms).where(trial_arms.c.trial_id == trial.id)).all()
        assert {(each.arm, each.control) for each in arms} == {("now", True), ("plain", False)}


def test_a_team_is_in_one_trial_of_a_form_at_a_time(database: Database, people: People) -> None:
    """A second plan is told which teams are busy, by the question they are busy with, until the first is over."""
    rowan = people["Rowan"]
    first = committed(database, people)
    with writing(database) as connection:
        second = add_trial(connection, rowan, plan_for(people), NOW)
        busy = plan_problems(connection, rowan, second, NOW)
        assert {each.code for each in busy} == {"team_busy"}
        assert len(busy) == 8
        assert first.plan.question in busy[0].message
        stop(connection, rowan, first.key, "The form is replaced", NOW)
        assert plan_problems(connection, rowan, second, NOW) == ()


def test_a_plan_with_an_unknown_team_says_where(database: Database, people: People) -> None:
    """The place is the team's own, so that the page can lead there."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        six_more_teams(connection, people)
        plan = plan_for(people)
        wrong = replace(plan, teams=(*plan.teams, Team("Nowhere team")))
        trial = add_trial(connection, rowan, wrong, NOW)
        assert [(each.code, each.place) for each in plan_problems(connection, rowan, trial, NOW)] == [
            ("no_such_team", "teams[8]")
        ]


ONLY_GROW = ("trial_registrations", "trial_arms", "trial_teams", "trial_forms", "trial_taken_out", "trial_amendments")


def test_a_constrained_drawing_keeps_the_list_it_was_drawn_from(database: Database, people: People) -> None:
    """What was drawn stands among the drawings that could have come out."""
    trial = committed(database, people, scheme="constrained", balance_on=("workers", "forms"))
    with reading(database) as connection:
        drawings = acceptable(connection, trial)
        drawn = {each.name: each.arm for each in teams_in(connection, trial)}
    assert drawings is not None
    assert trial.registration is not None
    assert len(drawings.lines) == trial.registration.possible
    line = "".join(str(drawings.arms.index(drawn[team])) for team in drawings.teams)
    assert line in drawings.lines


def test_pairs_get_one_arm_each(database: Database, people: People) -> None:
    """Six pairs can reach the level, and of each pair one team has either arm."""
    names = (*BOTH, *TEAMS)
    more = tuple(f"{name} two" for name in names[:4])
    with writing(database) as connection:
        for name in more:
            add_team(connection, people["Rowan"].authority, name)
    pairs = tuple(Team(name, f"pair {number // 2}") for number, name in enumerate((*names, *more)))
    trial = committed(database, people, scheme="paired", teams=pairs)
    with reading(database) as connection:
        drawn = teams_in(connection, trial)
    arms = {pair: {each.arm for each in drawn if each.stratum == pair} for pair in {each.stratum for each in drawn}}
    assert set(map(frozenset, arms.values())) == {frozenset({"now", "plain"})}


def test_an_arm_that_weakens_what_is_protected_is_refused_with_its_place(database: Database, people: People) -> None:
    """So is an overlay of a version that is not there, a version that was withdrawn, and what nobody can record."""
    rowan = people["Rowan"]
    hidden = {**OVERLAY, "changes": [{"op": "hide", "question": "injury"}]}
    nowhere = {**OVERLAY, "base": {"owner": "library", "form": "visit", "version": 7}}
    with writing(database) as connection:
        six_more_teams(connection, people)
        for definition in (hidden, nowhere, "own-4"):
            plan = plan_for(people)
            arms = (plan.arms[0], replace(plan.arms[1], definition=definition))
            trial = add_trial(connection, rowan, replace(plan, arms=arms), NOW)
            found = plan_problems(connection, rowan, trial, NOW)
            assert {each.place for each in found} == {"arms[1].definition"}
            assert found[0].code == "arm_unfit"
            with pytest.raises(PlanHasProblems):
                register(connection, rowan, trial.key, SEED, NOW)
            assert find_trial(connection, rowan, trial.key) == trial
