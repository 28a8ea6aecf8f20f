"""A new record is made once, with whoever made it from the first moment, under a reference nobody else has."""

import re
import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from tests.webapp.conftest import NOW
from tests.webapp.store.test_matches import logged
from webapp.access import Viewer
from webapp.store import new_records
from webapp.store.allocations import allocated_to
from webapp.store.children import NewChild, children, children_of, families, find_child
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.errors import NotYours, ReferenceTaken
from webapp.store.matches import look_for
from webapp.store.matching import Sought
from webapp.store.new_records import NewRecord, make_record

People = dict[str, Viewer]
KIT = NewRecord(NewChild("", "Kit", "Ostrander", date(2020, 2, 29), None, False, True, None), None, "form")


def counts(connection: Connection) -> tuple[int, int]:
    """How many children and families there are."""
    of_children = connection.execute(select(func.count()).select_from(children)).scalar_one()
    return of_children, connection.execute(select(func.count()).select_from(families)).scalar_one()


def test_a_record_is_made_with_what_was_asked(database: Database, people: People) -> None:
    """Named after the family name, with the practitioner, found by its sound, and written in the log."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        key = make_record(connection, adaeze, KIT, NOW)
        kit = find_child(connection, adaeze, key)
        assert (kit.name, kit.family_title, kit.born, kit.disabled, kit.interpreter) == (
            "Kit Ostrander", "Ostrander family", date(2020, 2, 29), True, None,
        )  # fmt: skip
        assert re.fullmatch(r"P-\d{6}", kit.reference)
        assert [each.name for each in allocated_to(connection, [kit.id])] == ["Adaeze Finch"]
        assert logged(connection) == [(adaeze.id, "child", kit.id, "added")]
        assert look_for(connection, adaeze, Sought("Kitt", "Ostrandor"), NOW).found[0].child == kit


def test_a_manager_makes_it_for_the_team(database: Database, people: People) -> None:
    """Who then gives the child to a worker."""
    with writing(database) as connection:
        kit = find_child(connection, people["Tom"], make_record(connection, people["Tom"], KIT, NOW))
        assert [(each.name, each.person) for each in allocated_to(connection, [kit.id])] == [("Larkfield team", "")]


def test_a_brother_joins_the_family(database: Database, people: People) -> None:
    """No second family is made."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        wren = next(child for child in children_of(connection, adaeze) if child.given_name == "Wren")
        before = counts(connection)
        key = make_record(connection, adaeze, replace(KIT, sibling=wren), NOW)
        assert find_child(connection, adaeze, key).family == wren.family
        assert counts(connection) == (before[0] + 1, before[1])


def test_the_same_form_makes_one_record(database: Database, people: People) -> None:
    """Sent again it leads to the same child; another child typed into it is another child."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        key = make_record(connection, adaeze, KIT, NOW)
        before = counts(connection)
        assert make_record(connection, adaeze, KIT, NOW) == key
        assert counts(connection) == before
        other = replace(KIT, child=replace(KIT.child, given_name="Ann"))
        assert make_record(connection, adaeze, other, NOW) != key
        assert make_record(connection, adaeze, replace(KIT, form_key="another"), NOW) != key


def test_a_double_click_makes_one_record(database: Database, people: People) -> None:
    """Two requests at once, thirty times."""
    adaeze = people["Adaeze"]
    with reading(database) as connection:
        before = counts(connection)
    for number in range(30):
        new, found, ready = replace(KIT, form_key=f"form {number}"), list[str](), threading.Barrier(2)

        def send(new: NewRecord = new, found: list[str] = found, ready: threading.Barrier = ready) -> None:
            ready.wait()
            with writing(database) as connection:
                found.append(make_record(connection, adaeze, new, NOW))

        clicks = [threading.Thread(target=send) for _ in range(2)]
        for click in clicks:
            click.start()
        for click in clicks:
            click.join()
        assert len(found) == 2
        assert len(set(found)) == 1
    with reading(database) as connection:
        assert counts(connection) == (before[0] + 30, before[1] + 30)


def test_a_reference_that_is_taken_is_refused(database: Database, people: People) -> None:
    """In one's authority; another's references are its own."""
    taken = replace(KIT, child=replace(KIT.child, reference="N-20418"))
    with writing(database) as connection:
        before = counts(connection)
        with pytest.raises(ReferenceTaken, match="N-20418"):
            make_record(connection, people["Adaeze"], taken, NOW)
        assert counts(connection) == before
        wren = next(child for child in children_of(connection, people["Tom"]) if child.reference == "N-20418")
        assert logged(connection) == [(people["Adaeze"].id, "child", wren.id, "matched")]
        make_record(connection, people["Bryony"], taken, NOW)


def test_a_made_up_reference_is_never_taken(
    database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another is made up."""
    made_up = iter(["N-20418", "P-100000"])
    monkeypatch.setattr(new_records, "_made_up", lambda: next(made_up))
    with writing(database) as connection:
        key = make_record(connection, people["Adaeze"], KIT, NOW)
        assert find_child(connection, people["Adaeze"], key).reference == "P-100000"


@pytest.mark.parametrize("viewer", ["Ines", "Rowan", "Petra"])
def test_only_caseworkers_make_records(viewer: str, database: Database, people: People) -> None:
    """Whoever else looks after Pith has nobody's record."""
    with writing(database) as connection, pytest.raises(NotYours):
        make_record(connection, people[viewer], KIT, NOW)
