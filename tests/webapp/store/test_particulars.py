"""What is kept of a child is changed by who may open the record, never over somebody else's change."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.children import Child, children_called, children_of, find_child, name_sounds
from webapp.store.database import Database, reading, writing
from webapp.store.errors import NoSuchRecord, StaleParticulars
from webapp.store.matches import look_for
from webapp.store.matching import Likeness, Sought
from webapp.store.particulars import change_particulars, particulars_of
from webapp.store.particulars_history import Past, past_of
from webapp.store.sounds import sounds_of

People = dict[str, Viewer]


@pytest.fixture
def baby(database: Database, people: People) -> Child:
    """A child not yet born."""
    with reading(database) as connection:
        return next(child for child in children_of(connection, people["Adaeze"]) if child.unborn)


@pytest.fixture
def wren(database: Database, people: People) -> Child:
    """Wren Tallowby, with whom Adaeze works."""
    with reading(database) as connection:
        return next(child for child in children_of(connection, people["Adaeze"]) if child.given_name == "Wren")


def test_new_particulars_stand_and_are_found_by_their_sound(database: Database, people: People, baby: Child) -> None:
    """With one row in the log, and what stood before is kept with who changed it and when."""
    adaeze, old = people["Adaeze"], particulars_of(baby)
    new = replace(old, given_name="Ilse", unborn=False, expected=None, born=date(2026, 3, 11), interpreter=True)
    with writing(database) as connection:
        change_particulars(connection, adaeze, baby.key, old.mark, new, NOW)
        assert particulars_of(find_child(connection, adaeze, baby.key)) == new
        kept = connection.execute(
            select(name_sounds.c.part, name_sounds.c.sound).where(name_sounds.c.child_id == baby.id)
        )
        assert {tuple(row) for row in kept} == set(sounds_of("Ilse", baby.family_name))
        assert past_of(connection, baby.id) == (Past(old, False, adaeze.name, NOW),)
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


def test_a_former_name_still_finds_the_child(database: Database, people: People, wren: Child) -> None:
    """Of whoever may open the record by that name; whoever may not is told nothing of it."""
    adaeze, nell, old = people["Adaeze"], people["Nell"], particulars_of(wren)
    new = replace(old, given_name="Robin", family_name="Ashdown")
    with writing(database) as connection:
        change_particulars(connection, adaeze, wren.key, old.mark, new, NOW)
        assert {found.key: by for found, by in children_called(connection, adaeze, "ren").items()} == {
            wren.key: "Wren Tallowby"
        }
        (mine,) = look_for(connection, adaeze, Sought("Ren", "Tallowby"), NOW).found
        assert (mine.child and mine.child.name, mine.formerly) == ("Robin Ashdown", "Wren Tallowby")
        (by_new,) = look_for(connection, adaeze, Sought("Robin", "Ashdown"), NOW).found
        assert (by_new.likeness, by_new.formerly) == (Likeness("same", "unknown"), "")
        (beyond,) = look_for(connection, nell, Sought("Wren", "Tallowby"), NOW).found
        assert (beyond.likeness, beyond.child, beyond.formerly) == (Likeness("same", "unknown"), None, "")


def test_a_typing_mistake_is_forgotten_but_kept_in_the_history(database: Database, people: People, wren: Child) -> None:
    """Nobody finds the child under it, while names that were right before are found still."""
    adaeze, old = people["Adaeze"], particulars_of(wren)
    mistaken, right = replace(old, given_name="Zuleika"), replace(old, given_name="Robin")
    with writing(database) as connection:
        change_particulars(connection, adaeze, wren.key, old.mark, mistaken, NOW)
        change_particulars(connection, adaeze, wren.key, mistaken.mark, right, NOW, name_mistaken=True)
        assert look_for(connection, adaeze, Sought("Zuleika", "Tallowby"), NOW).found == []
        assert not children_called(connection, adaeze, "Zuleika")
        (found,) = look_for(connection, adaeze, Sought("Wren", "Tallowby"), NOW).found
        assert found.formerly == "Wren Tallowby"
        assert [(past.stood, past.name_mistaken) for past in past_of(connection, wren.id)] == [
            (mistaken, True), (old, False),
        ]  # fmt: skip
        sounds = select(name_sounds.c.sound).where(name_sounds.c.child_id == wren.id)
        assert set(sounds_of("Zuleika", "")[0][1:]).isdisjoint(connection.execute(sounds).scalars())


def test_no_name_is_called_a_mistake_where_only_a_fact_changed(database: Database, people: People, wren: Child) -> None:
    """The tick is about the name."""
    adaeze, old = people["Adaeze"], particulars_of(wren)
    with writing(database) as connection:
        change_particulars(connection, adaeze, wren.key, old.mark, replace(old, disabled=True), NOW, name_mistaken=True)
        assert [past.name_mistaken for past in past_of(connection, wren.id)] == [False]


@pytest.mark.parametrize("name", ["Corin", "Nell", "Jago", "Ines", "Bryony"])
def test_nobody_else_changes_them(name: str, database: Database, people: People, baby: Child) -> None:
    """To whom is not on the case there is no such child."""
    old = particulars_of(baby)
    with writing(database) as connection, pytest.raises(NoSuchRecord):
        change_particulars(connection, people[name], baby.key, old.mark, replace(old, given_name="Ilse"), NOW)
