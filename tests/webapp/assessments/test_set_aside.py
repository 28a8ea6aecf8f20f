"""Setting a draft aside with a reason, being led to it from every address, and bringing it back."""

import pytest
from flask import Flask

from tests.webapp.assessments.desk import Desk, Page, begin, words
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.record.test_record import visitor
from tests.webapp.visitor import Visitor

TOLD = "Set aside by Adaeze Finch on 12 March 2026: begun by mistake."
ADDRESSES = ("", "/check", "/sections/visit", "/sections/visit/feedback", "/read", "/print")


def put_aside(desk: Desk, reason: str = "mistake", line: str = "") -> Page:
    """Set the draft aside as the page does; gives the page it leads to."""
    desk.page("set-aside")
    response = desk.visitor.send(f"/assessments/{desk.key}/set-aside", {"reason": reason, "words": line})
    assert response.status_code == 303
    return Page(desk.visitor.get(response.location))


def test_the_way_there_stands_at_the_foot(desk: Desk) -> None:
    """Of the list of sections, and of the page for checking; it says that nothing is destroyed."""
    for page in (desk.open("visit"), desk.page("check")):
        assert page.link("Set this draft aside").endswith("set-aside")
    page = desk.page("set-aside")
    assert "Nothing is destroyed" in page.text
    assert page.link("Go on with the visit instead") == f"/assessments/{desk.key}"


def test_every_address_leads_to_who_set_it_aside_and_why(desk: Desk) -> None:
    """With the line that was written, and whatever page somebody had kept."""
    assert TOLD[:-1] in put_aside(desk, line="Two tabs <b>open</b>").text
    for rest in ADDRESSES:
        response = desk.visitor.get(f"/assessments/{desk.key}{rest}")
        assert response.location == f"/assessments/{desk.key}/set-aside", rest
    page = desk.page("set-aside")
    assert "begun by mistake. “Two tabs <b>open</b>”" in page.text


def test_it_is_off_every_list_and_the_childs_page_keeps_one_line(desk: Desk) -> None:
    """At the end of the forms, folded, with a link to it."""
    put_aside(desk)
    assert "Continue" not in Page(desk.visitor.get("/")).text
    page = Page(desk.visitor.get(f"/children/{desk.children['Ossie']}"))
    assert "Begin a form" in page.text
    assert "Continue" not in page.text
    details = next(page.root.iter("details"))
    assert words(next(details.iter("summary"))) == "1 draft set aside"
    assert page.link("Visit begun 12 March 2026") == f"/assessments/{desk.key}/set-aside"
    assert "still open" not in Page(desk.visitor.get(f"/children/{desk.children['Wren']}/begin")).text


def test_brought_back_it_is_gone_on_with(desk: Desk) -> None:
    """Every answer as it was left; pressed twice, nothing more happens."""
    desk.save("visit", {"q-contact": "in_person"})
    desk.save("around", {"q-saw": "Two coats."})
    put_aside(desk)
    for _ in range(2):
        response = desk.visitor.send(f"/assessments/{desk.key}/bring-back")
        assert (response.status_code, response.location) == (303, f"/assessments/{desk.key}")
    assert desk.open("around").fields()["q-saw"] == ["Two coats."]
    assert "set aside" not in Page(desk.visitor.get(f"/children/{desk.children['Wren']}")).text


@pytest.mark.parametrize(
    ("sent", "told", "place"),
    [
        ({}, "Choose why it is set aside", "#reason"),
        ({"reason": "made up"}, "Choose why it is set aside", "#reason"),
        ({"reason": "other", "words": " "}, "Write a line that says why", "#words"),
        ({"reason": "elsewhere", "words": "x" * 501}, "This has 501 characters; 500 is the most.", "#words"),
    ],
)
def test_a_reason_is_asked_for(sent: dict[str, str], told: str, place: str, desk: Desk) -> None:
    """At the field, which the summary leads to; what was written stays, and the draft goes on."""
    desk.page("set-aside")
    response = desk.visitor.send(f"/assessments/{desk.key}/set-aside", sent)
    page = Page(response)
    assert response.status_code == 400
    assert page.title.startswith("Error: Set this draft aside")
    assert page.link(told) == place
    assert page.at("words").get("value", "") == sent.get("words", "").strip()
    assert desk.open("visit").title.startswith("The visit")


