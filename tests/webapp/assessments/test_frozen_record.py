"""What was submitted stays as it was: years later, and for one child alone."""

from datetime import UTC, date, datetime
from typing import cast

import pytest
from sqlalchemy import update

from engine.places import Place
from engine.text import in_language
from tests.webapp.applications import application
from tests.webapp.assessments.desk import Desk, Page, words
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.config import Settings
from webapp.library import LIBRARY, read_definition
from webapp.store.children import children
from webapp.store.database import Database, writing
from webapp.store.people import people
from webapp.telling import Telling


@pytest.fixture
def submitted(desk: Desk) -> Desk:
    """A visit to both children that was handed in."""
    finish(desk)
    submit(desk)
    return desk


def _at(settings: Settings, moment: datetime) -> Visitor:
    """Adaeze at her browser at another moment."""
    app = application(settings, lambda: moment)
    return cast("Visitor", app.test_client()).sign_in("Adaeze Finch")


@pytest.mark.parametrize("page", ["read", "print"])
def test_ages_stay_those_of_the_day_it_was_submitted(page: str, submitted: Desk, settings: Settings) -> None:
    """Three years later the record still says how old the children were when it was written."""
    later = _at(settings, NOW.replace(year=NOW.year + 3))
    text = Page(later.get(f"/assessments/{submitted.key}/{page}")).text
    assert "Wren, 6, and Ossie, 3, Tallowby" in text
    assert "Wren, 9" not in text


def test_the_day_of_submission_is_the_day_in_london(desk: Desk, settings: Settings, database: Database) -> None:
    """Handed in on a birthday, a minute after midnight in summer, while it is still the day before elsewhere."""
    with writing(database) as connection:
        wren = children.c.key == desk.children["Wren"]
        connection.execute(update(children).where(wren).values(born=date(2019, 6, 30)))
    finish(desk)
    at_midnight = Desk(_at(settings, datetime(2026, 6, 29, 23, 1, tzinfo=UTC)), desk.key, desk.children)
    submit(at_midnight)
    assert "Wren, 7, and Ossie" in at_midnight.page("read").text


def test_one_childs_record_asks_nothing_of_another_child(submitted: Desk) -> None:
    """Each question stands once: neither answers nor blank lines of the other child's are left."""
    definition, _ = read_definition(LIBRARY / "visit" / "1.json")
    labels = {in_language(question.label, "en") for question in definition.questions if question.per_child}
    assert len(labels) > 10
    for page in ("read", "print"):
        root = submitted.page(f"{page}?child={submitted.children['Ossie']}").root
        lines = [words(each) for tag in ("dt", "li", "h3", "figcaption") for each in root.iter(tag)]
        of_child = [line for line in lines if any(label in line for label in labels)]
        assert of_child
        assert [line for line in of_child if not line.startswith("Ossie")] == []


def test_telling_of_one_child_keeps_no_place_of_another() -> None:
    """Places asked once stay, those of any other child go, whether or not something was answered there."""
    definition, _ = read_definition(LIBRARY / "visit" / "1.json")
    places = [Place("visited_on"), Place("seen", "c1"), Place("seen", "c2"), Place("injury", "c2")]
    record = {"visited_on": "2026-03-02", "seen": {"c1": "alone", "c2": "not_seen"}}
    alone = Telling(definition, record, places, {"c1": "Wren", "c2": "Ossie"}).of_child("c1")
    assert [told.place for told in alone.told(definition.questions)] == [Place("visited_on"), Place("seen", "c1")]
    assert alone.record == {"visited_on": "2026-03-02", "seen": {"c1": "alone"}}


def test_who_began_it_is_named_where_somebody_else_submitted_it(desk: Desk, colleague: Desk) -> None:
    """Both by name; where it was one person, once."""
    finish(desk)
    submit(colleague)
    assert "Written by Corin Ashby-Lowe, begun by Adaeze Finch. Submitted" in desk.page("read").text


def test_two_people_of_one_name_are_two_people(desk: Desk, colleague: Desk, database: Database) -> None:
    """That they are called the same does not make one of them."""
    with writing(database) as connection:
        connection.execute(update(people).where(people.c.name == "Corin Ashby-Lowe").values(name="Adaeze Finch"))
    finish(desk)
    submit(colleague)
    assert "Written by Adaeze Finch, begun by Adaeze Finch. Submitted" in desk.page("print").text


def test_the_printed_record_of_one_child_bears_that_childs_reference(submitted: Desk) -> None:
    """And no other's."""
    text = submitted.page(f"print?child={submitted.children['Ossie']}").text
    assert "N-20419" in text
    assert "N-20418" not in text
