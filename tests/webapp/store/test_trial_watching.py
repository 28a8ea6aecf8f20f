"""Watching a trial: counted by team without its arms, in few queries; harm by arm for its watcher and nobody else."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from tests.webapp.conftest import NOW
from tests.webapp.store.trial_plans import AFTER, BOTH, TEAMS, arm_of_team, registered, worker_in
from tests.webapp.trials.made import STILL_RUNNING, Made, made
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.assessments import assessment_to_write
from webapp.store.authorities import add_team
from webapp.store.beginning import begin_assessment
from webapp.store.children import children_of
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.errors import NoSuchRecord, NotYours
from webapp.store.submissions import Frozen, submissions, submit
from webapp.store.trial_amending import able_to_watch, amend, amendments
from webapp.store.trial_errors import CannotWatch, WatcherInside
from webapp.store.trial_past import past_minutes
from webapp.store.trial_planning import add_trial
from webapp.store.trial_registration import join_late
from webapp.store.trial_serving import arm_for, enrol
from webapp.store.trial_watching import Enrolment, TeamCount, begun_in, enrolment, harm_in, people_here, watched_by
from webapp.store.trials import Trial, find_trial
from webapp.store.under_trial import take_out

People = dict[str, Viewer]


def _begun(connection: Connection, who: Viewer, number: int = 1) -> list[str]:
    """Visits that somebody begins under the trial."""
    keys = []
    for _ in range(number):
        about = list(children_of(connection, who))[:1]
        serving = arm_for(connection, who, "visit", NOW.date(), about)
        assert serving is not None
        keys.append(begin_assessment(connection, who, serving.edition, about, NOW))
        enrol(connection, who, keys[-1], serving, NOW)
    return keys


def _submit(connection: Connection, who: Viewer, key: str) -> None:
    draft = assessment_to_write(connection, who, key)
    submit(connection, who, draft, Frozen({}, [], {}, {}), "", NOW)


@pytest.fixture
def trial(database: Database, people: People) -> Trial:
    """Three visits begun in the Larkfield team, of which one is finished, and one in the Saltmere team."""
    with writing(database) as connection:
        found = registered(connection, people)
        first = _begun(connection, people["Adaeze"], 3)[0]
        _submit(connection, people["Adaeze"], first)
        _begun(connection, people["Nell"])
    return found


def test_each_team_is_counted(database: Database, people: People, trial: Trial) -> None:
    """Begun, finished and under way, by team in alphabetical order; a team without a form stands there too."""
    with reading(database) as connection:
        found = enrolment(connection, people["Rowan"], trial)
        assert begun_in(connection, people["Rowan"]) == {trial.key: 4}
    assert [each.name for each in found.teams] == sorted((*BOTH, *TEAMS))
    counted = {each.name: (each.begun, each.finished, each.under_way) for each in found.teams if each.begun}
    assert counted == {"Larkfield team": (3, 1, 2), "Saltmere team": (1, 0, 1)}
    assert (found.total("begun"), found.mis_served, found.moved, found.safety, found.family) == (4, {}, 0, 0, 0)


def test_what_is_missing_is_counted_by_outcome(database: Database, people: People, trial: Trial) -> None:
    """The finished form was handed in without any measure: each outcome lacks one."""
    with reading(database) as connection:
        found = enrolment(connection, people["Rowan"], trial)
    assert dict(found.missing) == {each.name: 1 for each in trial.plan.outcomes}


def test_what_is_counted_names_no_arm() -> None:
    """No field of it could hold one."""
    names = {each.name for kind in (Enrolment, TeamCount) for each in fields(kind)}
    assert not [name for name in names if "arm" in name or "control" in name]


def test_what_was_taken_out_and_served_otherwise_is_counted(database: Database, people: People, trial: Trial) -> None:
    """For safety, for a family; whoever writes again about that child is served the control, which is counted."""
    with writing(database) as connection:
        arm = arm_of_team(connection, trial, "Larkfield team")
        key = _begun(connection, people["Adaeze"])[0]
        form = assessment_to_write(connection, people["Adaeze"], key)
        take_out(connection, people["Tom"], form, "safety", "Too many questions", NOW)
        _begun(connection, people["Adaeze"])
        found = enrolment(connection, people["Rowan"], trial)
    assert (found.safety, found.family) == (1, 0)
    assert found.mis_served == ({} if arm == "now" else {"safety": 1})


def test_a_late_team_is_marked(database: Database, people: People, trial: Trial) -> None:
    """It stands among the others, and says that it joined late."""
    with writing(database) as connection:
        add_team(connection, people["Rowan"].authority, "Gale team")
        join_late(connection, people["Rowan"], trial.key, "Gale team", NOW)
        found = enrolment(connection, people["Rowan"], trial)
    assert [each.name for each in found.teams if each.late] == ["Gale team"]


@pytest.mark.parametrize("forms", [1, 12])
def test_however_many_forms_cost_the_same_queries(forms: int, database: Database, people: People, trial: Trial) -> None:
    """Three, whatever the number of forms and teams."""
    with writing(database) as connection:
        _begun(connection, people["Corin"], 0)
        _begun(connection, people["Adaeze"], forms)
    asked: list[str] = []
    with reading(database) as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        enrolment(connection, people["Rowan"], trial)
    assert len(asked) == 3


def test_only_the_watcher_sees_harm(database: Database, people: People, trial: Trial) -> None:
    """Whoever plans trials, looks after Pith or takes part is refused; the watcher's look is logged."""
    with writing(database) as connection:
        for name in ("Rowan", "Ines", "Adaeze", "Tom", "Jago"):
            with pytest.raises(NotYours):
                harm_in(connection, people[name], trial.key, NOW)
        with pytest.raises(NoSuchRecord):
            harm_in(connection, people["Bryony"], trial.key, NOW)
        assert connection.execute(select(access_log.c.id).where(access_log.c.act == "harm_opened")).all() == []
        harm_in(connection, people["Petra"], trial.key, NOW)
        logged = connection.execute(select(access_log.c.person_id).where(access_log.c.act == "harm_opened")).scalars()
        assert list(logged) == [people["Petra"].id]


