"""A form of two languages: shown in the one somebody chose, every text saying which it is in, nothing typed lost."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from engine.definition import definition_from_json
from tests.webapp.assessments.desk import Desk, Page, begin, pieces, share_the_tallowbys, words
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.library import LIBRARY, read_definition, read_file
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish

Feature = Callable[[str], Desk]
Json = Any
FORM = read_file(LIBRARY / "_features" / "two-languages" / "1.json").value


def _texts(value: Json) -> Iterator[dict[str, str]]:
    """Every text of the form, in both languages."""
    if isinstance(value, dict) and value.keys() == {"en", "cy"}:
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


TEXTS = [{code: re.sub(r"\*\*|\n+- |\n+", " ", text) for code, text in each.items()} for each in _texts(FORM)]
ENGLISH = [re.sub(" +", " ", each["en"]).strip() for each in TEXTS]
WELSH = [re.sub(" +", " ", each["cy"]).strip() for each in TEXTS]


def _by_language(element: Element, around: str = "en") -> Iterator[tuple[str, str]]:
    """Each run of words on a page with the language that it is said to be in; a tab's title can say but one."""
    here = element.get("lang", around)
    if element.tag not in ("script", "style", "template", "title"):
        yield here, element.text or ""
        for child in element:
            yield from _by_language(child, here)
            yield here, child.tail or ""


def _said_in(page: Page, language: str) -> str:
    """All the words of a page that are said to be in a language, on one line."""
    return re.sub(r"\s+", " ", " ".join(text for here, text in _by_language(page.root) if here == language))


@pytest.fixture
def call(feature: Feature) -> Desk:
    """A call that holds an answer of every kind."""
    desk = feature("two-languages")
    page = desk.follow("call", {"q-reached": "parent", "q-length": "12"})
    desk.save("call", {"q-called_on": None, **_date("2", "3", "2026")})
    assert page.has("q-help-question")
    desk.save("call", {"q-help": ["food", "sleep"]})
    desk.post("call", {"do": "add q-people"})
    row = _row_of(desk)
    who, stays = (desk.name("people", row=row, column=column) for column in ("who", "stays"))
    desk.save("call", {who: None, f"{who}-name": "Nain"}, row=f"q-people.{row}")
    desk.save("call", {stays: "yes"}, row=f"q-people.{row}")
    desk.save("children", {desk.name("words", "Wren"): "Dw i eisiau aros."})
    desk.save("sense", {"q-safe": "0", "q-meaning": None, "q-meaning-text": "Better <than> before."})
    return desk


def _date(day: str, month: str, year: str) -> dict[str, str]:
    return {"q-called_on-day": day, "q-called_on-month": month, "q-called_on-year": year}


def _row_of(desk: Desk) -> str:
    found = re.search(r'value="edit q-people ([^"]+)"', desk.open("call").response.text)
    assert found
    return found[1]


def _speak(desk: Desk, language: str, section: str = "call", **typed: Any) -> Page:
    """Press the button of a language, as a browser without script does."""
    return desk.follow(section, {"do": f"speak {language}", **typed})


PAGES = ("call", "children", "sense")


def _everything(desk: Desk) -> list[Page]:
    """Every page of the assessment that shows its form: sections, one with a row open, check, feedback."""
    row = _row_of(desk)
    sections = [desk.open(section) for section in PAGES]
    return [
        *sections,
        desk.open("call", f"?row=q-people.{row}"),
        desk.open("call", f"?remove=q-people.{row}"),
        desk.page("check"),
        desk.page("sections/call/feedback"),
    ]


def test_in_welsh_no_text_of_the_form_is_in_english(call: Desk) -> None:
    """Labels, hints, options, units, prompts, guidance, reasons, titles and evidence: none is left behind."""
    _speak(call, "cy")
    for page in _everything(call):
        for english in ENGLISH:
            assert english not in page.text, (page.title, english)


def test_every_text_says_which_language_it_is_in(call: Desk) -> None:
    """What is Welsh stands in an element that says so, and nothing English does."""
    _speak(call, "cy")
    for page in _everything(call):
        english, welsh = _said_in(page, "en"), _said_in(page, "cy")
        for text in WELSH:
            assert text not in english, (page.title, text)
        assert any(text in welsh for text in WELSH)
        for ours in ("Save and continue", "Not known yet", "Why we ask", "Check your answers", "Wren", "Nain"):
            assert ours not in welsh, (page.title, ours)
        assert "lang=" not in page.text
        assert "<span" not in page.text


