"""Pith as an authority runs it, not the demonstration: accounts with passwords, a clock that tests move."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.webapp.accounts.office import QUICK, Clock, Office
from tests.webapp.applications import application
from webapp.accounts import passwords
from webapp.config import Settings
from webapp.store.database import open_database

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashes that cost next to nothing, since there are many here; what they cost elsewhere has a test."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    passwords._nobodys_hash.cache_clear()
    yield
    passwords._nobodys_hash.cache_clear()


@pytest.fixture
def office(filled: Path, tmp_path: Path, quick: None) -> Iterator[Office]:
    """The people of the demonstration, each with an account of their own."""
    shutil.copy(filled, tmp_path / "pith.sqlite")
    yield from _opened(Settings(data=tmp_path, secret_key="only for tests"))


@pytest.fixture(params=BOTH)
def either_office(request: pytest.FixtureRequest, tmp_path: Path, quick: None) -> Iterator[Office]:
    """The same over each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("office")
        return
    url = request.getfixturevalue("on_postgres").url
    yield from _opened(Settings(data=tmp_path, secret_key="only for tests", database=url))


def _opened(settings: Settings) -> Iterator[Office]:
    clock = Clock()
    app = application(settings, clock)
    made = Office(app, open_database(settings.database_url), clock)
    made.give_passwords()
    yield made
    made.database.dispose()
    made.own_database.dispose()
