"""Saving by the page's script: the answer is stored, and the fragment holds only what changes on the page."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.webapp.assessments.desk import VISITED, Desk, pieces, share_the_tallowbys
from tests.webapp.visitor import Visitor
from webapp.store.database import Database

Feature = Callable[[str], Desk]


@pytest.fixture
def visit(desk: Desk) -> Desk:
    """The same visit, made in person."""
    desk.save("visit", {"q-contact": "in_person"})
    return desk


def test_the_status_says_when_it_was_saved(desk: Desk) -> None:
    """And the header tells the script that the answer is on the disk."""
    response = desk.save("visit", {"q-contact": "phone"})
    assert response.headers["Pith-Save"] == "saved"
    assert "Saved <time" in pieces(response)["save-status"][1]
    assert "09:30" in pieces(response)["save-status"][1]


def test_what_was_saved_stands_on_the_page(visit: Desk) -> None:
    """Dates part by part, texts to the letter, options ticked."""
    visit.save("visit", VISITED)
    visit.save("around", {"q-saw": "\n  Two coats.\r\nA red bowl.\n"})
    fields = visit.open("visit").fields()
    assert fields["q-contact"] == ["in_person"]
    assert [fields[f"q-visited_on-{part}"] for part in ("day", "month", "year", "time")] == [
        ["2"], ["3"], ["2026"], ["10:00"],
    ]  # fmt: skip
    assert visit.open("around").fields()["q-saw"] == ["\n  Two coats.\nA red bowl.\n"]


def test_nothing_but_what_changed_comes_back(visit: Desk) -> None:
    """A text that opens nothing brings its revision, the status, and the sections where they stand otherwise."""
    visit.save("around", {"q-saw": "first"})
    changed = pieces(visit.save("around", {"q-saw": "first and second"}, based_on={"q-saw": 1}))
    assert changed.keys() == {"q-saw-based-on", "save-status"}
    assert 'value="q-saw 2"' in changed["q-saw-based-on"][1]


def test_questions_that_an_answer_opens_follow_it_and_are_announced(desk: Desk) -> None:
    """They come in one piece, after the question on the page that they follow."""
    changed = pieces(desk.save("visit", {"q-contact": "in_person"}))
    style, html = changed["q-contact-question"]
    assert style == "afterend"
    assert html.index('id="q-place-question"') < html.index('id="q-expected-question"')
    assert changed["changes-said"] == ("textContent", "2 questions added below")
    assert "1 of 4 answered" in changed["steps"][1]


def test_a_question_between_others_comes_where_it_belongs(desk: Desk) -> None:
    """After the nearest question above it that the page holds."""
    desk.save("visit", {"q-contact": "in_person"})
    changed = pieces(desk.save("each_child", {desk.name("seen", "Ossie"): "alone"}))
    assert changed[f"{desk.name('seen', 'Ossie')}-question"][0] == "afterend"
    assert f"{desk.name('child_words', 'Ossie')}-question" in "".join(html for _, html in changed.values())
    assert not any("Wren" in html for _, html in changed.values())


def test_a_question_that_is_saved_while_it_is_not_on_the_page_comes_whole(visit: Desk) -> None:
    """Its words waited while it was gone: it is drawn once, with them and with the revision they now have."""
    without = visit.open("each_child")
    visit.save("each_child", {visit.name("seen", "Ossie"): "alone"})
    name = visit.name("child_words", "Ossie")
    changed = pieces(visit.save("each_child", {name: "The red bowl"}, without))
    assert f"{name}-based-on" not in changed
    drawn = "".join(html for _, html in changed.values())
    assert f'value="{name} 1"' in drawn
    assert "The red bowl" in drawn


def test_the_first_question_of_a_childs_group_comes_under_the_name(worker: Visitor, feature: Feature) -> None:
    """Where the page holds nothing above it, it comes first in its group."""
    desk = feature("section-condition")
    desk.save("first", {desk.name("ill", "Wren"): "yes"})
    page = desk.open("health")
    assert page.asked == [desk.name("doctor", "Wren")]
    desk.save("first", {desk.name("ill", "Ossie"): "yes"})
    changed = pieces(desk.save("health", {desk.name("doctor", "Wren"): "Dr Ines"}, page))
    style, html = changed[f"questions-{desk.children['Ossie']}"]
    assert style == "afterbegin"
    assert desk.name("doctor", "Ossie") in html


def test_a_question_that_goes_keeps_its_answer(desk: Desk) -> None:
    """It is taken off the page, left out of the record, and is there again when it is asked again."""
    desk.save("visit", {"q-contact": "in_person"})
    desk.save("visit", {"q-place": "school"})
    changed = pieces(desk.save("visit", {"q-contact": "phone"}))
    assert changed["q-place-question"] == ("delete", "")
    assert changed["changes-said"][1] == "2 questions removed, their answers are kept"
    kept = desk.page("check").text.partition("Kept, but no longer asked")
    assert "School or nursery" not in kept[0]
    assert "School or nursery" in kept[2]
    changed = pieces(desk.save("visit", {"q-contact": "in_person"}))
    assert 'value="school" checked' in changed["q-contact-question"][1]


def test_what_somebody_else_opened_comes_with_the_next_save(desk: Desk) -> None:
    """The page tells what it holds, so it is brought up to date whoever changed the form."""
    page = desk.open("visit")
    desk.save("visit", {"q-contact": "in_person"})
    changed = pieces(desk.save("visit", VISITED, page))
    assert 'id="q-place-question"' in changed["q-contact-question"][1]


def test_an_invalid_answer_is_kept_as_typed_and_told(desk: Desk) -> None:
    """The message comes with the control, tied to it; everything else is saved as ever."""
    wrong = {**VISITED, "q-visited_on-day": "31", "q-visited_on-month": "Feb"}
    response = desk.save("visit", wrong)
    style, html = pieces(response)["q-visited_on-group"]
    assert response.headers["Pith-Save"] == "saved"
    assert style == "outerMorph"
    assert "Enter a real date" in html
    page = desk.open("visit")
    assert page.fields()["q-visited_on-day"] == ["31"]
    assert "Enter a real date" in page.text
    assert page.title.startswith("Error: ")


def test_a_mended_answer_takes_its_message_away(desk: Desk) -> None:
    """The page says that it shows one."""
    desk.save("visit", {**VISITED, "q-visited_on-day": "42"})
    changed = pieces(desk.save("visit", VISITED, told="yes"))
    assert "govuk-error-message" not in changed["q-visited_on-group"][1]
    assert "q-visited_on-group" not in pieces(desk.save("visit", {**VISITED, "q-visited_on-time": "11:00"}))


def test_only_what_the_page_held_is_changed(desk: Desk) -> None:
    """A box that was never on the page is not an answer left blank, and a name that leads nowhere does nothing."""
    desk.save("visit", {"q-contact": "in_person"})
    desk.save("visit", {"q-place": "home"})
    desk.save("visit", {"q-expected": "no", "q-nothing": "x", "q-people-r-r1-nothing": "x"})
    fields = desk.open("visit").fields()
    assert (fields["q-place"], fields["q-expected"]) == (["home"], ["no"])


def test_a_value_that_is_worked_out_follows_at_once(feature: Feature) -> None:
    """What the page only shows is drawn anew where it reads otherwise."""
    desk = feature("add-days")
    desk.save("plan", {"q-again": "yes"})
    desk.save("plan", {"q-visited_on": None, "q-visited_on-day": "2", "q-visited_on-month": "3",
                       "q-visited_on-year": "2026"})  # fmt: skip
    changed = pieces(desk.save("plan", {"q-days": "10"}))
    style, html = changed["q-next_on-question"]
    assert style == "outerHTML"
    assert "12 March 2026" in html


def test_the_reason_of_a_follow_up_follows_its_answer(desk: Desk) -> None:
    """Where another answer keeps it open, the line above it says which."""
    desk.save("visit", {"q-contact": "in_person"})
    seen, why = desk.name("seen", "Wren"), desk.name("seen_why", "Wren")
    desk.save("each_child", {seen: "with_others"})
    changed = pieces(desk.save("each_child", {seen: "not_seen"}))
    assert changed[f"{why}-mark"] == ("innerHTML", "Added because you chose “No”")


def test_not_known_yet_is_saved_with_what_is_being_done(desk: Desk) -> None:
    """The tick and its line make one answer."""
    desk.save("visit", {"q-contact": "in_person"})
    desk.save("visit", {"q-place": None, "u-place": "y", "d-place": "Asking the school"})
    page = desk.open("visit")
    assert page.fields()["u-place"] == ["y"]
    assert page.fields()["d-place"] == ["Asking the school"]
    assert "Asking the school" in desk.page("check").text


def test_the_same_save_sent_twice_is_one_save(visit: Desk) -> None:
    """A reply that was lost on the way can be asked for again."""
    page = visit.open("around")
    for _ in range(2):
        response = visit.save("around", {"q-saw": "once"}, page, based_on={"q-saw": 0}, key="the same key")
        assert response.headers["Pith-Save"] == "saved"
        assert 'value="q-saw 1"' in pieces(response)["q-saw-based-on"][1]


def test_nobody_is_overwritten_unseen(visit: Desk, colleague: Desk) -> None:
    """The later save is refused, both texts stand on the page, and what is stored is the first."""
    page = visit.open("around")
    colleague.save("around", {"q-saw": "Corin saw a man leave."})
    response = visit.save("around", {"q-saw": "Nobody was in."}, page, based_on={"q-saw": 0})
    assert response.status_code == 409
    assert response.headers["Pith-Save"] == "refused"
    style, html = pieces(response)["q-saw-question"]
    assert style == "beforeend"
    assert "Corin Ashby-Lowe wrote" in html
    assert "Corin saw a man leave." in html
    assert "Nobody was in." in html
    assert "save-status" not in pieces(response)
    assert visit.open("around").fields()["q-saw"] == ["Corin saw a man leave."]


def test_words_typed_and_taken_back_are_no_answer_to_a_colleagues(visit: Desk, colleague: Desk) -> None:
    """The page shows both texts, so that nothing is written over what its writer never saw."""
    visit.save("around", {"q-saw": "Two coats."})
    page = visit.open("around")
    colleague.save("around", {"q-saw": "Corin saw a man leave."}, based_on={"q-saw": 1})
    refused = visit.save("around", {"q-saw": "Two coats."}, page, based_on={"q-saw": 1})
    assert refused.status_code == 409
    assert "Corin saw a man leave." in pieces(refused)["q-saw-question"][1]
    assert visit.open("around").fields()["q-saw"] == ["Corin saw a man leave."]


def test_having_seen_both_texts_one_may_write_the_one_that_stands(visit: Desk, colleague: Desk) -> None:
    """The refusal brings the other's revision, on which the next save is based."""
    page = visit.open("around")
    colleague.save("around", {"q-saw": "Corin's"})
    refused = visit.save("around", {"q-saw": "Adaeze's"}, page, based_on={"q-saw": 0})
    assert 'value="q-saw 1"' in pieces(refused)["q-saw-based-on"][1]
    saved = visit.save("around", {"q-saw": "Both"}, page, based_on={"q-saw": 1}, told="yes")
    assert saved.headers["Pith-Save"] == "saved"
    assert pieces(saved)["q-saw-conflict"] == ("delete", "")
    assert colleague.open("around").fields()["q-saw"] == ["Both"]


