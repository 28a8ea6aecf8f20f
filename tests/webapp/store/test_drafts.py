"""A draft of a form: nothing that was saved is lost, nobody overwrites what they have not seen."""

from dataclasses import replace

import pytest

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.access_log import access_log
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.definitions import edition
from webapp.store.draft_changes import Based, bring_back, discard, redo, save_draft, undo
from webapp.store.drafts import (
    Beginning,
    Draft,
    Standing,
    begin_draft,
    discarded,
    open_draft,
    open_drafts,
    revisions,
    text_at,
)
from webapp.store.errors import DraftBegun, DraftEnded, NotYours, StaleDraft

FIRST = '{"form": "visit"}'


@pytest.fixture
def ines(people: dict[str, Viewer]) -> Viewer:
    """Who looks after forms in Northshire."""
    return people["Ines"]


@pytest.fixture
def begun(database: Database, ines: Viewer) -> str:
    """The key of a draft of the visit, begun from the shipped one."""
    with writing(database) as connection:
        return begin(connection, ines).draft.key


def begin(connection: Connection, viewer: Viewer) -> Standing:
    return begin_draft(
        connection, viewer, Beginning("visit", edition(connection, viewer, "visit", NOW.date()).id, FIRST), NOW
    )


def standing(database: Database, viewer: Viewer) -> Standing:
    with reading(database) as connection:
        found = open_draft(connection, viewer, "visit")
    assert found is not None
    return found


def save(database: Database, viewer: Viewer, draft: str, based_on: int, content: str) -> int:
    with writing(database) as connection:
        return save_draft(connection, viewer, Based(draft, based_on), content, f"Wrote {content[:10]}", NOW)


def test_a_text_is_kept_to_the_letter_valid_or_not(database: Database, ines: Viewer, begun: str) -> None:
    """With quotes, blank lines at both ends, and characters of every plane."""
    text = '\n{"label": “broken”, \t\n\n🙂 ŵ \\u0000 \u202e }}}\n\n'
    assert save(database, ines, begun, 1, text) == 2
    found = standing(database, ines)
    assert (found.content, found.newest.number, found.newest.by) == (text, 2, "Ines Marchbanks")


def test_beginning_twice_goes_on_with_the_first(database: Database, ines: Viewer, begun: str) -> None:
    """There is one draft of a form in an authority, whoever presses the button."""
    save(database, ines, begun, 1, "{}")
    with writing(database) as connection:
        again = begin(connection, ines)
    assert (again.draft.key, again.content) == (begun, "{}")


def test_the_same_text_again_is_no_change(database: Database, ines: Viewer, begun: str) -> None:
    """Pressing Save twice leaves one step to undo."""
    assert [save(database, ines, begun, 1, "{}"), save(database, ines, begun, 2, "{}")] == [2, 2]


def test_nobody_overwrites_what_they_have_not_seen(database: Database, ines: Viewer, begun: str) -> None:
    """A save based on an older revision is refused with who changed it; nothing of it is kept."""
    save(database, ines, begun, 1, "{}")
    with pytest.raises(StaleDraft, match="Ines Marchbanks changed this draft") as refused:
        save(database, ines, begun, 1, "[]")
    assert refused.value.detail["own"]
    assert standing(database, ines).content == "{}"


def test_undo_and_redo_lead_to_any_depth(database: Database, ines: Viewer, begun: str) -> None:
    """Back to the first text and forth to the last; a change after going back is where redoing then leads."""
    for number in (1, 2, 3):
        save(database, ines, begun, number, str(number))
    seen = []
    for step in (undo, undo, undo, undo, redo, redo, redo, redo):
        now = standing(database, ines)
        with writing(database) as connection:
            step(connection, ines, Based(begun, now.newest.number), NOW)
        seen.append(standing(database, ines).content)
    assert seen == ["2", "1", FIRST, FIRST, "1", "2", "3", "3"]
    with writing(database) as connection:
        undo(connection, ines, Based(begun, standing(database, ines).newest.number), NOW)
    save(database, ines, begun, standing(database, ines).newest.number, "other")
    now = standing(database, ines)
    assert now.to_redo is None
    assert now.to_undo is not None
    assert now.to_undo.done == "Wrote other"
    with writing(database) as connection:
        undo(connection, ines, Based(begun, now.newest.number), NOW)
    found = standing(database, ines)
    assert (found.content, found.to_redo and found.to_redo.done) == ("2", "Wrote other")


def test_every_step_is_told_with_who_did_it(database: Database, ines: Viewer, begun: str) -> None:
    """The history names what was undone too, and the log each act."""
    save(database, ines, begun, 1, "{}")
    with writing(database) as connection:
        undo(connection, ines, Based(begun, 2), NOW)
        redo(connection, ines, Based(begun, 3), NOW)
    with reading(database) as connection:
        told = [each.done for each in revisions(connection, ines, _draft_of(connection, ines))]
        acts = [row.act for row in connection.execute(access_log.select().where(access_log.c.record == "draft"))]
    assert told == ["Made again: Wrote {}", "Took back: Wrote {}", "Wrote {}", "Began the draft"]
    assert acts == ["begun", "saved", "undone", "redone"]


def test_discarding_can_be_undone_until_another_is_begun(database: Database, ines: Viewer, begun: str) -> None:
    """The draft comes back with all its steps; nothing can be saved to it in between."""
    save(database, ines, begun, 1, "{}")
    with writing(database) as connection:
        discard(connection, ines, Based(begun, 2), NOW)
        assert open_draft(connection, ines, "visit") is None
    with pytest.raises(DraftEnded):
        save(database, ines, begun, 2, "[]")
    with writing(database) as connection:
        bring_back(connection, ines, "visit", NOW)
    assert standing(database, ines).content == "{}"
    with writing(database) as connection:
        discard(connection, ines, Based(begun, 2), NOW)
        begin(connection, ines)
        assert discarded(connection, ines, "visit") is not None
        with pytest.raises(DraftBegun):
            bring_back(connection, ines, "visit", NOW)


def test_a_draft_is_its_authoritys_and_only_those_who_look_after_forms_change_it(
    database: Database, people: dict[str, Viewer], begun: str
) -> None:
    """Whoever tries forms reads it; nobody of another authority finds it, by form or by key."""
    elsewhere = replace(people["Bryony"], role="admin")
    assert elsewhere.authority != people["Ines"].authority
    with reading(database) as connection:
        assert [each.key for each in open_drafts(connection, people["Rowan"])] == [begun]
        assert open_drafts(connection, elsewhere) == ()
        assert open_draft(connection, elsewhere, "visit") is None
        for name in ("Adaeze", "Tom", "Petra"):
            with pytest.raises(NotYours):
                open_draft(connection, people[name], "visit")
        with pytest.raises(NotYours):
            revisions(connection, people["Tom"], _draft_of(connection, people["Rowan"]))
        assert text_at(connection, people["Rowan"], begun, 1)
        assert text_at(connection, elsewhere, begun, 1) is None
    for viewer, refusal in ((elsewhere, DraftEnded), (people["Rowan"], NotYours), (people["Adaeze"], NotYours)):
        with pytest.raises(refusal):
            save(database, viewer, begun, 1, "taken over")


def _draft_of(connection: Connection, viewer: Viewer) -> Draft:
    """The open draft of the visit."""
    standing = open_draft(connection, viewer, "visit")
    assert standing is not None
    return standing.draft
