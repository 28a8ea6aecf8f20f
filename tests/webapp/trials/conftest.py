"""A policy officer with eight teams to draw, alone and with another authority."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.webapp.store.together import forms_in, southmere
from tests.webapp.trials.planning import NOW, Planning, add_teams, people
from tests.webapp.trials.with_southmere import AFTER, ROWAN, Both
from tests.webapp.visitor import Visitor
from webapp import current
from webapp.store.database import Database, writing
from webapp.store.people import everyone
from webapp.store.trial_registration import stop
from webapp.store.trials import Trial


@pytest.fixture
def planning(client: Visitor, database: Database) -> Planning:
    """Rowan, who has begun the plan of a trial of the visit."""
    add_teams(database)
    return Planning(client.sign_in("Rowan Tideswell"), database).begin()


@pytest.fixture
def both(planning: Planning) -> Both:
    """A whole plan in Northshire, and Southmere with teams and people of its own."""
    with writing(planning.database) as connection:
        named = {each.name.partition(" ")[0]: each for each in everyone(connection)}
        others = southmere(connection, named)
    return Both(planning.fill_in(), others)


@pytest.fixture
def ended(app: Flask, both: Both) -> Iterator[tuple[Trial, Trial]]:
    """Both trials on the day after the end, Southmere's teams withdrawn on the first day."""
    lead, part = both.registered()
    with writing(both.rowan.database) as connection:
        for trial in (lead, part):
            forms_in(connection, trial, each=11)
        stop(connection, both.others.morwenna, part.key, "Teams are merged", NOW)
        stop(connection, people(both.rowan.database)[ROWAN], lead.key, "The form is replaced", NOW)
    made: current.Surroundings = app.extensions["pith"]
    app.extensions["pith"] = current.Surroundings(made.settings, made.database, lambda: AFTER)
    yield lead, part
    app.extensions["pith"] = made
