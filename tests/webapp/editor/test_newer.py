"""An authority's changes are put on a newer version that ships, each conflict decided by somebody."""

import json
from typing import Any

import pytest

from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.newer_versions import (
    EXPECTED,
    KNOWN,
    OURS,
    PLAIN,
    THEIRS,
    change_ours,
    publish_newer,
    publish_ours,
)  # fmt: skip
from tests.webapp.editor.test_draft import ines
from tests.webapp.visitor import Visitor
from webapp.store.database import Database

__all__ = ["ines"]

NEWER = "/forms/visit/newer"
LINE = "Version 2 of the form that ships is here; your changes can be put on it"
Json = Any


def put(drafting: Drafting, **decisions: str) -> Any:
    """Press the button with what was decided."""
    sent = {**drafting.based_at(NEWER), "newer": "shipped-2"}
    return drafting.visitor.send(NEWER, sent | {key.replace("_", "-"): each for key, each in decisions.items()})


def deciding(drafting: Drafting, reword: str, expected: str) -> dict[str, str]:
    """What is decided about the place and about what is gone, by the numbers the page gives them."""
    page = drafting.visitor.get(NEWER).text
    mine, own = (page.index(f'-{value}"') for value in ("mine", "own"))
    numbers = [page[:at].rpartition('id="decide-')[2].partition('"')[0].partition("-")[0] for at in (mine, own)]
    return {f"decide-{numbers[0]}": reword, f"decide-{numbers[1]}": expected}


def question_in(text: str, name: str) -> Json:
    """A question of a form's text, None for none."""
    return next((q for s in json.loads(text)["sections"] for q in s["questions"] if q["id"] == name), None)


def test_it_is_said_where_forms_are_looked_after(ines: Drafting, database: Database) -> None:
    """On the list, on the versions and at the draft; nowhere before it ships."""
    publish_ours(ines)
    pages = ("/forms", "/forms/visit/versions")
    assert not [address for address in pages if LINE in Page(ines.visitor.get(address)).text]
    assert "No version newer than version 1 as it comes with Pith ships." in Page(ines.visitor.get(NEWER)).text
    publish_newer(database)
    assert all(LINE in Page(ines.visitor.get(address)).text for address in pages)
    ines.begin()
    assert LINE in ines.look_at("place").text


def test_each_change_is_judged(ines: Drafting, database: Database) -> None:
    """What both changed with all three wordings, what is gone, what goes on, what is the same, and what is new."""
    publish_ours(ines)
    publish_newer(database)
    page = Page(ines.visitor.get(NEWER)).text
    assert "To decide: 2" in page
    shown = "In version 1“Where did you go?” In version 2“Which place was it?” Yours“{}”"
    assert shown.format(PLAIN) in page, page
    assert "Version 2 no longer has what it changes." in page
    assert "Going on as they are: 1" in page
    assert "Said by version 2 too: 1" in page
    assert f"“{EXPECTED}” is gone from “The visit”." in page
    assert "Still to decide:" in page


def test_nothing_is_decided_silently(ines: Drafting, database: Database) -> None:
    """Without a decision nothing is done, and each is led to; what was chosen stays chosen."""
    publish_ours(ines)
    publish_newer(database)
    chosen = deciding(ines, "mine", "own")
    first, *_ = chosen
    refused = put(ines, **{first: "mine"})
    page = Page(refused)
    assert refused.status_code == 400
    assert page.title.startswith("Error:")
    assert page.text.count("Decide what becomes of change") == 2  # above, and at the one that is open
    assert f'id="{first}-mine" name="{first}" type="radio" value="mine" checked' in refused.text.replace("  ", " ")
    assert "A draft begins as" in Page(ines.visitor.get(ines.address)).text


