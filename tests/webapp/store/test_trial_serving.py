"""Which arm a form is begun in, and that it keeps it whatever happens after."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, update

from engine.definition import Definition
from engine.errors import BadInput
from tests.webapp.conftest import NOW
from tests.webapp.store.moving import move_to, plainer, publish_visit
from tests.webapp.store.trial_plans import AFTER, BOTH, arm_of_team, committed, worker_in
from webapp.access import Viewer
from webapp.store import trial_serving
from webapp.store.allocations import allocate
from webapp.store.assessments import Assessment, assessment_to_write, find_assessment
from webapp.store.authorities import add_authority, add_team
from webapp.store.beginning import begin_assessment
from webapp.store.children import Child, children_of
from webapp.store.contents import definition_of
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.definitions import Edition, edition
from webapp.store.errors import NotYours, Withdrawn
from webapp.store.moves import undo_move
from webapp.store.people import NewPerson, add_person, everyone, person_by_key
from webapp.store.people import people as people_table
from webapp.store.publishing import next_version
from webapp.store.trial_errors import NotUnderTrial, ReasonNeeded, TrialIsOver
from webapp.store.trial_registration import join_late, stop, teams_in
from webapp.store.trial_serving import Serving, arm_for, enrol, forms_tried
from webapp.store.trial_tables import trial_forms
from webapp.store.trials import Trial, find_trial
from webapp.store.under_trial import take_out, trial_of
from webapp.store.withdrawals import Withdrawal, withdraw

People = dict[str, Viewer]
DAY = NOW.date()


@pytest.fixture
def trial(database: Database, people: People) -> Trial:
    """The trial of the visit, registered and running."""
    return committed(database, people)


def tallowbys(connection: Connection, people: People) -> list[Child]:
    """Wren and Ossie, whom Adaeze works with."""
    return [each for each in children_of(connection, people["Adaeze"]) if each.family_name == "Tallowby"]


def under_trial(
    connection: Connection, viewer: Viewer, about: Sequence[Child], at: datetime = NOW, sent: str = ""
) -> Assessment:
    """Begin a visit as the page does."""
    serving = arm_for(connection, viewer, "visit", at.date(), about)
    which = serving.edition if serving else edition(connection, viewer, "visit", at.date())
    key = begin_assessment(connection, viewer, which, about, at, sent)
    if serving:
        enrol(connection, viewer, key, serving, at)
    return find_assessment(connection, viewer, key)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    found: list[str] = []

    def note(*told: object) -> None:
        found.append(str(told[2]))

    event.listen(database, "before_cursor_execute", note)
    yield found
    event.remove(database, "before_cursor_execute", note)


def serving_of(connection: Connection, viewer: Viewer, day: date = DAY, about: Sequence[Child] = ()) -> Serving:
    """What somebody would begin on, who takes part."""
    found = arm_for(connection, viewer, "visit", day, about)
    assert found is not None
    return found


def worker_under_test(connection: Connection, people: People, trial: Trial) -> Viewer:
    """A social worker of a team that was drawn for the arm under test."""
    team = next(each.name for each in teams_in(connection, trial) if each.arm == "plain")
    return worker_in(connection, people, team, "Wilma Wick")


def test_a_team_is_served_the_arm_it_was_drawn_for_in_one_query(
    database: Database, people: People, trial: Trial
) -> None:
    """The definition is the arm's own; looking it up costs one query, in a trial or outside."""
    with reading(database) as connection:
        for name in ("Adaeze", "Nell"):
            drawn = arm_of_team(connection, trial, people[name].team_name)
            serving_of(connection, people[name])
            with counted(database) as statements:
                found = serving_of(connection, people[name])
            assert len(statements) == 1
            assert (found.allocated, found.served, found.why) == (drawn, drawn, "")
            words = definition_of(connection, found.edition, DAY).by_id["saw"].label
            assert ("in plain words" in str(words)) == (drawn == "plain")
        with counted(database) as statements:
            assert arm_for(connection, people["Adaeze"], "supervision", DAY) is None
        assert len(statements) == 1


