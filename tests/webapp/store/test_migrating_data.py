"""Going up, down and up again leaves every record as it was."""

from typing import Any

import pytest
from sqlalchemy import text

from tests.webapp.store.first_revision import ONLY_GROW, ROWS, add_rows, rows_of
from webapp.store import migrations, sounds
from webapp.store.database import Database, reading, writing


@pytest.fixture
def first(empty: Database) -> Database:
    """A database at the first revision, with rows in every table."""
    migrations.migrate(empty, "0001")
    add_rows(empty)
    return empty


def _asked(database: Database, statement: str) -> list[tuple[Any, ...]]:
    with reading(database) as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def _guards(database: Database) -> set[str]:
    """The names of the triggers there are."""
    from_catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    return {name for (name,) in _asked(database, from_catalogue[database.dialect.name])}


def _sounds(database: Database) -> list[tuple[Any, ...]]:
    return sorted(_asked(database, "SELECT authority_id, child_id, part, sound FROM name_sounds"))


def _sounds_wanted() -> list[tuple[Any, ...]]:
    return sorted(
        (child["authority_id"], child["id"], part, sound)
        for child in ROWS["children"]
        for part, sound in sounds.sounds_of(child["given_name"], child["family_name"])
    )


def test_records_are_the_same_after_going_up_and_down_and_up(first: Database) -> None:
    """To the letter, in every table and column that the first revision knew."""
    before = rows_of(first)
    assert {table: len(rows) for table, rows in before.items()} == {table: len(rows) for table, rows in ROWS.items()}
    for revision in ("0002", "0001", "0002"):
        migrations.migrate(first, revision)
        assert migrations.revision_of(first) == revision
        assert rows_of(first) == before, revision


def test_children_that_were_there_are_found_by_how_their_names_sound(first: Database) -> None:
    """Each time the tables go up, also where a name was changed in between."""
    migrations.migrate(first, "0002")
    assert _sounds(first) == _sounds_wanted()
    assert {child for _, child, _, _ in _sounds(first)} == {child["id"] for child in ROWS["children"]}
    migrations.migrate(first, "0001")
    with writing(first) as connection:
        connection.execute(text("UPDATE children SET given_name = 'Zuleika' WHERE id = 1"))
    migrations.migrate(first, "0002")
    assert (1, 1, "given", "SLK") in _sounds(first)
    assert len(_sounds(first)) == len(_sounds_wanted())


def test_what_the_second_revision_adds_has_a_meaning_for_older_rows(first: Database) -> None:
    """Whoever was there works here still, what was logged was an opening, and no time was counted."""
    migrations.migrate(first, "0002")
    assert _asked(first, "SELECT phone, ended_at FROM people") == [("", None)] * 2
    assert _asked(first, "SELECT act FROM access_log") == [("opened",)]
    assert _asked(first, "SELECT browser FROM sessions") == [("",)]
    assert _asked(first, "SELECT reason, budget_reason FROM definitions") == [("", "")]
    assert set(_asked(first, "SELECT active_seconds, page_key FROM answer_history")) == {(0, "")}


def test_what_was_done_does_not_read_as_an_opening_after_going_down(first: Database) -> None:
    """Whoever was only told of a record, or added somebody, is not said to have opened it; going up brings it back."""
    migrations.migrate(first, "0002")
    done = [("matched", "child"), ("brought_back", "person"), ("opened", "log")]
    with writing(first) as connection:
        for number, (act, record) in enumerate(done, start=2):
            connection.execute(
                text(
                    "INSERT INTO access_log (id, authority_id, person_id, record, record_id, at, act) "
                    "SELECT :id, authority_id, person_id, :record, record_id, at, :act FROM access_log WHERE id = 1"
                ),
                {"id": number, "act": act, "record": record},
            )
    migrations.migrate(first, "0001")
    kept = ["assessment", "matched child", "brought_back person", "log"]
    assert [record for (record,) in _asked(first, "SELECT record FROM access_log ORDER BY id")] == kept
    migrations.migrate(first, "0002")
    assert _asked(first, "SELECT act, record FROM access_log ORDER BY id")[1:] == done


