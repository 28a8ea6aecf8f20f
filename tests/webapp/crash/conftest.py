"""Servers in processes of their own, over either database, with people who all write about one child."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.crash.diary import Crew, add_crew
from benchmarks.crash.run import signed_in
from benchmarks.crash.serving import Server
from benchmarks.crash.writer import Browser
from tests.postgres import Server as Postgres

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


def _database(request: pytest.FixtureRequest) -> str:
    """The address of a new database of the kind the fixture is asked for; "" for a file in the server's folder."""
    if request.param == "sqlite":
        return ""
    postgres: Postgres = request.getfixturevalue("server")
    name = postgres.new_database()
    request.addfinalizer(lambda: postgres.drop(name))
    return postgres.url(name)


@pytest.fixture(params=BOTH)
def pith(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A server that is not started yet, over an empty database, once of each kind."""
    made = Server(tmp_path, _database(request))
    yield made
    made.kill()


@dataclass(frozen=True)
class Office:
    """A server that runs, and the people who may write there."""

    server: Server
    crew: Crew

    def browsers(self) -> AbstractContextManager[Sequence[Browser]]:
        """Everybody, signed in."""
        return signed_in(self.server.port, self.crew.people)


@pytest.fixture(scope="session", params=BOTH)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A server that eight people write on, once of each kind."""
    made = Server(tmp_path_factory.mktemp("office"), _database(request))
    crew = add_crew(made.url, writers=8, questions=1, at=datetime.now(UTC))
    made.start()
    yield Office(made, crew)
    made.kill()
