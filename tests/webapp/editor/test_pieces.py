"""A form is changed piece by piece: each part by itself, told what is wrong with it, and nobody overwritten unseen."""

import json
from typing import Any

import pytest

from tests.webapp.assessments.desk import BY_SCRIPT, Page
from tests.webapp.conftest import NOW
from tests.webapp.editor.drafting import Drafting
from tests.webapp.visitor import Visitor
from webapp.store.database import Database, writing
from webapp.store.draft_changes import Based, save_draft
from webapp.store.people import everyone

SAW = "What did you see for yourself?"


@pytest.fixture
def ines(client: Visitor) -> Drafting:
    """Ines Marchbanks at a draft of the visit that she has begun."""
    return Drafting(client.sign_in("Ines Marchbanks")).begin()


def question(drafting: Drafting, name: str) -> dict[str, Any]:
    """A question of the draft as it is kept."""
    form = json.loads(drafting.text())
    return next(q for section in form["sections"] for q in section["questions"] if q["id"] == name)


def test_a_question_is_reworded_and_the_rest_stays_to_the_letter(ines: Drafting) -> None:
    """One key differs; what was done is told in words; undoing it brings back the same text."""
    before = ines.text()
    assert ines.change_part("saw", label="What did you see with your own eyes?").status_code == 303
    assert ines.text() == before.replace(SAW, "What did you see with your own eyes?")
    page = ines.look_at("saw")
    assert "Undo: The wording of “What did you see for yourself?” was" in page.text
    assert ines.press("/undo", **ines.based(), back="saw").location.endswith("/forms/visit/draft?at=saw")
    assert ines.text() == before


def test_the_outline_names_every_question_with_what_is_wrong(ines: Drafting) -> None:
    """How each is answered and that it is statutory; an error is counted at its question and told in its panel."""
    text = ines.look_at("seen").text
    assert "Did you see the child? statutory: one option of a list · must be answered · in statutory returns" in text
    ines.change('"question": "seen"', '"question": "sene"')
    page = ines.look_at("seen_at")
    assert "When did you see the child? fact: a date" in page.text
    assert "1 to mend" in page.text
    assert "“sene”" in page.text


def test_what_cannot_be_so_is_told_at_its_box_and_all_that_was_typed_stays(ines: Drafting) -> None:
    """No question without words, no length that is not a number: nothing is kept, every box as it was left."""
    before = ines.text()
    refused = ines.change_part("saw", label="", hint="Only this hint.", max_length="many")
    assert refused.status_code == 400
    page = Page(refused)
    assert page.title.startswith("Error: ")
    assert "Enter a whole number, such as 3" in page.described("set-max_length")
    assert "“Question” cannot be left empty" in page.described("set-label")
    assert "".join(page.at("set-hint").itertext()).strip() == "Only this hint."
    assert page.at("set-max_length").get("value") == "many"
    assert ines.text() == before


def test_options_are_added_reworded_moved_and_taken_out(ines: Drafting) -> None:
    """A new one gets a value made of its words; a blank row is none."""
    page = ines.look_at("place")
    values = page.filled("piece-form")["option"]
    last = len(values) - 1
    assert ines.change_part("place", page, **{f"options.{last}.label": "In a park"}).status_code == 303
    assert question(ines, "place")["options"][-1] == {"value": "in_a_park", "label": "In a park"}
    assert ines.change_part("place", act="option-up:5").status_code == 303
    assert question(ines, "place")["options"][-2]["value"] == "in_a_park"
    assert ines.change_part("place", act="option-out:4").status_code == 303
    assert [each["value"] for each in question(ines, "place")["options"]] == values[:-1]


def test_an_option_that_somebody_waits_for_is_not_taken_out_unasked(ines: Drafting) -> None:
    """It and those that wait are named, a link leads to the first of them, and nothing is done."""
    before = ines.text()
    refused = ines.change_part("seen", act="option-out:0")
    assert refused.status_code == 400
    told = "“Yes, alone” is not taken out: “When did you see the child?”, "
    assert "wait for it. First change when they are asked." in Page(refused).text
    assert Page(refused).link(told) == f"{ines.address}?at=seen_at#part"
    assert ines.text() == before


