"""The developer's commands: documented, plain about mistakes, and needing nothing but Python."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from workshop.steps import ROOT, CannotSetUp, fingerprint, must, outcome

SOURCES = [ROOT / "dev.py", *sorted((ROOT / "workshop").glob("*.py"))]


def _imported(source: Path) -> set[str]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    whole = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    parts = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in whole | parts}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_set_up_needs_only_the_standard_library(source: Path) -> None:
    """It runs before anything is installed."""
    assert _imported(source) <= {*sys.stdlib_module_names, "workshop"}


def test_every_command_is_explained() -> None:
    """What `dev.py` prints without a command names each one."""
    explained = {line.split()[2] for line in (dev.__doc__ or "").splitlines() if line.startswith("python3 ")}
    assert explained == set(dev.COMMANDS)


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--help"], 0), (["tset"], 2)])
def test_a_mistyped_command_shows_what_there_is(arguments: list[str], code: int) -> None:
    """Without a known command nothing is set up."""
    done = subprocess.run([sys.executable, ROOT / "dev.py", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "dev.py run" in done.stdout + done.stderr


def test_trouble_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A set-up that cannot be done ends with its reason on standard error, without a traceback."""

    def impossible(wanted: str) -> None:
        raise CannotSetUp(f"no {wanted} today")

    monkeypatch.setattr(dev, "python_environment", impossible)
    assert dev.main(["check"]) == 1
    assert capsys.readouterr() == ("", "no dev today\n")


def test_a_failed_step_shows_what_its_command_wrote() -> None:
    """The words in front are ours, what follows is the command's."""
    with pytest.raises(CannotSetUp, match=r"(?s)It broke\..*the very reason"):
        must([sys.executable, "-c", "raise SystemExit('the very reason')"], "It broke.")


def test_a_command_that_is_not_there_has_simply_failed() -> None:
    """A missing program is an outcome, not a crash."""
    succeeded, written = outcome([ROOT / "no-such-program"])
    assert not succeeded
    assert "no-such-program" in written


def test_a_set_up_is_done_again_when_a_file_or_a_fact_changes(tmp_path: Path) -> None:
    """The fingerprint is the same for the same files, another for other content or another place."""
    pinned = tmp_path / "base.txt"
    pinned.write_text("flask==1", encoding="utf-8")
    first = fingerprint([pinned], "here")
    assert fingerprint([pinned], "here") == first
    assert fingerprint([pinned], "there") != first
    pinned.write_text("flask==2", encoding="utf-8")
    assert fingerprint([pinned], "here") != first


@pytest.mark.parametrize(
    ("arguments", "handed_on"),
    [
        ([], ["run", "--demo"]),
        (["--port", "8123"], ["run", "--port", "8123", "--demo"]),
        (["--no-demo"], ["run"]),
    ],
)
def test_run_means_the_demo_unless_told(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], handed_on: list[str]
) -> None:
    """`dev.py run` is `pith run --demo`; `--no-demo` takes the people away."""
    handed: list[list[str]] = []
    monkeypatch.setattr(dev, "pith", handed.append)
    dev.main(["run", *arguments])
    assert handed == [handed_on]
