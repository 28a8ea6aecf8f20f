"""The pinned packages: requirements/*.txt from pyproject.toml, package-lock.json from package.json."""

from pathlib import Path

from workshop.environment import REQUIREMENTS, installer
from workshop.page_packages import npm
from workshop.steps import ROOT, Command, must, say

EXTRAS = ("oidc", "pdf", "postgres", "trials", "xlsform")
TOOLS = ("node", "postgres-server", "uv")
HEADER = "# Made by `python3 dev.py lock` from pyproject.toml; do not edit.\n"
COMPILE: Command = [
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-annotate",
    "--python-version",
    "3.11",
]
PROJECT = "pyproject.toml"


def remake(freedom: list[str]) -> None:
    """Write every lock file anew; `freedom` says to uv what may move, such as ["--upgrade"].

    Base first: the others keep to its versions, so that any two of them can be installed together.
    Raises CannotSetUp where a registry is out of reach or no versions fit together.
    """
    base = REQUIREMENTS / "base.txt"
    _compile("base", [*freedom, PROJECT])
    for extra in EXTRAS:
        _compile(extra, [*freedom, PROJECT, "--extra", extra, f"--constraints={base}"])
    for tool in TOOLS:
        _compile(tool, [*freedom, "--group", tool])
    together = [f"--constraints={REQUIREMENTS / name}.txt" for name in ("base", *EXTRAS, "uv")]
    _compile("dev", [*freedom, PROJECT, "--all-extras", "--group", "dev", *together])
    say("package-lock.json ...")
    flags = ["--package-lock-only", "--omit-lockfile-registry-resolved", "--ignore-scripts", "--no-audit"]
    must([*npm(), "install", *flags], "package-lock.json could not be made.")


def _compile(name: str, options: list[str]) -> None:
    path = REQUIREMENTS / f"{name}.txt"
    say(f"{path.relative_to(ROOT)} ...")
    must([installer(), *COMPILE, *options, "--output-file", path], f"{path.name} could not be made.")
    _sign(path)


def _sign(path: Path) -> None:
    pins = path.read_text(encoding="utf-8").removeprefix(HEADER)
    path.write_text(HEADER + pins, encoding="utf-8")
