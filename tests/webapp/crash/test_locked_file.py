"""A SQLite file that another program holds: a save waits for it, and is told when it waits in vain."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from flask import Flask

from tests.webapp.assessments.conftest import desk
from tests.webapp.assessments.desk import Desk
from webapp.config import Settings
from webapp.current import Surroundings
from webapp.store.database import open_database

__all__ = ["desk"]

HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
held.execute("ROLLBACK")
"""


@contextmanager
def _held_by_another(settings: Settings) -> Iterator["subprocess.Popen[str]"]:
    """Another process holds the lock that every writer needs, until its input is closed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.data / "demo.sqlite")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder


def _let_go(holder: "subprocess.Popen[str]") -> None:
    assert holder.stdin is not None
    holder.stdin.close()
    holder.wait()


def test_a_save_waits_for_a_file_that_is_held_for_three_seconds(desk: Desk, settings: Settings) -> None:
    """A backup or another program at the same file costs patience, nothing else."""
    page = desk.open("visit")
    with _held_by_another(settings) as holder:
        began = time.monotonic()
        later = threading.Timer(3, _let_go, [holder])
        later.start()
        response = desk.save("visit", {"q-contact": "phone"}, page)
        waited = time.monotonic() - began
        later.join()
    assert response.headers["Pith-Save"] == "saved"
    assert waited >= 2.9
    assert desk.open("visit").fields()["q-contact"] == ["phone"]


def test_a_save_that_waited_in_vain_is_told_and_the_next_one_works(desk: Desk, settings: Settings, app: Flask) -> None:
    """The words say that nothing on the page is lost; sent again under the same key, it is saved."""
    page = desk.open("visit")
    surroundings = cast("Surroundings", app.extensions["pith"])
    impatient = open_database(settings.database_url, wait=0.3)
    app.extensions["pith"] = replace(surroundings, database=impatient)
    with _held_by_another(settings) as holder:
        refused = desk.save("visit", {"q-contact": "phone"}, page, key="the same")
        _let_go(holder)
    assert (refused.status_code, refused.headers["Pith-Refused"]) == (503, "busy")
    assert "What you wrote is still on your page." in refused.text
    again = desk.save("visit", {"q-contact": "phone"}, page, key="the same")
    assert again.headers["Pith-Save"] == "saved"
    impatient.dispose()
