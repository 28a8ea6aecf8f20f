"""What is local about a form is marked, told in words, taken back one by one, and handed out as an overlay."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.overlays import apply
from tests.webapp.assessments.desk import Page
from tests.webapp.commands import Pith
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.newer_versions import KNOWN, OURS, PLACE, PLAIN, SHIPPED, change_ours, publish_ours
from tests.webapp.editor.test_draft import ines
from tests.webapp.visitor import Visitor

__all__ = ["ines"]

LOCAL = "/forms/visit/local"
Json = Any


def take_back(drafting: Drafting, number: int, **more: str) -> Any:
    """Press Take this back at one change."""
    return drafting.visitor.send(LOCAL, {**drafting.based_at(LOCAL), "change": str(number), **more})


def test_the_outline_marks_what_is_local_and_a_line_counts_it(ines: Drafting) -> None:
    """A reworded question, an added one, a section with another title; nothing before anything was changed."""
    assert "local changes on" not in ines.look_at("place").text
    change_ours(ines)
    page = ines.look_at("place").text
    assert "4 local changes on version 1 as it comes with Pith" in page
    assert page.count("reworded here") == 3
    assert page.count("added here") == 1


def test_each_change_is_told_in_words(ines: Drafting) -> None:
    """In the words of its questions, one after the other."""
    change_ours(ines)
    page = Page(ines.visitor.get(LOCAL)).text
    assert "4 local changes" in page
    assert f"The wording of “{PLACE}” was “{PLACE}” and is now “{PLAIN}”." in page
    assert "“Are there animals in the home?” is new, in “The visit”." in page


def test_a_change_is_taken_back_as_a_step_that_can_be_undone(ines: Drafting) -> None:
    """The others stay, and so does everything that no operation says."""
    change_ours(ines)
    before = ines.text()
    operations = json.loads(ines.visitor.get(f"{LOCAL}.json").text)["changes"]
    number = 1 + next(index for index, each in enumerate(operations) if each.get("question") == "place")
    assert take_back(ines, number).status_code == 303
    page = Page(ines.visitor.get(f"{LOCAL}?taken=1")).text
    assert "3 local changes" in page
    assert PLAIN not in ines.text()
    assert KNOWN in ines.text()
    assert ines.press("/undo", **ines.based()).status_code == 303
    assert ines.text() == before


def test_what_cannot_be_without_it_goes_only_once_that_was_asked(ines: Drafting) -> None:
    """A question that waits for an added one: the page says so, and a second press takes both back."""
    waits = {"op": "set", "question": "place", "settings": {"show_when": {"question": "pets", "is": "yes"}}}
    first = {"op": "add", "to_section": "visit", "after": None, "question": OURS[2]["question"]}
    change_ours(ines, [first, waits])
    asked = take_back(ines, 1)
    assert asked.status_code == 409
    assert "this cannot be either, and would be taken back too" in Page(asked).text
    assert "pets" in ines.text()
    assert take_back(ines, 1, all="1").status_code == 303
    assert json.loads(ines.text()) == SHIPPED


def test_a_page_that_is_no_longer_so_takes_nothing_back(ines: Drafting) -> None:
    """Somebody changed the draft meanwhile, or the number is none."""
    change_ours(ines)
    old = ines.based_at(LOCAL)
    ines.change(PLAIN, "Where?")
    refused = ines.visitor.send(LOCAL, {**old, "change": "1"})
    assert refused.status_code == 409
    assert "nothing was taken back" in Page(refused).text
    assert take_back(ines, 9).status_code == 400
    assert "Where?" in ines.text()


def test_taking_back_what_is_in_use_begins_a_draft(ines: Drafting) -> None:
    """The version in use stays as it is."""
    publish_ours(ines)
    assert "4 local changes" in Page(ines.visitor.get(LOCAL)).text
    versions = Page(ines.visitor.get("/forms/visit/versions")).text
    assert "What is local, beside version 1 as it comes with Pith" in versions
    assert take_back(ines, 1).status_code == 303
    assert "3 local changes" in Page(ines.visitor.get(LOCAL)).text
    assert "3 local changes" in ines.look_at("place").text


def test_the_overlay_is_checked_and_makes_the_form(ines: Drafting, pith: Pith, tmp_path: Path) -> None:
    """As `pith check` reads it, beside the form that ships."""
    change_ours(ines)
    response = ines.visitor.get(f"{LOCAL}.json")
    assert response.headers["Content-Disposition"] == 'attachment; filename="visit-local.json"'
    overlay = json.loads(response.text)
    assert overlay["owner"] == "northshire-council"
    assert overlay["base"] == {"owner": "library", "form": "visit", "version": 1}
    form, problems = apply(SHIPPED, overlay)
    assert problems == ()
    assert {**form, "version": 1} == {**json.loads(ines.text()), "version": 1}
    (tmp_path / "local.json").write_text(response.text, encoding="utf-8")
    assert pith("check", tmp_path / "local.json").code == 0


def test_a_draft_that_must_be_mended_first_says_so(ines: Drafting) -> None:
    """And the overlay is empty until it is."""
    ines.save("{")
    page = Page(ines.visitor.get(LOCAL)).text
    assert "What is local cannot be told of the draft as it stands. The text has to be mended first." in page
    assert json.loads(ines.visitor.get(f"{LOCAL}.json").text)["changes"] == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            '"options": [{"value": "in_person"',
            '"code_list": "nothing", "options": [{"value": "in_person"',
            "cannot be told",
        ),
        ('"id": "place"', '"id": "contact"', "cannot be told"),
        ('"id": "each_child"', '"id": "visit"', "cannot be told"),
        ('"question": "contact", "is": "in_person"', '"question": "nobody", "is": "in_person"', "cannot be told"),
        ('"is": "in_person"', '"is": "nowhere"', "1 local change"),
    ],
)
def test_a_draft_with_errors_is_told_or_the_page_says_why_not(
    ines: Drafting, before: str, after: str, told: str
) -> None:
    """A code list that is none, an id twice, a condition on nothing: the draft’s page works all the same."""
    text = json.dumps(json.loads(ines.text()))
    assert before in text
    ines.save(text.replace(before, after, 1))
    assert told in Page(ines.visitor.get(LOCAL)).text
    assert ines.look_at("place").response.status_code == 200


def test_a_change_to_a_code_list_that_is_none_is_counted_and_told_later(ines: Drafting) -> None:
    """In words only once there is nothing to mend; it can be taken back at once."""
    change_ours(ines, [{"op": "retype", "question": "place", "type": "choice", "settings": {"code_list": "nothing"}}])
    page = Page(ines.visitor.get(LOCAL)).text
    assert "1 local change “place” is changed; how is told once the form has nothing to mend." in page
    assert take_back(ines, 1).status_code == 303
    assert json.loads(ines.text()) == SHIPPED


def test_who_tries_forms_reads_and_takes_nothing_back(client: Visitor) -> None:
    """There is no button."""
    change_ours(Drafting(client.sign_in("Ines Marchbanks")).begin())
    client.sign_in("Rowan Tideswell")
    page = client.get(LOCAL)
    assert "4 local changes" in page.text
    assert "Take this back" not in page.text
    assert client.send(LOCAL, {"change": "1"}).status_code == 403
