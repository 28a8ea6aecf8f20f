"""Checking, submitting, reading and printing: nothing is lost, everything is in its place, nobody reads too much."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from flask import Flask

from engine.definition import definition_from_json
from tests.webapp.assessments.desk import VISITED, Desk, Page, begin, words
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.conftest import NOW
from tests.webapp.record.test_particulars import BORN, change
from tests.webapp.visitor import Visitor
from webapp.config import Settings
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish


@pytest.fixture
def complete(desk: Desk) -> Desk:
    """A visit to both children in which everything needed has been said."""
    finish(desk)
    return desk


def part(page: Page, heading: str) -> str:
    """The words of the part of a page under a heading."""
    for section in page.root.iter("section"):
        name = section.get("aria-labelledby", "")
        if page.has(name) and words(page.at(name)) == heading:
            return words(section)
    return ""


def test_what_is_missing_is_told_with_a_way_to_it(desk: Desk) -> None:
    """Each link opens the section, with the message at the question, and leads into its first box."""
    desk.save("visit", {"q-contact": "phone"})
    page = desk.page("check")
    assert "Answer this before you submit" in part(page, "Before you can submit")
    address = page.link("When was the visit?")
    section = Page(desk.visitor.get(address))
    assert address.endswith("#q-visited_on-day")
    assert words(section.at("q-visited_on-error")) == "Error: Answer this before you submit"


def test_an_answer_whose_question_is_no_longer_asked_is_told_apart(desk: Desk) -> None:
    """With the child's name, as not part of the record; asked again, it stands where it stood."""
    desk.save("visit", {"q-contact": "in_person"})
    assert not desk.page("check").has("kept")
    desk.save("each_child", {desk.name("seen", "Wren"): "alone"})
    desk.save("each_child", {desk.name("child_words", "Wren"): "I like the red bowl."})
    desk.save("each_child", {desk.name("seen", "Wren"): "not_seen"})
    kept = part(desk.page("check"), "Kept, but no longer asked")
    assert "Wren: What did the child do, say or show?I like the red bowl." in kept
    desk.save("each_child", {desk.name("seen", "Wren"): "alone"})
    page = desk.page("check")
    assert not page.has("kept")
    assert "I like the red bowl." in page.text


def test_answers_that_a_birth_leaves_behind_are_told_apart(worker: Visitor) -> None:
    """No answer changed: what was asked before the birth is kept with the draft and not part of the record."""
    desk = begin(worker, names=["Baby"])
    desk.save("visit", {"q-contact": "in_person"})
    desk.save("each_child", {desk.name("baby_ready", "Baby"): "A cot and a warm coat."})
    assert not desk.page("check").has("kept")
    change(worker, "Baby Quayle-Marsh", BORN)
    page = desk.page("check")
    assert "A cot and a warm coat." in part(page, "Kept, but no longer asked")
    assert "A cot and a warm coat." not in page.text.partition("Kept, but no longer asked")[0]


def test_answers_that_a_removed_row_leaves_behind_are_told_apart(desk: Desk) -> None:
    """A list that was asked for because of a row goes among what is kept with it; moving the row leaves it asked."""
    desk.save("visit", {"q-contact": "in_person"})
    kit, unknown = add_row(desk, "q-people"), add_row(desk, "q-people")
    for row, known in ((kit, "yes"), (unknown, "no")):
        desk.save("around", {desk.name("people", "", row, "identity"): known}, row=f"q-people.{row}")
    friend = add_row(desk, "q-identify")
    about = desk.name("identify", "", friend, "about")
    desk.save("around", {about: "A friend with a red van"}, row=f"q-identify.{friend}")
    desk.follow("around", {"do": f"up q-people {unknown}"})
    assert not desk.page("check").has("kept")
    desk.follow("around", {"do": f"removed q-people {unknown}"})
    page = desk.page("check")
    assert "A friend with a red van" in part(page, "Kept, but no longer asked")
    assert "A friend with a red van" not in page.text.partition("Kept, but no longer asked")[0]


