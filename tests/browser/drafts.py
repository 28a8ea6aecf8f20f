"""A draft with something written in it, for what stands beside the questions of a section."""

from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Page

from engine.places import Place
from tests.webapp.conftest import NOW
from webapp.store.answers import answers_of
from webapp.store.assessments import Assessment, assessment_to_write
from webapp.store.beginning import begin_assessment
from webapp.store.changes import AddRow, Operation, SetAnswer, SetCell
from webapp.store.children import children_of
from webapp.store.database import Connection, Database, writing
from webapp.store.definitions import edition
from webapp.store.people import everyone
from webapp.store.saves import Change, save

LONG = "He lined up the cars and said that each of them was asleep. " * 5


def written(database: Database, at: datetime = NOW) -> str:
    """The key of a visit to Wren and Ossie in which Adaeze has written what she saw and heard, at a moment."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        tallowbys = [each for each in children_of(connection, adaeze) if each.family_name == "Tallowby"]
        key = begin_assessment(connection, adaeze, edition(connection, adaeze, "visit", NOW.date()), tallowbys, at)
        draft = assessment_to_write(connection, adaeze, key)
        wren, ossie = (child.key for child in draft.children)
        steps: tuple[tuple[Place, Operation], ...] = (
            (Place("contact"), SetAnswer("in_person")),
            (Place("seen", wren), SetAnswer("alone")),
            (Place("seen", ossie), SetAnswer("alone")),
            (Place("child_words", wren), SetAnswer("“I shut my door.”")),
            (Place("child_words", ossie), SetAnswer(LONG)),
            (Place("people"), AddRow("kit")),
            (Place("people"), SetCell("kit", "who", {"description": "A man called Kit"})),
            (Place("saw"), SetAnswer("Two coats in the hall.")),
        )
        for number, (place, operation) in enumerate(steps, start=1 - len(steps)):
            _save(connection, adaeze, draft, place, operation, at + timedelta(seconds=number))
    return key


def _save(
    connection: Connection, who: Any, draft: Assessment, place: Place, operation: Operation, at: datetime
) -> None:
    revision = answers_of(connection, draft).revision(place)
    save(connection, who, draft, Change(place, operation, revision, f"{place} {revision}"), at)


def adaeze_at(page: Page, address: str) -> Page:
    """Sign in as Adaeze and open an address."""
    page.goto("/")
    page.get_by_role("button", name="Adaeze Finch").click()
    page.goto(address)
    return page
