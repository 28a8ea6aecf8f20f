"""Two forms side by side, for managers and those who look after forms: choosing them, and what the page says."""

import json
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask

from engine.burden import outline
from engine.definition import Definition, definition_from_json
from engine.proofs import forget
from tests.webapp.applications import application
from tests.webapp.assessments.desk import Page
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp import demo
from webapp.config import Settings
from webapp.editor import costs
from webapp.editor.candidates import comparison_form
from webapp.editor.on_record import ON_RECORD
from webapp.library import LIBRARY, read_definition, shipped_definitions
from webapp.store import migrations
from webapp.store.database import Database, open_database, writing
from webapp.store.definitions import Publication, publish
from webapp.store.people import everyone
from webapp.store.withdrawals import Withdrawal, withdraw

Json = Any
VISIT = read_definition(LIBRARY / "visit" / "1.json")[0]
ASSESSMENT = read_definition(LIBRARY / "child-family-assessment" / "1.json")[0]


def key(definition: Definition) -> str:
    """A form's key in addresses."""
    return definition.content_hash[:16]


def shorter_visit(version: int = 2) -> Definition:
    """Another version of the visit, without the section in which sense is made of it."""
    data = json.loads((LIBRARY / "visit" / "1.json").read_text(encoding="utf-8"))
    data["sections"] = [section for section in data["sections"] if section["id"] != "sense"]
    return definition_from_json({**data, "version": version, "read_first": []})


def options(page: Page, name: str) -> list[str]:
    """What can be chosen in a list, what is chosen with a star."""
    each = page.at(name).iter("option")
    return [f"{'*' if option.get('selected') is not None else ''}{option.text}" for option in each]


@pytest.fixture
def admin(client: Visitor) -> Visitor:
    """Ines, who looks after forms."""
    return client.sign_in("Ines Marchbanks")


@pytest.mark.parametrize("name", ["Ines Marchbanks", "Rowan Tideswell", "Tom Brackley"])
def test_the_long_form_stands_beside_a_form_in_use(client: Visitor, name: str) -> None:
    """For managers and for those who look after forms or try them, from the pages at the top."""
    page = Page(client.sign_in(name).get("/"))
    page = (
        Page(client.get(page.link("Compare forms"))) if name == "Tom Brackley" else Page(client.get("/forms/compare"))
    )
    assert page.title.startswith("Long tick-box assessment beside Child and family assessment – ")
    asked = "“Long tick-box assessment” asks up to 352 questions, “Child and family assessment” up to 22: 330 fewer."
    assert asked in page.text
    assert "The first analysis in “Long tick-box assessment” is question 346 of 352." in page.text
    assert options(page, "first")[0] == "*Long tick-box assessment, for comparison"
    assert "*Child and family assessment, version 1" in options(page, "second")
    assert len(options(page, "first")) == len(options(page, "second")) == 1 + len(list(shipped_definitions()))


@pytest.mark.parametrize("name", ["Adaeze Finch", "Petra Oakenfull"])
def test_others_have_no_such_page(client: Visitor, name: str) -> None:
    """It is not in their navigation, and its address says whose it is not."""
    page = client.sign_in(name).get("/help")
    assert "Compare forms" not in page.text
    assert client.get("/forms/compare").status_code == 403


def test_the_figures_are_those_that_outline_prints(admin: Visitor) -> None:
    """Of both forms."""
    page = Page(admin.get("/forms/compare"))
    cells = [" ".join("".join(cell.itertext()).split()) for cell in page.root.iter("td")]
    for at, definition in enumerate((comparison_form(), ASSESSMENT), start=1):
        found = outline(definition)
        figures = [
            f"{found['longest_path']['questions']}",
            f"{found['required']}",
            f"{found['shortest_path']['questions']}",
            f"about {found['minutes']}",
            f"{found['printed_pages']}",
            f"{found['words_to_read']:,}",
            f"{found['list_columns']}",
        ]
        assert [cell for cell in cells if cell][at - 1 :: 2][: len(figures)] == figures


def test_the_address_says_which_two_and_which_way_round(admin: Visitor) -> None:
    """As the form on the page sends it; one left out is chosen."""
    long, short = key(comparison_form()), key(ASSESSMENT)
    swapped = Page(admin.get(f"/forms/compare?first={short}&second={long}"))
    assert (
        "“Child and family assessment” asks up to 22 questions, “Long tick-box assessment” up to 352: 330 more."
        in swapped.text
    )
    for query in (f"first={short}", f"second={long}"):
        assert Page(admin.get(f"/forms/compare?{query}")).title == swapped.title


@pytest.mark.parametrize("query", ["first=visit", "second=", "first=1&second=2", "first=%00", f"second={'x' * 3000}"])
def test_a_form_that_is_not_there_is_told_plainly(admin: Visitor, query: str) -> None:
    """Whatever stands in the address."""
    response = admin.get(f"/forms/compare?{query}")
    assert response.status_code == 404
    assert "There is no such form to compare." in response.text