def test_one_page_does_not_clash_with_itself(visit: Desk) -> None:
    """Its newest text stands."""
    page = visit.open("around")
    for words in ("one", "two"):
        response = visit.save("around", {"q-saw": words}, page, based_on={"q-saw": 0}, page_key="mine")
        assert response.status_code == 200
    assert visit.open("around").fields()["q-saw"] == ["two"]


def test_another_page_of_the_same_person_overwrites_nothing_unseen(visit: Desk) -> None:
    """Both her texts stand on it, and which is the newer one."""
    page = visit.open("around")
    visit.save("around", {"q-saw": "one"}, page, based_on={"q-saw": 0}, page_key="phone")
    response = visit.save("around", {"q-saw": "two"}, page, based_on={"q-saw": 0}, page_key="laptop")
    assert (response.status_code, response.headers["Pith-Save"]) == (409, "refused")
    html = pieces(response)["q-saw-question"][1]
    assert "You wrote at 09:30, in another window or on another device" in html
    assert "Keep what is here" in html
    assert visit.open("around").fields()["q-saw"] == ["one"]


def test_a_fragment_is_no_whole_page(desk: Desk) -> None:
    """It holds no head, no heading and nothing of the page around the questions."""
    response = desk.save("visit", {"q-contact": "phone"})
    assert "<html" not in response.text
    assert "<h1" not in response.text