def test_every_text_of_the_form_is_shown_in_welsh_somewhere(call: Desk) -> None:
    """The test above would pass over a text that no page shows: each is on a page but the form's purpose."""
    _speak(call, "cy")
    shown = " ".join(_said_in(page, "cy") for page in [*_everything(call), call.open("sense")])
    shown += _said_in(call.follow("call", {"q-help": ["food", "none"], "do": "speak cy"}), "cy")
    missing = [text for text in WELSH if text not in shown and text != WELSH[1]]
    assert missing == []


def test_the_page_itself_stays_english(call: Desk) -> None:
    """Its own words are English and say so; the tab's title is in the language that it begins with."""
    page = _speak(call, "cy")
    assert page.root.get("lang") == "en"
    title = next(page.root.iter("title"))
    assert (title.get("lang"), words(title).split(" – ")[0]) == ("cy", "Yr alwad")
    assert "Added because you chose “Rhiant”" in page.text
    assert call.page("check").title.startswith("Check your answers – Galwad i deulu")


def test_that_the_welsh_is_not_reviewed_is_said_on_the_page(call: Desk) -> None:
    """In the language that is shown."""
    assert "The Welsh has not been reviewed by a Welsh speaker." in call.open("call").text
    assert "Nid yw’r Gymraeg wedi cael ei hadolygu gan siaradwr Cymraeg." in _speak(call, "cy").text


def test_changing_the_language_saves_what_was_typed_first(call: Desk) -> None:
    """Without script, all that stood in the boxes stands there again."""
    page = _speak(call, "cy", "sense", **{"q-meaning-text": "Typed and not saved yet", "q-safe": "6"})
    assert "Typed and not saved yet" in page.fields()["q-meaning-text"][0]
    assert page.fields()["q-safe"] == ["6"]
    page = _speak(call, "en", "sense", **{"q-meaning-text": "And more"})
    assert page.fields()["q-meaning-text"] == ["And more"]
    assert "How safe does the home feel?" in page.text


def test_a_row_that_is_open_stays_open(call: Desk) -> None:
    """And what was typed into it stays."""
    row = _row_of(call)
    who = call.name("people", row=row, column="who")
    page = call.follow("call", {"do": "speak cy", f"{who}-name": "Mam-gu"}, f"?row=q-people.{row}")
    assert page.fields()[f"{who}-name"] == ["Mam-gu"]
    assert "Pwy yw’r person?" in page.text


def test_what_cannot_be_saved_stays_in_the_new_language(call: Desk) -> None:
    """A text that is too long is refused with its words still in the box."""
    response = call.post("sense", {"do": "speak cy", "q-meaning-text": "x" * 100_001})
    assert response.status_code == 413
    page = Page(response)
    assert page.fields()["q-meaning-text"] == ["x" * 100_001]
    assert "Beth yw eich barn am hyn?" in page.text


def test_the_language_stays_for_this_assessment_and_this_person(
    call: Desk, app: Flask, database: Database, feature: Feature
) -> None:
    """Signing in again finds it; a colleague, and another assessment, are not spoken to in it."""
    _speak(call, "cy")
    corin = share_the_tallowbys(database)
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    assert "Who answered?" in Desk(visitor.sign_in(corin), call.key, call.children).open("call").text
    assert "Who answered?" in feature("two-languages").open("call").text
    again = app.test_client()
    assert isinstance(again, Visitor)
    assert "Pwy atebodd?" in Desk(again.sign_in("Adaeze Finch"), call.key, call.children).open("call").text


def test_what_a_save_changes_on_an_open_page_is_in_its_language(call: Desk) -> None:
    """A follow-up that comes, its reason and a message; what is said aloud of them stays English, as it is."""
    _speak(call, "cy")
    call.save("call", {"q-reached": "nobody"})
    came = pieces(call.save("call", {"q-reached": "other"}))
    html = came["q-reached-question"][1]
    assert '<span lang="cy">Gyda beth yr oedden nhw eisiau help?</span>' in html
    assert 'Added because you chose “<span lang="cy">Rhywun arall</span>”' in html
    assert came["changes-said"][1] == "1 question added below"
    found = pieces(call.save("call", {"q-help": ["food", "none"]}))
    wrong = found["q-help-group"][1]
    assert 'Choose either <span lang="cy">Dim byd ar hyn o bryd</span> or the other options' in wrong


