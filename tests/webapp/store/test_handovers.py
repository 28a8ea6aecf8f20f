"""Who works with a child changes by conversation, keeps its history, and never leaves a child with nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.webapp.conftest import NOW
from tests.webapp.store.test_matches import child_called, logged
from webapp.access import Viewer
from webapp.store.allocations import allocated_to, were_allocated_to
from webapp.store.assessments import Assessment, assessment_to_write
from webapp.store.children import find_child, hold_child
from webapp.store.database import Database, reading, writing
from webapp.store.errors import AllocatedAlready, NobodyLeft, NoLongerAllocated, NoSuchRecord, NotYours
from webapp.store.handovers import Handover, Taker, hand_over, takers
from webapp.store.people import people as people_table

People = dict[str, Viewer]
LATER = NOW + timedelta(hours=1)
TALK = "Talked with Adaeze and Corin about the mornings."


def taker(database: Database, viewer: Viewer, name: str) -> Taker:
    """Somebody to give a child to."""
    with reading(database) as connection:
        return next(each for each in takers(connection, viewer) if each.name == name)


def test_children_are_given_to_caseworkers_and_their_teams(database: Database, people: People) -> None:
    """Of one's own authority, by team, never to those who look after forms, people or the log, nor who left."""
    with writing(database) as connection:
        connection.execute(update(people_table).where(people_table.c.id == people["Corin"].id).values(ended_at=NOW))
        assert [(each.team, each.name) for each in takers(connection, people["Tom"])] == [
            ("Larkfield team", "Larkfield team"),
            ("Larkfield team", "Adaeze Finch"),
            ("Larkfield team", "Tom Brackley"),
            ("Saltmere team", "Saltmere team"),
            ("Saltmere team", "Jago Merrick-Vale"),
            ("Saltmere team", "Nell Ottaway"),
        ]


def test_a_child_goes_from_one_worker_to_another(database: Database, people: People, draft: Assessment) -> None:
    """The one finds the record, the other no longer does and is told at the next save; what was said is kept."""
    tom, corin = people["Tom"], taker(database, people["Tom"], "Corin Ashby-Lowe")
    with writing(database) as connection:
        wren = hold_child(connection, tom, draft.children[0].key)
        hand_over(connection, tom, wren, Handover(corin, allocated_to(connection, [wren.id]), TALK), LATER)
        assert find_child(connection, people["Corin"], wren.key) == wren
        with pytest.raises(NoSuchRecord):
            find_child(connection, people["Adaeze"], wren.key)
        with pytest.raises(NoLongerAllocated):
            assessment_to_write(connection, people["Adaeze"], draft.key)
        (now,), (before,) = allocated_to(connection, [wren.id]), were_allocated_to(connection, [wren.id])
        assert (now.name, now.begun_at, now.conversation) == ("Corin Ashby-Lowe", LATER, TALK)
        assert (before.name, before.ended_at, before.end_conversation) == ("Adaeze Finch", LATER, TALK)
        acts = [(person, act) for person, _, record, act in logged(connection) if record == wren.id]
        assert acts == [(tom.id, "ended"), (tom.id, "allocated")]


def test_a_child_may_be_with_several_and_with_a_team(database: Database, people: People) -> None:
    """Given as well, then taken from one of them."""
    tom = people["Tom"]
    saltmere = taker(database, tom, "Saltmere team")
    with writing(database) as connection:
        wren = child_called(connection, tom, "Wren")
        hand_over(connection, tom, wren, Handover(saltmere, (), TALK), LATER)
        assert find_child(connection, people["Nell"], wren.key) == wren
        adaeze, team = allocated_to(connection, [wren.id])
        assert (team.name, team.person) == ("Saltmere team", "")
        hand_over(connection, tom, wren, Handover(None, [adaeze], TALK), LATER)
        assert [each.name for each in allocated_to(connection, [wren.id])] == ["Saltmere team"]


def test_the_last_is_not_taken_away_alone(database: Database, people: People) -> None:
    """Nothing is changed then."""
    tom = people["Tom"]
    with writing(database) as connection:
        wren = child_called(connection, tom, "Wren")
        now = allocated_to(connection, [wren.id])
        with pytest.raises(NobodyLeft, match="Wren"):
            hand_over(connection, tom, wren, Handover(None, now, TALK), LATER)
        assert allocated_to(connection, [wren.id]) == now
        assert logged(connection) == []


@pytest.mark.parametrize(("child", "name"), [("Wren", "Adaeze Finch"), ("Tobi", "Larkfield team")])
def test_nobody_is_given_a_child_twice(child: str, name: str, database: Database, people: People) -> None:
    """Neither a worker nor a team."""
    tom = people["Tom"]
    to = taker(database, tom, name)
    with writing(database) as connection, pytest.raises(AllocatedAlready, match=name):
        hand_over(connection, tom, child_called(connection, tom, child), Handover(to, (), TALK), LATER)


def test_only_managers_hand_over(database: Database, people: People) -> None:
    """A worker does not give a child away."""
    corin = taker(database, people["Adaeze"], "Corin Ashby-Lowe")
    with writing(database) as connection:
        wren = child_called(connection, people["Adaeze"], "Wren")
        with pytest.raises(NotYours):
            hand_over(connection, people["Adaeze"], wren, Handover(corin, (), TALK), LATER)


def test_only_a_child_within_reach_is_held(database: Database, people: People) -> None:
    """Another team's manager does not find it."""
    with writing(database) as connection:
        wren = child_called(connection, people["Tom"], "Wren")
        with pytest.raises(NoSuchRecord):
            hold_child(connection, people["Jago"], wren.key)
