"""What is kept of a child is changed by who may open the record, never over somebody else's change."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.children import Child, children_of, find_child, name_sounds
from webapp.store.database import Database, reading, writing
from webapp.store.errors import NoSuchRecord, StaleParticulars
from webapp.store.particulars import change_particulars, particulars_of
from webapp.store.sounds import sounds_of

People = dict[str, Viewer]


@pytest.fixture
def baby(database: Database, people: People) -> Child:
    """A child not yet born."""
    with reading(database) as connection:
        return next(child for child in children_of(connection, people["Adaeze"]) if child.unborn)


def test_new_particulars_stand_and_are_found_by_their_sound(database: Database, people: People, baby: Child) -> None:
    """With one row in the log; the old name's sounds are gone."""
    adaeze, old = people["Adaeze"], particulars_of(baby)
    new = replace(old, given_name="Ilse", unborn=False, expected=None, born=date(2026, 3, 11), interpreter=True)
    with writing(database) as connection:
        change_particulars(connection, adaeze, baby.key, old.mark, new, NOW)
        assert particulars_of(find_child(connection, adaeze, baby.key)) == new
        kept = connection.execute(
            select(name_sounds.c.part, name_sounds.c.sound).where(name_sounds.c.child_id == baby.id)
        )
        assert {tuple(row) for row in kept} == set(sounds_of("Ilse", baby.family_name))
        logged = connection.execute(select(access_log.c.record, access_log.c.record_id, access_log.c.act)).all()
    assert [tuple(row) for row in logged] == [("child", baby.id, "changed")]


def test_nothing_is_changed_over_a_change_that_was_not_seen(database: Database, people: People, baby: Child) -> None:
    """The same change again is no quarrel, another is refused."""
    adaeze, old = people["Adaeze"], particulars_of(baby)
    new = replace(old, given_name="Ilse")
    with writing(database) as connection:
        for _ in range(2):
            change_particulars(connection, adaeze, baby.key, old.mark, new, NOW)
        with pytest.raises(StaleParticulars):
            change_particulars(connection, adaeze, baby.key, old.mark, replace(old, given_name="Else"), NOW)
        assert find_child(connection, adaeze, baby.key).given_name == "Ilse"
        assert len(connection.execute(select(access_log.c.id)).all()) == 1


@pytest.mark.parametrize("name", ["Corin", "Nell", "Jago", "Ines", "Bryony"])
def test_nobody_else_changes_them(name: str, database: Database, people: People, baby: Child) -> None:
    """To whom is not on the case there is no such child."""
    old = particulars_of(baby)
    with writing(database) as connection, pytest.raises(NoSuchRecord):
        change_particulars(connection, people[name], baby.key, old.mark, replace(old, given_name="Ilse"), NOW)