def test_a_page_goes_on_in_its_language_though_another_window_chose_another(call: Desk) -> None:
    """What a save brings into it is in the language that the page says it is in."""
    page = call.open("call")
    assert page.fields()["shown_in"] == ["en"]
    _speak(call, "cy")
    call.save("call", {"q-reached": "nobody"}, page, shown_in="en")
    came = pieces(call.save("call", {"q-reached": "other"}, shown_in="en"))
    assert "lang=" not in came["q-reached-question"][1]
    assert call.open("call").fields()["shown_in"] == ["cy"]


def test_a_missing_answer_is_told_by_its_question_in_that_language(feature: Feature) -> None:
    """The message is ours and English, the question the form's and Welsh."""
    desk = feature("two-languages")
    _speak(desk, "cy")
    text = desk.visitor.send(f"/assessments/{desk.key}/submit", {}).text
    assert '<span lang="cy">Pwy atebodd?</span> – Answer this before you submit' in text


@pytest.fixture
def submitted(call: Desk) -> Desk:
    """The same, handed in."""
    assert call.visitor.send(f"/assessments/{call.key}/submit", {"note": ""}).status_code == 303
    return call


def test_a_record_is_read_in_the_readers_language(submitted: Desk, app: Flask) -> None:
    """Each reader chooses; answers stand as they were written."""
    manager = app.test_client()
    assert isinstance(manager, Visitor)
    reader = Desk(manager.sign_in("Tom Brackley"), submitted.key, submitted.children)
    sent = {"language": "cy"}
    response = manager.send(f"/assessments/{reader.key}/language", sent)
    assert (response.status_code, response.location) == (303, f"/assessments/{reader.key}/read")
    for rest in ("read", "print", f"read?child={submitted.children['Wren']}"):
        page = reader.page(rest)
        assert [text for text in ENGLISH if text in page.text] == []
        welsh = _said_in(page, "cy")
        for said in ("Beth yw eich barn am hyn?", "Rhiant", "Bwyd", "munud", "2 Mawrth 2026", "Ddim yn ddiogel o gwbl"):
            assert said in welsh, said
        for own in ("Better <than> before.", "Dw i eisiau aros.", "Nain"):
            assert own in _said_in(page, "en")
        assert "<span" not in page.text
    assert "What do you make of it?" in submitted.page("read").text


def test_changing_the_language_keeps_the_line_to_the_manager(call: Desk) -> None:
    """The check page's buttons send it along with the form, and it stands there again in the other language."""
    page = call.page("check")
    (welsh,) = [each for each in page.root.iter("button") if each.get("lang") == "cy"]
    (form,) = [each for each in page.root.iter("form") if each.get("id") == welsh.get("form")]
    hidden = {each.get("name", ""): each.get("value", "") for each in form.iter("input")}
    sent = {**hidden, "note": "Nain is\nwith them.", welsh.get("name", ""): welsh.get("value", "")}
    changed = Page(call.visitor.send(welsh.get("formaction", ""), sent))
    assert (changed.at("note").text or "").strip() == "Nain is\nwith them."
    assert "Pwy atebodd?" in changed.text
    assert "Pwy atebodd?" in call.page("check").text


def test_somebody_elses_line_is_not_taken_over(call: Desk) -> None:
    """A page that another person opened in this browser is refused, as it is where it is submitted."""
    address = f"/assessments/{call.key}/check"
    response = call.visitor.send(address, {"language": "cy", "note": "A secret line.", "writer": "somebody"})
    assert response.status_code == 403
    assert "A secret line." not in response.text
    assert "Who answered?" in call.page("check").text


def test_the_language_of_what_was_submitted_meanwhile_leads_to_reading_it(submitted: Desk) -> None:
    """There is nothing to check any more."""
    response = submitted.visitor.send(f"/assessments/{submitted.key}/check", {"language": "cy", "note": "x"})
    assert (response.status_code, response.location) == (303, f"/assessments/{submitted.key}/read")


