"""The developer's commands; each sets up what it needs, from nothing but Python 3.11 and the registries.

python3 dev.py run [--port N] [--no-demo]   serve Pith with the demo's people, or your own records without them
python3 dev.py test [PYTEST ARGUMENTS]      every test, in a real browser and on both databases too
python3 dev.py check                        style, types, import contracts, documentation
python3 dev.py golden [PYTEST ARGUMENTS]    rewrite the golden files; read the difference before you commit it
python3 dev.py bench [ARGUMENTS]            measure against the floors
python3 dev.py pith ARGUMENTS               the pith command, from this checkout
python3 dev.py lock                         pin the newest packages that pyproject.toml and package.json allow
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import NoReturn

OLDEST = (3, 11)


def find_newer_python() -> None:
    """Start again under a newer Python of this machine where this one is too old, or say so."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(newer, [newer, *sys.argv])
    sys.exit(f"Pith needs Python 3.11 or later; this is Python {sys.version.split()[0]}.")


find_newer_python()

from workshop import browser, locks, postgres  # noqa: E402
from workshop.environment import BIN, PYTHON, VENV, python_environment  # noqa: E402
from workshop.page_packages import page_packages  # noqa: E402
from workshop.steps import ROOT, CannotSetUp, must, say  # noqa: E402

CHECKS: Mapping[str, list[str]] = {
    "style": ["ruff", "check", "."],
    "layout": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "import contracts": ["lint-imports", "--no-logo"],
    "documentation": ["pytest", "tests/docs"],
}


def run(arguments: list[str]) -> int:
    """Serve Pith from this checkout."""
    parser = argparse.ArgumentParser(prog="dev.py run", description="Serve Pith from this checkout.")
    parser.add_argument("--port", type=int, help="the port to listen on")
    words = "no fictional people: your own records, for those who have an account"
    parser.add_argument("--no-demo", action="store_true", help=words)
    chosen = parser.parse_args(arguments)
    port = [] if chosen.port is None else ["--port", str(chosen.port)]
    return pith(["run", *port, *([] if chosen.no_demo else ["--demo"])])


def pith(arguments: list[str]) -> int:
    """The pith command in the project's environment; what it prints and its exit code are its own."""
    # With numpy and scipy, which work out what came of a trial; an installation can do without.
    python_environment("trials")
    if arguments[:1] == ["run"]:
        assets()
    become([str(PYTHON), "-m", "webapp.cli", *arguments])


def test(arguments: list[str]) -> int:
    """Every test; the end of the run says what was skipped for want of a browser or of PostgreSQL."""
    python_environment("dev")
    assets()
    found = {browser.SETTING: browser.browser(), postgres.SETTING: postgres.postgres()}
    # Twice as many as processors: a good part of the tests waits for browsers and servers.
    # Who has nothing left to do takes over from the others, or the last minutes belong to a few slow files.
    spread = ["-n", str(min(8, 2 * (os.cpu_count() or 1))), "--dist", "worksteal"]
    workers = [] if "-n" in arguments else spread
    more = {name: place for name, place in found.items() if place}
    return call([str(BIN / "pytest"), *workers, *arguments], more)


def check(arguments: list[str]) -> int:
    """Everything that can be told of the code without using it; all of it, also after a failure."""
    if arguments:
        sys.exit("dev.py check takes no arguments.")
    python_environment("dev")
    failed = []
    for name, (tool, *rest) in CHECKS.items():
        say(f"== {name}: {' '.join([tool, *rest])}")
        if call([str(BIN / tool), *rest]):
            failed.append(name)
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def golden(arguments: list[str]) -> int:
    """Rewrite the golden files from what the code gives now."""
    python_environment("dev")
    assets()
    return call([str(BIN / "pytest"), "-m", "golden", *arguments], {"PITH_REWRITE_GOLDEN": "1"})


def bench(arguments: list[str]) -> int:
    """Measure against the floors."""
    python_environment("dev")
    assets()
    return call([str(PYTHON), "-m", "benchmarks", *arguments])


def lock(arguments: list[str]) -> int:
    """Pin packages anew; arguments go to uv, such as --upgrade-package NAME instead of everything."""
    python_environment("dev")
    locks.remake(arguments or ["--upgrade"])
    return 0


def assets() -> None:
    """The styles and scripts as the server hands them out; quick where nothing changed."""
    page_packages()
    must([PYTHON, "-m", "webapp.assets"], "The styles and scripts could not be made.", surroundings())


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A command's environment variables: the checkout on Python's path, its tools first on PATH.

    What Python compiles is kept in `.venv`, also where it may leave nothing beside the sources: each of the many
    processes of a test run would compile every module again.
    """
    python_path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    path = os.pathsep.join(filter(None, [str(BIN), os.environ.get("PATH")]))
    compiled = {"PYTHONPYCACHEPREFIX": str(VENV / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **compiled, "PYTHONPATH": python_path, "PATH": path, **(more or {})}


def call(command: list[str], more: Mapping[str, str] | None = None) -> int:
    """Run a command from the project's root in full view; its exit code."""
    return subprocess.run(command, cwd=ROOT, env=surroundings(more), check=False).returncode


def become(command: list[str]) -> NoReturn:
    """Hand this process over to a command, in the folder where the developer stands: signals reach it."""
    if os.name == "nt":
        sys.exit(subprocess.run(command, env=surroundings(), check=False).returncode)
    os.execve(command[0], command, surroundings())


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "golden": golden,
    "bench": bench,
    "pith": pith,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    """Do the named command; 2 where there is none of that name."""
    if arguments[:1] in ([], ["-h"], ["--help"]):
        print(__doc__)
        return 0 if arguments else 2
    name, *rest = arguments
    if name not in COMMANDS:
        say(f"There is no command {name}.\n{__doc__}")
        return 2
    try:
        return COMMANDS[name](rest)
    except CannotSetUp as trouble:
        say(str(trouble))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