def test_two_people_at_two_questions_both_keep_theirs(ines: Drafting, database: Database) -> None:
    """A page loaded before somebody changed another question is no reason to refuse."""
    page = ines.look_at("saw")
    _changed_by_another(ines, database, '"Did you see the child?"', '"Was the child seen?"')
    assert ines.change_part("saw", page, label="What did you see there?").status_code == 303
    assert "Was the child seen?" in ines.text()
    assert "What did you see there?" in ines.text()


def test_two_people_at_one_question_are_told_and_choose(ines: Drafting, database: Database) -> None:
    """What was typed stays in the panel with who did what; saving it again is then a choice, and can be undone."""
    page = ines.look_at("saw")
    _changed_by_another(ines, database, f'"{SAW}"', '"Theirs?"')
    refused = ines.change_part("saw", page, label="Mine?")
    assert refused.status_code == 409
    shown = Page(refused)
    assert "is now “Theirs?”" in shown.text
    assert "".join(shown.at("set-label").itertext()).strip() == "Mine?"
    assert "Theirs?" in ines.text()
    assert ines.change_part("saw", shown).status_code == 303
    assert "Mine?" in ines.text()
    ines.press("/undo", **ines.based())
    assert "Theirs?" in ines.text()


def test_a_part_that_somebody_took_out_meanwhile_is_told(ines: Drafting, database: Database) -> None:
    """Nothing is done, and the page shows what there is."""
    page = ines.look_at("saw")
    form = json.loads(ines.text())
    for section in form["sections"]:
        section["questions"] = [each for each in section["questions"] if each["id"] != "saw"]
    _saved_by_another(ines, database, json.dumps(form))
    refused = ines.change_part("saw", page, label="Mine?")
    assert refused.status_code == 409
    assert "Nothing was done" in Page(refused).text


def test_a_text_that_is_no_form_is_mended_as_text_first(ines: Drafting) -> None:
    """Each error leads to its line."""
    ines.change('"sections": [', '"sections" [')
    page = ines.look_at("saw")
    assert "The text has to be mended first" in page.text
    assert "/forms/visit/draft/text?line=" in page.response.text


def test_the_preview_is_filled_with_a_path_or_a_case(ines: Drafting) -> None:
    """At first so that what is looked at is asked; every case of the form is on the menu, and a strange one is none."""
    page = ines.look_at("baby_sleep")
    assert page.has("seen-q-baby_sleep-c-c1")
    case = next(each for each in page.at("fill").iter("option") if (each.get("value") or "").startswith("case:"))
    for fill in ("longest", "shortest", case.get("value"), "case:none", "nonsense"):
        shown = Page(ines.visitor.get(f"{ines.address}?at=contact&fill={fill}"))
        assert shown.has("seen-q-contact")


def _changed_by_another(ines: Drafting, database: Database, before: str, after: str) -> None:
    text = ines.text()
    assert before in text
    _saved_by_another(ines, database, text.replace(before, after, 1))


def _saved_by_another(ines: Drafting, database: Database, text: str) -> None:
    based = ines.based()
    with writing(database) as connection:
        other = next(each for each in everyone(connection) if each.name == "Petra Oakenfull")
        admin = next(each for each in everyone(connection) if each.name == "Ines Marchbanks")
        assert other.authority == admin.authority
        save_draft(connection, admin, Based(based["draft"], int(based["revision"])), text, _words(text), NOW)


def _words(text: str) -> str:
    return "The wording of it was before and is now “Theirs?”." if "Theirs?" in text else "Changed the text"


def test_a_type_that_is_none_is_told_and_one_that_was_not_sent_stays(ines: Drafting) -> None:
    """For questions and columns, and while it is typed too; a question with another thing wrong keeps its type."""
    before = ines.text()
    for part, kind in (("saw", "foo"), ("saw", "rows_of"), ("people.who", "rows")):
        refused = ines.change_part(part, type=kind)
        assert refused.status_code == 400
        assert "Choose how it is answered" in Page(refused).described("set-type")
        assert _looked(ines, part, type=kind).status_code == 200
    assert ines.change_part("saw", type="choice", label="").status_code == 400
    assert ines.text() == before
    assert ines.change_part("saw", type="", label="What was seen?").status_code == 303
    assert question(ines, "saw")["type"] == "long_text"


