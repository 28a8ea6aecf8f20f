"""A draft sent to people of the authority: read and tried by the link, changed by nobody, ended in time."""

import re
from datetime import timedelta
from typing import cast

import pytest
from flask import Flask

from tests.webapp.applications import application
from tests.webapp.assessments.desk import Page
from tests.webapp.conftest import NOW
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import SAW, ines
from tests.webapp.editor.trying import Trying
from tests.webapp.visitor import Visitor
from webapp.config import Settings
from webapp.store.database import Database, reading
from webapp.store.preview_links import preview_links

__all__ = ["ines"]

LINKS = "/forms/visit/draft/links"


def link(ines: Drafting) -> str:
    """Where a new link leads."""
    ines.visitor.get(LINKS)
    response = ines.visitor.send(LINKS, headers={"Origin": "https://pith.northshire.example"})
    found = re.search(r">https://pith.northshire.example(/forms/preview/[^<]+)</textarea>", response.text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", ["Adaeze Finch", "Tom Brackley", "Rowan Tideswell", "Petra Oakenfull"])
def test_whoever_is_sent_it_reads_and_tries_the_draft(ines: Drafting, name: str) -> None:
    """In words, with what changed; nothing of it can be changed or kept there."""
    ines.change(SAW, "What did you see with your own eyes?")
    address = link(ines)
    somebody = ines.visitor.sign_in(name)
    page = Page(somebody.get(address))
    assert f"The wording of “{SAW}” was “{SAW}” and is now" in page.text
    assert "asked when “How was the visit made?” is “In person”" in page.text
    trying = Trying(somebody, page.link("Try it")).begin()
    assert trying.press("go around", {"q-contact": "in_person"}).has("q-saw")
    page = trying.press("check")
    assert "Make a case of this" not in page.text
    assert page.link("Leave, and it is gone") == address
    assert somebody.send("/forms/visit/draft/text", {"definition": "{}"}).status_code == 403


def test_it_shows_the_draft_as_it_stands(ines: Drafting) -> None:
    """Also what is changed after it was sent; while there are errors it says so."""
    address = link(ines)
    ines.change(SAW, "What did you see with your own eyes?")
    assert "What did you see with your own eyes?" in ines.visitor.get(address).text
    ines.save("{")
    page = Page(ines.visitor.get(address))
    assert "Just now the draft cannot be read" in page.text
    assert "cannot be tried yet" in Page(ines.visitor.get(f"{address}/try")).text


def test_another_authority_does_not_get_in(ines: Drafting) -> None:
    """Nor anybody with a link that was never made."""
    address = link(ines)
    elsewhere = ines.visitor.sign_in("Bryony Castledine")
    for there in (address, f"/forms/preview/{'x' * 43}"):
        assert elsewhere.get(there).status_code == 404
        assert elsewhere.get(f"{there}/try").status_code == 404
        assert elsewhere.send(f"{there}/try", {"sheet": '{"answers": {}, "context": {}}'}).status_code == 404


def test_signed_out_it_leads_to_signing_in(ines: Drafting) -> None:
    """The link alone opens nothing."""
    address = link(ines)
    ines.visitor.send("/sign-out")
    assert ines.visitor.get(address).location.startswith("/sign-in?next=")


def test_it_is_ended(ines: Drafting) -> None:
    """By whoever looks after forms; the page then says what may have happened."""
    address = link(ines)
    ended = re.search(rf'action="({LINKS}/[^/]+/end)"', ines.visitor.get(LINKS).text)
    assert ended is not None
    assert ines.visitor.send(ended[1]).location == f"{LINKS}?ended=1"
    assert "The link no longer works." in Page(ines.visitor.get(f"{LINKS}?ended=1")).text
    gone = ines.visitor.get(address)
    assert gone.status_code == 404
    assert "This link does not work" in gone.text


def test_it_ends_with_the_draft(ines: Drafting) -> None:
    """Published or discarded; a draft that is brought back has its links again."""
    address = link(ines)
    ines.press("/discard", **ines.based())
    assert ines.visitor.get(address).status_code == 404
    ines.press("/bring-back")
    assert ines.visitor.get(address).status_code == 200
    ines.publish(reason="Shorter words.")
    assert ines.visitor.get(address).status_code == 404


def test_it_ends_after_thirty_days(ines: Drafting, settings: Settings) -> None:
    """To the minute."""
    address = link(ines)
    for days, status in ((timedelta(days=29, hours=23), 200), (timedelta(days=30), 404)):
        later: Flask = application(settings, lambda days=days: NOW + days)  # type: ignore[misc]
        client = cast("Visitor", later.test_client()).sign_in("Adaeze Finch")
        assert client.get(address).status_code == status


def test_only_its_hash_is_stored(ines: Drafting, database: Database) -> None:
    """Whoever reads the database cannot use the link, and the page shows it once."""
    token = link(ines).rpartition("/")[2]
    with reading(database) as connection:
        row = connection.execute(preview_links.select()).one()
    assert token not in str(row)
    assert token not in ines.visitor.get(LINKS).text


def test_who_made_read_and_ended_it_stands_in_the_log(ines: Drafting) -> None:
    """Under the form's name."""
    address = link(ines)
    ines.visitor.sign_in("Adaeze Finch").get(address)
    log = Page(ines.visitor.sign_in("Petra Oakenfull").get("/who-has-looked")).text
    assert "made a link to the draft of the form" in log
    assert "read by a link the draft of the form" in log


def test_only_those_who_look_after_forms_make_links(ines: Drafting) -> None:
    """Policy may look at the draft, and sends it to nobody."""
    rowan = ines.visitor.sign_in("Rowan Tideswell")
    assert rowan.get(LINKS).status_code == 403
    assert rowan.send(LINKS).status_code == 403
    assert "Send it to somebody" not in rowan.get("/forms/visit/draft").text
