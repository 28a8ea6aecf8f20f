"""A draft becomes a version of the authority's own once, and can be taken back in one step."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from engine.definition import Definition, definition_from_json
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.library import LIBRARY, read_definition
from webapp.store.assessments import Assessment
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.definitions import Publication, edition
from webapp.store.draft_changes import Based, save_draft
from webapp.store.drafts import Beginning, begin_draft, open_draft
from webapp.store.errors import DraftEnded, NotYours, OtherInUse, StaleDraft, Withdrawn
from webapp.store.publishing import (
    GoingBack,
    go_back,
    next_version,
    publish_draft,
    under_way,
    versions_of,
    waiting,
    ways_back,
)
from webapp.store.withdrawals import Published


def own_visit(version: int) -> Definition:
    """The shipped visit under another title."""
    definition, _ = read_definition(LIBRARY / "visit" / "1.json")
    return definition_from_json({**json.loads(json.dumps(definition.given)), "version": version, "title": "Ours"})


def publish_own(connection: Connection, ines: Viewer, version: int) -> Based:
    """Publish a version of Northshire's own by way of a draft, which is told."""
    from_what = edition(connection, ines, "visit", NOW.date()).id
    standing = begin_draft(connection, ines, Beginning("visit", from_what, f"version {version}"), NOW)
    based = Based(standing.draft.key, standing.newest.number)
    publish_draft(connection, ines, based, _publication(ines, version), NOW)
    return based


def _publication(ines: Viewer, version: int) -> Publication:
    return Publication(own_visit(version), {}, ines.authority, ines.id, f"Reason {version}", "It is worth it")


def _keys(found: Sequence[Published]) -> list[str]:
    return [each.key for each in found]


def test_publishing_ends_the_draft_and_keeps_who_when_and_why(database: Database, people: dict[str, Viewer]) -> None:
    """Everybody of the authority begins it from then on, nobody of another."""
    ines = people["Ines"]
    with writing(database) as connection:
        assert next_version(connection, ines, "visit") == 1
        publish_own(connection, ines, 1)
        assert next_version(connection, ines, "visit") == 2
        assert open_draft(connection, ines, "visit") is None
        newest = versions_of(connection, ines, "visit", NOW.date())[0]
        assert edition(connection, people["Adaeze"], "visit", NOW.date()).title == "Ours"
        assert edition(connection, people["Bryony"], "visit", NOW.date()).title == "Visit"
        assert next_version(connection, people["Bryony"], "visit") == 1
    assert (newest.key, newest.in_use, newest.published_by, newest.published_at) == ("own-1", True, ines.name, NOW)
    assert (newest.why, newest.budget_why) == ("Reason 1", "It is worth it")


def test_nothing_is_published_of_a_draft_that_was_changed_or_ended(
    database: Database, people: dict[str, Viewer]
) -> None:
    """What was looked at is what is published, or nothing; twice is once."""
    ines = people["Ines"]
    with writing(database) as connection:
        based = publish_own(connection, ines, 1)
    with pytest.raises(DraftEnded), writing(database) as connection:
        publish_draft(connection, ines, based, _publication(ines, 1), NOW)
    with writing(database) as connection:
        begun = begin_draft(
            connection, ines, Beginning("visit", edition(connection, ines, "visit", NOW.date()).id, "a"), NOW
        )
        save_draft(connection, ines, Based(begun.draft.key, 1), "b", "Wrote b", NOW)
    for viewer, refusal in ((ines, StaleDraft), (people["Rowan"], NotYours)):
        with pytest.raises(refusal), writing(database) as connection:
            publish_draft(connection, viewer, Based(begun.draft.key, 1), _publication(ines, 2), NOW)
    with reading(database) as connection:
        assert _keys(versions_of(connection, ines, "visit", NOW.date())) == ["own-1", "shipped-1"]


