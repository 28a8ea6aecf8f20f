"""Clients that stall in the middle of a request hold up nobody else."""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager

import pytest

from benchmarks.crash.serving import HOST
from benchmarks.crash.writer import Browser, Page
from tests.webapp.crash.conftest import Office

BOUND = 1.0
"""Seconds within which others are answered."""

HALVES = (
    b"",
    b"GET /sign",
    b"GET /sign-in HTTP/1.1\r\nHost: local",
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf",
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nhalf",
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n",
)


@contextmanager
def _stalled(port: int, number: int) -> Iterator[None]:
    with ExitStack() as hanging:
        for index in range(number):
            client = hanging.enter_context(socket.create_connection((HOST, port)))
            client.sendall(HALVES[index % len(HALVES)])
        yield


def _day(browsers: Sequence[Browser], child: str) -> float:
    """Everybody's page opened and one answer saved, one after another; the slowest of all replies, in seconds."""
    slowest = 0.0
    for browser in browsers:
        page = Page(browser, browser.begin(child))
        slowest = max(slowest, page.load().seconds)
        reply = page.save({"day0": "She was at school."}, f"{time.monotonic()}")
        assert reply.headers["Pith-Save"] == "saved"
        slowest = max(slowest, reply.seconds)
    return slowest


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_twelve_half_open_clients_hold_up_nobody(office: Office) -> None:
    """Pages and saves are answered within a second, or, on a busy machine, much as they were without them."""
    with office.browsers() as browsers, closing(Browser(office.server.port)) as newcomer:
        _day(browsers[:1], office.crew.child)
        bound = max(BOUND, 5 * _day(browsers, office.crew.child))
        with _stalled(office.server.port, 12):
            time.sleep(0.1)
            assert _day(browsers, office.crew.child) < bound
            assert newcomer.ask("/sign-in").seconds < bound