def test_the_watcher_sees_counts_by_arm_and_who_took_a_form_out(
    database: Database, people: People, trial: Trial
) -> None:
    """The control first; of a form taken out its team and who did so, never which child."""
    with writing(database) as connection:
        arm = arm_of_team(connection, trial, "Larkfield team")
        other = arm_of_team(connection, trial, "Saltmere team")
        key = _begun(connection, people["Adaeze"])[0]
        form = assessment_to_write(connection, people["Adaeze"], key)
        take_out(connection, people["Tom"], form, "safety", "canary words", NOW)
        found, counts, cases = harm_in(connection, people["Petra"], trial.key, AFTER)
    assert found.key == trial.key
    assert [each.arm for each in counts] == ["now", "plain"]
    begun = {"now": 0, "plain": 0}
    begun[arm] += 4
    begun[other] += 1
    assert {each.arm: each.begun for each in counts} == begun
    assert {each.arm: each.safety for each in counts if each.safety} == {arm: 1}
    assert [(each.arm, each.team, each.by) for each in cases] == [(arm, "Larkfield team", "Tom Brackley")]
    assert "canary" not in repr(cases)


def test_a_watcher_finds_what_to_watch(database: Database, people: People, trial: Trial) -> None:
    """A registered trial that names them, and no other; a plan names nobody yet."""
    with writing(database) as connection:
        add_trial(connection, people["Rowan"], trial.plan, NOW)
        assert watched_by(connection, people["Petra"]) == [trial.key]
        assert watched_by(connection, people["Rowan"]) == []


