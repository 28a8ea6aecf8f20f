"""Evidence beside analysis: what is written in the form already can be pinned, and stands under the text."""

from xml.etree.ElementTree import Element

import pytest

from engine.definition import definition_from_json
from tests.webapp.assessments.desk import Desk, Page, begin, pieces, words
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish

TEXT, TICKS = "q-meaning-text", "q-meaning-evidence"
LONG = "He lined up the cars. " * 20


@pytest.fixture
def visit(desk: Desk) -> Desk:
    """A visit in which both children were seen and something was written about each."""
    desk.save("visit", {"q-contact": "in_person"})
    for child, said in (("Wren", "“I shut my door.”"), ("Ossie", LONG)):
        desk.save("each_child", {desk.name("seen", child): "alone"})
        desk.save("each_child", {desk.name("child_words", child): said})
    desk.save("around", {"q-saw": "Two coats."})
    return desk


def add_account(desk: Desk, said: str) -> str:
    """Add what an adult told; gives the row's id."""
    page = desk.follow("around", {"do": "add q-accounts"})
    row = page.fields()["row"][0].partition(".")[2]
    desk.save("around", {desk.name("accounts", "", row, "said"): said}, row=f"q-accounts.{row}")
    return row


def panel(page: Page, question: str = "meaning") -> Element:
    """The evidence that can be pinned to a question."""
    found = page.at(f"q-{question}-question").iter("div")
    return next(each for each in found if "pith-pinnable" in each.get("class", ""))


def offered(page: Page) -> dict[str, str]:
    """What can be pinned: its words and its source, by the value of its tick box."""
    ticks = list(panel(page).iter("input"))
    labels = {each.get("for"): words(each) for each in panel(page).iter("label")}
    return {each.get("value", ""): f"{labels[each.get('id')]} | {page.described(each.get('id', ''))}" for each in ticks}


def pinned(page: Page) -> list[str]:
    """The quotations that are seen under the text."""
    found = next(each for each in page.root.iter("div") if each.get("class") == "pith-pinned")
    seen = [] if found.get("hidden") is not None else found.iter("li")
    return [words(next(each.iter("blockquote"))) for each in seen if each.get("hidden") is None]


def pin(desk: Desk, *answers: str, text: str = "It fits.") -> Page:
    """Write and tick as the page's button sends it; the page as it is then."""
    desk.post("sense", {TEXT: text, TICKS: list(answers)})
    return desk.open("sense")


def test_where_nothing_is_written_there_is_nothing_to_pin(desk: Desk) -> None:
    """No empty frame."""
    assert "pith-pinnable" not in desk.open("sense").response.text


def test_each_answer_can_be_pinned_by_itself(visit: Desk) -> None:
    """Each child's apart and each row, under its section, with its question and whose it is."""
    row = add_account(visit, "“They sleep.”")
    found = offered(visit.open("sense"))
    wren = visit.children["Wren"]
    assert found["saw"] == "Two coats. | What did you see for yourself?"
    assert found[f"child_words[{wren}]"] == "“I shut my door.” | Wren: What did the child do, say or show?"
    assert found[f"accounts[{row}]"] == "“They sleep.” | What did each adult tell you?"
    sections = [words(each) for each in panel(visit.open("sense")).iter("p") if "section" in each.get("class", "")]
    assert sections == ["The visit", "The child", "What you saw and heard"]


def test_dates_and_thinking_are_no_evidence(visit: Desk) -> None:
    """Nor what stands after the question."""
    visit.save("sense", {"q-meaning": None, TEXT: "It fits."})
    visit.save("next", {"q-manager_today": "no"})
    values = [each.get("value") for each in panel(visit.open("sense"), "other_story").iter("input")]
    assert "saw" in values
    assert not {"meaning", "visited_on", "manager_today"} & set(values)


def test_what_is_worked_out_is_no_evidence(worker: Visitor, database: Database) -> None:
    """Nobody said it; the page is drawn all the same."""
    data = {
        "form": "sums",
        "version": 1,
        "title": "Sums",
        "purpose": "To add",
        "sections": [
            {
                "id": "all",
                "title": "All",
                "questions": [
                    {"id": "a", "type": "number", "kind": "fact", "label": "How many?", "why": "To count"},
                    {"id": "b", "type": "worked_out", "kind": "fact", "label": "All?", "why": "To add"}
                    | {"function": "sum", "of": ["a"]},
                    {"id": "c", "type": "analysis", "kind": "analysis", "label": "So?", "why": "To think"}
                    | {"evidence": True},
                ],
            }
        ],
    }
    with writing(database) as connection:
        publish(connection, Publication(definition_from_json(data), {}), NOW)
    desk = begin(worker, "sums")
    desk.save("all", {"q-a": "3"})
    assert [each.get("value") for each in panel(desk.open("all"), "c").iter("input")] == ["a"]


def test_words_stand_before_what_was_chosen(visit: Desk) -> None:
    """In each section."""
    names = [each.split("[")[0] for each in offered(visit.open("sense"))]
    assert names == ["contact", "child_words", "child_words", "seen", "seen", "saw"]


def test_a_long_answer_is_cut_and_the_whole_of_it_is_a_link_away(visit: Desk) -> None:
    """In its own section, at its question."""
    page = visit.open("sense")
    ossie = visit.children["Ossie"]
    said = offered(page)[f"child_words[{ossie}]"].partition(" | ")[0]
    assert said.endswith(" …")
    assert len(said) < 170
    assert page.link("Whole text of Ossie") == f"each_child#{visit.name('child_words', 'Ossie')}-question"
    assert page.text.count("Whole text of Wren") == 0


