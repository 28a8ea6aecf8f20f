"""pith create-admin makes the first account, with a password that only its owner has seen."""

import io
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.webapp.commands import Pith, Ran
from tests.webapp.visitor import Visitor
from webapp import create_app
from webapp.clock import utc_now
from webapp.commands import create_admin
from webapp.config import Settings
from webapp.library import LIBRARY
from webapp.store.authorities import authorities, teams
from webapp.store.database import METADATA, open_database, reading
from webapp.store.people import people

GOOD = "quiet orchard bicycle lamp"
WHO = ("--authority", "Northshire Council", "--name", "Ines Marchbanks", "--email", "Ines@council.example")
Make = Callable[..., Ran]


@pytest.fixture
def make(pith: Pith, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Runs the command with a line on standard input."""

    def made(line: str, *arguments: str) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(line))
        return pith("create-admin", *(arguments or WHO))

    return made


def _names(tmp_path: Path) -> dict[str, list[str]]:
    database = open_database(f"sqlite:///{tmp_path}/data/pith.sqlite")
    with reading(database) as connection:
        tables = {table.name: select(table.c.name).order_by(table.c.id) for table in (authorities, teams, people)}
        found = {name: list(connection.execute(query).scalars()) for name, query in tables.items()}
    database.dispose()
    return found


def _visitor(tmp_path: Path) -> Visitor:
    app = create_app(Settings(data=tmp_path / "data", secret_key="only for tests"), utc_now)
    app.test_client_class = Visitor
    client = app.test_client()
    assert isinstance(client, Visitor)
    return client


def test_the_first_admin_signs_in_and_adds_others(make: Make, tmp_path: Path) -> None:
    """Authority, team, person and account are made; the password is read as one line and said nowhere."""
    ran = make(f"{GOOD}\n")
    assert ran == Ran(
        0, "Ines Marchbanks can now sign in with ines@council.example, and add others under People.\n", ""
    )
    assert _names(tmp_path) == {
        "authorities": ["Northshire Council"],
        "teams": ["Administration"],
        "people": ["Ines Marchbanks"],
    }
    visitor = _visitor(tmp_path)
    visitor.get("/sign-in")
    assert visitor.send("/sign-in", {"email": "ines@council.example", "password": GOOD}).status_code == 302
    assert "administrator" in visitor.get("/people").text
    assert visitor.get("/people/add").status_code == 200


def test_an_authority_and_a_team_that_are_there_are_used(make: Make, tmp_path: Path) -> None:
    """Capitals make no second one."""
    make(GOOD)
    other = ("--authority", "northshire council", "--name", "Rowan Tideswell", "--email", "rowan@council.example")
    assert make(GOOD, *other, "--team", "ADMINISTRATION", "--job", "policy lead").code == 0
    third = ("--authority", "Southmere Council", "--name", "Petra Oakenfull", "--email", "petra@council.example")
    assert make(GOOD, *third, "--team", "Practice").code == 0
    assert _names(tmp_path) == {
        "authorities": ["Northshire Council", "Southmere Council"],
        "teams": ["Administration", "Practice"],
        "people": ["Ines Marchbanks", "Rowan Tideswell", "Petra Oakenfull"],
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "Enter a password."),
        ("short lamp\n", "This has 10 characters; a password has at least 12."),
        ("Ines Marchbanks\n", "This is made of your name"),
        ("quiet \udcff orchard bicycle\n", "The password is not written in UTF-8."),
    ],
)
def test_a_password_that_cannot_be_is_refused_in_words(line: str, told: str, make: Make, tmp_path: Path) -> None:
    """And nobody was added."""
    ran = make(line)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.endswith("Nobody was added.\n")
    assert _names(tmp_path) == {"authorities": [], "teams": [], "people": []}


def test_an_address_that_is_taken_is_refused_before_a_password_is_asked_for(make: Make, tmp_path: Path) -> None:
    """In whichever authority it is used."""
    make(GOOD)
    other = ("--authority", "Southmere Council", "--name", "Somebody Else", "--email", "INES@council.example")
    ran = make("", *other)
    assert ran.code == 2
    assert "Somebody signs in with ines@council.example already" in ran.err
    assert _names(tmp_path)["authorities"] == ["Northshire Council"]


@pytest.mark.parametrize(
    ("argument", "value", "told"),
    [
        ("--email", "ines", "--email: Enter an e-mail address, such as name@example.org."),
        ("--name", " ", "--name: Enter a name."),
        ("--authority", "", "--authority: Enter the authority's name."),
        ("--team", "x" * 101, "--team: This has 101 characters; 100 is the most."),
    ],
)
def test_what_cannot_be_is_told_with_its_argument(argument: str, value: str, told: str, make: Make) -> None:
    """Before a database is made."""
    ran = make(GOOD, *WHO, argument, value)
    assert (ran.code, ran.err) == (2, f"pith create-admin: {told}\n")


@pytest.mark.parametrize(("second", "code"), [(GOOD, 0), ("quiet orchard bicycle lamb", 2)])
def test_at_a_terminal_the_password_is_asked_for_twice(
    second: str, code: int, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two that differ are refused."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []

    def typed(words: str) -> str:
        asked.append(words)
        return GOOD if len(asked) == 1 else second

    monkeypatch.setattr(create_admin, "getpass", typed)
    monkeypatch.setattr("io.StringIO", Terminal)
    ran = make("")
    assert (ran.code, asked) == (code, ["Password: ", "The same again: "])
    assert ("The two were not the same." in ran.err) == (code != 0)


def test_what_is_typed_at_a_terminal_is_not_shown(tmp_path: Path) -> None:
    """Nobody reads the password from the screen."""
    leader, follower = pty.openpty()
    command = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "create-admin", *WHO],
        cwd=LIBRARY.parent,
        env={**os.environ, "PITH_DATA": str(tmp_path / "data")},
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    shown = ""
    for words in ("Password: ", "The same again: "):
        while not shown.endswith(words):
            shown += os.read(leader, 1024).decode()
        os.write(leader, f"{GOOD}\n".encode())
    assert command.wait(timeout=120) == 0
    shown += os.read(leader, 1024).decode()
    os.close(leader)
    assert "Ines Marchbanks can now sign in" in shown
    assert GOOD not in shown


def test_there_is_no_account_until_one_is_made(pith: Pith, tmp_path: Path) -> None:
    """A new installation has nobody in it: no name, no password that everybody knows."""
    database = open_database(f"sqlite:///{tmp_path}/data/pith.sqlite")
    form = LIBRARY / "visit" / "1.json"
    assert pith("publish", form).code == 0
    with reading(database) as connection:
        for name in ("people", "accounts", "account_links", "sessions"):
            assert connection.execute(select(func.count()).select_from(METADATA.tables[name])).scalar() == 0
    database.dispose()
