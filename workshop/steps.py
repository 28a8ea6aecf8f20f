"""One step of a set-up: told in a line, run out of sight, and shown in full only when it fails."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

Command = list[str | Path]


class CannotSetUp(Exception):
    """Something this machine lacks stops the command; the message says what to do."""


def say(line: str) -> None:
    """Tell the developer what happens, on standard error so that standard output stays the command's own."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold back while another command sets up this checkout; goes on at once where the system has no such locks."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (ROOT / ".setting-up").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another command that sets up this checkout ...")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def outcome(command: Command, env: Mapping[str, str] | None = None) -> tuple[bool, str]:
    """Run a command from the project's root: whether it succeeded, and all that it wrote."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, done.stdout


def works(command: Command) -> bool:
    """Whether a command can be started and succeeds."""
    return outcome(command)[0]


def must(command: Command, trouble: str, env: Mapping[str, str] | None = None) -> None:
    """Run a command; raises CannotSetUp with the trouble in plain words and what the command wrote."""
    succeeded, written = outcome(command, env)
    if not succeeded:
        raise CannotSetUp(f"{trouble}\nThe last words of {Path(command[0]).name}:\n{written.strip()[-2000:]}")


def apt_install(*packages: str) -> bool:
    """Install system packages where apt is here and we may use it; whether it worked."""
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say(f"Installing {' and '.join(packages)} with apt ...")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    outcome([apt, "update"], quiet)
    return outcome([apt, "install", "-y", "--no-install-recommends", *packages], quiet)[0]


def fingerprint(paths: Iterable[Path], *facts: str) -> str:
    """A SHA-256 over some files' contents and some facts, to tell whether a set-up is still the same."""
    digest = hashlib.sha256("\n".join(facts).encode())
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
