"""Each test on SQLite and on PostgreSQL: the demonstration's people, children and a draft, as the store gives them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.assessments import Assessment, assessment_to_write
from webapp.store.beginning import begin_assessment
from webapp.store.children import children_of
from webapp.store.database import Database, open_database, reading, writing
from webapp.store.definitions import edition
from webapp.store.people import everyone

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with the demonstration's people, once of each kind."""
    if request.param == "sqlite":
        url = request.getfixturevalue("settings").database_url
    else:
        url = request.getfixturevalue("on_postgres").url
    opened = open_database(url)
    yield opened
    opened.dispose()


@pytest.fixture
def on_sqlite(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same for what is true of SQLite alone."""
    opened = open_database(request.getfixturevalue("settings").database_url)
    yield opened
    opened.dispose()


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables, once of each kind."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
        yield opened
        opened.dispose()
        return
    server: Server = request.getfixturevalue("server")
    name = server.new_database()
    opened = open_database(server.url(name))
    yield opened
    opened.dispose()
    server.drop(name)


@pytest.fixture
def people(database: Database) -> dict[str, Viewer]:
    """Everybody in the demonstration by their first name."""
    with reading(database) as connection:
        return {person.name.partition(" ")[0]: person for person in everyone(connection)}


@pytest.fixture
def draft(database: Database, people: dict[str, Viewer]) -> Assessment:
    """A visit to Wren and Ossie Tallowby that Adaeze has begun."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        tallowbys = [each for each in children_of(connection, adaeze) if each.family_name == "Tallowby"]
        key = begin_assessment(connection, adaeze, edition(connection, adaeze, "visit", NOW.date()), tallowbys, NOW)
        return assessment_to_write(connection, adaeze, key)
