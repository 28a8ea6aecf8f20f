"""Those who look after forms see how many drafts are on which version, nothing of them, and offer to move them."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.webapp.applications import application
from tests.webapp.assessments.desk import Page, begin
from tests.webapp.conftest import NOW
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_publish import LIFE, PLAINER, WHY
from tests.webapp.store.moving import plainer, publish_visit
from tests.webapp.store.trial_plans import AFTER, committed
from tests.webapp.visitor import Visitor
from webapp.config import Settings
from webapp.store.assessments import assessments
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import definitions
from webapp.store.people import everyone

ADDRESS = "/forms/visit/under-way"


def publish(database: Database, version: int) -> None:
    """Publish a version of Northshire's own."""
    with writing(database) as connection:
        ines = next(person for person in everyone(connection) if person.name == "Ines Marchbanks")
        publish_visit(connection, ines.authority, version, plainer)


@pytest.fixture
def ines(client: Visitor, database: Database) -> Visitor:
    """Ines, after Adaeze has begun two visits and a newer version came into use."""
    client.sign_in("Adaeze Finch")
    for names in (("Wren",), ("Wren", "Ossie")):
        begin(client, names=names).save("around", {"q-saw": "Two coats."})
    publish(database, 1)
    return client.sign_in("Ines Marchbanks")


@pytest.fixture
def now() -> list[datetime]:
    """The moment it is, to be moved."""
    return [NOW]


@pytest.fixture
def app(settings: Settings, now: list[datetime]) -> Flask:
    """An application whose clock a test can move."""
    return application(settings, lambda: now[0])


def press(visitor: Visitor, do: str, in_use: str = "own-1") -> Page:
    """Press a button of the page; gives the page that follows."""
    visitor.get(ADDRESS)
    response = visitor.send(ADDRESS, {"do": do, "in_use": in_use})
    return Page(response if response.status_code != 303 else visitor.get(response.location))


def test_the_versions_lead_to_it(ines: Visitor) -> None:
    """By how many stay behind."""
    page = Page(ines.get("/forms/visit/versions"))
    assert page.link("2 assessments under way stay on version 1 as it comes with Pith") == ADDRESS


def test_it_counts_and_says_in_words_what_a_move_would_mean(ines: Visitor) -> None:
    """Nothing of what stands in the drafts, nor about whom they are."""
    page = Page(ines.get(ADDRESS)).text
    assert "In use is your version 1: none is being written on it." in page
    assert "2 on version 1 as it comes with Pith For them a move to your version 1 would mean:" in page
    assert "“Did the family know you were coming?” is gone from “The visit”." in page
    for words in ("Wren", "Tallowby", "coats", "N-20418", "Adaeze"):
        assert words not in page


def test_an_offer_is_made_and_withdrawn_on_the_same_page(ines: Visitor) -> None:
    """Each says what it did, and who offers since when."""
    page = press(ines, "offer")
    assert "Offered: whoever writes one of these drafts finds a line on it" in page.text
    assert "Ines Marchbanks offered the move to your version 1 on 12 March 2026 at 09:30." in page.text
    page = press(ines, "withdraw")
    assert "No longer offered: the line is gone from the drafts." in page.text
    assert "Ines Marchbanks offered" not in page.text
    assert Page(ines.get("/forms")).response.status_code == 200


def test_only_the_version_that_the_page_showed_is_offered(ines: Visitor, database: Database) -> None:
    """Another came into use meanwhile: nothing is offered, and the page says to look again."""
    ines.get(ADDRESS)
    publish(database, 2)
    page = press(ines, "offer")
    assert page.response.status_code == 409
    assert "Another version of this form came into use while this page was open." in page.text
    assert "offered the move" not in Page(ines.get(ADDRESS)).text


def test_who_tries_forms_looks_and_offers_nothing(ines: Visitor) -> None:
    """Without the buttons."""
    rowan = ines.sign_in("Rowan Tideswell")
    page = Page(rowan.get(ADDRESS))
    assert "2 on version 1 as it comes with Pith" in page.text
    assert "Offer the move" not in [each.text for each in page.root.iter("button")]
    assert press(rowan, "offer").response.status_code == 403


def test_with_nothing_under_way_there_is_nothing_to_offer(client: Visitor, database: Database) -> None:
    """The page says so, also where no version is in use."""
    client.sign_in("Ines Marchbanks")
    page = Page(client.get(ADDRESS)).text
    assert "None is being written on another version." in page
    assert "Offer the move" not in page
    assert "under way stay" not in Page(client.get("/forms/visit/versions")).text


def test_one_on_a_version_of_an_ended_trial_is_counted_on_every_page(
    client: Visitor, database: Database, now: list[datetime]
) -> None:
    """Before publishing, on the page of versions, which names the number it took, and where a move is offered."""
    with reading(database) as connection:
        people = {person.name.partition(" ")[0]: person for person in everyone(connection)}
    committed(database, people)
    begin(client.sign_in("Adaeze Finch"), names=("Wren",))
    with writing(database) as connection:
        tried = connection.execute(select(definitions.c.id).where(definitions.c.for_trial)).scalar_one()
        connection.execute(update(assessments).where(assessments.c.status == "draft").values(definition_id=tried))
    now[0] = AFTER
    drafting = Drafting(client.sign_in("Ines Marchbanks")).begin()
    assert "1 is being written" in Page(client.get("/forms/visit/publish")).text
    drafting.change(LIFE, PLAINER)
    assert drafting.publish(**WHY).status_code == 303
    versions = Page(client.get("/forms/visit/versions"))
    assert versions.link("1 assessment under way stays on a version of a trial") == ADDRESS
    assert "Your version 2, in use" in versions.text
    assert "Number 1 of yours is not in this list: a trial tries it, or tried it." in versions.text
    page = press(client, "offer", "own-2").text
    assert "1 on a version of a trial" in page
    assert "Ines Marchbanks offered the move to your version 2" in page
