"""What a page shows of a terminal: pith commands, each with all that it prints, on the files the page says to write."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from webapp.cli import main
from workshop.steps import ROOT

PROMPT = "$ python3 dev.py pith "
_FILE = r"`(?P<file>[\w./-]+\.json)`[^`\n]*:\n\n```json\n(?P<json>.*?)^```$"
_CONSOLE = r"(?<=^```console\n)(?P<console>.*?)(?=^```$)"
_STEP = re.compile(f"{_FILE}|{_CONSOLE}", re.DOTALL | re.MULTILINE)


def files_to_write(page: str) -> Mapping[str, str]:
    """The files a page tells its reader to write, as they stand at its end."""
    return {found["file"]: found["json"] for found in _STEP.finditer(page) if found["file"]}


def replayed(page: str) -> str:
    """The page with every step done again in order: files written, commands given.

    Commands are given from the project's root; where the page has files written, from an empty folder in its place.
    """
    with TemporaryDirectory() as folder, _data_in(f"{folder}/data"):
        desk = Path(folder, "desk") if files_to_write(page) else ROOT
        return _STEP.sub(lambda found: _done_again(found, desk), page)


@contextmanager
def _data_in(folder: str) -> Iterator[None]:
    """Have commands keep their records in a folder of the page's own."""
    before = dict(os.environ)
    os.environ.pop("PITH_DATABASE_URL", None)
    os.environ["PITH_DATA"] = folder
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _done_again(found: re.Match[str], desk: Path) -> str:
    if found["file"]:
        path = desk / found["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found["json"], encoding="utf-8")
        return found[0]
    with chdir(desk):
        return "".join(_given_again(found["console"]))


def _given_again(console: str) -> Iterator[str]:
    for line in console.splitlines(keepends=True):
        if line.startswith(PROMPT):
            yield line + printed_by(line.removeprefix(PROMPT).split())


def printed_by(arguments: list[str]) -> str:
    """What a pith command prints, on standard output and standard error together."""
    with StringIO() as printed, redirect_stdout(printed), redirect_stderr(printed):
        main(arguments)
        return printed.getvalue()