def test_a_key_used_for_other_words_is_refused_by_its_code(visit: Desk) -> None:
    """The page's script sees that nothing is closed: it sends the words again under another key."""
    page = visit.open("around")
    visit.save("around", {"q-saw": "one"}, page, key="the same key")
    response = visit.save("around", {"q-saw": "two"}, page, key="the same key")
    assert response.status_code == 409
    assert response.headers["Pith-Refused"] == "key_reused"
    assert "Pith-Save" not in response.headers


def test_made_up_rows_are_refused_before_anything_is_done(visit: Desk) -> None:
    """A page opens one row at a time; a post that names very many that were never added saves nothing."""
    names = [visit.name("people", "", f"r{number}", "tie") for number in range(51)]
    response = visit.save("around", {"q-saw": "kept out", **dict.fromkeys(names, "lives")})
    assert response.status_code == 400
    assert response.headers["Pith-Refused"] == "too_many_new_rows"
    assert "more than 50 lines that were never added" in response.text
    assert visit.open("around").fields()["q-saw"] == [""]


def test_words_in_a_row_that_is_gone_are_shown(visit: Desk) -> None:
    """A row removed meanwhile is not one of very many made-up rows."""
    response = visit.save("around", {visit.name("people", "", "gone", "tie"): "lives"})
    assert response.status_code == 409
    assert response.headers["Pith-Save"] == "refused"