@pytest.mark.parametrize(("reword", "label"), [("mine", PLAIN), ("base", "Which place was it?")])
@pytest.mark.parametrize(("expected", "kept"), [("own", True), ("drop", False)])
def test_what_was_decided_becomes_the_draft(
    ines: Drafting, database: Database, reword: str, label: str, expected: str, kept: bool
) -> None:
    """On the newer version from then on, sound, with the changes that nobody had to decide."""
    publish_ours(ines)
    publish_newer(database)
    response = put(ines, **deciding(ines, reword, expected))
    assert (response.status_code, response.location) == (303, "/forms/visit/publish")
    text = ines.text()
    assert question_in(text, "place")["label"] == label
    assert (question_in(text, "expected") or {}).get("label") == (KNOWN if kept else None)
    assert question_in(text, "pets")
    assert "Nothing has to be mended before it can be published." in Page(ines.visitor.get("/forms/visit/publish")).text
    assert "No version newer than version 2" in Page(ines.visitor.get(NEWER)).text
    assert LINE not in Page(ines.visitor.get("/forms")).text


def test_it_is_a_step_that_can_be_undone(ines: Drafting, database: Database) -> None:
    """What stood in the draft comes back, on the version it was made from; and made again it is on the newer one."""
    publish_newer(database, THEIRS[2:], version=2)
    change_ours(ines, OURS[:1])
    before = ines.text()
    assert put(ines).status_code == 303
    after = ines.text()
    assert LINE not in ines.look_at("place").text
    assert ines.press("/undo", **ines.based()).status_code == 303
    assert ines.text() == before
    assert LINE in ines.look_at("place").text
    assert ines.press("/redo", **ines.based()).status_code == 303
    assert ines.text() == after
    assert LINE not in ines.look_at("place").text


def test_once_published_it_is_a_change_of_the_newer_version(ines: Drafting, database: Database) -> None:
    """A next version ships, and the changes are told beside that which they were put on."""
    publish_ours(ines)
    newer = publish_newer(database)
    put(ines, **deciding(ines, "mine", "drop"))
    assert ines.publish(reason="On version 2", budget_reason="It matters").status_code == 303
    page = Page(ines.visitor.get("/forms/visit/local")).text
    assert "2 local changes" in page
    assert LINE not in Page(ines.visitor.get("/forms/visit/versions")).text
    assert json.loads(ines.visitor.get("/forms/visit/local.json").text)["base"]["version"] == newer["version"] == 2


def test_what_was_changed_meanwhile_is_not_overwritten(ines: Drafting, database: Database) -> None:
    """The draft, or the version that ships."""
    publish_newer(database, THEIRS[2:])
    change_ours(ines, OURS[:1])
    based = ines.based_at(NEWER)
    ines.change(PLAIN, "Where?")
    for sent in ({**based, "newer": "shipped-2"}, {**ines.based_at(NEWER), "newer": "shipped-3"}):
        refused = ines.visitor.send(NEWER, sent)
        assert refused.status_code == 409
        assert "so nothing was done" in Page(refused).text
    assert "Where?" in ines.text()


def test_a_protected_question_is_not_weakened_on_the_way(ines: Drafting, database: Database) -> None:
    """A change that was allowed is not once the newer version protects the question: it cannot be published."""
    publish_ours(ines, OURS[:1])
    publish_newer(database, [{"op": "set", "question": "place", "settings": {"protected": True}}])
    assert put(ines).status_code == 303
    page = Page(ines.visitor.get("/forms/visit/publish")).text
    assert "is protected by the base: its “Question” may not change." in page
    assert ines.publish(reason="Anyway").status_code == 400


def test_a_draft_without_changes_becomes_the_newer_version(ines: Drafting, database: Database) -> None:
    """As it ships, but for the number."""
    newer = publish_newer(database)
    assert "You have no changes of your own" in Page(ines.visitor.get(NEWER)).text
    assert put(ines).status_code == 303
    assert json.loads(ines.text()) == {**newer, "version": 1}


def test_a_draft_that_must_be_mended_first_says_so(ines: Drafting, database: Database) -> None:
    """And nothing can be put anywhere until it is."""
    publish_newer(database)
    ines.save("{")
    assert "Your changes cannot be told yet. The text has to be mended first." in Page(ines.visitor.get(NEWER)).text
    assert put(ines).status_code == 409


def test_who_tries_forms_reads_and_decides_nothing(client: Visitor, database: Database) -> None:
    """There is no button."""
    publish_ours(Drafting(client.sign_in("Ines Marchbanks")).begin())
    publish_newer(database)
    client.sign_in("Rowan Tideswell")
    page = client.get(NEWER)
    assert "To decide: 2" in page.text
    assert "Put them on" not in page.text
    assert client.send(NEWER, {}).status_code == 403