def test_whose_record_alone_was_read_is_kept_in_going_down(first: Database) -> None:
    """It does not read as an opening of everybody's record below, and going up brings it back."""
    migrations.migrate(first, "0002")
    read = [("opened", "submission", 2), ("printed", "submission", 1), ("opened", "submission", None)]
    with writing(first) as connection:
        for number, (act, record, child) in enumerate(read, start=2):
            connection.execute(
                text(
                    "INSERT INTO access_log (id, authority_id, person_id, record, record_id, at, act, child_id) "
                    "SELECT :id, authority_id, person_id, :record, 1, at, :act, :child FROM access_log WHERE id = 1"
                ),
                {"id": number, "act": act, "record": record, "child": child},
            )
    migrations.migrate(first, "0001")
    kept = ["assessment", "submission of child 2", "printed submission of child 1", "submission"]
    assert [record for (record,) in _asked(first, "SELECT record FROM access_log ORDER BY id")] == kept
    migrations.migrate(first, "0002")
    assert _asked(first, "SELECT act, record, child_id FROM access_log ORDER BY id")[1:] == read


def test_what_was_set_aside_is_a_draft_again_after_going_down(first: Database) -> None:
    """Whoever does not know of setting aside has it on the list; nothing of it is lost, and the log says what was."""
    migrations.migrate(first, "0002")
    with writing(first) as connection:
        connection.execute(text("UPDATE assessments SET status = 'set_aside'"))
        connection.execute(
            text(
                "INSERT INTO set_asides (id, authority_id, assessment_id, act, reason, words, person_id, at) "
                "SELECT 1, 1, 1, 'set_aside', 'mistake', '', 1, at FROM access_log WHERE id = 1"
            )
        )
    migrations.migrate(first, "0001")
    assert _asked(first, "SELECT status FROM assessments") == [("draft",)]
    assert _asked(first, "SELECT question, saved_by FROM answers ORDER BY id")[0] == ("saw", 1)
    migrations.migrate(first, "0002")
    assert _asked(first, "SELECT status FROM assessments") == [("draft",)]
    assert _asked(first, "SELECT id FROM set_asides") == []


def test_what_was_kept_before_a_change_goes_with_its_table(first: Database) -> None:
    """Going down leaves the children as they stand; going up again they are found by these names."""
    migrations.migrate(first, "0002")
    with writing(first) as connection:
        connection.execute(
            text(
                "INSERT INTO particulars_history (id, authority_id, child_id, given_name, family_name, unborn, "
                "name_mistaken, changed_by, changed_at) SELECT 1, 1, 1, 'Robin', 'Tallowby', c.unborn, c.unborn, 1, at "
                "FROM children c, access_log WHERE c.id = 1"
            )
        )
    before = rows_of(first)
    for revision in ("0001", "0002"):
        migrations.migrate(first, revision)
        assert rows_of(first) == before, revision
    assert _asked(first, "SELECT id FROM particulars_history") == []
    assert _sounds(first) == _sounds_wanted()


def test_guards_come_and_go_with_their_revision(first: Database) -> None:
    """None is left behind below it, and none is missing above."""
    assert _guards(first) == set()
    migrations.migrate(first, "0002")
    above = _guards(first)
    guarded = (*ONLY_GROW, "draft_revisions", "particulars_history")
    assert {f"{table}_no_{deed}" for table in guarded for deed in ("update", "delete")} <= above
    migrations.migrate(first, "0001")
    assert _guards(first) == set()
    with writing(first) as connection:
        connection.execute(text("UPDATE submissions SET note = 'changed'"))
    migrations.migrate(first, "0002")
    assert _guards(first) == above


def test_a_migration_that_fails_leaves_everything_as_it_was(first: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server that was told to upgrade does not start, and the one before it goes on."""
    before = rows_of(first)

    def fail(*_: str) -> list[tuple[str, str]]:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(sounds, "sounds_of", fail)
        with pytest.raises(ZeroDivisionError):
            migrations.prepare(first)
    assert migrations.revision_of(first) == "0001"
    assert rows_of(first) == before
    assert _guards(first) == set()
    migrations.prepare(first)
    assert rows_of(first) == before