def test_outside_its_period_its_teams_and_its_authority_nothing_is_served(
    database: Database, people: People, trial: Trial
) -> None:
    """The day before, the day after, a team that does not take part, a team of the same name elsewhere."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        assert serving_of(connection, adaeze, DAY + timedelta(days=90)).why == ""
        for day in (DAY - timedelta(days=1), AFTER.date()):
            assert arm_for(connection, adaeze, "visit", day) is None
        assert arm_for(connection, people["Ines"], "visit", DAY) is None
        elsewhere = add_authority(connection, "Southshire")
        team = add_team(connection, elsewhere, BOTH[0])
        add_person(connection, elsewhere, team, NewPerson("Uma Vale", "social worker", "practitioner"), "uma")
        uma = person_by_key(connection, "uma")
        assert arm_for(connection, uma, "visit", DAY) is None
        assert arm_for(connection, replace(uma, team=adaeze.team), "visit", DAY) is None
        assert forms_tried(connection, adaeze, DAY) == {"visit"}
        assert forms_tried(connection, uma, DAY) == frozenset()
        stop(connection, people["Rowan"], trial.key, "Enough", NOW)
        assert arm_for(connection, adaeze, "visit", DAY) is None


def test_the_same_page_sent_twice_is_enrolled_once(database: Database, people: People, trial: Trial) -> None:
    """And one begun before the trial is not enrolled by its page being sent again."""
    with writing(database) as connection:
        about = tallowbys(connection, people)
        first = under_trial(connection, people["Adaeze"], about, sent="page")
        assert under_trial(connection, people["Adaeze"], about, sent="page").id == first.id
        assert len(connection.execute(select(trial_forms)).all()) == 1
        assert first.trial == trial.id
        arm = serving_of(connection, people["Adaeze"])
        key = begin_assessment(connection, people["Adaeze"], arm.edition, about, NOW - timedelta(days=1), "old page")
        enrol(connection, people["Adaeze"], key, arm, NOW)
        assert find_assessment(connection, people["Adaeze"], key).trial is None


def test_a_form_outside_trials_costs_no_query_to_tell(database: Database, people: People, draft: Assessment) -> None:
    """It is known from the assessment itself; one under a trial costs one."""
    with writing(database) as connection, counted(database) as statements:
        assert trial_of(connection, draft, DAY) is None
        assert statements == []
    committed(database, people)
    with writing(database) as connection:
        found = under_trial(connection, people["Adaeze"], tallowbys(connection, people))
        with counted(database) as statements:
            assert trial_of(connection, found, DAY) is not None
        assert len(statements) == 1


def test_a_withdrawn_arm_falls_closed_to_the_control(database: Database, people: People, trial: Trial) -> None:
    """Recorded as served otherwise than drawn; where the control is gone, what is in use is served and recorded."""
    with writing(database) as connection:
        who = worker_under_test(connection, people, trial)
        own = serving_of(connection, who)
        variant = Withdrawal("visit", own.edition.version, "It misled", who.authority, people["Ines"].id)
        withdraw(connection, variant, NOW)
        found = serving_of(connection, who)
        assert (found.allocated, found.served, found.why) == ("plain", "now", "withdrawn")
        assert found.edition.key == "shipped-1"
    with writing(database) as connection:
        withdraw(connection, Withdrawal("visit", 1, "Replaced", None, None), NOW)
        with pytest.raises(Withdrawn):
            arm_for(connection, who, "visit", DAY)


def test_what_was_taken_out_for_safety_is_counted_and_the_control_is_served_from_then_on(
    database: Database, people: People, trial: Trial
) -> None:
    """Only by a manager, with a reason; about that child alone, also where another team writes about them."""
    adaeze, tom = people["Adaeze"], people["Tom"]
    with writing(database) as connection:
        wren, ossie = sorted(tallowbys(connection, people), key=lambda each: each.given_name, reverse=True)
        found = under_trial(connection, adaeze, [wren])
        with pytest.raises(NotYours):
            take_out(connection, adaeze, found, "safety", "Unsafe", NOW)
        with pytest.raises(ReasonNeeded):
            take_out(connection, tom, found, "safety", "  ", NOW)
        take_out(connection, tom, found, "safety", "It hides what she said", NOW)
        take_out(connection, tom, found, "safety", "Again", NOW)
        under = trial_of(connection, found, DAY)
        assert under is not None
        assert [(each.kind, each.reason) for each in under.taken_out] == [("safety", "It hides what she said")]
        for viewer in (adaeze, people["Nell"]):
            again = serving_of(connection, viewer, about=[wren])
            assert (again.served, again.why) == ("now", "safety")
            both = serving_of(connection, viewer, about=[ossie, wren])
            assert both.served == "now"
            assert serving_of(connection, viewer, about=[ossie]).why == ""
        recorded = under_trial(connection, adaeze, [wren])
        assert (trial_of(connection, recorded, DAY) or under).why == "safety"
        with pytest.raises(TrialIsOver):
            take_out(connection, tom, recorded, "safety", "Late", AFTER)


def test_a_family_that_opts_out_is_out_with_every_form(database: Database, people: People, trial: Trial) -> None:
    """Those begun before, those begun after, and a sibling on the same form; the worker can note it."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        wren, ossie = sorted(tallowbys(connection, people), key=lambda each: each.given_name, reverse=True)
        both, own = under_trial(connection, adaeze, [wren, ossie]), under_trial(connection, adaeze, [ossie])
        apart = under_trial(connection, adaeze, [wren])
        take_out(connection, adaeze, both, "family", "", NOW)
        later = under_trial(connection, adaeze, [ossie])
        for each in (both, own, apart, later):
            under = trial_of(connection, each, DAY)
            assert under is not None
            assert under.is_out("family")
            assert not under.asks_worker
        assert serving_of(connection, adaeze, about=[ossie]).served == "now"


