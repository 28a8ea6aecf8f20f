"""The people, children and a draft of the demonstration, as the store gives them."""

import pytest

from tests.webapp.conftest import NOW
from webapp.access import Viewer
from webapp.store.assessments import Assessment, assessment_to_write, begin_assessment
from webapp.store.children import children_of
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import edition
from webapp.store.people import everyone


@pytest.fixture
def people(database: Database) -> dict[str, Viewer]:
    """Everybody in the demonstration by their first name."""
    with reading(database) as connection:
        return {person.name.partition(" ")[0]: person for person in everyone(connection)}


@pytest.fixture
def draft(database: Database, people: dict[str, Viewer]) -> Assessment:
    """A visit to Wren and Ossie Tallowby that Adaeze has begun."""
    adaeze = people["Adaeze"]
    with writing(database) as connection:
        tallowbys = [each for each in children_of(connection, adaeze) if each.family_name == "Tallowby"]
        key = begin_assessment(connection, adaeze, edition(connection, adaeze, "visit"), tallowbys, NOW)
        return assessment_to_write(connection, adaeze, key)
