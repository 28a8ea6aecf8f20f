"""What every test can use: the browser or a plain reason for doing without, and golden files."""

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from workshop import browser, postgres

GOLDEN = Path(__file__).parent / "golden"
WANTED = {
    "browser": (browser.SETTING, "no Chromium on this machine; `python3 dev.py test` tries to fetch one"),
    "postgres": (postgres.SETTING, "no PostgreSQL on this machine; `python3 dev.py test` tries to fetch one"),
}
"""What a test may be marked to want of a machine: the variable that says where it is, and why there is none."""


# No test passes or fails by the clock: a machine that does something else at the same time is no fault of the code.
# Few examples of each law: the whole suite has to run in minutes; a law in doubt is tried with more by hand.
settings.register_profile("unhurried", settings.default, deadline=None, max_examples=30)
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """A plain `pytest` finds the system's programs too; workers inherit what was found."""
    for setting, find in (
        (browser.SETTING, browser.system_browser),
        (postgres.SETTING, postgres.system_postgres),
    ):
        if setting not in os.environ and (found := find()):
            os.environ[setting] = found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that takes the golden fixture carries its marker, for `dev.py golden`; who waits longest begins."""
    for item in items:
        if "golden" in getattr(item, "fixturenames", ()):
            item.add_marker("golden")
    items.sort(key=lambda item: item.get_closest_marker("waits") is None)


def pytest_collection_finish() -> None:
    """Tests that stay to the end are not searched for rubbish over and over, which took a third of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What a machine lacks is skipped at a developer's desk and fails where nothing may be skipped."""
    lacking = [why for name, (at, why) in WANTED.items() if item.get_closest_marker(name) and at not in os.environ]
    if not lacking:
        return
    if os.environ.get("CI") == "true" or os.environ.get("PITH_NO_SKIPS") == "1":
        pytest.fail(lacking[0], pytrace=False)
    pytest.skip(lacking[0])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The end of a run says plainly what was not tried."""
    skipped = terminalreporter.stats.get("skipped", [])
    for name, (_, why) in WANTED.items():
        number = sum(why in str(each.longrepr) for each in skipped)
        if number:
            terminalreporter.write_line(f"NOT TRIED: {number} {name} tests: {why}.", yellow=True)


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a text with tests/golden/<name>, or writes it there when `dev.py golden` runs."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if "PITH_REWRITE_GOLDEN" in os.environ:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{name} is not there yet: `python3 dev.py golden` writes it"
        assert text == path.read_text(encoding="utf-8")

    return compare
