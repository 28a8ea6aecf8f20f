"""Gives pith commands as a terminal would, and keeps what they print."""

from dataclasses import dataclass

import pytest

from webapp.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command gave: its exit code and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Pith:
    """Runs commands in this process."""

    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: object) -> Ran:
        """Run one command, such as pith("check", path)."""
        self.capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
        return Ran(code, *self.capsys.readouterr())
