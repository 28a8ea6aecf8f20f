"""The pith command: finds the command that was named, and turns refusals into plain words and an exit code."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Protocol, cast

from engine.errors import Refusal

COMMANDS: Mapping[str, str] = {
    "run": "serve Pith",
    "check": "tell everything that is wrong with forms, their cases, overlays and code lists",
    "outline": "say how long a form can get, with answers that prove it",
    "evaluate": "say what a form asks, given some answers",
    "definition-schema": "print the JSON Schema of definitions",
    "answer-schema": "print the JSON Schema of a form's completed answers",
    "publish": "publish definitions, so that people can begin them",
    "import": "turn a bundle from another Pith, or a spreadsheet, into a definition",
    "export": "turn a definition into a file that other tools read",
    "withdraw": "let nobody begin a version of a form any more",
    "create-admin": "make the first account: somebody who then adds everybody else",
    "trial": "draw teams by lot, analyse a trial, or simulate what a design would do",
    "demo": "make the demonstration's people and records anew",
}
"""Each command by its name; its module in `webapp.commands` has `add_arguments(parser)` and `run(chosen)`."""

PROBLEMS, UNUSABLE = 1, 2
"""Exit codes: a form has errors; the command was not used as it can be, or a file cannot be read."""


class Command(Protocol):
    """What a module of `webapp.commands` holds: its arguments, and what it does, giving the exit code."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, chosen: argparse.Namespace) -> int: ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; gives 0, 1 where problems were found, 2 where nothing could be done."""
    _print_whatever_comes()
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen = _parser(given[0] if given else "").parse_args(given)
    try:
        code = _module(chosen.command).run(chosen)
        sys.stdout.flush()
    except Refusal as refusal:
        print(f"pith {chosen.command}: {refusal.message}", file=sys.stderr)
        return PROBLEMS if refusal.code == "unsound" else UNUSABLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return int(code)


def _print_whatever_comes() -> None:
    """A terminal that cannot show a character is shown its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _parser(named: str) -> argparse.ArgumentParser:
    """Only the command that was named is loaded: checking a form need not load the web."""
    parser = argparse.ArgumentParser(prog="pith", description="Short, analytic assessment forms.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, meaning in COMMANDS.items():
        command = commands.add_parser(name, help=meaning, description=f"{meaning[0].upper()}{meaning[1:]}.")
        if name == named:
            _module(name).add_arguments(command)
    return parser


def _module(name: str) -> Command:
    return cast("Command", import_module(f"webapp.commands.{name.replace('-', '_')}"))


if __name__ == "__main__":
    sys.exit(main())
