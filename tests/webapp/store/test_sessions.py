"""A session is worth something from sign-in to sign-out, and its token is stored nowhere."""

from datetime import timedelta

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.database import METADATA, Database, reading, writing
from webapp.store.sessions import begin_session, end_session, viewer_of_session

LATER = NOW + timedelta(hours=12)


def test_a_token_stands_for_its_person_until_its_time_is_up(database: Database, people: dict[str, Viewer]) -> None:
    """Who is signed in is known by the token alone; at the end of its time it is worth nothing."""
    with writing(database) as connection:
        token = begin_session(connection, people["Tom"], NOW, LATER)
    with reading(database) as connection:
        assert viewer_of_session(connection, token, NOW) == people["Tom"]
        assert viewer_of_session(connection, token, LATER - timedelta(seconds=1)) == people["Tom"]
        assert viewer_of_session(connection, token, LATER) is None
        assert viewer_of_session(connection, "never given out", NOW) is None


def test_an_ended_session_cannot_be_replayed(database: Database, people: dict[str, Viewer]) -> None:
    """Signing out ends one session, and no other of the same person."""
    with writing(database) as connection:
        here, elsewhere = (begin_session(connection, people["Tom"], NOW, LATER) for _ in range(2))
        end_session(connection, here, NOW)
    with reading(database) as connection:
        assert viewer_of_session(connection, here, NOW) is None
        assert viewer_of_session(connection, elsewhere, NOW) == people["Tom"]


def test_tokens_are_not_in_the_database(database: Database, people: dict[str, Viewer]) -> None:
    """Who reads a copy of the database can sign in as nobody."""
    with writing(database) as connection:
        token = begin_session(connection, people["Tom"], NOW, LATER)
    with reading(database) as connection:
        tables = [connection.execute(table.select()).all() for table in METADATA.sorted_tables]
    written = str(tables)
    assert people["Tom"].key in written
    assert token not in written
