"""Many write while the server is killed again and again; in the end the database is read."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.crash.diary import add_crew
from benchmarks.crash.ledger import Outcome, held_by, outcome
from benchmarks.crash.serving import Server
from benchmarks.crash.writer import Browser, Page, Writer


@dataclass(frozen=True, slots=True)
class Plan:
    """How many answers are to be acknowledged, how often the server is interrupted meanwhile, and by how many."""

    saves: int
    times: int
    writers: int = 8
    seed: int = 1


def written_through(server: Server, plan: Plan, interrupt: Callable[[], None]) -> tuple[Sequence[Writer], Outcome]:
    """Let writers save while `interrupt` is called at chance moments; the server is killed at the end too."""
    chance = random.Random(plan.seed)
    crew = add_crew(server.url, plan.writers, 2 * plan.writers, datetime.now(UTC))
    server.start()
    try:
        with signed_in(server.port, crew.people) as browsers:
            writers = _writers(browsers, crew.child, chance)
            _write(writers, plan, interrupt, chance)
    finally:
        server.kill()
    held = held_by(server.url, {writer.page.assessment for writer in writers})
    sent = [each for writer in writers for each in writer.sent]
    return writers, outcome(sent, held, sum(writer.opened for writer in writers))


def kill_and_start(server: Server) -> Callable[[], None]:
    """The interruption that a kill -9 is."""

    def interrupt() -> None:
        server.kill()
        server.start()

    return interrupt


@contextmanager
def signed_in(port: int, people: Sequence[str]) -> Iterator[Sequence[Browser]]:
    """A browser for each of these people (their keys), signed in."""
    with ExitStack() as open_browsers:
        browsers = [open_browsers.enter_context(closing(Browser(port))) for _ in people]
        for browser, person in zip(browsers, people, strict=True):
            browser.sign_in(person)
        yield browsers


def _writers(browsers: Sequence[Browser], child: str, chance: random.Random) -> Sequence[Writer]:
    """The first two begin an assessment each, into which all others write too."""
    begun = [browser.begin(child) for browser in browsers[:2]]
    return [
        Writer(number, Page(browser, begun[number % len(begun)]), random.Random(chance.random()))
        for number, browser in enumerate(browsers)
    ]


def _write(writers: Sequence[Writer], plan: Plan, interrupt: Callable[[], None], chance: random.Random) -> None:
    with ThreadPoolExecutor(plan.writers) as pool:
        busy = [pool.submit(writer.write, lambda: _so_far(writers) >= plan.saves) for writer in writers]
        _interrupt_now_and_then(writers, busy, plan, interrupt, chance)
        for each in busy:
            each.result()


def _so_far(writers: Sequence[Writer]) -> int:
    return sum(writer.acknowledged for writer in writers)


def _interrupt_now_and_then(
    writers: Sequence[Writer],
    busy: "Sequence[Future[None]]",
    plan: Plan,
    interrupt: Callable[[], None],
    chance: random.Random,
) -> None:
    for number in range(plan.times):
        due = plan.saves * (number + chance.random()) / plan.times * 0.95
        while _so_far(writers) < due and not any(each.done() for each in busy):
            time.sleep(0.001)
        time.sleep(chance.random() * 0.03)
        interrupt()
