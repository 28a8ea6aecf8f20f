"""Tests that need a browser or PostgreSQL: tried, or said plainly not to have been, or failed where none may be."""

from pathlib import Path

import pytest

from workshop import postgres

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).parents[1] / "conftest.py"
ONE_OF_EACH = """
import pytest

@pytest.mark.browser
def test_page():
    pass

@pytest.mark.postgres
def test_store():
    pass
"""


@pytest.fixture
def bare(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A browser test and one of PostgreSQL under our conftest, on a developer's machine without either."""
    for name in ("PITH_CHROMIUM", "PITH_POSTGRES", "CI", "PITH_NO_SKIPS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("workshop.browser.SHELLS", ())
    monkeypatch.setattr("workshop.browser.NAMES", ())
    monkeypatch.setattr("workshop.postgres.PLACES", ())
    monkeypatch.setattr("workshop.postgres.shutil.which", lambda name: None)
    pytester.makeini("[pytest]\nmarkers =\n    browser\n    postgres\n")
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(ONE_OF_EACH)
    return pytester


def test_a_developer_is_told_what_was_not_tried(bare: pytest.Pytester) -> None:
    """Skipping is no failure at a desk, but the end of the run names it."""
    result = bare.runpytest_inprocess()
    result.assert_outcomes(skipped=2)
    result.stdout.fnmatch_lines(
        ["NOT TRIED: 1 browser tests: no Chromium*", "NOT TRIED: 1 postgres tests: no PostgreSQL*"]
    )


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("PITH_NO_SKIPS", "1")])
def test_nothing_is_skipped_where_that_is_forbidden(
    bare: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """A build without a browser or without PostgreSQL is not green."""
    monkeypatch.setenv(name, value)
    result = bare.runpytest_inprocess()
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert result.parseoutcomes() == {"errors": 2}
    result.stdout.fnmatch_lines(["*no Chromium*"])
    result.stdout.fnmatch_lines(["*no PostgreSQL*"])


def test_what_is_named_is_used(bare: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """With both set the tests are tried."""
    monkeypatch.setenv("PITH_CHROMIUM", "/usr/bin/true")
    monkeypatch.setenv("PITH_POSTGRES", "/usr/bin")
    bare.runpytest_inprocess().assert_outcomes(passed=2)


def _programs(folder: Path, version: str) -> Path:
    """A folder of a server's programs that know only their version."""
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def test_the_newest_server_of_a_machine_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten comes after nine; a folder without all that is needed is passed over; a named one stands above all."""
    old, new, half = (tmp_path / name / "bin" for name in ("9", "16", "17"))
    _programs(old, "9.6.24")
    _programs(new, "16.14 (Debian 16.14-1)")
    (_programs(half, "17.2") / "initdb").unlink()
    monkeypatch.delenv("PITH_POSTGRES", raising=False)
    monkeypatch.setattr(postgres, "PLACES", (f"{tmp_path}/*/bin",))
    monkeypatch.setattr("workshop.postgres.shutil.which", lambda name: None)
    assert postgres.system_postgres() == str(new)
    monkeypatch.setenv("PITH_POSTGRES", str(old))
    assert postgres.system_postgres() == str(old)
    monkeypatch.setenv("PITH_POSTGRES", str(tmp_path))
    assert postgres.system_postgres() == str(new)


def test_installing_a_server_starts_none(tmp_path: Path) -> None:
    """While it is installed the machine's rule is that nothing starts; afterwards there is no such rule any more."""
    policy = tmp_path / "policy-rc.d"
    with postgres.starting_nothing(policy):
        assert policy.read_text(encoding="utf-8").endswith("exit 101\n")
        assert policy.stat().st_mode & 0o111
    assert not policy.exists()
    policy.write_text("a rule of the machine's own", encoding="utf-8")
    with postgres.starting_nothing(policy):
        pass
    assert policy.read_text(encoding="utf-8") == "a rule of the machine's own"
