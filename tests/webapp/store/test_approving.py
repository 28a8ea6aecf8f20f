"""A version that waits is begun from its day on, and a second person's approval cannot be passed by."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from engine.errors import Refusal
from tests.webapp.conftest import NOW
from tests.webapp.store.test_publishing import own_visit
from webapp.access import Viewer
from webapp.store.approvals import approval_requests, ask_for_two, asked_last, asked_of, forms_asked, forms_returned
from webapp.store.approving import Asking, approve, ask, give_back, take_request_back
from webapp.store.database import Connection, Database, reading, writing
from webapp.store.definitions import Publication, edition
from webapp.store.draft_changes import Based, save_draft
from webapp.store.drafts import Beginning, begin_draft, open_draft
from webapp.store.errors import DayIsOver, NeedsApproval, NobodyToAsk, NotAsked, NotYours, SamePerson
from webapp.store.people import NewPerson, add_person, everyone
from webapp.store.publishing import next_version, publish_draft, take_back_waiting, versions_of, waiting

DAY = date(2026, 12, 3)
ASKING = Asking("Plainer words", "", None)


@pytest.fixture
def ines(people: dict[str, Viewer]) -> Viewer:
    """Who looks after forms in Northshire."""
    return people["Ines"]


@pytest.fixture
def olwen(database: Database, ines: Viewer) -> Viewer:
    """Another who does, where a second person is asked."""
    with writing(database) as connection:
        with pytest.raises(NobodyToAsk):
            ask_for_two(connection, ines, True, NOW)
        added = add_person(connection, ines.authority, ines.team, NewPerson("Olwen", "practice lead", "admin"))
        ask_for_two(connection, ines, True, NOW)
        return next(each for each in everyone(connection) if each.id == added)


def drafted(connection: Connection, viewer: Viewer) -> Based:
    """A draft of the visit, begun."""
    which = edition(connection, viewer, "visit", NOW.date())
    standing = begin_draft(connection, viewer, Beginning("visit", which.id, "text"), NOW)
    return Based(standing.draft.key, standing.newest.number)


def of(viewer: Viewer, version: int = 1, begins_on: date | None = None) -> Publication:
    """The viewer's version of the visit."""
    return Publication(own_visit(version), {}, viewer.authority, viewer.id, "Why", "", begins_on)


def key_of(connection: Connection, viewer: Viewer) -> str:
    """What is asked of the draft as it stands."""
    standing = open_draft(connection, viewer, "visit")
    assert standing is not None
    asked = asked_of(connection, viewer, standing)
    assert asked is not None
    return asked.key


def test_the_day_decides_which_version_is_begun(database: Database, ines: Viewer) -> None:
    """The same rows on the day before and on the day; nothing has to run at midnight."""
    with writing(database) as connection:
        with pytest.raises(DayIsOver):
            publish_draft(connection, ines, drafted(connection, ines), of(ines, 1, NOW.date()), NOW)
        publish_draft(connection, ines, drafted(connection, ines), of(ines, 1, DAY), NOW)
        before = DAY - timedelta(days=1)
        assert edition(connection, ines, "visit", before).title == "Visit"
        assert edition(connection, ines, "visit", DAY).content_hash == own_visit(1).content_hash
        assert [each.waits for each in versions_of(connection, ines, "visit", before)] == [True, False]
        assert not any(each.waits for each in versions_of(connection, ines, "visit", DAY))


def test_one_version_waits_at_most(database: Database, ines: Viewer) -> None:
    """Another takes its place; taken back, none waits, and the number is not given again."""
    with writing(database) as connection:
        for version in (1, 2):
            publish_draft(connection, ines, drafted(connection, ines), of(ines, version, DAY), NOW)
        found = waiting(connection, ines, "visit", NOW.date())
        assert found is not None
        assert found.key == "own-2"
        take_back_waiting(connection, ines, "visit", "Not yet", NOW)
        assert waiting(connection, ines, "visit", NOW.date()) is None
        assert edition(connection, ines, "visit", DAY).title == "Visit"
        assert next_version(connection, ines, "visit") == 3


