"""Cases of a form held against its draft: kept or not and why, made of what was tried, taken out and brought back."""

import json
import re
from pathlib import Path

import pytest

from tests.webapp.assessments.desk import Page
from tests.webapp.commands import Pith
from tests.webapp.conftest import NOW
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import ines
from tests.webapp.editor.trying import Trying
from tests.webapp.visitor import Visitor
from webapp.editor.layout import laid_out
from webapp.library import LIBRARY, shipped_cases, shipped_definitions
from webapp.store.cases import MOST_CASES, NewCase, keep_case
from webapp.store.database import Database, writing
from webapp.store.people import everyone

__all__ = ["ines"]

CASES = "/forms/visit/draft/cases"
NOW_ASKED = "On a call, the place is asked too"


def look(visitor: Visitor) -> Page:
    """The cases of the visit."""
    return Page(visitor.get(CASES))


def made(ines: Drafting, title: str = NOW_ASKED) -> str:
    """The key of a case made of a visit by phone."""
    trying = Trying(ines.visitor).begin()
    trying.press("check", {"q-contact": "phone"})
    response = trying.send("case", {"case_title": title}, CASES)
    assert response.status_code == 303
    return str(response.location.partition("#")[2])


@pytest.mark.parametrize("form", [path.parent.name for path in shipped_definitions()])
def test_every_shipped_form_keeps_the_cases_that_come_with_it(client: Visitor, form: str) -> None:
    """A draft that changes nothing does with each what the case expects."""
    Drafting(client.sign_in("Ines Marchbanks"), form).begin()
    page = Page(client.get(f"/forms/{form}/draft/cases"))
    assert f"The draft keeps all {len(list(shipped_cases(form)))} cases." in page.text


def test_what_a_change_breaks_is_told_in_words(ines: Drafting) -> None:
    """With the words of the questions and the names of the children; what is not kept stands first."""
    phone = '{"question": "contact", "is": "in_person"}'
    assert phone in ines.text()
    ines.change(phone, '{"question": "contact", "is": "phone"}')
    page = look(ines.visitor)
    assert "cases are not kept by the draft." in page.text
    assert page.text.index("Not kept") < page.text.index("Kept ·")
    assert "The case expects “Where did you go?” to be shown, and it is not." in page.text
    assert "place" not in re.findall("“([a-z_]+)”", page.text)


def test_a_question_that_was_taken_out_is_told_once(ines: Drafting) -> None:
    """By its label, with the cases that name it; what else the draft does otherwise is told all the same."""
    cases = [json.loads(path.read_bytes()) for path in shipped_cases("visit")]
    naming = [each["title"] for each in cases if '"other_story"' in json.dumps(each, ensure_ascii=False)]
    form = json.loads(ines.text())
    for section in form["sections"]:
        section["questions"] = [each for each in section["questions"] if each["id"] != "other_story"]
    phone = '{"question": "contact", "is": "in_person"}'
    ines.save(laid_out(form).replace(phone, '{"question": "contact", "is": "phone"}', 1))
    text = look(ines.visitor).text
    words = "“What else could explain what you saw or heard?” was taken out."
    told = text.partition("What several cases have in common")[2].partition("Each case")[0]
    assert (text.count(words), told.count(f": {words}")) == (2, 1)
    assert f"{words} In {len(naming)} cases" in told
    assert all(title in told for title in naming)
    assert "other_story" not in text
    assert "The case expects “Where did you go?” to be shown, and it is not." in told


def test_a_case_fills_the_form(ines: Drafting) -> None:
    """Its answers, its children and its day; a case that is not there is not found."""
    trying = Trying(ines.visitor).begin("?case=shipped-baby")
    case = json.loads((LIBRARY / "visit" / "cases" / "baby.json").read_bytes())
    assert trying.sheet["answers"] == case["answers"]
    assert trying.sheet["context"] == case["context"]
    assert ines.visitor.get("/forms/visit/draft/try?case=shipped-..%2F1").status_code == 404


def test_a_case_is_made_of_what_was_tried(ines: Drafting) -> None:
    """It expects what is asked and missing now, and is held against the draft from then on."""
    key = made(ines)
    page = look(ines.visitor)
    assert f"The draft keeps all {len(list(shipped_cases('visit'))) + 1} cases." in page.text
    assert page.has(key)
    assert "Made by Ines Marchbanks, 12 March 2026" in page.text
    ines.change('"How was the visit made?"', '"How did the visit take place?"')
    assert "Not kept" not in look(ines.visitor).text
    show = '{"question": "contact", "is": "in_person"}'
    ines.change(show, '{"question": "contact", "in": ["in_person", "phone"]}')
    told = look(ines.visitor).text
    assert f"Not kept · {NOW_ASKED}" in told
    assert "“Where did you go?” is shown, and the case does not expect it." in told


