"""What a page shows of a terminal: pith commands, each with all that it prints."""

import re
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO

from webapp.cli import main
from workshop.steps import ROOT

PROMPT = "$ python3 dev.py pith "
_CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


def replayed(page: str) -> str:
    """The page with every command that it shows given again, from the project's root."""
    return _CONSOLE.sub(lambda found: "".join(_given_again(found[0])), page)


def _given_again(console: str) -> Iterator[str]:
    for line in console.splitlines(keepends=True):
        if line.startswith(PROMPT):
            yield line + printed_by(line.removeprefix(PROMPT).split())


def printed_by(arguments: list[str]) -> str:
    """What a pith command prints, on standard output and standard error together."""
    with StringIO() as printed, redirect_stdout(printed), redirect_stderr(printed), chdir(ROOT):
        main(arguments)
        return printed.getvalue()
