"""The log says who looked and what was done, and nothing of what stands in a record."""

from datetime import datetime, timedelta

import pytest

from tests.webapp.assessments.desk import Desk, Page, begin, words
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.audit.views import ACTS
from webapp.clock import LONDON
from webapp.store import access_log
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


def _find(visitor: Visitor, **sought: str) -> Page:
    """Press Find."""
    visitor.get("/who-has-looked")
    return Page(visitor.send("/who-has-looked", sought))


def test_every_act_there_is_has_words_of_its_own() -> None:
    """Nothing that is logged anywhere reads as a word from the code."""
    there = {(act, record) for record, acts in access_log.ACTS.items() for act in acts}
    assert there == set(ACTS)
    assert len(set(ACTS.values())) == len(ACTS)
    assert not [words for words in ACTS.values() if "_" in words]


def test_an_act_without_words_cannot_be_logged(database: Database) -> None:
    """Whoever adds one is told at once."""
    with writing(database) as connection, pytest.raises(ValueError, match="in words"):
        access_log.log_act(connection, everyone(connection)[0], "child", [1], "painted", NOW)


def test_signing_in_is_told_with_what_was_done_and_to_whom(client: Visitor) -> None:
    """Once by the one whose account it is; a change to an entry says what was changed."""
    ines = client.sign_in("Ines Marchbanks")
    page = ines.get("/people").text
    address = page.partition("<b>Corin Ashby-Lowe</b>")[0].rpartition('href="')[2].partition('"')[0]
    ines.get(address)
    told = {"name": "Corin Ashby-Lowe", "job": "senior social worker", "role": "manager", "team": "1", "new_team": ""}
    more = {"email": "corin.ashby-lowe@council.example", "phone": "01632 960101"}
    assert ines.send(address, told | more).status_code == 303
    ines.get("/help")
    ines.send("/sign-out")
    rows = _rows(Page(client.sign_in("Petra Oakenfull").get("/who-has-looked")))
    assert [row.partition("Larkfield team ")[2] or row.partition("performance ")[2] for row in rows] == [
        "signed in",
        "signed out",
        "changed what may be done in Pith by Corin Ashby-Lowe",
        "changed the job of Corin Ashby-Lowe",
        "signed in",
    ]


def test_each_opening_is_told_with_the_references_of_the_children(desk: Desk, client: Visitor) -> None:
    """A child's page, a draft and what was submitted, newest first; the look at the log is an entry too."""
    finish(desk)
    address = submit(desk)
    desk.visitor.get(address)
    desk.visitor.get(f"/children/{desk.children['Wren']}")
    client.sign_in("Petra Oakenfull").get("/who-has-looked")
    rows = _rows(Page(client.get("/who-has-looked")))
    when = "12 March 2026, 09:30"
    assert rows[:4] == [
        f"{when} Petra Oakenfull information governance officer, Practice and performance looked at this log",
        f"{when} Petra Oakenfull information governance officer, Practice and performance signed in",
        f"{when} Adaeze Finch social worker, Larkfield team opened the page of N-20418",
        f"{when} Adaeze Finch social worker, Larkfield team read a submitted form about N-20418, N-20419",
    ]
    assert rows[-2].endswith("opened the draft of a form about N-20418, N-20419")
    assert rows[-1].endswith("Adaeze Finch social worker, Larkfield team signed in")


def test_printing_is_told_apart_from_reading(desk: Desk, client: Visitor) -> None:
    """Paper leaves the building."""
    finish(desk)
    submit(desk)
    desk.visitor.get(f"/assessments/{desk.key}/print")
    rows = _rows(Page(client.sign_in("Petra Oakenfull").get("/who-has-looked")))
    assert rows[1].endswith("opened for printing a submitted form about N-20418, N-20419")


def test_one_childs_record_read_alone_names_that_child(desk: Desk, client: Visitor) -> None:
    """Of a form about two, read and printed: the other's reference stands nowhere, and does not find it."""
    finish(desk)
    submit(desk)
    for page in ("read", "print"):
        desk.visitor.get(f"/assessments/{desk.key}/{page}?child={desk.children['Ossie']}")
    petra = client.sign_in("Petra Oakenfull")
    told = ["opened for printing a submitted form about N-20419", "read a submitted form about N-20419"]
    submitted = [row.partition("Larkfield team ")[2] for row in _rows(Page(petra.get("/who-has-looked")))]
    assert submitted[1:3] == told
    found = [row.partition("Larkfield team ")[2] for row in _rows(_find(petra, reference="N-20419"))]
    assert found[:2] == told
    assert not [row for row in _rows(_find(petra, reference="N-20418")) if "submitted form" in row]


def test_nothing_of_a_record_is_told(desk: Desk, client: Visitor) -> None:
    """No child's name and no word of an answer."""
    desk.save("around", {"q-saw": "canary words"})
    text = client.sign_in("Petra Oakenfull").get("/who-has-looked").text
    assert not [word for word in ("Wren", "Tallowby", "canary") if word in text]


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ({"name": "adaeze"}, True),
        ({"reference": "N-20418"}, True),
        ({"reference": "N-19377"}, False),
        ({"name": "nell"}, False),
    ],
)
def test_it_is_found_by_name_and_by_reference(desk: Desk, client: Visitor, sought: dict[str, str], found: bool) -> None:
    """Part of the name of who looked, or the whole reference of the child; neither stands in an address."""
    desk.open("visit")
    page = _find(client.sign_in("Petra Oakenfull"), **sought)
    forms = [form for form in page.root.iter("form") if form.get("action") == "/who-has-looked"]
    assert {form.get("method") for form in forms} == {"post"}
    assert any("Adaeze Finch" in row for row in _rows(page)) == found
    assert ("The log holds nothing for" in page.text) != found


