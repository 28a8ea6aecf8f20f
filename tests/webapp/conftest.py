"""An application over a database of its own for each test, filled with the demonstration's people."""

import os
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import inspect

from tests.postgres import Kept, Server, new_server
from tests.webapp.applications import application
from tests.webapp.commands import Pith
from tests.webapp.visitor import Visitor
from webapp import demo
from webapp.config import Settings
from webapp.store import migrations
from webapp.store.database import Database, open_database, reading, writing
from workshop.postgres import SETTING

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
"""The moment it is in every test: a Thursday, half past nine in London."""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demonstration's people and the shipped definitions, made once."""
    path = tmp_path_factory.mktemp("filled") / "demo.sqlite"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for this run, or for this worker of it; its files go when it ends."""
    made = new_server(os.environ[SETTING])
    yield made
    made.stop(signal.SIGQUIT)
    shutil.rmtree(made.folder)


@pytest.fixture(scope="session")
def kept(server: Server) -> Kept:
    """What `filled` holds, on PostgreSQL, made once."""
    name = server.new_database()
    fill(server.url(name))
    database = open_database(server.url(name))
    with reading(database) as connection:
        tables = [table for table, _ in inspect(connection).get_sorted_table_and_fkc_names() if table]
    database.dispose()
    found = Kept(server, name, [table for table in tables if table != "alembic_version"])
    found.keep()
    return found


@pytest.fixture
def on_postgres(kept: Kept) -> Kept:
    """The same for a test of its own: as it was made, whatever the test before did."""
    kept.put_back()
    return kept


def fill(url: str) -> None:
    """Make the tables in an empty database, and put into them what the demonstration holds at NOW."""
    database = open_database(url)
    migrations.prepare(database)
    with writing(database) as connection:
        demo.fill(connection, NOW)
        demo.publish_library(connection, NOW)
    database.dispose()


@pytest.fixture
def settings(filled: Path, tmp_path: Path) -> Settings:
    """Those of the demonstration, in a folder of the test's own."""
    shutil.copy(filled, tmp_path / "demo.sqlite")
    return Settings(data=tmp_path, secret_key="only for tests", demo=True)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """The test's database."""
    opened = open_database(settings.database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def app(settings: Settings) -> Flask:
    """The whole application at NOW, as a demonstration."""
    return application(settings, lambda: NOW)


@pytest.fixture
def client(app: Flask) -> Visitor:
    """Somebody at a browser who has not signed in."""
    return cast("Visitor", app.test_client())


@pytest.fixture
def worker(client: Visitor) -> Visitor:
    """Adaeze Finch at her browser: the Tallowbys, the Brindlecombes and Baby Quayle-Marsh are hers."""
    return client.sign_in("Adaeze Finch")


@pytest.fixture
def pith(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pith:
    """The pith command; whatever it keeps, it keeps in a folder of the test's own."""
    monkeypatch.setenv("PITH_DATA", str(tmp_path / "data"))
    return Pith(capsys)
