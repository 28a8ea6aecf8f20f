"""PostgreSQL crashes and comes back while people write."""

import signal
import time
from pathlib import Path

import pytest

from benchmarks.crash.run import Plan, written_through
from benchmarks.crash.serving import Server
from tests.postgres import Server as Postgres

BOUND = 10
"""Seconds within which a save is done or refused."""


@pytest.mark.postgres
def test_a_database_that_crashes_and_returns_loses_nothing(server: Postgres, tmp_path: Path) -> None:
    """Meanwhile each save is refused in words, within ten seconds; once it is back, none is."""
    name, back = server.new_database(), list[float]()
    pith = Server(tmp_path, server.url(name))

    def crash() -> None:
        server.stop(signal.SIGQUIT)
        time.sleep(0.3)
        server.start()
        back.append(time.monotonic())

    writers, outcome = written_through(pith, Plan(saves=150, times=1), crash)
    refused = [reply for writer in writers for reply in writer.refused]
    assert outcome.faults == dict.fromkeys(outcome.faults, 0)
    assert outcome.acknowledged >= 150
    assert refused
    assert {reply.headers["Pith-Refused"] for reply in refused} <= {"database_gone", "busy"}
    assert all("still on your page" in reply.text for reply in refused)
    assert max(reply.seconds for reply in refused) < BOUND
    assert all(reply.asked_at < back[0] for reply in refused)
    assert sum(writer.unanswered for writer in writers) == 0
    assert "Traceback" not in pith.log
    server.drop(name)
