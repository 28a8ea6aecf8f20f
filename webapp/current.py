"""What a view asks of the request it answers: who is looking, what time it is, and a transaction."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import current_app, g, session

from webapp import clock
from webapp.access import Viewer
from webapp.config import Settings
from webapp.store import database
from webapp.store.database import Connection, Database
from webapp.store.sessions import viewer_of_session


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one application works with: its settings, its database and its clock (UTC, replaced in tests)."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime]


def surroundings() -> Surroundings:
    """Those of the application that answers this request."""
    return cast("Surroundings", current_app.extensions["pith"])


def now() -> datetime:
    """This moment, in UTC."""
    return surroundings().clock()


def today() -> date:
    """The day it is in the United Kingdom."""
    return clock.london_day(now())


def reading() -> AbstractContextManager[Connection]:
    """A transaction for the store's functions that change nothing: `with current.reading() as connection`."""
    return database.reading(surroundings().database)


def writing() -> AbstractContextManager[Connection]:
    """A transaction for those that change something; what it did is on the disk when its block ends."""
    return database.writing(surroundings().database)


def signed_in() -> Viewer | None:
    """Who is looking; None where nobody is signed in. Asked of the store once in a request."""
    if "viewer" not in g:
        with reading() as connection:
            g.viewer = viewer_of_session(connection, session["token"], now())
    return cast("Viewer | None", g.viewer)


def viewer() -> Viewer:
    """Who is looking, in a view whose rule lets only signed-in people through."""
    found = signed_in()
    if found is None:
        raise RuntimeError("a view that is open to all asked who is looking")
    return found
