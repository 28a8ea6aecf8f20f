"""What a page asks follows the children's facts and the day it is."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import cast

import pytest
from sqlalchemy import update

from engine.code_lists import code_list_from_json
from engine.definition import definition_from_json
from tests.webapp.applications import application
from tests.webapp.assessments.desk import Desk, begin
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.config import Settings
from webapp.store.children import children
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish

Feature = Callable[[str], Desk]

OPTION = {"label": "A code", "from": "2025-01-01"}
ENDING = {
    "code_list": "codes",
    "title": "Codes",
    "options": [{"value": "stays", **OPTION}, {"value": "ends", **OPTION, "to": "2026-03-12"}],
}
QUESTION = {"id": "code", "type": "choice", "kind": "fact", "label": "Which?", "why": "To know", "code_list": "codes"}
CODED = {
    "form": "coded",
    "version": 1,
    "title": "Coded",
    "purpose": "Takes its options from a list",
    "sections": [{"id": "only", "title": "Only", "questions": [QUESTION]}],
}


@pytest.mark.parametrize(
    ("born", "asked"),
    [
        (date(2025, 1, 1), ["feeding", "born_note"]),
        (date(2024, 3, 13), ["feeding", "born_note"]),
        (date(2024, 3, 12), ["nursery", "born_note"]),
        (date(2010, 1, 1), ["job", "born_note"]),
        (None, ["born_note"]),
    ],
)
def test_a_childs_age_decides_what_the_page_asks(
    born: date | None, asked: list[str], feature: Feature, database: Database
) -> None:
    """A baby's feeding, a small child's nursery: from the birth date in the child's record, to the day."""
    desk = feature("child-facts")
    with writing(database) as connection:
        connection.execute(update(children).where(children.c.key == desk.children["Wren"]).values(born=born))
    of_wren = [name for name in desk.open("each").asked if name.endswith(desk.name("", "Wren").removeprefix("q-"))]
    assert of_wren == [desk.name(question, "Wren") for question in asked]


@pytest.mark.parametrize(("fact", "question"), [("disabled", "help"), ("interpreter", "language")])
def test_the_other_facts_of_a_child_decide_too(fact: str, question: str, feature: Feature, database: Database) -> None:
    """Of this child and of no other."""
    desk = feature("child-facts")
    for said in (False, True):
        with writing(database) as connection:
            connection.execute(update(children).where(children.c.key == desk.children["Wren"]).values({fact: said}))
        asked = desk.open("each").asked
        assert (desk.name(question, "Wren") in asked) is said
        assert desk.name(question, "Ossie") not in asked


def _at(settings: Settings, moment: datetime, desk: Desk) -> Desk:
    """Adaeze at the same assessment at another moment."""
    app = application(settings, lambda: moment)
    return Desk(cast("Visitor", app.test_client()).sign_in("Adaeze Finch"), desk.key, desk.children)


def test_a_code_that_ends_is_gone_from_the_page_the_next_day(
    worker: Visitor, settings: Settings, database: Database
) -> None:
    """On its last day it can be chosen; after midnight it cannot, and nobody has to start Pith anew."""
    lists = {"codes": ENDING}
    definition = definition_from_json(CODED, {name: code_list_from_json(each) for name, each in lists.items()})
    with writing(database) as connection:
        publish(connection, Publication(definition, lists), NOW)
    desk = begin(worker, "coded")
    assert 'value="ends"' in desk.open("only").response.text
    tomorrow = _at(settings, NOW + timedelta(days=1), desk)
    assert 'value="ends"' not in tomorrow.open("only").response.text
    assert 'value="stays"' in tomorrow.open("only").response.text
    assert 'value="ends"' in desk.open("only").response.text