def add_row(desk: Desk, field: str) -> str:
    """Add a row to a list; gives its id."""
    return desk.follow("around", {"do": f"add {field}"}).fields()["row"][0].partition(".")[2]


def test_a_missing_cell_is_told_with_its_row_open(desk: Desk) -> None:
    """The link leads into the row."""
    desk.save("visit", {"q-contact": "in_person"})
    row = desk.follow("around", {"do": "add q-people"}).fields()["row"][0]
    tie = desk.name("people", "", row.partition(".")[2], "tie")
    desk.save("around", {tie: "lives"}, row=row)
    address = desk.page("check").link("Name, or how they were described")
    assert f"row={row}" in address
    assert "Answer this before you submit" in Page(desk.visitor.get(address)).text


def test_checking_shows_every_answer_by_section(complete: Desk) -> None:
    """Child by child, with what was left blank in one line and what is not known gathered."""
    page = complete.page("check")
    assert "Two coats." in part(page, "What you saw and heard")
    assert "Left blank: Who lives in the home" in part(page, "What you saw and heard")
    assert "Wren: Did you see where the child sleeps?" in part(page, "Not known yet")
    child = part(page, "The child")
    assert child.index("Wren") < child.index("“I shut my door.”") < child.index("Ossie")


def test_nothing_incomplete_is_submitted(desk: Desk) -> None:
    """The summary takes the keyboard and the form stays a draft."""
    response = desk.visitor.send(f"/assessments/{desk.key}/submit")
    page = Page(response)
    assert response.status_code == 400
    assert page.title.startswith("Error: Check your answers")
    assert any(each.get("class") == "govuk-error-summary" for each in page.root.iter("div"))
    assert desk.open("visit").asked


def test_an_invalid_answer_stands_in_the_way_of_submitting_only(complete: Desk) -> None:
    """It was saved as typed; submission waits until it is mended."""
    complete.save("visit", {**VISITED, "q-visited_on-day": "42"})
    assert complete.visitor.send(f"/assessments/{complete.key}/submit").status_code == 400
    complete.save("visit", VISITED)
    submit(complete)


def test_submitting_leads_to_reading(complete: Desk) -> None:
    """With the line to the manager, which the record alone does not hold."""
    page = Page(complete.visitor.get(submit(complete, "Please read tonight.")))
    assert "Submitted to your manager." in page.text
    assert "Written by Adaeze Finch. Submitted 12 March 2026 at 09:30." in page.text
    assert "To the manager: Please read tonight." in page.text


def test_the_line_to_the_manager_is_read_by_managers_and_who_wrote_it(
    complete: Desk, colleague: Desk, app: Flask
) -> None:
    """It is not part of the record: a colleague reads all else."""
    submit(complete, "Please read tonight.")
    manager = app.test_client()
    assert isinstance(manager, Visitor)
    reads = Desk(manager.sign_in("Tom Brackley"), complete.key, complete.children)
    assert "To the manager: Please read tonight." in reads.page("read").text
    assert "Two coats." in colleague.page("read").text
    assert "Please read tonight." not in colleague.page("read").text


def test_submitting_twice_is_submitting_once(complete: Desk) -> None:
    """The second time leads to the same page and changes nothing."""
    first, second = submit(complete, "first"), None
    complete.visitor.get("/")
    second = complete.visitor.send(f"/assessments/{complete.key}/submit", {"note": "second"}).location
    assert second == first
    assert "To the manager: first" in complete.page("read").text


def test_what_was_submitted_cannot_be_changed(complete: Desk) -> None:
    """A page that was still open is told so; opening a section leads to reading."""
    page = complete.open("around")
    submit(complete)
    response = complete.save("around", {"q-saw": "More."}, page)
    assert response.status_code == 409
    assert "Pith-Save" not in response.headers
    assert complete.visitor.get(complete.address("around")).location == f"/assessments/{complete.key}/read"
    assert "More." not in complete.page("read").text