def test_what_is_ticked_stands_under_the_text(visit: Desk) -> None:
    """Drawn by the server once it is saved, the others waiting unseen; unticked, it goes."""
    assert pinned(visit.open("sense")) == []
    page = pin(visit, "saw")
    assert pinned(page) == ["Two coats."]
    assert page.fields()[TICKS] == ["saw"]
    assert pinned(pin(visit)) == []


def test_ticking_saves_as_a_group(visit: Desk) -> None:
    """By the page's script: the text with what it rests on, and nothing of the page is replaced for it."""
    changed = pieces(visit.save("sense", {"q-meaning": None, TEXT: "It fits.", TICKS: ["saw"]}))
    assert set(changed) <= {"q-meaning-based-on", "steps", "save-status"}
    assert pinned(visit.open("sense")) == ["Two coats."]


def test_a_pin_whose_answer_was_taken_out_stays_until_somebody_takes_it_off(visit: Desk) -> None:
    """Saving the page again does not lose it; unticked, it is gone from the list."""
    pin(visit, "saw")
    visit.save("around", {"q-saw": ""})
    page = visit.open("sense")
    assert pinned(page) == ["What was pinned here is no longer written in this form."]
    assert offered(page)["saw"].endswith("| What did you see for yourself?")
    visit.post("sense", {TEXT: "Still."})
    assert visit.open("sense").fields()[TICKS] == ["saw"]
    assert "saw" not in offered(pin(visit))


def test_the_whole_of_an_answer_can_be_named(visit: Desk) -> None:
    """As other tools write it: every child's answer is ticked then."""
    page = pin(visit, "child_words")
    assert len(pinned(page)) == 2


def test_the_record_of_one_child_quotes_no_other(visit: Desk) -> None:
    """Their own words stand under the text, a brother's do not."""
    finish(visit)
    children = [f"child_words[{visit.children[name]}]" for name in ("Wren", "Ossie")]
    pin(visit, *children)
    submit(visit)
    both = visit.page("read").text
    assert "“I shut my door.”Wren: What did the child do, say or show?" in both
    assert "He lined up the cars.Ossie: What did the child do, say or show?" in both
    alone = visit.page(f"read?child={visit.children['Ossie']}").text
    assert "He lined up the cars.Ossie: What did" in alone
    assert "I shut my door" not in alone


def test_a_record_quotes_a_long_answer_whole(visit: Desk) -> None:
    """Beside the text that is being written it is cut; in the record nothing that thinking rests on is left out."""
    finish(visit)
    said = visit.name("child_words", "Ossie")
    visit.save("each_child", {said: f"{LONG}Then he slept."}, based_on={said: 2})
    (quoted,) = pinned(pin(visit, f"child_words[{visit.children['Ossie']}]"))
    assert "Then he slept." not in quoted
    submit(visit)
    for page in ("read", "print"):
        rests = [each for each in visit.page(page).root.iter("ul") if each.get("class") == "pith-rests"]
        assert any(f"{LONG}Then he slept." in words(each) for each in rests), page


def test_what_is_quoted_is_shown_as_text(desk: Desk) -> None:
    """In the panel and under the text."""
    bad = "<script>alert(1)</script>"
    desk.save("visit", {"q-contact": "in_person"})
    desk.save("around", {"q-saw": bad})
    page = pin(desk, "saw")
    assert pinned(page) == [bad]
    assert "<script>alert" not in page.response.text


def test_thinking_about_one_child_rests_on_no_brothers_answers(worker: Visitor, database: Database) -> None:
    """Asked for each child, it is offered what was said of that child, and what was said of all."""
    asked = {"kind": "voice", "why": "It helps."}
    questions = [
        {"id": "home", "type": "long_text", "label": "What is home like?", **asked},
        {"id": "says", "type": "long_text", "label": "What does the child say?", "per_child": True, **asked},
        {"id": "sense", "type": "analysis", "label": "What do you make of it?", "per_child": True, "evidence": True,
         **asked, "kind": "analysis"},
    ]  # fmt: skip
    sections = [{"id": "all", "title": "All", "questions": questions}]
    thinking = {"form": "thinking", "version": 1, "title": "Thinking", "purpose": "Shows it.", "sections": sections}
    with writing(database) as connection:
        publish(connection, Publication(definition_from_json(thinking), {}), NOW)
    desk = begin(worker, "thinking")
    desk.save("all", {"q-home": "Warm."})
    desk.save("all", {desk.name("says", child): f"{child} waves." for child in ("Wren", "Ossie")})
    beside = words(panel(desk.open("all"), desk.name("sense", "Ossie").removeprefix("q-")))
    assert "Warm." in beside
    assert "Ossie waves." in beside
    assert "Wren waves." not in beside


def test_a_form_asked_about_one_child_offers_that_childs_answers(worker: Visitor) -> None:
    """Named with the child's name all the same."""
    desk = begin(worker, names=["Wren"])
    desk.save("visit", {"q-contact": "in_person"})
    desk.save("each_child", {desk.name("injury", "Wren"): "no"})
    assert f"injury[{desk.children['Wren']}]" in offered(desk.open("sense"))
