"""What the result of a large trial costs: worked out at its first opening, and the page that everybody sees after."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import event

from benchmarks.measure import Figure, side_by_side
from benchmarks.server import NOW, Browser, served
from tests.webapp.trials.made import Made, made, person
from webapp import current
from webapp.store.database import Database, reading, writing
from webapp.store.trial_working_out import worked_out
from webapp.store.trials import Trial

TEAMS, FORMS, REPEATS = 200, 100_000, 3
POLICY = "Rowan Tideswell"
ABANDONED = 5


def figures() -> Iterator[Figure]:
    """Every figure of results: seconds of CPU time, and statements that were asked of the database."""
    with served() as app:
        surroundings: current.Surroundings = app.extensions["pith"]
        trial = large_trial(surroundings.database, TEAMS, FORMS)
        browser, address = Browser(app.test_client()), f"/trials/{trial.key}/result"
        browser.sign_in(POLICY)
        browser.get(address)
        browser.post(address, {})
        taken, page = side_by_side(
            [partial(work_out, surroundings.database, trial), partial(browser.get, address)], REPEATS
        )
        asked = statements_of(surroundings.database, trial)
    yield Figure(f"a result of {FORMS:,} forms in {TEAMS} teams", taken / 1000, "s", bar=3)
    yield Figure("its page, once it is kept", page / 1000, "s", bar=3)
    yield Figure("statements that it asks of the database", asked, "", bar=14)


def large_trial(database: Database, teams: int, forms: int) -> Trial:
    """A trial that ended: two main outcomes, a few forms of each team abandoned."""
    usual = {f"Team {number:03}": 80.0 + (number * 37) % 41 - (number >= teams // 2) * 8 for number in range(teams)}
    what = Made(teams=usual, forms=forms // teams - ABANDONED, abandoned=ABANDONED, secondary=())
    with writing(database) as connection:
        return made(connection, person(connection, POLICY), what)


def work_out(database: Database, trial: Trial) -> dict[str, Any]:
    """The result as it is worked out at the first opening."""
    with reading(database) as connection:
        return worked_out(connection, person(connection, POLICY), trial, NOW)


def statements_of(database: Database, trial: Trial) -> int:
    """How many statements working it out asks, whatever the number of forms."""
    found: list[str] = []

    def note(*given: Any) -> None:
        found.append(given[2])

    event.listen(database, "before_cursor_execute", note)
    work_out(database, trial)
    event.remove(database, "before_cursor_execute", note)
    return len(found)
