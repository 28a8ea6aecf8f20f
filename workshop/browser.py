"""The Chromium that drives the browser tests: the system's, the package manager's, or Playwright's."""

import os
import shutil
from pathlib import Path

from workshop.environment import PYTHON, VENV
from workshop.steps import apt_install, outcome, say, works

SETTING = "PITH_CHROMIUM"
ASKED = VENV / "asked-for-a-light-browser"
# Chromium without the window that nobody sees: the same pages for two thirds of the processor's time.
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PLAYWRIGHTS = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def system_browser() -> str | None:
    """The path of a Chromium that starts: the one named in PITH_CHROMIUM, else the system's."""
    return _first_of(os.environ.get(SETTING), *map(shutil.which, (*SHELLS, *NAMES)))


def browser() -> str | None:
    """The path of a Chromium, installed where that is missing and allowed; None where it cannot be had."""
    return _light_browser() or system_browser() or _from_apt() or _from_playwright()


def _light_browser() -> str | None:
    """The browser that was named, or one without windows; where apt cannot give it, any other will do."""

    def found() -> str | None:
        return _first_of(os.environ.get(SETTING), *map(shutil.which, SHELLS))

    here = found()
    if here is None and not ASKED.exists():
        ASKED.touch()  # where apt has none it is not asked again with every run
        here = found() if apt_install(SHELLS[0], "fonts-liberation") else None
    return here


def _first_of(*paths: str | None) -> str | None:
    return next((path for path in paths if path and works([path, "--version"])), None)


def _from_apt() -> str | None:
    return system_browser() if apt_install("chromium", "fonts-liberation") else None


def _from_playwright() -> str | None:
    path = _playwrights_path()
    if path is None:
        say("Fetching a browser with Playwright ...")
        outcome([PYTHON, "-m", "playwright", "install", "chromium"])
        path = _playwrights_path()
    return path


def _playwrights_path() -> str | None:
    _, written = outcome([PYTHON, "-c", PLAYWRIGHTS])
    path = written.strip()
    return path if Path(path).is_file() and works([path, "--version"]) else None