def test_nothing_is_published_past_the_second_person(
    database: Database, people: dict[str, Viewer], ines: Viewer, olwen: Viewer
) -> None:
    """Not directly, not by whoever sent it, not by those who only try forms."""
    with writing(database) as connection:
        based = drafted(connection, ines)
        with pytest.raises(NeedsApproval):
            publish_draft(connection, ines, based, of(ines), NOW)
        with pytest.raises(NotAsked):
            approve(connection, olwen, "visit", "", of(ines), NOW)
        ask(connection, ines, "visit", based, ASKING, NOW)
        key = key_of(connection, ines)
        for viewer, refusal in ((ines, SamePerson), (people["Rowan"], NotYours)):
            with pytest.raises(refusal):
                approve(connection, viewer, "visit", key, of(ines), NOW)
        approve(connection, olwen, "visit", key, of(ines), NOW)
        newest = versions_of(connection, ines, "visit", NOW.date())[0]
    assert (newest.in_use, newest.published_by, newest.approved_by) == (True, ines.name, "Olwen")


def test_a_change_ends_the_request_and_another_can_be_made(database: Database, ines: Viewer, olwen: Viewer) -> None:
    """Whoever changed it; the earlier key answers nothing any more."""
    with writing(database) as connection:
        based = drafted(connection, ines)
        ask(connection, ines, "visit", based, ASKING, NOW)
        key = key_of(connection, ines)
        assert forms_asked(connection, olwen) == {"visit": ines.name}
        number = save_draft(connection, olwen, based, "other", "Wrote other", NOW)
        assert forms_asked(connection, olwen) == {}
        with pytest.raises(NotAsked):
            approve(connection, olwen, "visit", key, of(ines), NOW)
        ask(connection, olwen, "visit", Based(based.draft, number), ASKING, NOW)
        with pytest.raises(NotAsked):
            give_back(connection, ines, "visit", key, "words", NOW)
        give_back(connection, ines, "visit", key_of(connection, ines), "words", NOW)
        assert forms_asked(connection, olwen) == {}
    with reading(database) as connection:
        standing = open_draft(connection, ines, "visit")
        assert standing is not None
        assert forms_returned(connection, olwen) == {"visit": ines.name}
        assert asked_last(connection, olwen, standing.draft) == ("Plainer words", "", None)
    with writing(database) as connection:
        ask(connection, olwen, "visit", Based(based.draft, number), Asking("Again", "By law", DAY), NOW)
        assert forms_returned(connection, olwen) == {}
        assert asked_last(connection, ines, standing.draft) == ("Again", "By law", DAY)


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_request_that_two_end_at_once_is_ended_by_the_first(database: Database, ines: Viewer, olwen: Viewer) -> None:
    """Returned while it is being taken back: the words stand, and whoever took it back is refused."""
    with writing(database) as connection:
        ask(connection, ines, "visit", drafted(connection, ines), ASKING, NOW)
        key = key_of(connection, ines)
    waits, found = threading.Event(), list[str]()

    def tell_of_waiting(_: object, __: object, statement: str, *___: object) -> None:
        if "FOR UPDATE" in statement or statement.startswith("UPDATE"):
            waits.set()

    def late() -> None:
        try:
            with writing(database) as connection:
                event.listen(connection, "before_cursor_execute", tell_of_waiting)
                take_request_back(connection, ines, "visit", key, NOW)
                found.append("taken back")
        except Refusal as refusal:
            found.append(refusal.code)

    with writing(database) as connection:
        give_back(connection, olwen, "visit", key, "Not yet", NOW)
        thread = threading.Thread(target=late)
        thread.start()
        assert waits.wait(10)
    thread.join()
    with reading(database) as connection:
        ended = connection.execute(select(approval_requests.c.outcome, approval_requests.c.words)).one()
    assert (found, tuple(ended)) == ([NotAsked.code], ("returned", "Not yet"))
