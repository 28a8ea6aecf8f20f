"""Which shipped version a form of one's own was made from is kept, through drafts, publishing and undoing."""

import json
from collections.abc import Callable

from engine.definition import definition_from_json
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.library import LIBRARY
from webapp.store.bases import base_of, bases_of_drafts, newer_than, newest_shipped, shipped_with_id
from webapp.store.database import Connection, Database, writing
from webapp.store.definitions import Publication, edition, publish
from webapp.store.draft_changes import Based, redo, save_draft, undo
from webapp.store.drafts import Beginning, begin_draft, open_draft
from webapp.store.publishing import versions_of
from webapp.store.withdrawals import Withdrawal, withdraw

VISIT = json.loads((LIBRARY / "visit" / "1.json").read_text(encoding="utf-8"))


def ship(connection: Connection, version: int) -> int:
    """Ship a version of the visit, and give its id."""
    return publish(connection, Publication(definition_from_json({**VISIT, "version": version}), {}), NOW)


def publish_own(connection: Connection, ines: Viewer, version: int, base: int | None = None) -> None:
    """Publish a version of Northshire's own."""
    own = definition_from_json({**VISIT, "version": version, "title": f"Ours {version}"})
    publish(connection, Publication(own, {}, ines.authority, ines.id, base=base), NOW)


def test_a_draft_stands_on_one_base_until_it_is_put_on_another(database: Database, people: dict[str, Viewer]) -> None:
    """A change keeps it, undoing brings back the one there was, and redoing the newer."""
    ines = people["Ines"]
    with writing(database) as connection:
        first = edition(connection, ines, "visit", NOW.date()).id
        newer = ship(connection, 2)
        key = begin_draft(connection, ines, Beginning("visit", first, "a", base=first), NOW).draft.key
        steps: list[Callable[[Based], object]] = [
            lambda based: save_draft(connection, ines, based, "b", "b", NOW),
            lambda based: save_draft(connection, ines, based, "b", "b", NOW, newer),
            lambda based: save_draft(connection, ines, based, "c", "c", NOW),
            *[lambda based: undo(connection, ines, based, NOW)] * 2,
            lambda based: redo(connection, ines, based, NOW),
        ]
        found = [_after(connection, ines, step, Based(key, number)) for number, step in enumerate(steps, start=1)]
    assert found == [("b", first), ("b", newer), ("c", newer), ("b", newer), ("b", first), ("b", newer)]


def _after(
    connection: Connection, ines: Viewer, step: Callable[[Based], object], based: Based
) -> tuple[str, int | None]:
    """The text and the base after a step, which the list of all drafts tells alike."""
    step(based)
    standing = open_draft(connection, ines, "visit")
    assert standing
    assert bases_of_drafts(connection, ines) == {"visit": standing.base}
    return standing.content, standing.base


def test_a_version_of_ones_own_keeps_what_it_was_made_from(database: Database, people: dict[str, Viewer]) -> None:
    """That which is named, else the newest there was; what ships is a change of itself."""
    ines = people["Ines"]
    with writing(database) as connection:
        first = edition(connection, ines, "visit", NOW.date()).id
        publish_own(connection, ines, 1)
        second = ship(connection, 2)
        publish_own(connection, ines, 2, base=first)
        publish_own(connection, ines, 3)
        versions = versions_of(connection, ines, "visit", NOW.date())
    assert [(each.key, base_of(each)) for each in versions] == [
        ("own-3", second), ("own-2", first), ("own-1", first), ("shipped-2", second), ("shipped-1", first),
    ]  # fmt: skip


def test_a_newer_version_is_one_that_ships_and_can_be_begun(database: Database, people: dict[str, Viewer]) -> None:
    """None for the newest itself, for what has no base, and where the newer one was withdrawn."""
    ines = people["Ines"]
    with writing(database) as connection:
        first = edition(connection, ines, "visit", NOW.date()).id
        second = ship(connection, 2)
        publish_own(connection, ines, 7, base=first)
        versions = versions_of(connection, ines, "visit", NOW.date())
        base = shipped_with_id(versions, first)
        newest = newer_than(versions, base)
        assert newest == newest_shipped(versions) == shipped_with_id(versions, second)
        assert newer_than(versions, newest) is newer_than(versions, None) is None
        assert shipped_with_id(versions, versions[0].edition.id) is None
        withdraw(connection, Withdrawal("visit", 2, "Wrong"), NOW)
        assert newer_than(versions_of(connection, ines, "visit", NOW.date()), base) is None
