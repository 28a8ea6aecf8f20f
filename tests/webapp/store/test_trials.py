"""Planning a trial and registering it: what is frozen, drawn once, and never leaks."""

import json
import threading
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.places import Place
from engine.trials.plan import Outcome, Team
from tests.webapp.conftest import NOW
from tests.webapp.store.trial_plans import (
    AFTER,
    BOTH,
    ENDS,
    OVERLAY,
    SEED,
    TEAMS,
    committed,
    plan_for,
    registered,
    six_more_teams,
    worker_in,
)
from webapp.access import Viewer
from webapp.store import migrations
from webapp.store.assessments import assessment_to_write, find_assessment
from webapp.store.authorities import add_authority, add_team, teams
from webapp.store.beginning import begin_assessment
from webapp.store.changes import SetAnswer
from webapp.store.children import children_of
from webapp.store.database import Connection, Database, open_database, reading, writing
from webapp.store.definitions import edition, forms_in_use
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.people import NewPerson, add_person, person_by_key
from webapp.store.publishing import next_version, versions_of
from webapp.store.saves import Change, save
from webapp.store.submissions import Frozen, submit
from webapp.store.trial_amending import amend, amendments
from webapp.store.trial_earlier import earlier_trials
from webapp.store.trial_errors import (
    AlreadyRegistered,
    CannotOpen,
    NotRegistered,
    PlanHasProblems,
    ReasonNeeded,
    StaleTrial,
    TakesPartAlready,
    TrialDiscarded,
    TrialIsOver,
)
from webapp.store.trial_past import baseline_of, known_before
from webapp.store.trial_planning import add_trial, discard_trial, save_plan
from webapp.store.trial_registration import (
    acceptable,
    baseline,
    draw,
    join_late,
    plan_problems,
    register,
    stop,
    teams_in,
)
from webapp.store.trial_results import open_early
from webapp.store.trial_serving import arm_for, enrol
from webapp.store.trial_tables import trial_arms, trial_registrations
from webapp.store.trials import Trial, find_trial, trials_of
from webapp.store.under_trial import take_out
from webapp.store.withdrawals import published

People = dict[str, Viewer]


def planned(connection: Connection, people: People) -> Trial:
    """The trial as it is before registration, its teams made."""
    six_more_teams(connection, people)
    return add_trial(connection, people["Rowan"], plan_for(people), NOW)


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