def test_a_family_opts_out_on_the_form_of_one_child_and_is_out_with_the_others(
    database: Database, people: People, trial: Trial
) -> None:
    """A brother's own form, begun before or after, is the family's too; another family's is not."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        wren, ossie = sorted(tallowbys(connection, people), key=lambda each: each.given_name, reverse=True)
        apart, own = under_trial(connection, adaeze, [wren]), under_trial(connection, adaeze, [ossie])
        others = [each for each in children_of(connection, adaeze) if each.family_name != "Tallowby"]
        beside = under_trial(connection, adaeze, others[:1])
        take_out(connection, adaeze, apart, "family", "", NOW)
        after = under_trial(connection, adaeze, [ossie])
        told = [trial_of(connection, each, DAY) for each in (apart, own, after, beside)]
        assert [each.is_out("family") for each in told if each] == [True, True, True, False]
        assert serving_of(connection, adaeze, about=[ossie]).why == "family"
        assert serving_of(connection, adaeze, about=others[:1]).why == ""


def test_what_is_outside_trials_cannot_be_taken_out(database: Database, people: People, draft: Assessment) -> None:
    """There is nothing to take it out of."""
    with writing(database) as connection, pytest.raises(NotUnderTrial):
        take_out(connection, people["Tom"], draft, "safety", "Unsafe", NOW)


def test_a_worker_who_moves_team_begins_in_the_new_teams_arm(database: Database, people: People, trial: Trial) -> None:
    """What they began stays with the team it was begun in, whatever team they are in when it is read."""
    with writing(database) as connection:
        adaeze = people["Adaeze"]
        before = under_trial(connection, adaeze, tallowbys(connection, people))
        moved = replace(adaeze, team=people["Nell"].team, team_name=people["Nell"].team_name)
        after = under_trial(connection, moved, tallowbys(connection, people))
        told = [trial_of(connection, each, DAY) for each in (before, after)]
        assert [each.team for each in told if each] == [adaeze.team, people["Nell"].team]
        assert [each.allocated for each in told if each] == [
            arm_of_team(connection, trial, team) for team in (adaeze.team_name, people["Nell"].team_name)
        ]


def test_a_late_team_is_served_its_arm(database: Database, people: People, trial: Trial) -> None:
    """From the day it joined."""
    with writing(database) as connection:
        add_team(connection, people["Rowan"].authority, "Gale team")
        gale = worker_in(connection, people, "Gale team", "Gwen Gale")
        assert arm_for(connection, gale, "visit", DAY) is None
        joined = join_late(connection, people["Rowan"], trial.key, "Gale team", NOW)
        assert serving_of(connection, gale).served == joined.arm


AFTERWARDS = st.lists(
    st.sampled_from(["withdraw", "safety", "family", "move team", "stop", "late", "another form"]), max_size=6
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=AFTERWARDS)
def test_an_arm_never_changes_whatever_happens_after(
    on_sqlite: Database, people_on_sqlite: People, trial_on_sqlite: Trial, deeds: list[str]
) -> None:
    """Withdrawn, taken out, moved, stopped: where a form was begun is where it is counted."""
    people, trial = people_on_sqlite, trial_on_sqlite
    with on_sqlite.connect() as connection, connection.begin() as transaction:
        about = tallowbys(connection, people)
        begun = [under_trial(connection, people["Adaeze"], about)]
        allocate(connection, people["Nell"].authority, about[0].id, at=NOW, person=people["Nell"].id)
        begun.append(under_trial(connection, people["Nell"], about[:1]))
        before = [_arms(connection, each) for each in begun]
        for number, deed in enumerate(deeds):
            _do(connection, people, trial, begun[0], deed, number)
            assert [_arms(connection, each) for each in begun] == before
        transaction.rollback()


def _arms(connection: Connection, assessment: Assessment) -> tuple[object, ...]:
    under = trial_of(connection, assessment, DAY)
    assert under is not None
    return under.allocated, under.served, under.team, under.why


def _do(connection: Connection, people: People, trial: Trial, begun: Assessment, deed: str, number: int) -> None:
    adaeze = people["Adaeze"]
    if deed == "withdraw":
        withdraw(connection, Withdrawal("visit", begun.edition.version, "Gone", *_owner(begun, adaeze)), NOW)
    elif deed == "safety" and not _stopped(connection, people, trial):
        take_out(connection, people["Tom"], begun, "safety", "Unsafe", NOW)
    elif deed == "family":
        take_out(connection, adaeze, begun, "family", "", NOW)
    elif deed == "move team":
        connection.execute(
            update(people_table).where(people_table.c.id == adaeze.id).values(team_id=people["Nell"].team)
        )
    elif deed == "stop":
        stop(connection, people["Rowan"], trial.key, "Enough", NOW)
    elif deed == "late" and not _stopped(connection, people, trial):
        add_team(connection, adaeze.authority, f"Late team {number}")
        join_late(connection, people["Rowan"], trial.key, f"Late team {number}", NOW)
    elif deed == "another form":
        begin_assessment(connection, adaeze, begun.edition, begun.children, NOW)


def _owner(begun: Assessment, viewer: Viewer) -> tuple[int | None, int | None]:
    return (viewer.authority, viewer.id) if begun.edition.own else (None, None)


def _stopped(connection: Connection, people: People, trial: Trial) -> bool:
    return find_trial(connection, people["Rowan"], trial.key).stopping is not None


@pytest.fixture
def people_on_sqlite(on_sqlite: Database) -> People:
    """Everybody in the demonstration by their first name, on SQLite."""
    with reading(on_sqlite) as connection:
        return {person.name.partition(" ")[0]: person for person in everyone(connection)}


@pytest.fixture
def trial_on_sqlite(on_sqlite: Database, people_on_sqlite: People) -> Trial:
    """The trial, on SQLite."""
    return committed(on_sqlite, people_on_sqlite)


def test_who_holds_a_form_under_trial_writes_in_it_as_in_any(database: Database, people: People, trial: Trial) -> None:
    """Held to be changed, it says that it is under trial too."""
    with writing(database) as connection:
        found = under_trial(connection, people["Adaeze"], tallowbys(connection, people))
        assert assessment_to_write(connection, people["Adaeze"], found.key).trial == trial.id


def test_a_form_moved_to_a_newer_version_stays_in_its_arm_and_is_recorded(
    database: Database, people: People, trial: Trial
) -> None:
    """As allocated is what is analysed: the move is told, and undone it is told no more."""
    with writing(database) as connection:
        adaeze = people["Adaeze"]
        begun = under_trial(connection, adaeze, tallowbys(connection, people))
        before = _arms(connection, begun)
        publish_visit(connection, adaeze.authority, next_version(connection, adaeze, "visit"), plainer)
        key = move_to(connection, adaeze, begun.key, edition(connection, adaeze, "visit", DAY))
        moved = find_assessment(connection, adaeze, begun.key)
        assert moved.edition != begun.edition
        assert _arms(connection, moved) == before
        assert (told := trial_of(connection, moved, DAY)) is not None
        assert told.moved
        undo_move(connection, adaeze, assessment_to_write(connection, adaeze, begun.key), key, NOW)
        assert not (trial_of(connection, moved, DAY) or told).moved


def test_an_arm_that_cannot_be_read_falls_closed_to_the_control(
    database: Database, people: People, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is wrong with it: a worker never meets a form that is broken by a trial."""
    real = definition_of

    def broken(connection: Connection, which: Edition, day: date) -> Definition:
        if which.own:
            raise BadInput
        return real(connection, which, day)

    with writing(database) as connection:
        who = worker_under_test(connection, people, trial)
        monkeypatch.setattr(trial_serving, "definition_of", broken)
        found = serving_of(connection, who)
    assert (found.allocated, found.served, found.why, found.edition.key) == ("plain", "now", "failing", "shipped-1")
