"""pith run serves the demonstration on this machine, and keeps serving whoever else hangs on."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.commands import Pith
from tests.webapp.conftest import NOW
from webapp.commands.installation import bare_database, ready_database
from webapp.config import Settings, settings_from
from webapp.library import LIBRARY, read_definition, shipped_definitions
from webapp.store.database import reading, writing
from webapp.store.definitions import Publication, definitions, publish

FIRST, THIRD = list(shipped_definitions())[:3:2]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server of its own and its port, ready for requests."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "run", "--demo", "--port", str(port)],
        cwd=LIBRARY.parent,
        env={**os.environ, "PITH_DATA": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    assert server.stdout.readline() == f"Pith is at http://127.0.0.1:{port} Its people are invented. Ctrl+C ends it.\n"
    yield server, port
    server.kill()
    server.wait()
    server.stdout.close()


def test_others_are_answered_while_slow_clients_hang_on(served: tuple[subprocess.Popen[str], int]) -> None:
    """Twelve connections that never finish their request hold up nobody; Ctrl+C ends the server quietly."""
    server, port = served
    hanging = [socket.create_connection(("127.0.0.1", port)) for _ in range(12)]
    for each in hanging:
        each.sendall(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=120) as answer:
        assert "Choose who to be" in answer.read().decode()
        assert answer.headers["Server"] is None
    for each in hanging:
        each.close()
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=120) in (0, 130)
    assert server.stdout is not None
    assert server.stdout.read() == ""


def test_a_port_that_is_taken_is_told(pith: Pith) -> None:
    """The way out is named."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        ran = pith("run", "--demo", "--port", listener.getsockname()[1])
    assert ran.code == 2
    assert "choose another with --port" in ran.err


def test_a_setting_that_is_no_number_is_told(pith: Pith, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named with its meaning."""
    monkeypatch.setenv("PITH_THREADS", "many")
    ran = pith("run", "--demo")
    assert ran.code == 2
    assert "PITH_THREADS must be a number above 0" in ran.err


@pytest.fixture
def two_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Real records where the first and the third of the shipped forms were published with other content before."""
    monkeypatch.setenv("PITH_DATA", str(tmp_path))
    settings = settings_from(os.environ, demo=False)
    database = bare_database(settings)
    with writing(database) as connection:
        for path in (FIRST, THIRD):
            shipped, lists = read_definition(path)
            before = replace(shipped, given={**shipped.given, "purpose": "Before"})
            publish(connection, Publication(before, lists), NOW)
    database.dispose()
    return settings


def test_a_shipped_form_that_changed_keeps_no_other_from_use(
    two_changed: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of them is told, with what stays in use and what can be done; all others are published."""
    database = ready_database(two_changed)
    with reading(database) as connection:
        kept = {(row.form, row.version): row.content["purpose"] for row in connection.execute(select(definitions))}
    database.dispose()
    shipped = {(path.parent.name, int(path.stem)) for path in shipped_definitions()}
    assert kept.keys() == shipped
    changed = {(path.parent.name, int(path.stem)) for path in (FIRST, THIRD)}
    assert {name for name, purpose in kept.items() if purpose == "Before"} == changed
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    for line, (form, version) in zip(told, sorted(changed), strict=True):
        assert f"version {version} of {form} that ships now is not the one published here before" in line
        assert "which stays in use" in line
        assert "give it the next number in a copy of its file and run pith publish" in line
