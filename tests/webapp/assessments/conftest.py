"""Assessments begun by Adaeze, and forms that show one feature each."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.webapp.assessments.desk import Desk, begin, share_the_tallowbys
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.library import LIBRARY, read_definition
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish


@pytest.fixture
def desk(worker: Visitor) -> Desk:
    """A visit to Wren and Ossie that Adaeze has begun."""
    return begin(worker)


@pytest.fixture
def colleague(app: Flask, database: Database, desk: Desk) -> Desk:
    """Corin, to whom the Tallowbys are given as well, at the same assessment."""
    name = share_the_tallowbys(database)
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    return Desk(visitor.sign_in(name), desk.key, desk.children)


@pytest.fixture
def feature(worker: Visitor, database: Database) -> Callable[[str], Desk]:
    """Begins one of the tiny forms that each show a feature, about Wren and Ossie."""

    def begun(form: str) -> Desk:
        with writing(database) as connection:
            publish(connection, Publication(*read_definition(LIBRARY / "_features" / form / "1.json")), NOW)
        return begin(worker, form)

    return begun
