"""A draft that was set aside is on no list and takes no save, loses nothing, and comes back as it was."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.allocations import allocate
from webapp.store.answers import answers_of
from webapp.store.assessments import (
    Assessment,
    assessment_to_write,
    assessments_about,
    assessments_in_part,
    find_assessment,
    find_submitted,
    hold_assessment,
    open_assessment,
)
from webapp.store.beginning import begin_assessment
from webapp.store.changes import SetAnswer
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import edition
from webapp.store.errors import NoSuchRecord, NotYours, SetAside
from webapp.store.last_begun import last_begun
from webapp.store.saves import Change, save
from webapp.store.set_asides import Why, bring_back, open_aside, set_aside, set_aside_about, set_asides
from webapp.store.submissions import Frozen, open_submission, submit

People = dict[str, Viewer]
WHY = Why("wrong_child", "It is about Juno")
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def aside(database: Database, people: People, draft: Assessment) -> Assessment:
    """The draft, with an answer in it, set aside by Adaeze."""
    with writing(database) as connection:
        change = Change(Place("saw"), SetAnswer("Two coats."), 0, "k")
        save(connection, people["Adaeze"], draft, change, NOW)
        held = assessment_to_write(connection, people["Adaeze"], draft.key)
        set_aside(connection, people["Adaeze"], held, WHY, NOW)
    return draft


def test_no_list_and_no_step_has_it(database: Database, people: People, aside: Assessment) -> None:
    """Whoever could find it is told that it was set aside, whatever the step."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        assert assessments_about(connection, adaeze, aside.children) == ()
        assert assessments_in_part(connection, adaeze, aside.children[0]) == ()
        for step in (
            lambda: find_assessment(connection, adaeze, aside.key),
            lambda: hold_assessment(connection, adaeze, aside.key),
            lambda: find_submitted(connection, adaeze, aside.key),
            lambda: open_assessment(connection, adaeze, aside.key, NOW),
            lambda: open_submission(connection, adaeze, aside.key, NOW),
            lambda: assessment_to_write(connection, adaeze, aside.key),
        ):
            with pytest.raises(SetAside):
                step()


def test_who_may_open_only_one_child_of_it_finds_nothing(database: Database, people: People, aside: Assessment) -> None:
    """Not that it was set aside either, nor why; to a stranger it is like none."""
    corin, wren = people["Corin"], aside.children[0]
    with writing(database) as connection:
        allocate(connection, corin.authority, wren.id, at=NOW, person=corin.id)
        for viewer in (corin, people["Nell"], people["Bryony"]):
            assert set_aside_about(connection, viewer, wren) == ()
            for ask in (
                lambda viewer=viewer: find_assessment(connection, viewer, aside.key),
                lambda viewer=viewer: open_aside(connection, viewer, aside.key, NOW),
                lambda viewer=viewer: bring_back(connection, viewer, aside.key, NOW),
            ):
                with pytest.raises(NoSuchRecord):
                    ask()


def test_it_is_told_by_whom_when_and_why(database: Database, people: People, aside: Assessment) -> None:
    """To the manager too, who does not bring it back."""
    tom = people["Tom"]
    with writing(database) as connection:
        found = open_aside(connection, tom, aside.key, LATER)
        assert (found.by, found.at, found.why) == ("Adaeze Finch", NOW, WHY)
        assert set_aside_about(connection, tom, aside.children[1]) == (found,)
        with pytest.raises(NotYours):
            bring_back(connection, tom, aside.key, LATER)