def test_a_post_that_hides_its_own_section_leads_on(feature: Feature) -> None:
    """Whatever made it, the answer is a page of the form, and what could be saved is saved."""
    desk = feature("section-condition")
    ill, doctor = desk.name("ill", "Wren"), desk.name("doctor", "Wren")
    desk.save("first", {ill: "yes"})
    for order, revision in (("save", 1), ("add q-people", 3)):
        desk.save("first", {ill: "yes"})
        held = {"held": [ill, doctor], "based_on": [f"{ill} {revision}", f"{doctor} 0"]}
        fields = {**desk.open("health").fields(), **held, ill: "no", "do": order}
        response = desk.visitor.send(desk.address("health"), fields)
        assert response.status_code == 303
        assert desk.visitor.get(response.location, follow_redirects=True).status_code == 200


def test_a_post_that_hides_its_own_section_with_a_conflict_leads_on(
    feature: Feature, app: Flask, database: Database
) -> None:
    """Also where somebody else has changed one of its answers meanwhile."""
    desk = feature("section-condition")
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    corin = Desk(visitor.sign_in(share_the_tallowbys(database)), desk.key, desk.children)
    ill, doctor = desk.name("ill", "Wren"), desk.name("doctor", "Wren")
    desk.save("first", {ill: "yes"})
    fields = desk.open("health").fields()
    corin.save("health", {doctor: "Dr Ines"})
    held = {"held": [ill, doctor], "based_on": [f"{ill} 1", f"{doctor} 0"], ill: "no", doctor: "Dr Bo"}
    response = desk.visitor.send(desk.address("health"), {**fields, **held})
    assert response.status_code == 303
    assert desk.visitor.get(response.location, follow_redirects=True).status_code == 200


def test_ticks_can_be_changed_once_they_are_saved(feature: Callable[[str], Desk]) -> None:
    """Boxes ticked and unticked later are saved like any other answer, and so is none left ticked."""
    desk = feature("two-languages")
    desk.save("call", {"q-reached": "parent"})
    for ticked in (["food", "sleep"], ["money"], ["food", "money"], None):
        desk.save("call", {"q-help": ticked})
        assert desk.open("call").fields().get("q-help") == ticked
