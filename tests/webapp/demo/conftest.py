"""The whole demonstration, its stories told up to NOW, in the place of its people alone."""

from pathlib import Path

import pytest

from tests.webapp.conftest import NOW
from webapp import demo
from webapp.store import migrations
from webapp.store.database import open_database, writing


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demonstration as `pith run --demo` makes it, made once."""
    path = tmp_path_factory.mktemp("told") / "demo.sqlite"
    database = open_database(f"sqlite:///{path}")
    migrations.prepare(database)
    with writing(database) as connection:
        demo.fill(connection, NOW)
        demo.publish_library(connection, demo.first_day(NOW))
        for tell in demo.stories_to_tell(connection, NOW):
            tell()
    database.dispose()
    return path