def test_a_line_to_the_manager_has_a_limit(complete: Desk) -> None:
    """It is kept in its box with what to do about it."""
    response = complete.visitor.send(f"/assessments/{complete.key}/submit", {"note": "x" * 2001})
    assert response.status_code == 400
    assert "Shorten the line to your manager" in response.text
    assert "x" * 2001 in response.text


def test_reading_begins_with_what_it_means(complete: Desk) -> None:
    """Then what stands out, decisions with their reasons, voices apart from what is made of them, facts by section."""
    submit(complete)
    page = complete.page("read")
    headings = [words(each) for each in page.root.iter("h2")]
    assert headings == [
        "On this page",
        "What we make of it",
        "What stands out",
        "What we decided, and why",
        "The child’s voice",
        "The facts, by section",
        "Not known yet",
    ]
    assert "First." in part(page, "What we make of it")
    assert "I shut my door" not in part(page, "What we make of it")
    assert "I shut my door" in part(page, "The child’s voice")
    assert "Wren: Did you see or hear of any injury or mark?" in part(page, "What stands out")
    assert "Does a manager need to know today?YesBecause of the coats." in part(page, "What we decided, and why")
    assert "The visit 3 answers" in part(page, "The facts, by section")


def test_thinking_and_voices_are_read_child_by_child(worker: Visitor, database: Database) -> None:
    """Nobody leaps between brothers and sisters; what is about both stands where the first of it was asked."""
    asked = [("both", "analysis", False), ("life", "analysis", True), ("says", "voice", True),
             ("risk", "analysis", True), ("all", "analysis", False), ("shows", "voice", True)]  # fmt: skip
    questions = [
        {"id": name, "type": "long_text", "kind": kind, "label": f"{name}?", "why": "It helps.", "per_child": each}
        for name, kind, each in asked
    ]
    form = {"form": "telling", "version": 1, "title": "Telling", "purpose": "Tells.",
            "sections": [{"id": "first", "title": "First", "questions": questions}]}  # fmt: skip
    with writing(database) as connection:
        publish(connection, Publication(definition_from_json(form), {}), NOW)
    desk = begin(worker, "telling")
    for name, _, each in asked:
        boxes = [desk.name(name, child) for child in ("Wren", "Ossie")] if each else [f"q-{name}"]
        desk.save("first", dict.fromkeys(boxes, "Said."))
    submit(desk)
    shown = list(desk.page("read").root.iter())
    told = [words(each) for each in shown if each.tag in ("h3", "figcaption")]
    assert told == [
        "both?", "all?", "Wren: life?", "Wren: risk?", "Ossie: life?", "Ossie: risk?",
        "Wren. says?", "Wren. shows?", "Ossie. says?", "Ossie. shows?",
    ]  # fmt: skip
    assert {each.get("class") for each in shown if "pith-prose" in each.get("class", "")} == {"pith-prose"}


def test_evidence_stands_under_the_text_that_rests_on_it(complete: Desk) -> None:
    """As a short quotation of the answer, with its question."""
    submit(complete)
    page = complete.page("read")
    rests = next(each for each in page.root.iter("ul") if each.get("aria-label") == "What this rests on")
    assert words(rests) == "Two coats.What did you see for yourself?"


def test_a_decision_stands_with_its_reason(desk: Desk) -> None:
    """In a pair; one without its reason is told."""
    desk.save("visit", VISITED)
    desk.save("visit", {"q-contact": "phone"})
    for child in ("Wren", "Ossie"):
        go_back = desk.name("go_back", child)
        desk.save(
            "each_child", {go_back: None, f"{go_back}-day": "9", f"{go_back}-month": "3", f"{go_back}-year": "2026"}
        )
        for question, answer in (("injury", "no"), ("seen_why", "A call.")):
            desk.save("each_child", {desk.name(question, child): answer})
    desk.save("each_child", {desk.name("until_then", "Wren"): "School sees her daily."})
    desk.save("sense", {"q-meaning": None, "q-meaning-text": "Thin."})
    desk.save("next", {"q-manager_today": "no"})
    submit(desk)
    decided = part(desk.page("read"), "What we decided, and why")
    assert "Wren: When will you see the child next?9 March 2026School sees her daily." in decided
    assert "Ossie: When will you see the child next?9 March 2026No reason was written." in decided
    assert "What makes it safe to wait until then?" not in desk.page("read").text.partition("Left blank:")[2]


