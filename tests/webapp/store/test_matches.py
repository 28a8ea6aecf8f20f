"""A child is found across the authority, and of a record beyond reach nothing is told but whom to ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select, update

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.allocations import allocate, allocations
from webapp.store.authorities import add_team
from webapp.store.children import Child, NewChild, add_child, add_family, children_of
from webapp.store.database import Connection, Database, writing
from webapp.store.errors import NotYours
from webapp.store.matches import MOST, Contact, look_for
from webapp.store.matching import Likeness, Sought
from webapp.store.people import people as people_table

People = dict[str, Viewer]
NELL = Contact("Nell Ottaway", "social worker", "Saltmere team", "01632 960103")


def child_called(connection: Connection, viewer: Viewer, given_name: str) -> Child:
    """One of the viewer's children."""
    return next(child for child in children_of(connection, viewer) if child.given_name == given_name)


def born_on(child: Child) -> dict[str, Any]:
    """A birth date sought."""
    return {"earliest": child.born, "latest": child.born}


def logged(connection: Connection) -> list[tuple[int, str, int, str]]:
    """Who did what with which record."""
    columns = (access_log.c.person_id, access_log.c.record, access_log.c.record_id, access_log.c.act)
    return [tuple(row) for row in connection.execute(select(*columns).order_by(access_log.c.id))]


@contextmanager
def counted(connection: Connection) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    sent: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *args: sent.append(args[2]))
    yield sent


def test_a_record_beyond_reach_names_whom_to_ask_and_nothing_of_the_child(database: Database, people: People) -> None:
    """The worker, the team and their phone; that it was told is written down."""
    with writing(database) as connection:
        linnet = child_called(connection, people["Nell"], "Linnet")
        sought = replace(Sought("Lynette", "Garoby"), **born_on(linnet))
        matches = look_for(connection, people["Adaeze"], sought, NOW)
        assert [(each.likeness, each.child, list(each.contacts)) for each in matches.found] == [
            (Likeness("alike", "same"), None, [NELL])
        ]
        assert logged(connection) == [(people["Adaeze"].id, "child", linnet.id, "matched")]


def test_a_record_within_reach_is_named_and_not_logged(database: Database, people: People) -> None:
    """As on one's list."""
    with writing(database) as connection:
        wren = child_called(connection, people["Adaeze"], "Wren")
        for viewer in (people["Adaeze"], people["Tom"]):
            (match,) = look_for(connection, viewer, Sought("Ren", "Tallowby"), NOW).found
            assert match.child == wren
            assert match.contacts == ()
        assert logged(connection) == []


@pytest.mark.parametrize("viewer", ["Adaeze", "Tom", "Nell"])
def test_a_record_of_another_authority_is_never_found(viewer: str, database: Database, people: People) -> None:
    """Not by name, not by date."""
    with writing(database) as connection:
        perran = child_called(connection, people["Bryony"], "Perran")
        sought = replace(Sought("Perran", "Hollowtree"), **born_on(perran))
        assert look_for(connection, people[viewer], sought, NOW).found == []
        assert logged(connection) == []
        assert len(look_for(connection, people["Bryony"], sought, NOW).found) == 1


@pytest.mark.parametrize("viewer", ["Ines", "Rowan", "Petra"])
def test_only_caseworkers_look(viewer: str, database: Database, people: People) -> None:
    """Nobody else has a reason to."""
    with writing(database) as connection, pytest.raises(NotYours):
        look_for(connection, people[viewer], Sought("Wren", "Tallowby"), NOW)


def test_of_a_child_with_a_team_the_manager_is_named(database: Database, people: People) -> None:
    """And the team alone where it has none."""
    with writing(database) as connection:
        matches = look_for(connection, people["Nell"], Sought("Toby", "Ode"), NOW)
        tom = Contact("Tom Brackley", "team manager", "Larkfield team", "01632 960102")
        assert [list(each.contacts) for each in matches.found] == [[tom]]
        connection.execute(update(people_table).where(people_table.c.id == people["Tom"].id).values(ended_at=NOW))
        matches = look_for(connection, people["Nell"], Sought("Toby", "Ode"), NOW)
        assert [list(each.contacts) for each in matches.found] == [[Contact("", "", "Larkfield team", "")]]


def test_whoever_left_is_not_named(database: Database, people: People) -> None:
    """Their manager is."""
    with writing(database) as connection:
        connection.execute(update(people_table).where(people_table.c.id == people["Nell"].id).values(ended_at=NOW))
        (match,) = look_for(connection, people["Adaeze"], Sought("Linnet", "Garrowby"), NOW).found
        assert [contact.name for contact in match.contacts] == ["Jago Merrick-Vale"]


def test_a_record_that_nobody_works_with_names_no_one(database: Database, people: People) -> None:
    """It is still told that it exists."""
    with writing(database) as connection:
        connection.execute(update(allocations).values(ended_at=NOW))
        (match,) = look_for(connection, people["Adaeze"], Sought("Linnet", "Garrowby"), NOW).found
        assert (match.child, match.contacts) == (None, ())


def test_the_surest_match_comes_first(database: Database, people: People) -> None:
    """The same name and date before the same name with another."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        family = add_family(connection, adaeze.authority, "Tallowby family")
        for reference, born in (("X-1", date(2019, 5, 13)), ("X-2", date(2019, 5, 12)), ("X-3", None)):
            add_child(connection, adaeze.authority, family, NewChild(reference, "Sorrel", "Tallowby", born))
        sought = Sought("Sorel", "Tallowby", earliest=date(2019, 5, 12), latest=date(2019, 5, 12))
        found = look_for(connection, adaeze, sought, NOW).found
        assert [each.likeness.dates for each in found] == ["same", "unknown", "other"]


def test_a_child_not_yet_born_is_found_before_and_after_birth(database: Database, people: People) -> None:
    """By the family name and the time."""
    with writing(database) as connection:
        baby = child_called(connection, people["Adaeze"], "Baby")
        expected: dict[str, Any] = {"earliest": baby.expected, "latest": baby.expected}
        (before,) = look_for(connection, people["Nell"], replace(Sought("", "Marsh", True), **expected), NOW).found
        assert before.likeness == Likeness("alike", "near")
        (after,) = look_for(connection, people["Nell"], replace(Sought("Kit", "Quayle-Marsh"), **expected), NOW).found
        assert after.likeness == Likeness("same", "before_birth")
        etta = child_called(connection, people["Adaeze"], "Etta")
        sought = replace(Sought("", "Brindlecombe", True), **born_on(etta))
        (since,) = look_for(connection, people["Nell"], sought, NOW).found
        assert since.likeness == Likeness("same", "born_since")


def test_few_statements_find_among_many(database: Database, people: People) -> None:
    """However many match, the surest are told, as many statements are sent, and there being more is said."""
    adaeze, nell = people["Adaeze"], people["Nell"]
    with writing(database) as connection:
        other = add_team(connection, adaeze.authority, "Quay team")
        for number in range(MOST + 5):
            family = add_family(connection, adaeze.authority, "Sedgewick family")
            child = add_child(connection, adaeze.authority, family, NewChild(f"X-{number}", "Sorrel", "Sedgewick"))
            whom: dict[str, Any] = {"person": nell.id} if number % 2 else {"team": other}
            allocate(connection, adaeze.authority, child, at=NOW, **whom)
        with counted(connection) as sent:
            matches = look_for(connection, adaeze, Sought("Sorrel", "Sedgewick"), NOW)
        assert len(sent) <= 6
        assert len(matches.found) == MOST
        assert matches.more
        assert len(logged(connection)) == MOST