def test_who_watches_can_be_replaced_while_it_runs(database: Database, people: People, trial: Trial) -> None:
    """The newest one named watches, and nobody before; it stands among the amendments with its reason."""
    with writing(database) as connection:
        ines, petra = people["Ines"], people["Petra"]
        amend(connection, people["Rowan"], trial.key, "Petra is on leave", NOW, ines.key)
        assert (watched_by(connection, ines), watched_by(connection, petra)) == ([trial.key], [])
        assert harm_in(connection, ines, trial.key, NOW)[0].watcher == ines.key
        assert find_trial(connection, ines, trial.key).plan == trial.plan
        with pytest.raises(NotYours):
            harm_in(connection, petra, trial.key, NOW)
        amend(connection, people["Rowan"], trial.key, "A team was renamed", NOW)
        assert watched_by(connection, ines) == [trial.key]
        assert [each.watcher for each in amendments(connection, trial)] == [ines.name, None]
        amend(connection, people["Rowan"], trial.key, "Petra is back", NOW, petra.key)
        assert (watched_by(connection, ines), watched_by(connection, petra)) == ([], [trial.key])


def test_nobody_inside_a_trial_is_named_to_watch_it(database: Database, people: People, trial: Trial) -> None:
    """Nobody of its teams, no scorer, nobody from elsewhere; nothing of the attempt is kept."""
    scored = replace(trial, plan=replace(trial.plan, scorers=(people["Ines"].key,)))
    with writing(database) as connection:
        for key in (people["Adaeze"].key, people["Bryony"].key, "nobody"):
            with pytest.raises(CannotWatch):
                amend(connection, people["Rowan"], trial.key, "Another one", NOW, key)
        assert amendments(connection, trial) == ()
        assert people["Ines"] in able_to_watch(connection, people["Rowan"], trial)
        assert people["Ines"] not in able_to_watch(connection, people["Rowan"], scored)


def test_the_team_of_the_watcher_does_not_join(database: Database, people: People, trial: Trial) -> None:
    """Not until somebody else was named."""
    with writing(database) as connection:
        petra, rowan = people["Petra"], people["Rowan"]
        with pytest.raises(WatcherInside, match="Petra Oakenfull watches this trial for harm"):
            join_late(connection, rowan, trial.key, petra.team_name, NOW)
        add_team(connection, rowan.authority, "Gale team")
        gale = worker_in(connection, people, "Gale team", "Gwen")
        amend(connection, rowan, trial.key, "Petra’s team joins", NOW, gale.key)
        assert join_late(connection, rowan, trial.key, petra.team_name, NOW).late


def test_only_those_who_try_forms_see_how_it_goes(database: Database, people: People, trial: Trial) -> None:
    """A worker, a manager and the watcher do not."""
    with reading(database) as connection:
        for name in ("Adaeze", "Tom", "Petra"):
            with pytest.raises(NotYours):
                enrolment(connection, people[name], trial)
            with pytest.raises(NotYours):
                begun_in(connection, people[name])
            with pytest.raises(NotYours):
                past_minutes(connection, people[name], "visit", (NOW, NOW), 240)


def test_forms_of_a_trial_that_runs_are_no_earlier_forms(database: Database, people: People) -> None:
    """What a plan can find would otherwise tell how another trial, or its own, is going."""
    with writing(database) as connection:
        made(connection, people["Rowan"], Made(ends=STILL_RUNNING))
        begun, ended = NOW - timedelta(days=365), NOW + timedelta(days=365)
        assert past_minutes(connection, people["Rowan"], "visit", (begun, NOW), 240) == {}
        finished = connection.execute(select(func.count()).select_from(submissions)).scalar_one()
        found = past_minutes(connection, people["Rowan"], "visit", (begun, ended), 240)
        assert sum(each.forms for each in found.values()) == finished > 0


def test_people_are_those_of_ones_own_authority(database: Database, people: People) -> None:
    """By name, nobody from elsewhere."""
    with reading(database) as connection:
        names = [each.name for each in people_here(connection, people["Rowan"])]
    assert names == sorted(names)
    assert "Petra Oakenfull" in names
    assert "Bryony Castledine" not in names