DAYS = {"name": "Adaeze", "from-day": "10", "from-month": "3", "from-year": "2026"}


@pytest.fixture
def week(auditor: Visitor, database: Database) -> Visitor:
    """Somebody who checks, of days on which Adaeze opened the page of Wren, just before midnight in London."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        for day in (9, 10, 11):
            log_opened(connection, adaeze, "child", 1, datetime(2026, 3, day, 23, 59, 59, tzinfo=LONDON))
    auditor.get("/who-has-looked")
    return auditor


@pytest.mark.parametrize(
    ("more", "found", "words_of_it"),
    [
        ({}, ["11 March 2026", "10 March 2026"], "from 10 March 2026"),
        ({"to-day": "10", "to-month": "03", "to-year": "2026"}, ["10 March 2026"],
         "from 10 March 2026, to 10 March 2026"),
        ({"from-day": "", "from-month": "", "from-year": "", "to-day": "9", "to-month": "3", "to-year": "2026"},
         ["9 March 2026"], "to 9 March 2026"),
    ],
)  # fmt: skip
def test_a_period_can_be_asked_for(week: Visitor, more: dict[str, str], found: list[str], words_of_it: str) -> None:
    """Either end may stay open; both days count, as days in London, and the page says what it shows."""
    page = _find(week, **{**DAYS, **more})
    assert [row.partition(",")[0] for row in _rows(page)] == found
    assert f"What the log holds for “Adaeze”, {words_of_it}." in page.text
    assert page.at("from-day").get("value", "") == {**DAYS, **more}["from-day"]


def test_a_period_without_an_entry_says_so(week: Visitor) -> None:
    """With all that was asked for, what a search needs, and the way back to everything."""
    page = _find(week, **DAYS, **{"to-day": "10", "to-month": "3", "to-year": "2026", "reference": "N-1"})
    assert _rows(page) == []
    assert "The log holds nothing for “Adaeze”, N-1, from 10 March 2026, to 10 March 2026." in page.text
    assert "a reference must be written in full" in page.text
    assert page.link("Show all") == "/who-has-looked"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"from-day": "31", "from-month": "2", "from-year": "2026"}, "From must be a real date, such as 27 3 2026"),
        ({"to-month": "3", "to-year": "2026"}, "To must be a real date, such as 27 3 2026"),
        ({**DAYS, "to-day": "9", "to-month": "3", "to-year": "2026"}, "To must be the same day as From or later"),
    ],
)
def test_a_period_that_cannot_be_is_told(week: Visitor, typed: dict[str, str], told: str) -> None:
    """In an error summary that leads to the box, with what was typed; nothing is shown as if it had been asked for."""
    response = week.send("/who-has-looked", typed)
    page = Page(response)
    assert response.status_code == 400
    assert page.title.startswith("Error: ")
    assert page.link(told) in ("#from-day", "#to-day")
    assert _rows(page) == []
    assert {name: page.at(name).get("value") for name in typed if name != "name"} == {
        name: value for name, value in typed.items() if name != "name"
    }


@pytest.mark.parametrize("year", ["1", "0001", "9999"])
def test_the_ends_of_the_calendar_break_nothing(week: Visitor, year: str) -> None:
    """Any date is one that can be asked for, or is told to be none."""
    typed = {f"{end}-{part}": value for end in ("from", "to") for part, value in
             (("day", "31"), ("month", "12"), ("year", year))}  # fmt: skip
    assert Page(week.send("/who-has-looked", typed)).title.removeprefix("Error: ").startswith("Who has looked")


def test_the_pages_of_a_period_keep_it(auditor: Visitor, database: Database) -> None:
    """Older asks for the same days."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        for number in range(60):
            log_opened(connection, adaeze, "child", 1 + number % 2, NOW)
    assert _leads_to(_find(auditor, **DAYS)) == {"Older": {**DAYS, "reference": "", "page": "2"}}


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
    (row,) = _rows(_find(auditor, name="Adaeze"))
    assert row.startswith("12 March 2026, 09:30 to 09:39 3 times Adaeze Finch")


def test_a_long_log_is_read_page_by_page(auditor: Visitor, database: Database) -> None:
    """Fifty at a time, with a way to the older and back."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        for number in range(60):
            log_opened(connection, adaeze, "child", 1 + number % 2, NOW)
    first = _find(auditor, name="Adaeze")
    assert len(_rows(first)) == 50
    assert _leads_to(first) == {"Older": {"name": "Adaeze", "reference": "", "page": "2"}}
    second = _find(auditor, **_leads_to(first)["Older"])
    assert len(_rows(second)) == 10
    assert _leads_to(second) == {"Newer": {"name": "Adaeze", "reference": "", "page": "1"}}
    assert "There is nothing older" in _find(auditor, page="9").text


def _leads_to(page: Page) -> dict[str, dict[str, str]]:
    """What each button below the table posts, by its words."""
    form = next(form for form in page.root.iter("form") if form.get("class") == "pith-actions")
    hidden = {each.get("name", ""): each.get("value", "") for each in form.iter("input")}
    hidden.pop("csrf_token")
    return {words(each): {**hidden, "page": each.get("value", "")} for each in form.iter("button")}
