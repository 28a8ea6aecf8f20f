"""A form is changed as text: kept as it was typed, checked in plain words, undone and redone."""

import json

import pytest

from engine.checks import check
from tests.webapp.assessments.desk import Page
from tests.webapp.conftest import NOW
from tests.webapp.editor.drafting import Drafting
from tests.webapp.visitor import Visitor
from webapp.editor.judging import OWN_PROBLEMS
from webapp.library import LIBRARY, code_list_files, code_lists, shipped_definitions
from webapp.store.database import Database, writing
from webapp.store.draft_changes import Based, save_draft
from webapp.store.people import everyone

SAW = "What did you see for yourself?"


@pytest.fixture
def ines(client: Visitor) -> Drafting:
    """Ines Marchbanks at a draft of the visit that she has begun."""
    return Drafting(client.sign_in("Ines Marchbanks")).begin()


@pytest.mark.parametrize("form", [path.parent.name for path in shipped_definitions()])
def test_a_draft_begins_as_what_is_in_use_laid_out_and_sound(client: Visitor, form: str) -> None:
    """Every shipped form: the same but for its number, a line for each key, nothing to mend."""
    drafting = Drafting(client.sign_in("Ines Marchbanks"), form).begin()
    text = drafting.text()
    shipped = json.loads((LIBRARY / form / "1.json").read_bytes())
    assert json.loads(text) == {**shipped, "version": 1}
    assert list(json.loads(text)) == list(shipped)
    assert text.count("\n") > 200
    page = drafting.look()
    assert "Nothing has to be mended before it can be published." in page.text
    assert "What changed since version 1 as it comes with Pith Nothing yet." in page.text


def test_a_change_is_told_in_words_with_what_it_costs(ines: Drafting) -> None:
    """What changed since the version in use, and the figures of both."""
    assert ines.change(SAW, "What did you see with your own eyes?").status_code == 303
    page = ines.look()
    assert f"The wording of “{SAW}” was “{SAW}” and is now “What did you see with your own eyes?”." in page.text
    assert "Questions at most 22 22 22" in page.text
    assert "Words to read 752 754" in page.text
    assert "Saved 09:30 by Ines Marchbanks" in page.text


def test_what_is_not_json_is_kept_to_the_letter_and_its_line_is_told(ines: Drafting) -> None:
    """The line is quoted, for those without scripts too, and its link leads to the box."""
    broken = "\n\n" + ines.text().replace('"sections": [', '"sections" [  “<b>”') + "\n\n "
    assert ines.save(broken).status_code == 303
    assert ines.text() == broken
    page = ines.look()
    assert "1 thing to mend before it can be published" in page.text
    assert "Line 17: A colon is missing after a key." in page.text
    assert '"sections" [ “<b>”' in page.text
    assert 'href="#definition" data-line="17"' in page.response.text


def test_every_problem_of_the_engine_is_told_at_its_line(ines: Drafting) -> None:
    """All that the check of the same text says, in its words, with its mends."""
    ines.change('"question": "contact"', '"question": "contakt"')
    found = check(ines.text(), code_lists(code_list_files()), NOW.date().isoformat())
    errors = [each for each in found if each.severity == "error"]
    assert errors
    page = ines.look()
    for each in errors:
        assert f"Line {each.line}: {' '.join(f'{each.message} {each.mend}'.split())}" in page.text


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [('"form": "visit"', '"form": "visits"', "other_form"), ('"version": 1', '"version": 9', "other_version")],
)
def test_a_draft_stays_the_form_and_the_number_that_it_becomes(
    ines: Drafting, before: str, after: str, code: str
) -> None:
    """Somebody who changes the id or the number is told what belongs there."""
    ines.change(before, after)
    message, mend = (words.format(form="visit", version=1) for words in OWN_PROBLEMS[code])
    assert f"{message} {mend}" in ines.look().text


def test_a_protected_question_cannot_be_reworded(ines: Drafting) -> None:
    """It is told at the question, and everything else of the draft is measured all the same."""
    ines.change("When was the visit?", "When did you go?")
    page = ines.look()
    assert "“visited_on” is protected by the base: its “label” may not change." in page.text
    assert "Questions at most 22 22 22" in page.text


def test_undo_and_redo_and_discard_lead_back(ines: Drafting) -> None:
    """Each names what it would take back; a discarded draft comes back whole."""
    first = ines.text()
    ines.change(SAW, "What did you see?")
    second = ines.text()
    page = ines.look().text
    assert "Undo: The wording of “What did you see for yourself?” was" in page
    assert ines.press("/undo", **ines.based()).status_code == 303
    assert ines.text() == first
    assert ines.press("/redo", **ines.based()).status_code == 303
    assert ines.text() == second
    assert "Took back: The wording of" in ines.look().text
    assert ines.press("/discard", **ines.based()).status_code == 303
    page = ines.look_at("seen").text
    assert "Nobody is changing this form." in page
    assert "Bring back the draft that was discarded" in page
    assert ines.press("/bring-back").status_code == 303
    assert ines.text() == second


