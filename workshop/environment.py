"""The project's own Python environment in `.venv`, holding exactly the pinned packages."""

import os
import shutil
import sys
from pathlib import Path

from workshop.steps import (
    ROOT,
    CannotSetUp,
    Command,
    apt_install,
    fingerprint,
    must,
    one_at_a_time,
    outcome,
    say,
    works,
)

VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
REQUIREMENTS = ROOT / "requirements"
STAMP = VENV / "pith-packages"

NO_INSTALLER = """This Python cannot make an environment with an installer in it: no ensurepip, pip or uv.
Install one of them, then run the command again. On Debian or Ubuntu: sudo apt install python3-venv"""
NO_PACKAGES = "The pinned packages could not be installed. Is the package registry within reach?"


def python_environment(wanted: str) -> None:
    """Make `.venv` hold the packages of requirements/<wanted>.txt; "dev" serves whoever wants less.

    Quick where nothing changed since the last time; from nothing where the last time was cut short. Raises CannotSetUp.
    """
    with one_at_a_time():
        _environment(wanted)


def _environment(wanted: str) -> None:
    held = STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""
    usable = works([PYTHON, "-c", ""])
    if usable and held in {_stamp(wanted), _stamp("dev")}:
        return
    if not usable or not held:
        _make_environment()
    level = "dev" if held.startswith("dev ") else wanted
    say(f"Installing the pinned packages of requirements/{level}.txt ...")
    STAMP.unlink(missing_ok=True)
    _install(installer(), [REQUIREMENTS / f"{level}.txt", REQUIREMENTS / "uv.txt"])
    STAMP.write_text(_stamp(level), encoding="utf-8")


def installer() -> Path:
    """The environment's uv, fetched by whichever pip this machine has; raises CannotSetUp without one."""
    beside, apart = BIN / "uv", VENV / "uv" / "bin" / "uv"
    pinned: Command = ["install", "--quiet", "--require-hashes", "-r", REQUIREMENTS / "uv.txt"]
    for place, fetch in (
        (beside, [PYTHON, "-m", "pip", *pinned]),
        (apart, [sys.executable, "-m", "pip", *pinned, "--target", VENV / "uv"]),
    ):
        if works([place, "--version"]) or (works(fetch) and works([place, "--version"])):
            return place
    elsewhere = shutil.which("uv")
    if elsewhere is None:
        raise CannotSetUp(NO_INSTALLER)
    return Path(elsewhere)


def _make_environment() -> None:
    """A fresh `.venv`, with pip in it where this Python brings one."""
    say(f"Making .venv with Python {sys.version.split()[0]} ...")
    make: Command = [sys.executable, "-m", "venv", "--clear"]
    if works([*make, VENV]):
        return
    if works([*make, "--without-pip", VENV]) and _installer_elsewhere():
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if (apt_install(f"python{version}-venv") or apt_install("python3-venv")) and works([*make, VENV]):
        return
    uv = shutil.which("uv")
    if uv is None:
        raise CannotSetUp(NO_INSTALLER)
    must([uv, "venv", "--clear", "--python", sys.executable, VENV], NO_INSTALLER)


def _installer_elsewhere() -> bool:
    return works([sys.executable, "-m", "pip", "--version"]) or shutil.which("uv") is not None


def _install(uv: Path, pinned: list[Path]) -> None:
    """By uv, else by pip, which may know of a registry that uv was not told of."""
    sync: Command = [uv, "pip", "sync", "--require-hashes", "--python", PYTHON, *pinned]
    succeeded, written = outcome(sync, {"UV_PYTHON_DOWNLOADS": "never"})
    if succeeded:
        return
    by_pip = [argument for path in pinned for argument in ("-r", path)]
    if not works([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", *by_pip]):
        raise CannotSetUp(f"{NO_PACKAGES}\nThe last words of uv:\n{written.strip()[-2000:]}")


def _stamp(level: str) -> str:
    files = [REQUIREMENTS / f"{level}.txt", REQUIREMENTS / "uv.txt"]
    return f"{level} {fingerprint(files, str(ROOT))}"