def test_another_authority_s_form_is_not_there(admin: Visitor, database: Database) -> None:
    """Neither to choose nor by its address."""
    with writing(database) as connection:
        elsewhere = next(each for each in everyone(connection) if each.name == "Bryony Castledine")
        publish(connection, Publication(shorter_visit(), {}, elsewhere.authority, elsewhere.id), NOW)
    assert "version 2" not in admin.get("/forms/compare").text
    assert admin.get(f"/forms/compare?first={key(shorter_visit())}").status_code == 404


def test_two_versions_of_one_form_are_told_apart(admin: Visitor, database: Database) -> None:
    """One that was withdrawn can still be looked at."""
    with writing(database) as connection:
        publish(connection, Publication(shorter_visit(), {}), NOW)
        withdraw(connection, Withdrawal("visit", 1, "Too long."), NOW)
    page = Page(admin.get(f"/forms/compare?first={key(VISIT)}&second={key(shorter_visit())}"))
    assert page.title.startswith("Visit: version 1 (withdrawn) beside version 2 – ")
    assert "“Visit, version 1 (withdrawn)” asks up to 22 questions, “Visit, version 2” up to 19: 3 fewer." in page.text
    assert "*Visit, version 2" in options(page, "second")


def test_an_authority_s_own_version_is_told_apart_from_what_ships(admin: Visitor, database: Database) -> None:
    """Both have the number 1: each owner counts for itself."""
    own = shorter_visit(version=1)
    with writing(database) as connection:
        northshire = next(each for each in everyone(connection) if each.name == "Ines Marchbanks")
        publish(connection, Publication(own, {}, northshire.authority, northshire.id), NOW)
    page = Page(admin.get(f"/forms/compare?first={key(VISIT)}&second={key(own)}"))
    assert page.title.startswith("Visit: version 1 beside Northshire Council’s own version 1 – ")
    assert options(page, "second").count("Visit, version 1") == 1
    assert "*Visit, Northshire Council’s own version 1" in options(page, "second")


def test_the_same_form_twice_is_no_comparison(admin: Visitor) -> None:
    """The page says so and lets one choose again."""
    page = Page(admin.get(f"/forms/compare?first={key(VISIT)}&second={key(VISIT)}"))
    assert "You chose the same form twice." in page.text
    assert "*Visit, version 1" in options(page, "second")


def test_the_long_form_once_published_stands_there_once(admin: Visitor, database: Database) -> None:
    """Since it is the same form."""
    with writing(database) as connection:
        publish(connection, Publication(*read_definition(LIBRARY / "_features/long-tick-box/1.json")), NOW)
    found = [each for each in options(Page(admin.get("/forms/compare")), "first") if "Long tick-box" in each]
    assert len(found) == 1


@pytest.fixture
def nothing_published(tmp_path: Path) -> Flask:
    """An authority in which no form was ever published."""
    settings = Settings(data=tmp_path / "new", secret_key="only for tests", demo=True)
    settings.data.mkdir()
    database = open_database(settings.database_url)
    migrations.prepare(database)
    with writing(database) as connection:
        demo.fill(connection, NOW)
    database.dispose()
    return application(settings, lambda: NOW)


def test_with_one_form_alone_the_page_says_what_will_be_there(nothing_published: Flask) -> None:
    """Only the form to compare with is there, and nothing to choose."""
    client = cast("Visitor", nothing_published.test_client())
    page = Page(client.sign_in("Ines Marchbanks").get("/forms/compare"))
    assert "There is only one form to look at: Long tick-box assessment, for comparison." in page.text
    assert not page.has("first")


def test_what_is_on_record_stands_apart_with_its_sources(admin: Visitor) -> None:
    """In a part of its own that says it was not worked out."""
    page = Page(admin.get("/forms/compare"))
    part = next(each for each in page.root.iter("section") if each.get("aria-labelledby") == "on-record")
    told = " ".join("".join(part.itertext()).split())
    assert told.startswith("Not worked out by Pith")
    assert [each for each in ON_RECORD if each.words not in told or each.source not in told] == []
    assert "352" not in told


def test_nothing_is_proved_twice(admin: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither on the next view nor for another database with the same form in it."""
    for address in ("/forms/compare", "/forms"):
        admin.get(address)

    def prove(*_: object) -> None:
        raise AssertionError("proved again")

    monkeypatch.setattr(costs, "prove", prove)
    assert admin.get("/forms/compare").status_code == 200
    assert admin.get("/forms").status_code == 200


def test_what_could_not_be_proved_in_time_is_told(admin: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page stands, and does not claim more than is known."""
    exact = "The numbers of questions are proved"
    assert exact in admin.get("/forms/compare").text
    costs._cost.cache_clear()
    forget()
    monkeypatch.setattr(costs, "SECONDS", -1)
    page = admin.get("/forms/compare")
    costs._cost.cache_clear()
    assert exact not in page.text
    assert "Not every number of questions could be proved in the time there is" in page.text
