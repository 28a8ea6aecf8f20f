"""A PostgreSQL server of the tests' own, run by a user other than root, with databases put back as they were."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from workshop.postgres import OWN

SMALL = {
    "listen_addresses": "",
    "shared_buffers": "16MB",
    "max_connections": "40",
    "autovacuum": "off",
    "logging_collector": "off",
    "max_wal_size": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""A server for one test run: it listens on a socket in its own folder, and writes through to the disk as any does."""

START_SECONDS = 60


@dataclass
class Server:
    """A server over a folder of its own; `programs` is where PostgreSQL's lie, `owner` who runs it (None for us)."""

    programs: Path
    folder: Path
    owner: str | None
    process: "subprocess.Popen[Any] | None" = None
    numbers: "count[int]" = field(default_factory=count)

    def start(self) -> None:
        """Start, and return once it answers."""
        said = [part for name, value in SMALL.items() for part in ("-c", f"{name}={value}")]
        command: list[str | Path] = [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, *said]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **self._as_owner())
        self.process = process
        give_up = time.monotonic() + START_SECONDS
        while not self._answers():
            if process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError((self.folder / "log").read_text(encoding="utf-8", errors="replace"))
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop: SIGINT lets nobody finish but writes all down, SIGQUIT is a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql://pith@/{name}?host={self.folder}"

    def new_database(self) -> str:
        """An empty database; gives its name."""
        name = f"made{next(self.numbers)}"
        self.do(f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        """Throw a database away, whoever is still connected."""
        self.do(f"DROP DATABASE {name} WITH (FORCE)")

    def do(self, statement: str, name: str = "postgres") -> list[tuple[Any, ...]]:
        """Carry out a statement in a database, sharing nothing with the code under test; gives its rows."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def hang_up(self, name: str) -> None:
        """End every connection to a database, in the middle of whatever it is doing."""
        self.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def make(self) -> None:
        """Make the server's files."""
        told = ["--username=pith", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-instructions", "--no-sync"]
        self._run([self.programs / "initdb", *told, "-D", self.folder / "data"])

    def _answers(self) -> bool:
        try:
            self.do("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, command: Sequence[str | Path]) -> None:
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, **self._as_owner())
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)

    def _as_owner(self) -> dict[str, Any]:
        return (
            {} if self.owner is None else {"user": self.owner, "group": _numbers_of(self.owner)[1], "extra_groups": []}
        )


def new_server(programs: str) -> Server:
    """A server in a new folder, started; PostgreSQL refuses root, who runs it as somebody with fewer rights."""
    owner = _owner() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pith-"))
    folder.chmod(0o711)
    if owner is not None:
        shutil.chown(folder, owner)
    try:
        server = Server(_within_reach(Path(programs), folder, owner), folder, owner)
        server.make()
        server.start()
    except BaseException:
        shutil.rmtree(folder)
        raise
    return server


def _within_reach(programs: Path, folder: Path, owner: str | None) -> Path:
    """The programs where their runner may use them: our own package's are copied from a folder closed to others."""
    try:
        subprocess.run([programs / "postgres", "--version"], user=owner, check=True, capture_output=True, cwd="/")
    except (OSError, subprocess.CalledProcessError):
        if not programs.is_relative_to(OWN):
            raise
        copy = Path(shutil.copytree(OWN, folder / "programs", symlinks=True))
        for path in (copy, *copy.rglob("*")):
            os.chown(path, _numbers_of(str(owner))[0], -1, follow_symlinks=False)
        return copy / programs.relative_to(OWN)
    return programs


def _owner() -> str:
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _numbers_of(owner: str) -> tuple[int, int]:
    import pwd

    entry = pwd.getpwnam(owner)
    return entry.pw_uid, entry.pw_gid


@dataclass(frozen=True)
class Kept:
    """A database that can be put back as it was when it was kept; copying one takes a hundred times as long."""

    server: Server
    name: str
    tables: Sequence[str]

    @property
    def url(self) -> str:
        """Its address."""
        return self.server.url(self.name)

    def keep(self) -> None:
        """Remember every row of the tables, each of which refers only to those before it."""
        copies = [f"CREATE TABLE kept.{table} AS TABLE {table}" for table in self.tables]
        self.server.do("; ".join(["CREATE SCHEMA kept", *copies]), self.name)

    def put_back(self) -> None:
        """Make the rows what they were, and let go of every connection."""
        self.server.hang_up(self.name)
        empty = [f"DELETE FROM {table}" for table in reversed(self.tables)]
        fill = [f"INSERT INTO {table} TABLE kept.{table}" for table in self.tables]
        unguarded = "SET session_replication_role = replica"  # the tables that only grow are emptied too
        self.server.do("; ".join([unguarded, *empty, *fill]), self.name)
