"""What every test can use: the browser or a plain reason for doing without, and golden files."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.browser import SETTING, system_browser

GOLDEN = Path(__file__).parent / "golden"
NO_BROWSER = "no Chromium on this machine; `python3 dev.py test` tries to fetch one"


def pytest_configure() -> None:
    """A plain `pytest` finds the system's browser too; workers inherit what was found."""
    if SETTING not in os.environ and (found := system_browser()):
        os.environ[SETTING] = found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that takes the golden fixture carries its marker, so `dev.py golden` finds it."""
    for item in items:
        if "golden" in getattr(item, "fixturenames", ()):
            item.add_marker("golden")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without a browser its tests are skipped on a developer's machine and fail where none may be skipped."""
    if item.get_closest_marker("browser") is None or SETTING in os.environ:
        return
    if os.environ.get("CI") == "true" or os.environ.get("PITH_NO_SKIPS") == "1":
        pytest.fail(NO_BROWSER, pytrace=False)
    pytest.skip(NO_BROWSER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The end of a run says plainly what was not tried."""
    skipped = [each for each in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(each.longrepr)]
    if skipped:
        terminalreporter.write_line(f"NOT TRIED: {len(skipped)} browser tests: {NO_BROWSER}.", yellow=True)


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
