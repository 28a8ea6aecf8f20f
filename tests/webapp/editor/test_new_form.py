"""A new form is begun from nothing or as a copy, under an id that is free."""

import json
from typing import Any

import pytest
from flask import Flask

from tests.webapp.assessments.desk import Page, begin
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_publish import WHY
from tests.webapp.visitor import Visitor
from webapp.editor.new_form import first_words, id_from
from webapp.library import shipped_definitions


@pytest.fixture
def admin(client: Visitor) -> Visitor:
    """Ines, who looks after forms, at the page that begins a new one."""
    client.sign_in("Ines Marchbanks").get("/forms/new")
    return client


def test_one_from_nothing_is_sound_and_can_be_published(admin: Visitor) -> None:
    """Its id is made of its title; a worker begins it."""
    response = admin.send("/forms/new", {"title": " Early  help plan ", "form": ""})
    assert response.location == "/forms/early-help-plan/draft"
    drafting = Drafting(admin, "early-help-plan")
    page = drafting.look().text
    assert "Draft of Early help plan" in page
    assert "Nothing has to be mended" in page
    assert "Longest path 1 question · 1 at least" in drafting.look_at("*").text
    assert " · 1 printed page · " in drafting.look_at("*").text
    assert page.count("These are still the words that a new form begins with.") == 3
    drafting.change_part("what_do_you_want_to_ask_first", label="Who asked for help?", why="To know whom to answer.")
    drafting.change_part("*", purpose="What a family and we agree to do.")
    assert "These are still the words" not in drafting.look().text
    assert "Drafts of new forms Early help plan" in Page(admin.get("/forms")).text
    assert drafting.publish(**WHY).status_code == 303
    worker = admin.sign_in("Adaeze Finch")
    address = begin(worker, form="early-help-plan").address("the_first_section")
    assert "Who asked for help?" in Page(worker.get(address)).text


def test_names_and_values_follow_their_words_until_it_is_published(admin: Visitor) -> None:
    """With the conditions that wait for them, in one step that Undo takes back; from then on they stay."""
    admin.send("/forms/new", {"title": "Early help plan", "form": ""})
    drafting = Drafting(admin, "early-help-plan")
    first = "what_do_you_want_to_ask_first"
    assert "It follows the words until the form is published." in drafting.look_at(first).text
    drafting.change_part(first, type="choice")
    options: dict[str, Any] = {"options.0.label": "A teacher", "options.1.label": "Somebody else"}
    response = drafting.change_part(first, label="Who asked?", why="To know whom to answer.", **options)
    assert "at=who_asked&" in response.location
    asked = json.loads(drafting.text())["sections"][0]["questions"][0]
    assert (asked["id"], [each["value"] for each in asked["options"]]) == ("who_asked", ["a_teacher", "somebody_else"])
    assert "is now “Who asked?”" in drafting.look_at("who_asked").text
    drafting.press("/undo", **drafting.based())
    asked = json.loads(drafting.text())["sections"][0]["questions"][0]
    assert (asked["id"], asked["options"][0]["value"]) == (first, "first_answer")
    drafting.press("/redo", **drafting.based())
    drafting.change_part("*", purpose="What a family and we agree to do.")
    assert drafting.publish(**WHY).status_code == 303
    drafting.begin()
    school: dict[str, Any] = {"options.0.label": "A school"}
    drafting.change_part("who_asked", label="Who asked for help?", **school)
    asked = json.loads(drafting.text())["sections"][0]["questions"][0]
    assert (asked["id"], asked["options"][0]["value"]) == ("who_asked", "a_teacher")
    assert "It stays, since answers are kept under it." in drafting.look_at("who_asked").text


def test_what_an_older_version_had_keeps_its_name(admin: Visitor) -> None:
    """Answers to it may exist, though the version in use no longer asks it."""
    admin.send("/forms/new", {"title": "Short", "form": ""})
    drafting, first = Drafting(admin, "short"), "what_do_you_want_to_ask_first"
    text = drafting.text()
    assert drafting.publish(**WHY).status_code == 303
    drafting.begin().save(text.replace(first, "another").replace('"version": 1', '"version": 2'))
    assert drafting.publish(**WHY).status_code == 303
    drafting.begin().save(text.replace('"version": 1', '"version": 3'))
    drafting.change_part(first, label="Who asked?")
    assert json.loads(drafting.text())["sections"][0]["questions"][0]["id"] == first


def test_values_stay_where_a_condition_cannot_be_written_anew(admin: Visitor) -> None:
    """One that waits for the option and names a question that is not there: the words change all the same."""
    admin.send("/forms/new", {"title": "Short", "form": ""})
    drafting = Drafting(admin, "short")
    drafting.change_part("what_do_you_want_to_ask_first", type="choice")
    form = json.loads(drafting.text())
    first = form["sections"][0]["questions"][0]
    waits = [{"question": first["id"], "is": "first_answer"}, {"question": "nowhere", "answered": True}]
    later = {
        "id": "later",
        "type": "long_text",
        "kind": "fact",
        "label": "Why?",
        "why": "W",
        "show_when": {"all": waits},
    }
    form["sections"][0]["questions"].append(later)
    drafting.save(json.dumps(form))
    words: dict[str, Any] = {"options.0.label": "A teacher"}
    assert drafting.change_part(first["id"], **words).status_code == 303
    found = json.loads(drafting.text())["sections"][0]["questions"]
    assert found[0]["options"][0] == {"value": "first_answer", "label": "A teacher"}
    assert found[1]["show_when"] == {"all": waits}


def test_a_copy_holds_the_questions_of_the_form_in_use(admin: Visitor) -> None:
    """Under its own title and id, as version 1, with no protected question held against it."""
    admin.send("/forms/new", {"title": "Short visit", "form": "short", "copied": "visit"})
    found = json.loads(Drafting(admin, "short").text())
    assert (found["title"], found["form"], found["version"]) == ("Short visit", "short", 1)
    assert found["sections"][0]["id"] == "visit"
    assert "Nothing has to be mended" in Drafting(admin, "short").look().text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"title": " ", "form": "f"}, "Write what the form is called"),
        ({"title": "t" * 301, "form": "f"}, "A title has at most 300 characters"),
        ({"title": "Visit", "form": ""}, "There is a form with the id visit already"),
        ({"title": "Visit", "form": "Visit 2"}, "An id begins with a small letter"),
        ({"title": "Bring", "form": ""}, "Pith has a page of its own called bring"),
        ({"title": "日本", "form": ""}, "An id begins with a small letter"),
    ],
)
def test_what_cannot_be_is_told_at_its_box(admin: Visitor, sent: dict[str, str], told: str) -> None:
    """What was written stays."""
    refused = admin.send("/forms/new", sent)
    assert refused.status_code == 400
    assert told in Page(refused).text
    assert sent["title"].strip() in refused.text


def test_an_id_is_made_of_a_title() -> None:
    """With hyphens, no longer than an id can be."""
    assert id_from("Mum’s plan (2026)") == "mums-plan-2026"
    assert len(id_from("word " * 40)) <= 63


def test_no_id_is_the_first_word_of_another_address(app: Flask) -> None:
    """Every page of the editor that stands beside the forms, and no form that ships."""
    with app.app_context():
        found = first_words()
    assert {"approval", "bring", "compare", "new", "preview"} <= found
    assert not found & {path.parent.name for path in shipped_definitions()}