def test_what_is_missing_is_not_among_what_was_left_blank(desk: Desk) -> None:
    """Each question without an answer stands in one list: what must be said, or what may stay blank."""
    page = desk.page("check")
    visit = part(page, "The visit")
    assert "How was the visit made?" in part(page, "Before you can submit")
    assert "Left blank" not in visit
    assert "Left blank: What will happen next?" in part(page, "What happens next")


def test_what_was_left_blank_is_one_line(complete: Desk) -> None:
    """Folded, with which it was inside."""
    submit(complete)
    page = complete.page("read")
    blank = next(words(each) for each in page.root.iter("summary") if words(each).startswith("Left blank"))
    assert blank.removeprefix("Left blank: ").isdigit()


def test_one_childs_record_holds_nothing_about_the_other(complete: Desk) -> None:
    """Neither answers nor names of brothers and sisters in it; what was written once for all stays."""
    submit(complete)
    page = complete.page(f"read?child={complete.children['Ossie']}")
    article = words(next(page.root.iter("article")))
    record = article[article.index("What we make of it") :]
    assert "He lined up the cars." in record
    assert "Two coats." in record
    assert "I shut my door" not in record
    assert "Wren" not in record
    printed = complete.page(f"print?child={complete.children['Ossie']}")
    assert "I shut my door" not in printed.text
    assert "Wren" not in printed.text


def test_only_children_of_the_form_can_be_chosen(complete: Desk) -> None:
    """Any other is not found."""
    submit(complete)
    assert complete.visitor.get(f"/assessments/{complete.key}/read?child=nobody").status_code == 404


def test_the_printed_page_has_everything_open(complete: Desk) -> None:
    """Also without script and in browsers that print folded parts folded."""
    submit(complete)
    page = complete.page("print")
    assert all(each.get("open") is not None for each in page.root.iter("details"))
    assert "N-20418, N-20419" in page.text


def test_the_teams_manager_reads_what_was_submitted(app: Flask, complete: Desk) -> None:
    """And only then; the worker's line stands at the top."""
    tom = app.test_client()
    assert isinstance(tom, Visitor)
    tom.sign_in("Tom Brackley")
    assert tom.get(f"/assessments/{complete.key}/read").status_code == 404
    submit(complete, "Please read tonight.")
    page = Page(tom.get(f"/assessments/{complete.key}/read"))
    assert "Please read tonight." in page.text
    assert "Two coats." in page.text


def test_a_manager_writes_no_answers(app: Flask, desk: Desk) -> None:
    """Drafts are the workers'."""
    tom = app.test_client()
    assert isinstance(tom, Visitor)
    tom.sign_in("Tom Brackley")
    assert tom.get(desk.address("visit")).status_code == 403
    assert tom.send(desk.address("visit"), {"held": "q-contact"}).status_code == 403


def test_a_form_about_one_child_offers_no_choice(worker: Visitor) -> None:
    """There is nobody else in it."""
    alone = begin(worker, names=["Juno"])
    assert "Juno Brindlecombe, 11" in alone.open("visit").text


def test_pressed_thirty_times_at_once_it_is_submitted_once(complete: Desk, app: Flask, settings: Settings) -> None:
    """Every press leads to the same page to read."""
    complete.page("check")
    cookie = complete.visitor.get_cookie("pith")
    assert cookie is not None
    address, token, value = f"/assessments/{complete.key}/submit", complete.visitor.token, cookie.value

    def press(_: int) -> int:
        browser = app.test_client()
        browser.set_cookie("pith", value)
        return browser.post(address, data={"csrf_token": token}).status_code

    with ThreadPoolExecutor(8) as presses:
        assert list(presses.map(press, range(30))) == [303] * 30
    with closing(sqlite3.connect(settings.data / "demo.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM submissions").fetchall() == [(1,)]
