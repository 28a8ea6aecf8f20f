"""pith run serves the demonstration on this machine, and keeps serving whoever else hangs on."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.webapp.commands import Pith
from webapp.library import LIBRARY


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
