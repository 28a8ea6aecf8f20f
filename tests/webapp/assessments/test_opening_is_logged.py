"""Whoever is shown a record's content stands in the access log, once for each time; nobody else does."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.assessments.desk import Desk
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.visitor import Visitor
from webapp.store.access_log import access_log
from webapp.store.database import Database, reading
from webapp.store.people import people

Opened = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def opened(database: Database, desk: Desk) -> Opened:
    """What was opened since it was last asked, or since the assessment was begun: by whom, and which kind of record."""
    seen = 0
    rows = (
        select(people.c.name, access_log.c.record)
        .join(people)
        .where(access_log.c.record != "person")
        .order_by(access_log.c.id)
    )

    def since() -> list[tuple[str, str]]:
        nonlocal seen
        with reading(database) as connection:
            found = [(name.partition(" ")[0], record) for name, record in connection.execute(rows)]
        new, seen = found[seen:], len(found)
        return new

    since()
    return since


def test_each_page_of_a_draft_that_shows_answers_is_logged(desk: Desk, opened: Opened) -> None:
    """A section, and the page for checking."""
    desk.open("visit")
    assert opened() == [("Adaeze", "assessment")]
    desk.page("check")
    assert opened() == [("Adaeze", "assessment")]


def test_a_step_that_only_leads_on_is_not_logged(desk: Desk, opened: Opened) -> None:
    """What follows is logged when it is shown: once, not twice."""
    response = desk.visitor.get(f"/assessments/{desk.key}")
    assert opened() == []
    desk.visitor.get(response.location)
    assert opened() == [("Adaeze", "assessment")]


def test_who_is_refused_is_not_logged(app: Flask, desk: Desk, opened: Opened) -> None:
    """A manager follows a draft's address and is shown nothing; a section that is not there shows nothing either."""
    tom = app.test_client()
    assert isinstance(tom, Visitor)
    tom.sign_in("Tom Brackley")
    assert tom.get(f"/assessments/{desk.key}", follow_redirects=True).status_code == 403
    assert desk.visitor.get(desk.address("nothing")).status_code == 404
    assert opened() == []


def test_a_refused_submission_shows_every_answer_and_is_logged(desk: Desk, opened: Opened) -> None:
    """The page that says what is missing holds all that was written."""
    assert desk.visitor.send(f"/assessments/{desk.key}/submit").status_code == 400
    assert opened() == [("Adaeze", "assessment")]


def test_a_page_with_two_peoples_texts_is_logged(desk: Desk, colleague: Desk, opened: Opened) -> None:
    """Refused without the page's script, a save shows the whole section."""
    fields = desk.open("visit").fields()
    colleague.save("visit", {"q-contact": "phone"})
    opened()
    response = desk.visitor.send(desk.address("visit"), {**fields, "q-contact": "in_person"})
    assert response.status_code == 409
    assert opened() == [("Adaeze", "assessment")]


def test_choosing_whom_a_form_is_about_is_logged(desk: Desk, opened: Opened) -> None:
    """It shows the family's names and ages, also when nobody was ticked."""
    address = f"/children/{desk.children['Wren']}/begin/visit"
    desk.visitor.get(address)
    assert opened() == [("Adaeze", "child")]
    assert desk.visitor.send(address).status_code == 400
    assert opened() == [("Adaeze", "child")]


def test_reading_and_printing_what_was_submitted_are_logged(app: Flask, desk: Desk, opened: Opened) -> None:
    """Under the reader's name; what leads there, or finds no such child, is not."""
    finish(desk)
    opened()
    submit(desk)
    opened()
    for step in ("", "/check", "/sections/visit"):
        assert desk.visitor.get(f"/assessments/{desk.key}{step}").status_code == (303 if step == "/check" else 302)
    assert desk.visitor.get(f"/assessments/{desk.key}/read?child=nobody").status_code == 404
    assert opened() == []
    tom = app.test_client()
    assert isinstance(tom, Visitor)
    tom.sign_in("Tom Brackley")
    tom.get(f"/assessments/{desk.key}/read")
    tom.get(f"/assessments/{desk.key}/print")
    assert opened() == [("Tom", "submission")] * 2


def test_a_save_that_shows_questions_to_who_never_opened_the_draft_is_logged(
    desk: Desk, colleague: Desk, opened: Opened
) -> None:
    """Their script is told what follows, with what others wrote there; whoever has the page open has opened it."""
    page = desk.open("visit")
    opened()
    assert desk.save("visit", {"q-contact": "in_person"}, page).status_code == 200
    assert opened() == []
    saved = colleague.save("visit", {"q-contact": "phone"}, page)
    assert saved.status_code in (200, 409)
    assert opened() == [("Corin", "assessment")]
    colleague.save("visit", {"q-contact": "in_person"}, page)
    assert opened() == []