def test_a_case_needs_a_sentence(ines: Drafting) -> None:
    """What was tried stays on the page."""
    trying = Trying(ines.visitor).begin()
    trying.press("check", {"q-contact": "phone"})
    for title, told in (("  ", "Say what the case shows"), ("x" * 300, "A sentence of at most 200 characters")):
        refused = trying.send("case", {"case_title": title}, CASES)
        assert refused.status_code == 400
        assert told in refused.text
        assert "&#34;contact&#34;:&#34;phone&#34;" in refused.text


def test_a_case_as_a_file_is_one_that_pith_check_accepts(ines: Drafting, tmp_path: Path, pith: Pith) -> None:
    """Beside its form: a name of small letters, and the form's own words in it."""
    response = ines.visitor.get(f"{CASES}/{made(ines, 'A call “to” ../ Ossie')}")
    assert response.headers["Content-Disposition"] == 'attachment; filename="a-call-to-ossie.json"'
    (tmp_path / "visit" / "cases").mkdir(parents=True)
    (tmp_path / "visit" / "1.json").write_bytes((LIBRARY / "visit" / "1.json").read_bytes())
    (tmp_path / "visit" / "cases" / "a-call.json").write_bytes(response.data)
    assert pith("check", str(tmp_path)).code == 0
    assert json.loads(response.data)["title"] == "A call “to” ../ Ossie"


def test_a_case_is_taken_out_and_brought_back(ines: Drafting) -> None:
    """What comes with Pith stays."""
    key, count = made(ines), len(list(shipped_cases("visit")))
    look(ines.visitor)
    assert ines.visitor.send(f"{CASES}/{key}/take-out").status_code == 303
    page = look(ines.visitor)
    assert f"The draft keeps all {count} cases." in page.text
    assert "Taken out" in page.text
    assert ines.visitor.send(f"{CASES}/{key}/bring-back").status_code == 303
    assert f"The draft keeps all {count + 1} cases." in look(ines.visitor).text
    assert ines.visitor.send(f"{CASES}/shipped-baby/take-out").status_code == 404


def test_a_form_keeps_no_more_cases_than_it_can_run(ines: Drafting, database: Database) -> None:
    """The refusal says how many there can be."""
    with writing(database) as connection:
        viewer = next(each for each in everyone(connection) if each.name == "Ines Marchbanks")
        for number in range(MOST_CASES):
            keep_case(connection, viewer, NewCase("visit", f"{number}", "{}"), NOW)
    trying = Trying(ines.visitor).begin()
    trying.press("check")
    refused = trying.send("case", {"case_title": "One more"}, CASES)
    assert refused.status_code == 400
    assert "A form keeps at most 200 cases." in refused.text


def test_with_errors_the_cases_wait(ines: Drafting) -> None:
    """They are listed, and the page leads to what has to be mended."""
    key = made(ines)
    ines.save("{")
    page = look(ines.visitor)
    assert "has to be mended in the draft before its cases can be run" in page.text
    assert page.has(key)
    assert ines.visitor.get(f"/forms/visit/draft/try?case={key}").status_code == 200


def test_who_tries_forms_runs_the_cases_and_changes_none(ines: Drafting) -> None:
    """Policy may look, fill the form, and take a case along as a file."""
    key = made(ines)
    rowan = ines.visitor.sign_in("Rowan Tideswell")
    page = look(rowan)
    assert "Take out" not in page.text
    trying = Trying(rowan).begin(f"?case={key}")
    assert "Make a case of this" not in trying.press("check").text
    assert trying.send("case", {"case_title": "Mine"}, CASES).status_code == 403
    assert rowan.send(f"{CASES}/{key}/take-out").status_code == 403


def test_making_and_taking_out_stand_in_the_log(ines: Drafting) -> None:
    """Under the form's name."""
    key = made(ines)
    ines.visitor.send(f"{CASES}/{key}/take-out")
    ines.visitor.send(f"{CASES}/{key}/bring-back")
    log = Page(ines.visitor.sign_in("Petra Oakenfull").get("/who-has-looked")).text
    for act in ("made a case of the form", "took out a case of the form", "brought back a case of the form"):
        assert act in log


def test_the_menu_of_a_draft_reads_no_case(ines: Drafting, database: Database) -> None:
    """It lists them by their titles; one that is chosen is read alone."""
    with writing(database) as connection:
        her = next(each for each in everyone(connection) if each.name == "Ines Marchbanks")
        keep_case(connection, her, NewCase("visit", "Never read", "not JSON"), NOW)
    key = made(ines)
    page = ines.visitor.get(f"{ines.address}?at=seen_at&fill=case:{key}")
    assert page.status_code == 200
    for words in ("Case: Never read", f"Case: {NOW_ASKED}"):
        assert words in Page(page).text
    assert f'value="case:{key}" selected' in page.text