def test_a_page_that_was_open_meanwhile_keeps_its_text(desk: Desk, colleague: Desk) -> None:
    """With the script the words say why; without it every text is given back to copy. Nothing is saved."""
    desk.save("visit", {"q-contact": "in_person"})
    page = colleague.open("around")
    fields = {**page.fields(), "q-saw": "Two coats."}
    put_aside(desk)
    by_script = colleague.save("around", {"q-saw": "Two coats."}, page)
    assert by_script.status_code == 409
    assert by_script.headers["Pith-Refused"] == "set_aside"
    assert "set%20aside" in by_script.headers["Pith-Words"]
    refused = Page(colleague.visitor.send(colleague.address("around"), fields))
    assert refused.response.status_code == 409
    assert "This draft has been set aside, so nothing more can be saved here." in refused.text
    assert [words(each) for each in refused.root.iter("textarea")] == ["Two coats."]
    colleague.visitor.send(f"/assessments/{desk.key}/bring-back")
    assert colleague.save("around", {"q-saw": "Two coats."}, page).headers["Pith-Save"] == "saved"
    assert desk.open("around").fields()["q-saw"] == ["Two coats."]


def test_it_is_not_submitted(desk: Desk) -> None:
    """Also from a page for checking that was open, whose line to the manager is given back."""
    finish(desk)
    put_aside(desk)
    sent = {"note": "Read it tonight.", "writer": writer_of(desk)}
    refused = desk.visitor.send(f"/assessments/{desk.key}/submit", sent)
    assert refused.status_code == 409
    assert "Read it tonight." in refused.text


def writer_of(desk: Desk) -> str:
    """The key of who is at the desk, as pages hold it."""
    page = begin(desk.visitor, names=["Wren"]).open("visit")
    return page.fields()["writer"][0]


def test_pressed_twice_it_is_set_aside_once(desk: Desk) -> None:
    """The second press leads to the same page, and the first reason stands."""
    put_aside(desk)
    response = desk.visitor.send(f"/assessments/{desk.key}/set-aside", {"reason": "elsewhere"})
    assert TOLD in Page(desk.visitor.get(response.location)).text


def test_what_was_submitted_is_read_and_not_set_aside(desk: Desk) -> None:
    """Its page for setting aside leads to the record; a page that was open is refused."""
    finish(desk)
    submit(desk)
    assert desk.visitor.get(f"/assessments/{desk.key}/set-aside").location == f"/assessments/{desk.key}/read"
    assert desk.visitor.send(f"/assessments/{desk.key}/set-aside", {"reason": "mistake"}).status_code == 409


def test_another_persons_open_page_sets_nothing_aside(desk: Desk) -> None:
    """Whoever has signed in since does not do it in their name unseen."""
    sent = {"reason": "mistake", "writer": "somebody else"}
    assert desk.visitor.send(f"/assessments/{desk.key}/set-aside", sent).status_code == 403
    assert desk.open("visit").title.startswith("The visit")


def test_the_manager_sees_that_it_was_and_brings_nothing_back(app: Flask, desk: Desk, worker: Visitor) -> None:
    """The draft itself is not hers to set aside either."""
    tom = visitor(app, "Tom Brackley")
    assert tom.get(f"/assessments/{desk.key}/set-aside").status_code == 403
    put_aside(desk)
    page = Page(tom.get(f"/assessments/{desk.key}/set-aside"))
    assert TOLD in page.text
    assert "Whoever may write it can bring it back" in page.text
    assert "Bring it back" not in [words(each) for each in page.root.iter("button")]
    assert "1 draft set aside" in Page(tom.get(f"/children/{desk.children['Wren']}")).text


def test_the_log_says_so_in_words(client: Visitor, app: Flask, worker: Visitor) -> None:
    """Who set aside and brought back the draft of a form about whom."""
    desk = begin(worker, names=["Wren"])
    put_aside(desk)
    worker.send(f"/assessments/{desk.key}/bring-back")
    log = Page(visitor(app, "Petra Oakenfull").get("/who-has-looked")).text
    assert "set aside the draft of a form about N-20418" in log
    assert "brought back the draft of a form about N-20418" in log