def test_a_trial_that_was_stopped_is_told_with_the_next_one(database: Database, people: People) -> None:
    """With why it was stopped and which teams it shared; not the other way round, nor with a trial of another form."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        first = registered(connection, people)
        stop(connection, rowan, first.key, "It looked bad", NOW)
        planned = add_trial(connection, rowan, plan_for(people), NOW)
        (told,) = earlier_trials(connection, rowan, planned, NOW)
        assert (told.key, told.question, told.stopped_reason) == (first.key, first.plan.question, "It looked bad")
        assert set(told.teams) == {*BOTH, *TEAMS}
        later = NOW + timedelta(days=1)
        plan = plan_for(people, begins=later.date().isoformat())
        second = register(connection, rowan, add_trial(connection, rowan, plan, NOW).key, SEED, later)
        assert earlier_trials(connection, rowan, second, AFTER) == (told,)
        assert earlier_trials(connection, rowan, find_trial(connection, rowan, first.key), AFTER) == ()
        elsewhere = add_trial(connection, rowan, plan_for(people, form="supervision"), NOW)
        assert earlier_trials(connection, rowan, elsewhere, NOW) == ()
        with pytest.raises(NotYours):
            earlier_trials(connection, people["Tom"], second, NOW)


def _earlier_visit(connection: Connection, people: People, team: str, minutes: int, days: int) -> None:
    """A visit that somebody of a team took so many minutes and days for, a month ago."""
    who, adaeze = worker_in(connection, people, team, team.split()[0]), people["Adaeze"]
    about, begun = children_of(connection, adaeze)[:1], NOW - timedelta(days=30)
    key = begin_assessment(connection, who, edition(connection, who, "visit", NOW.date()), about, begun)
    draft = assessment_to_write(connection, adaeze, key)
    save(connection, adaeze, draft, Change(Place("saw"), SetAnswer("x"), 0, "k", False, minutes * 60), begun)
    record = {"meaning": {"text": "She waits for him."}, "saw": "Two coats."}
    submit(connection, adaeze, draft, Frozen(record, [], {}, {}), "", begun + timedelta(days=days))


def test_what_teams_were_before_is_frozen_with_a_plan_that_adjusts_for_it(database: Database, people: People) -> None:
    """The minutes, or the share in time, of each team in the year before; refused where a team has no such form."""
    rowan = people["Rowan"]
    in_time = Outcome("completed_within", days=5)
    with writing(database) as connection:
        six_more_teams(connection, people)
        trial = add_trial(connection, rowan, plan_for(people, baseline=True), NOW)
        for number, name in enumerate((*BOTH, *TEAMS)):
            (problem,) = plan_problems(connection, rowan, trial, NOW)
            assert (problem.code, f"“{name}”" in problem.message) == ("no_baseline", True)
            _earlier_visit(connection, people, name, minutes=20 + 20 * number, days=number)
        found = baseline(connection, register(connection, rowan, trial.key, SEED, NOW))
        assert found == {name: min(20 + 20 * number, 120) for number, name in enumerate((*BOTH, *TEAMS))}
        assert set(baseline_of(connection, rowan, plan_for(people, primary=in_time), NOW).values()) == {0.0, 1.0}
        words = plan_for(people, primary=Outcome("words"))
        assert set(baseline_of(connection, rowan, words, NOW).values()) == {4.0}
        assert known_before(connection, rowan, words, NOW) == {*BOTH, *TEAMS}
        assert baseline_of(connection, rowan, plan_for(people, primary=Outcome("quality")), NOW) == {}
        assert known_before(connection, rowan, plan_for(people, primary=Outcome("quality")), NOW) == frozenset()
        with pytest.raises(NotYours):
            baseline_of(connection, people["Tom"], trial.plan, NOW)


def test_an_amendment_names_who_may_open_early(database: Database, people: People) -> None:
    """In the plan Rowan alone; then those whom the newest amendment names that says so, or nobody."""
    rowan, ines = people["Rowan"], people["Ines"]
    trial = committed(database, people)
    assert trial.openers == (rowan.key,)
    with writing(database) as connection:
        with pytest.raises(NotYours):
            open_early(connection, ines, trial.key, "A reason", NOW)
        with pytest.raises(CannotOpen):
            amend(connection, rowan, trial.key, "Adaeze too", NOW, openers=[people["Adaeze"].key])
        amend(connection, rowan, trial.key, "Both", NOW, openers=[rowan.key, ines.key])
        amend(connection, rowan, trial.key, "Fell team has moved", NOW)
        assert find_trial(connection, rowan, trial.key).openers == (rowan.key, ines.key)
        open_early(connection, ines, trial.key, "A reason", NOW)
        amend(connection, rowan, trial.key, "Nobody any more", NOW, openers=[])
        assert find_trial(connection, rowan, trial.key).openers == ()
        with pytest.raises(NotYours):
            open_early(connection, rowan, trial.key, "A reason", NOW)
        found = amendments(connection, trial)
        assert [each.openers for each in found] == [(rowan.name, ines.name), None, ()]
        assert [each.who_may_open for each in found] == ["Rowan Tideswell or Ines Marchbanks", "", "nobody"]


def test_amendments_stand_beside_the_plan(database: Database, people: People) -> None:
    """With who and when, oldest first; nothing is no amendment, and a plan that is not registered has none."""
    rowan = people["Rowan"]
    trial = committed(database, people)
    with writing(database) as connection:
        amend(connection, rowan, trial.key, " Fell team has moved. ", NOW)
        amend(connection, people["Ines"], trial.key, "Two scorers more.", AFTER)
        with pytest.raises(ReasonNeeded):
            amend(connection, rowan, trial.key, "  ", NOW)
        assert [(each.words, each.by) for each in amendments(connection, trial)] == [
            ("Fell team has moved.", rowan.name),
            ("Two scorers more.", people["Ines"].name),
        ]
        assert find_trial(connection, rowan, trial.key).plan == trial.plan
        other = add_trial(connection, rowan, plan_for(people), NOW)
        with pytest.raises(NotRegistered):
            amend(connection, rowan, other.key, "Words", NOW)


def test_where_a_trial_stands(database: Database, people: People) -> None:
    """Planned, then waiting, running and ended by the day; stopped from then on, with the reason."""
    rowan = people["Rowan"]
    with writing(database) as connection:
        trial = planned(connection, people)
        assert trial.standing(NOW.date()) == "planned"
        trial = register(connection, rowan, trial.key, SEED, NOW)
        days = (NOW - timedelta(days=1), NOW, NOW + timedelta(days=90), AFTER)
        assert [trial.standing(each.date()) for each in days] == ["waiting", "running", "running", "ended"]
        with pytest.raises(ReasonNeeded):
            stop(connection, rowan, trial.key, " ", NOW)
        with pytest.raises(TrialIsOver):
            stop(connection, rowan, trial.key, "Late", AFTER)
        stop(connection, rowan, trial.key, "A child was harmed", NOW)
        stop(connection, rowan, trial.key, "Again", NOW)
        stopped = find_trial(connection, rowan, trial.key)
        assert stopped.stopping is not None
        assert (stopped.standing(NOW.date()), stopped.stopping.reason) == ("stopped", "A child was harmed")


def test_a_late_team_is_drawn_from_the_same_seed_once(database: Database, people: People) -> None:
    """It is marked, so that the main comparison leaves it out, and it cannot join twice."""
    rowan = people["Rowan"]
    trial = committed(database, people)
    with writing(database) as connection:
        add_team(connection, rowan.authority, "Gale team")
        joined = join_late(connection, rowan, trial.key, "Gale team", NOW)
        assert joined.late
        assert joined.arm in ("now", "plain")
        assert next(each for each in teams_in(connection, trial) if each.late) == joined
        for team in ("Gale team", BOTH[0]):
            with pytest.raises(TakesPartAlready):
                join_late(connection, rowan, trial.key, team, NOW)
        with pytest.raises(NoSuchRecord):
            join_late(connection, rowan, trial.key, "Nowhere team", NOW)
        add_team(connection, rowan.authority, "Hay team")
        with pytest.raises(TrialIsOver):
            join_late(connection, rowan, trial.key, "Hay team", AFTER)


def test_a_team_that_was_drawn_cannot_be_deleted(database: Database, people: People) -> None:
    """The database refuses it, whoever asks: there is no way to delete a team in Pith, and none around it."""
    committed(database, people)
    with pytest.raises(IntegrityError), writing(database) as connection:
        connection.execute(delete(teams).where(teams.c.name == TEAMS[0]))


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


@pytest.mark.parametrize("deed", ["UPDATE {} SET authority_id = authority_id", "DELETE FROM {}"])
def test_what_was_drawn_and_recorded_only_grows(database: Database, people: People, deed: str) -> None:
    """The database refuses to change or take away any of it, whoever asks."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        trial = registered(connection, people)
        about = [each for each in children_of(connection, adaeze) if each.family_name == "Tallowby"]
        serving = arm_for(connection, adaeze, "visit", NOW.date(), about)
        assert serving is not None
        key = begin_assessment(connection, adaeze, serving.edition, about, NOW)
        enrol(connection, adaeze, key, serving, NOW)
        take_out(connection, people["Tom"], find_assessment(connection, adaeze, key), "safety", "Unsafe", NOW)
        amend(connection, people["Rowan"], trial.key, "Words", NOW)
    for table in ONLY_GROW:
        with reading(database) as connection:
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
        with pytest.raises(DBAPIError), writing(database) as connection:
            connection.execute(text(deed.format(table)))


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


def test_going_back_to_tables_without_trials_leaves_no_variant_in_use(database: Database, people: People) -> None:
    """An older Pith would begin what was there for a trial alone: it is taken out of use, and nothing else is."""
    committed(database, people)
    rowan = people["Rowan"]
    variant = text("SELECT id FROM definitions WHERE form = 'visit' AND authority_id IS NOT NULL")
    with reading(database) as connection:
        own = connection.execute(variant).scalars().all()
        before = forms_in_use(connection, rowan, NOW.date())
    migrations.migrate(database, "0002")
    with reading(database) as connection:
        assert connection.execute(text("SELECT definition_id FROM withdrawals")).scalars().all() == own
    migrations.prepare(database)
    with reading(database) as connection:
        assert forms_in_use(connection, rowan, NOW.date()) == before
        assert trials_of(connection, rowan) == ()
