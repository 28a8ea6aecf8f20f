"""The pith command as a whole: what it offers, what it does with mistakes, and how it leaves."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest

from tests.webapp.commands import Pith
from webapp import cli
from webapp.library import LIBRARY

ROOT = LIBRARY.parent


def test_every_command_has_its_module(pith: Pith) -> None:
    """Each says what it does and what it takes."""
    assert pith("--help").code == 0
    for name, meaning in cli.COMMANDS.items():
        ran = pith(name, "--help")
        assert ran.code == 0
        assert meaning[1:] in " ".join(ran.out.split())
        module = import_module(f"webapp.commands.{name.replace('-', '_')}")
        assert (module.__doc__ or "").startswith(f"pith {name}")
        module.add_arguments(ArgumentParser())


@pytest.mark.parametrize(
    "arguments",
    [[], ["fly"], ["check"], ["evaluate", "x.json"], ["demo"], ["run", "--port", "0"], ["run", "--port", "x"]],
)
def test_a_command_used_wrongly_is_told_how(arguments: list[str], pith: Pith) -> None:
    """Exit code 2 and a line of usage."""
    ran = pith(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "usage: pith" in ran.err


def test_the_definition_schema_holds_what_ships(pith: Pith) -> None:
    """Any validator can use the printed schema on any definition."""
    schema = json.loads(pith("definition-schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    definition = json.loads((LIBRARY / "visit" / "1.json").read_text(encoding="utf-8"))
    assert list(validator.iter_errors(definition)) == []
    assert list(validator.iter_errors({**definition, "titel": "x"}))


def test_the_answer_schema_of_a_form(pith: Pith) -> None:
    """It is a schema of its own that refuses blank answers where some are required."""
    schema = json.loads(pith("answer-schema", LIBRARY / "visit" / "1.json").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(jsonschema.Draft202012Validator(schema).iter_errors({}))


def _in_a_shell(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_reader_that_stops_reading_is_no_error() -> None:
    """Piping into head leaves no traceback."""
    ran = _in_a_shell(f"{sys.executable} -m webapp.cli definition-schema | head -c 10")
    assert (ran.stdout, ran.stderr) == ('{\n  "$schem'[:10], "")


def test_checking_loads_neither_web_nor_database() -> None:
    """A short command is not slowed by what it does not use."""
    script = (
        "import sys; from webapp.cli import main; main(['definition-schema']); "
        "sys.exit(bool({'flask', 'sqlalchemy', 'waitress'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_interrupting_is_quiet(pith: Pith, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C ends a command with the code that shells know, and no traceback."""

    def interrupted(path: Path, day: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("webapp.commands.check.problems_of_definition", interrupted)
    ran = pith("check", LIBRARY / "visit" / "1.json")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_a_terminal_without_our_characters_is_no_obstacle() -> None:
    """What it cannot show is written as a number."""
    ran = subprocess.run(
        [sys.executable, "-m", "webapp.cli", "check", "no-such-\udcff.json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, b"Traceback" in ran.stderr) == (2, False)