def test_going_back_is_one_step_over_any_number_of_versions(database: Database, people: dict[str, Viewer]) -> None:
    """What stands between is taken out of use with it, with the reason; what ships stays."""
    ines = people["Ines"]
    with writing(database) as connection:
        for version in (1, 2, 3):
            publish_own(connection, ines, version)
        versions = versions_of(connection, ines, "visit", NOW.date())
        assert _keys(ways_back(versions)) == ["own-2", "own-1", "shipped-1"]
        go_back(connection, ines, GoingBack("visit", "own-3", "own-1", "It took too long"), NOW)
        assert edition(connection, ines, "visit", NOW.date()).content_hash == own_visit(1).content_hash
        gone = [
            (each.key, each.reason) for each in versions_of(connection, ines, "visit", NOW.date()) if each.withdrawn_at
        ]
        assert gone == [("own-3", "It took too long."), ("own-2", "It took too long.")]
        go_back(connection, ines, GoingBack("visit", "own-1", "shipped-1", "Enough"), NOW)
        assert edition(connection, ines, "visit", NOW.date()).title == "Visit"
        assert ways_back(versions_of(connection, ines, "visit", NOW.date())) == ()


def test_only_what_was_looked_at_is_taken_back(database: Database, people: dict[str, Viewer]) -> None:
    """Not what somebody published meanwhile, not what ships, and not by those who only try forms."""
    ines = people["Ines"]
    tried = (
        (ines, GoingBack("visit", "own-1", "shipped-1", "r"), OtherInUse),
        (ines, GoingBack("visit", "own-2", "own-7", "r"), OtherInUse),
        (ines, GoingBack("visit", "own-2", "", "r"), OtherInUse),
        (people["Rowan"], GoingBack("visit", "own-2", "own-1", "r"), NotYours),
    )
    with writing(database) as connection:
        for version in (1, 2):
            publish_own(connection, ines, version)
    for viewer, back, refusal in tried:
        with pytest.raises(refusal), writing(database) as connection:
            go_back(connection, viewer, back, NOW)
    with reading(database) as connection:
        assert edition(connection, ines, "visit", NOW.date()).version == 2


def test_a_form_of_ones_own_alone_can_be_taken_out_of_use(database: Database, people: dict[str, Viewer]) -> None:
    """Where there is nothing to go back to, nobody begins it any more."""
    ines = people["Ines"]
    with writing(database) as connection:
        note = definition_from_json({**json.loads(json.dumps(own_visit(1).given)), "form": "note"})
        first = Beginning("note", edition(connection, ines, "visit", NOW.date()).id, "n")
        based = Based(begin_draft(connection, ines, first, NOW).draft.key, 1)
        publish_draft(connection, ines, based, Publication(note, {}, ines.authority, ines.id, "r"), NOW)
        go_back(connection, ines, GoingBack("note", "own-1", "", "Not needed"), NOW)
        with pytest.raises(Withdrawn, match="Not needed"):
            edition(connection, ines, "note", NOW.date())


def test_assessments_under_way_are_counted_for_each_version(
    database: Database, people: dict[str, Viewer], draft: Assessment
) -> None:
    """Those of one's own authority that are still being written."""
    with reading(database) as connection:
        assert under_way(connection, people["Ines"], "visit", NOW.date()) == {draft.edition.id: 1}
        assert under_way(connection, people["Ines"], "supervision", NOW.date()) == {}
        with pytest.raises(NotYours):
            under_way(connection, people["Adaeze"], "visit", NOW.date())


def test_nothing_is_taken_out_of_use_where_nothing_of_ones_own_is_in_use(
    database: Database, people: dict[str, Viewer]
) -> None:
    """A version that waits for its day goes on waiting."""
    ines = people["Ines"]
    with writing(database) as connection:
        standing = begin_draft(connection, ines, Beginning("visit", None, "text"), NOW)
        based = Based(standing.draft.key, standing.newest.number)
        publish_draft(connection, ines, based, replace(_publication(ines, 1), begins_on=date(2027, 6, 1)), NOW)
        for in_use in ("shipped-1", "own-1"):
            with pytest.raises(OtherInUse):
                go_back(connection, ines, GoingBack("visit", in_use, "", "Crafted"), NOW)
        assert waiting(connection, ines, "visit", NOW.date()) is not None
