"""10,000 answers saved by eight people while the server is killed a hundred times; how many were lost."""

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.crash.run import Plan, kill_and_start, written_through
from benchmarks.crash.serving import Server
from benchmarks.measure import Figure
from tests.postgres import Server as Postgres
from tests.postgres import new_server
from workshop.postgres import system_postgres

LONG = Plan(saves=10_000, times=100)


def figures(plan: Plan = LONG) -> Iterator[Figure]:
    """What was acknowledged and what went wrong, on SQLite, and on PostgreSQL where the machine has it."""
    with TemporaryDirectory() as folder:
        server = Server(Path(folder))
        yield from _figures("SQLite", server, plan, kill_and_start(server))
    programs = system_postgres()
    if programs is None:
        return
    postgres = new_server(programs)
    try:
        with TemporaryDirectory() as folder:
            server = Server(Path(folder), postgres.url(postgres.new_database()))
            yield from _figures("PostgreSQL", server, plan, _now_and_then_both(server, postgres))
    finally:
        postgres.stop(signal.SIGQUIT)
        shutil.rmtree(postgres.folder)


def _now_and_then_both(server: Server, postgres: Postgres) -> Callable[[], None]:
    """Kills the server, and every tenth time crashes the database first."""
    kill, times = kill_and_start(server), iter(range(1, 1_000_000))

    def interrupt() -> None:
        if next(times) % 10 == 0:
            postgres.stop(signal.SIGQUIT)
            postgres.start()
        kill()

    return interrupt


def _figures(kind: str, server: Server, plan: Plan, interrupt: Callable[[], None]) -> Iterator[Figure]:
    writers, found = written_through(server, plan, interrupt)
    yield Figure(f"{kind}: kills of the server", plan.times, "times")
    yield Figure(f"{kind}: answers acknowledged", found.acknowledged, "answers")
    yield Figure(f"{kind}: saves that got no reply", sum(each.unanswered for each in writers), "saves")
    yield Figure(f"{kind}: never acknowledged and yet saved", found.only_stored, "answers")
    for name, number in found.faults.items():
        yield Figure(f"{kind}: {name}", number, "cases", bar=0)