@pytest.mark.parametrize("language", ["fr", "<b>", "x" * 5000])
def test_a_language_that_the_form_has_not_changes_nothing(language: str, call: Desk) -> None:
    """Neither on the page nor in what is kept."""
    assert "Who answered?" in _speak(call, language).text
    call.visitor.send(f"/assessments/{call.key}/check", {"language": language})
    assert "Who answered?" in call.page("check").text


def test_a_form_of_one_language_offers_none(desk: Desk) -> None:
    """There is nothing to choose."""
    assert "The form’s language" not in desk.open("visit").text
    assert "The form’s language" not in desk.page("check").text


def test_the_language_shown_is_told_from_those_one_can_choose(call: Desk) -> None:
    """One is marked as the current one, the other is a button; each by its own name, in its own language."""
    for page in (call.open("call"), call.page("check")):
        chooser = next(each for each in page.root.iter() if each.get("class", "").startswith("pith-languages"))
        assert [(each.tag, each.get("lang"), words(each)) for each in chooser.iter() if each.get("lang")] == [
            ("b", "en", "English"),
            ("button", "cy", "Cymraeg"),
        ]


def test_a_long_list_says_its_language_at_each_option(worker: Visitor, database: Database, tmp_path: Path) -> None:
    """A select's options hold no elements: each carries the language itself, an untranslated one its own."""
    options: list[dict[str, Any]] = [
        {"value": f"o{n}", "label": {"en": f"Place {n}", "cy": f"Lle {n}"}} for n in range(21)
    ]
    options[3]["label"] = "Only in English"
    where = {"en": "Where?", "cy": "Ble?"}
    asked = {"id": "place", "type": "choice", "kind": "fact", "label": where, "why": where, "options": options}
    section = {"id": "s", "title": where, "questions": [asked]}
    form = {"form": "places", "version": 1, "title": where, "purpose": where, "languages": ["en", "cy"]}
    path = tmp_path / "places.json"
    path.write_text(json.dumps({**form, "sections": [section]}), encoding="utf-8")
    with writing(database) as connection:
        publish(connection, Publication(*read_definition(path)), NOW)
    desk = begin(worker, "places")
    page = _speak(desk, "cy", "s")
    found = [(each.get("lang"), each.text) for each in page.root.iter("option")]
    assert found[:5] == [
        (None, "Choose one"),
        ("cy", "Lle 0"),
        ("cy", "Lle 1"),
        ("cy", "Lle 2"),
        (None, "Only in English"),
    ]
    desk.save("s", {"q-place": "o1"})
    assert '<span lang="cy">Lle 1</span>' in desk.page("check").response.text


def test_what_would_move_is_told_in_the_language_that_was_chosen(call: Desk, database: Database) -> None:
    """The form's words say that they are in it, what somebody wrote stands as it was written."""
    form = json.loads(json.dumps(FORM))
    sections = {section["id"]: section for section in form["sections"]}
    sections["children"]["questions"] = [each for each in sections["children"]["questions"] if each["id"] != "words"]
    form["version"] = 2
    for moved in (False, True):
        if moved:
            hidden = {name: _hidden(call, name) for name in ("edition", "to", "newest")}
            assert call.visitor.send(f"/assessments/{call.key}/move", hidden).status_code == 303
        else:
            spoken = {**call.page("check").filled("hand-in"), "language": "cy"}
            call.visitor.send(f"/assessments/{call.key}/check", spoken)
            with writing(database) as connection:
                publish(connection, Publication(definition_from_json(form), {}), NOW)
        page = call.page("move")
        label = next(each["label"]["cy"] for each in _questions() if each["id"] == "words")
        assert label in _said_in(page, "cy")
        assert "Dw i eisiau aros." in _said_in(page, "en")


def _questions() -> list[Json]:
    return [each for section in FORM["sections"] for each in section["questions"]]


def _hidden(desk: Desk, name: str) -> str:
    """The value of a hidden input of the page for moving."""
    inputs = desk.page("move").root.iter("input")
    return next(each.get("value", "") for each in inputs if each.get("name") == name)