def test_it_comes_back_as_it_was_left(database: Database, people: People, aside: Assessment) -> None:
    """Every answer is there, it can be written again, and each step stands in the access log."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        bring_back(connection, adaeze, aside.key, LATER)
        assert assessment_to_write(connection, adaeze, aside.key) == aside
        assert answers_of(connection, aside).draft() == {"saw": "Two coats."}
        assert assessments_about(connection, adaeze, aside.children) == (aside,)
        assert set_aside_about(connection, adaeze, aside.children[0]) == ()
        with pytest.raises(NoSuchRecord):
            bring_back(connection, adaeze, aside.key, LATER)
        rows = connection.execute(select(access_log.c.act, access_log.c.record_id, access_log.c.at)).all()
        marks = connection.execute(select(set_asides.c.act, set_asides.c.person_id).order_by(set_asides.c.id)).all()
    assert [tuple(row) for row in rows] == [("set_aside", aside.id, NOW), ("brought_back", aside.id, LATER)]
    assert [tuple(row) for row in marks] == [("set_aside", adaeze.id), ("brought_back", adaeze.id)]


def test_set_aside_again_the_newest_reason_is_told(database: Database, people: People, aside: Assessment) -> None:
    """What was said the time before stays in the table."""
    adaeze, newer = people["Adaeze"], Why("mistake", "")
    with writing(database) as connection:
        bring_back(connection, adaeze, aside.key, NOW)
        set_aside(connection, adaeze, assessment_to_write(connection, adaeze, aside.key), newer, LATER)
        assert open_aside(connection, adaeze, aside.key, LATER).why == newer
        assert len(connection.execute(select(set_asides.c.id)).all()) == 3


def test_what_was_submitted_is_not_set_aside(database: Database, people: People, draft: Assessment) -> None:
    """Also where somebody held it as a draft before: no mark is left."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        submit(connection, adaeze, draft, Frozen({}, [], {}, {}), "", NOW)
        set_aside(connection, adaeze, draft, WHY, NOW)
        assert connection.execute(select(set_asides.c.id)).first() is None
        assert not find_assessment(connection, adaeze, draft.key).draft


def test_a_manager_sets_nothing_aside(database: Database, people: People, draft: Assessment) -> None:
    """It is the worker's who may write it."""
    with writing(database) as connection, pytest.raises(NotYours):
        set_aside(connection, people["Tom"], draft, WHY, NOW)


def test_a_page_that_began_it_begins_another(database: Database, people: People, draft: Assessment) -> None:
    """An old page for beginning does not lead to what was set aside, and it does not count as begun last."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        visit = edition(connection, adaeze, "visit", NOW.date())
        first = begin_assessment(connection, adaeze, visit, draft.children, LATER, "a page")
        assert last_begun(connection, adaeze) == {"visit": LATER}
        set_aside(connection, adaeze, assessment_to_write(connection, adaeze, first), WHY, LATER)
        assert last_begun(connection, adaeze) == {"visit": NOW}
        assert begin_assessment(connection, adaeze, visit, draft.children, LATER, "a page") != first


def test_a_save_that_waits_while_it_is_set_aside_is_refused(
    database: Database, people: People, draft: Assessment
) -> None:
    """On either database: what comes after it finds that it was set aside, not the draft of before."""
    adaeze, ready, found = people["Adaeze"], threading.Event(), list[Any]()

    def write() -> None:
        ready.wait()
        try:
            with writing(database) as connection:
                found.append(assessment_to_write(connection, adaeze, draft.key))
        except SetAside as refusal:
            found.append(refusal.code)

    thread = threading.Thread(target=write)
    thread.start()
    with writing(database) as connection:
        held = assessment_to_write(connection, adaeze, draft.key)
        ready.set()
        thread.join(0.5)
        assert found == []
        set_aside(connection, adaeze, held, WHY, NOW)
    thread.join()
    assert found == ["set_aside"]


@pytest.mark.parametrize("statement", ["UPDATE set_asides SET reason = 'other'", "DELETE FROM set_asides"])
def test_its_reasons_only_grow(statement: str, database: Database, aside: Assessment) -> None:
    """The database itself refuses to change one or to take one away."""
    with pytest.raises(DBAPIError), writing(database) as connection:
        connection.execute(text(statement))
    with reading(database) as connection:
        kept = connection.execute(select(set_asides.c.assessment_id, set_asides.c.reason)).all()
    assert [tuple(row) for row in kept] == [(aside.id, "wrong_child")]
