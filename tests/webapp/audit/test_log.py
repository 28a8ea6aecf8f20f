"""The log says who looked and what was done, and nothing of what stands in a record."""

from datetime import timedelta

import pytest

from tests.webapp.assessments.desk import Desk, Page, begin
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.store.access_log import log_opened
from webapp.store.database import Database, writing
from webapp.store.people import everyone


@pytest.fixture
def auditor(client: Visitor) -> Visitor:
    """Petra Oakenfull, who checks who has looked."""
    return client.sign_in("Petra Oakenfull")


def _rows(page: Page) -> list[str]:
    return [" ".join(" ".join(row.itertext()).split()) for row in page.root.iter("tr")][1:]


def test_signing_in_leads_to_the_log(client: Visitor) -> None:
    """It is the page that somebody who checks starts on, and the children's list is not theirs."""
    client.sign_in("Petra Oakenfull")
    assert client.get("/").location == "/who-has-looked"


def test_an_empty_log_says_what_will_stand_there(auditor: Visitor) -> None:
    """Nobody has opened anything: the page says so instead of showing an empty table."""
    assert "Nobody has opened anything yet" in auditor.get("/who-has-looked").text


def test_each_opening_is_told_with_the_references_of_the_children(desk: Desk, client: Visitor) -> None:
    """A child's page, a draft and what was submitted, newest first; the look at the log is an entry too."""
    finish(desk)
    address = submit(desk)
    desk.visitor.get(address)
    desk.visitor.get(f"/children/{desk.children['Wren']}")
    client.sign_in("Petra Oakenfull").get("/who-has-looked")
    rows = _rows(Page(client.get("/who-has-looked")))
    when = "12 March 2026, 09:30"
    assert rows[:3] == [
        f"{when} Petra Oakenfull information governance officer, Practice and performance opened this log",
        f"{when} Adaeze Finch social worker, Larkfield team opened the page of N-20418",
        f"{when} Adaeze Finch social worker, Larkfield team opened a submitted form about N-20418, N-20419",
    ]
    assert rows[-1].endswith("opened the draft of a form about N-20418, N-20419")


def test_nothing_of_a_record_is_told(desk: Desk, client: Visitor) -> None:
    """No child's name and no word of an answer."""
    desk.save("around", {"q-saw": "canary words"})
    text = client.sign_in("Petra Oakenfull").get("/who-has-looked").text
    assert not [word for word in ("Wren", "Tallowby", "canary") if word in text]


@pytest.mark.parametrize(
    ("query", "found"),
    [("name=adaeze", True), ("reference=N-20418", True), ("reference=N-19377", False), ("name=nell", False)],
)
def test_it_is_found_by_name_and_by_reference(desk: Desk, client: Visitor, query: str, found: bool) -> None:
    """Part of the name of who looked, or the whole reference of the child."""
    desk.open("visit")
    page = Page(client.sign_in("Petra Oakenfull").get(f"/who-has-looked?{query}"))
    assert any("Adaeze Finch" in row for row in _rows(page)) == found
    assert ("Nothing in the log fits" in page.text) != found


def test_another_authoritys_looks_are_not_told(client: Visitor) -> None:
    """Each authority checks its own."""
    begin(client.sign_in("Bryony Castledine"), names=("Perran",)).open("visit")
    rows = _rows(Page(client.sign_in("Petra Oakenfull").get("/who-has-looked")))
    assert not any("Bryony" in row or "S-00317" in row for row in rows)


def test_the_same_again_and_again_is_one_line(auditor: Visitor, database: Database) -> None:
    """Somebody who goes through a form opens it at every section: the line says from when to when, and how often."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        for minutes in (0, 4, 9):
            log_opened(connection, adaeze, "child", 1, NOW + timedelta(minutes=minutes))
    (row,) = _rows(Page(auditor.get("/who-has-looked")))
    assert row.startswith("12 March 2026, 09:30 to 09:39 3 times Adaeze Finch")


def test_a_long_log_is_read_page_by_page(auditor: Visitor, database: Database) -> None:
    """Fifty at a time, with a way to the older and back."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        for number in range(60):
            log_opened(connection, adaeze, "child", 1 + number % 2, NOW)
    first = Page(auditor.get("/who-has-looked?name=Adaeze"))
    assert len(_rows(first)) == 50
    second = Page(auditor.get(first.link("Older")))
    assert len(_rows(second)) == 10
    assert second.link("Newer").endswith("page=1")
    assert "There is nothing older" in auditor.get("/who-has-looked?page=9").text
