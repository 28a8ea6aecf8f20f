"""What stands beside a registered trial: earlier ones, what teams were before, amendments, teams that come late."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.trials.plan import Outcome
from tests.webapp.conftest import NOW
from tests.webapp.store.earlier_visits import earlier_visit
from tests.webapp.store.together import planned
from tests.webapp.store.trial_plans import (
    AFTER,
    BOTH,
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
from webapp.store.assessments import find_assessment
from webapp.store.authorities import add_team, teams
from webapp.store.beginning import begin_assessment
from webapp.store.children import children_of
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import forms_in_use
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.trial_amending import amend, amendments
from webapp.store.trial_earlier import earlier_trials
from webapp.store.trial_errors import (
    CannotOpen,
    NotRegistered,
    ReasonNeeded,
    TakesPartAlready,
    TrialIsOver,
)
from webapp.store.trial_past import baseline_of, known_before
from webapp.store.trial_planning import add_trial
from webapp.store.trial_registration import (
    baseline,
    join_late,
    plan_problems,
    register,
    stop,
    teams_in,
)
from webapp.store.trial_results import open_early
from webapp.store.trial_serving import arm_for, enrol
from webapp.store.trials import find_trial, trials_of
from webapp.store.under_trial import take_out

People = dict[str, Viewer]


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
            worker = worker_in(connection, people, name, name.split()[0])
            earlier_visit(connection, worker, people["Adaeze"], minutes=20 + 20 * number, days=number)
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