def _looked(ines: Drafting, part: str, **changed: str) -> Any:
    sent = {**ines.look_at(part).filled("piece-form"), **{f"set-{key}": value for key, value in changed.items()}}
    return ines.visitor.send(f"{ines.address}/look", sent, headers=BY_SCRIPT)


def test_a_code_list_is_left_for_options_of_its_own(ines: Drafting) -> None:
    """Two to begin with, as a new question has them."""
    sent = {**ines.look_at("place").filled("piece-form"), "act": "save"}
    assert ines.visitor.send(f"{ines.address}/change", {**sent, "code_list": "ethnicity"}).status_code == 303
    sent = {**ines.look_at("place").filled("piece-form"), "act": "save"}
    assert sent["code_list"] == ["ethnicity"]
    assert ines.visitor.send(f"{ines.address}/change", {**sent, "code_list": ""}).status_code == 303
    assert [each["label"] for each in question(ines, "place")["options"]] == ["First answer", "Second answer"]
    assert "code_list" not in question(ines, "place")


def test_a_code_list_that_is_not_here_stays_until_another_is_chosen(ines: Drafting) -> None:
    """The menu says so; all else of the question can be changed meanwhile."""
    form = json.loads(ines.text())
    held = next(q for s in form["sections"] for q in s["questions"] if q["id"] == "place")
    del held["options"]
    held["code_list"] = "our_own_list"
    ines.save(json.dumps(form, indent=2))
    assert "our own list (not here)" in ines.look_at("place").text
    assert ines.change_part("place", hint="Where you met.").status_code == 303
    assert question(ines, "place")["code_list"] == "our_own_list"
    assert question(ines, "place")["hint"] == "Where you met."


def test_two_options_with_one_value_each_keep_their_words(ines: Drafting) -> None:
    """They are told; all else of the question can be changed meanwhile, and one of them be emptied."""
    form = json.loads(ines.text())
    options = next(q for s in form["sections"] for q in s["questions"] if q["id"] == "place")["options"]
    options.append({**options[0], "label": "Other words"})
    ines.save(json.dumps(form, indent=2))
    assert ines.change_part("place", hint="Where you met.").status_code == 303
    assert question(ines, "place")["options"] == options
    emptied: dict[str, Any] = {f"options.{len(options) - 1}.label": ""}
    assert ines.change_part("place", **emptied).status_code == 303
    assert question(ines, "place")["options"] == options[:-1]


def test_of_two_options_with_one_value_only_the_one_pressed_goes(ines: Drafting) -> None:
    """By its place; what waits for that value goes on waiting for the other."""
    form = json.loads(ines.text())
    options = next(each for each in form["sections"][0]["questions"] if each["id"] == "place")["options"]
    options[1]["value"] = "home"
    ines.save(json.dumps(form))
    assert ines.change_part("place", act="option-out:1").status_code == 303
    left = next(each for each in json.loads(ines.text())["sections"][0]["questions"] if each["id"] == "place")
    assert [each["label"] for each in left["options"]][:2] == ["The child's home", "School or nursery"]


def test_an_option_is_chosen_alone_only_where_several_can_be(ines: Drafting) -> None:
    """The setting is not offered of a question of one answer, unless it is set there and can be taken away."""
    assert "chosen alone" not in ines.look_at("seen").text
    assert ines.change_part("seen", type="choices").status_code == 303
    assert "Option 1: chosen alone" in ines.look_at("seen").text
    ines.change('{"value": "not_seen", "label": "No"}', '{"value": "not_seen", "label": "No", "exclusive": true}')
    ines.save(ines.text().replace('"choices"', '"choice"'))
    text = ines.look_at("seen").text
    assert ("Option 3: chosen alone" in text, "Option 1: chosen alone" in text) == (True, False)
