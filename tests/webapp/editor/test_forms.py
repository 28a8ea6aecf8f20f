"""Whoever looks after forms sees what can be begun and what it costs."""

import json

import pytest

from engine.definition import definition_from_json
from tests.webapp.assessments.desk import Page, begin
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.library import LIBRARY, shipped_definitions
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish
from webapp.store.withdrawals import Withdrawal, withdraw


@pytest.mark.parametrize("name", ["Ines Marchbanks", "Rowan Tideswell"])
def test_the_forms_in_use_are_told_with_their_length(client: Visitor, name: str) -> None:
    """The figures are those that `pith outline` prints."""
    client.sign_in(name)
    page = Page(client.get("/forms"))
    assert "Version 1, since 12 March 2026, as it comes with Pith" in page.text
    assert "22 at most, 12 at least" in page.text
    assert "about 47 minutes for the longest path, 7 printed pages" in page.text


def test_what_a_command_published_is_not_told_as_what_comes_with_pith(client: Visitor, database: Database) -> None:
    """Among the forms, among the versions, and where a draft of it begins."""
    data = json.loads((LIBRARY / "visit" / "1.json").read_text(encoding="utf-8"))
    with writing(database) as connection:
        publish(connection, Publication(definition_from_json({**data, "version": 2}), {}), NOW)
    client.sign_in("Ines Marchbanks")
    assert "Version 2, since 12 March 2026, published here Questions" in Page(client.get("/forms")).text
    versions = Page(client.get("/forms/visit/versions")).text
    assert "Version 2 published here, in use" in versions
    assert "Version 1 as it comes with Pith" in versions
    assert "A draft begins as version 2 published here and" in Page(client.get("/forms/visit/draft")).text


def test_what_was_withdrawn_stands_apart_with_its_reason(client: Visitor, database: Database) -> None:
    """And where nothing is left in use, the page says how a form gets there."""
    with writing(database) as connection:
        for path in shipped_definitions():
            withdraw(connection, Withdrawal(path.parent.name, int(path.stem), "A question was wrong"), NOW)
    page = Page(client.sign_in("Ines Marchbanks").get("/forms"))
    assert "No form is in use" in page.text
    assert "Withdrawn 12 March 2026: A question was wrong. What was begun on it goes on." in page.text


def test_what_people_said_about_a_form_is_read_there(client: Visitor) -> None:
    """Under the form, with the question, the version and who said it; before that, how it gets there."""
    before = Page(client.sign_in("Ines Marchbanks").get("/forms")).text
    assert "Nothing yet. What a social worker says" in before
    desk = begin(client.sign_in("Adaeze Finch"))
    address = f"{desk.address('visit')}/feedback"
    client.get(address)
    client.send(address, {"question": "q-contact", "words": "A call to the school fits none of these."})
    page = Page(client.sign_in("Rowan Tideswell").get("/forms"))
    assert "A call to the school fits none of these." in page.text
    assert "Adaeze Finch, 12 March 2026, about version 1" in page.text
    assert page.text.count("Nothing yet.") == before.count("Nothing yet.") - 1


@pytest.mark.parametrize("name", ["Adaeze Finch", "Tom Brackley", "Petra Oakenfull"])
def test_others_have_no_such_page(client: Visitor, name: str) -> None:
    """It is not in their navigation, and its address says whose it is not."""
    client.sign_in(name)
    assert client.get("/forms").status_code == 403
