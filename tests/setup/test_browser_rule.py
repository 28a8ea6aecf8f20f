"""Tests that need a browser: tried, or said plainly not to have been, or failed where none may be skipped."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).parents[1] / "conftest.py"
ONE_BROWSER_TEST = """
import pytest

@pytest.mark.browser
def test_page():
    pass
"""


@pytest.fixture
def no_browser(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """One browser test under our conftest, on a machine without Chromium, on a developer's desk."""
    for name in ("PITH_CHROMIUM", "CI", "PITH_NO_SKIPS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("workshop.browser.NAMES", ())
    pytester.makeini("[pytest]\nmarkers = browser\n")
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(ONE_BROWSER_TEST)
    return pytester


def test_a_developer_is_told_what_was_not_tried(no_browser: pytest.Pytester) -> None:
    """Skipping is no failure at a desk, but the end of the run names it."""
    result = no_browser.runpytest_inprocess()
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["NOT TRIED: 1 browser tests: no Chromium*"])


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("PITH_NO_SKIPS", "1")])
def test_nothing_is_skipped_where_that_is_forbidden(
    no_browser: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """A build without a browser is not green."""
    monkeypatch.setenv(name, value)
    result = no_browser.runpytest_inprocess()
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*no Chromium*"])


def test_a_named_browser_is_used(no_browser: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """With PITH_CHROMIUM set the tests are tried."""
    monkeypatch.setenv("PITH_CHROMIUM", "/usr/bin/true")
    no_browser.runpytest_inprocess().assert_outcomes(passed=1)
