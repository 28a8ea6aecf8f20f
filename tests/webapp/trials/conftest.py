"""A policy officer with eight teams to draw."""

import pytest

from tests.webapp.trials.planning import Planning, add_teams
from tests.webapp.visitor import Visitor
from webapp.store.database import Database


@pytest.fixture
def planning(client: Visitor, database: Database) -> Planning:
    """Rowan, who has begun the plan of a trial of the visit."""
    add_teams(database)
    return Planning(client.sign_in("Rowan Tideswell"), database).begin()
