"""An application for each test, put together once in a process: making one reads every route and every template."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flask import Flask

from tests.webapp.visitor import Visitor
from webapp import create_app
from webapp.config import Settings
from webapp.current import Surroundings
from webapp.store.database import open_database

_made: dict[Settings, Flask] = {}
BEFORE_AND_AFTER = ("before_request_funcs", "after_request_funcs", "teardown_request_funcs")


def application(settings: Settings, clock: Callable[[], datetime]) -> Flask:
    """An application as `create_app` makes it, with its own database, clock and hooks; its routes are shared.

    A test that adds a route calls `create_app` itself.
    """
    kind = replace(settings, data=Path(), database="")
    if kind not in _made:
        _made[kind] = create_app(settings, clock)
    made = copy(_made[kind])
    surroundings = Surroundings(settings, open_database(settings.database_url), clock)
    made.config = copy(made.config)
    made.extensions = {**made.extensions, "pith": surroundings}
    for hooks in BEFORE_AND_AFTER:
        ours = copy(getattr(made, hooks))
        ours.update({room: list(functions) for room, functions in ours.items()})
        setattr(made, hooks, ours)
    made.testing = True
    made.test_client_class = Visitor
    return made