def test_two_people_never_overwrite_each_other(ines: Drafting, database: Database) -> None:
    """Who saves over a change they have not seen gets both texts; pressing Save again is then a choice."""
    seen, mine = ines.based(), ines.text().replace(SAW, "Mine?")
    theirs = ines.text().replace(SAW, "Theirs?")
    _saved_by_another(database, Based(seen["draft"], 1), theirs)
    refused = ines.save(mine, **seen)
    assert refused.status_code == 409
    page = Page(refused)
    assert "Cai Fenwick saved another change at 09:30, while your page was open" in page.text
    assert '"label": "Theirs?", Yours "label": "Mine?",' in page.text
    assert page.response.text.count("Theirs?") >= 2
    assert '"label": "Mine?"' in page.at("definition").text  # type: ignore[operator]
    assert ines.text() == theirs
    sent = {"draft": seen["draft"], "revision": "2"}
    assert ines.save(mine, **sent).status_code == 303
    assert ines.text() == mine
    ines.press("/undo", **ines.based())
    assert ines.text() == theirs


def test_a_step_back_is_not_taken_over_somebody_elses_change(ines: Drafting, database: Database) -> None:
    """Undo, redo and discard of a draft that stands otherwise do nothing, and say so."""
    seen = ines.based()
    _saved_by_another(database, Based(seen["draft"], 1), "{}")
    for step in ("/undo", "/redo", "/discard"):
        refused = ines.press(step, **seen)
        assert refused.status_code == 409
        assert "Nothing was done" in Page(refused).text
    assert ines.text() == "{}"


def _saved_by_another(database: Database, based: Based, text: str) -> None:
    """A second admin of Northshire, Cai Fenwick, saves a text."""
    with writing(database) as connection:
        ines = next(each for each in everyone(connection) if each.name == "Ines Marchbanks")
        connection.exec_driver_sql(
            "INSERT INTO people (id, authority_id, team_id, key, name, job, role) "
            f"VALUES (900, {ines.authority}, {ines.team}, 'cai', 'Cai Fenwick', 'performance officer', 'admin')"
        )
        cai = next(each for each in everyone(connection) if each.name == "Cai Fenwick")
        save_draft(connection, cai, based, text, "Changed the text", NOW)


def test_the_script_is_given_a_fragment_and_nothing_is_saved(ines: Drafting) -> None:
    """What the check says of a text that is still being written, and whether somebody else saved meanwhile."""
    text = ines.text()
    sent = {**ines.based(), "definition": text.replace(SAW, "Now?")}
    given = ines.visitor.send(f"{ines.address}/check", sent, headers={"HX-Request": "true"})
    assert given.status_code == 200
    assert "<html" not in given.text
    assert "Now?" in given.text
    assert "saved another change" not in given.text
    assert ines.text() == text
    ines.save("{}")
    given = ines.visitor.send(f"{ines.address}/check", sent, headers={"HX-Request": "true"})
    assert "Ines Marchbanks saved another change at 09:30." in given.text


def test_who_tries_forms_reads_the_draft_and_changes_nothing(ines: Drafting) -> None:
    """The same words, without a button."""
    based = ines.based()
    rowan = ines.visitor.sign_in("Rowan Tideswell")
    page = Page(rowan.get("/forms/visit/draft/text"))
    assert "readonly" in page.response.text
    assert "Save" not in [" ".join(each.itertext()) for each in page.root.iter("button")]
    assert "Read the draft" in Page(rowan.get("/forms")).text
    pieces = Page(rowan.get("/forms/visit/draft?at=seen"))
    assert "Did you see the child?" in pieces.text
    assert "Save" not in [" ".join(each.itertext()) for each in pieces.root.iter("button")]
    for path in ("/text", "/change", "/begin", "/check", "/undo", "/redo", "/discard", "/bring-back"):
        assert rowan.send(f"/forms/visit/draft{path}", {**based, "definition": "x"}).status_code == 403
    assert rowan.get("/forms/visit/publish").status_code == 403


def test_the_log_says_what_was_done_to_which_form(ines: Drafting) -> None:
    """Each act in words, with the form's id."""
    ines.change(SAW, "Now?")
    ines.press("/undo", **ines.based())
    ines.press("/discard", **ines.based())
    page = Page(ines.visitor.sign_in("Petra Oakenfull").get("/who-has-looked")).text
    for words in ("began to change the form", "saved a change to the draft of the form", "discarded the draft of"):
        assert words in page
    assert "took back a change to the draft of the form visit" in page
