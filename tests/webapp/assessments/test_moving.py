"""A draft is moved to the version in use by who writes it, who sees before what becomes of it, and can take it back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from engine.versions import REASONS
from tests.webapp.assessments.desk import Desk, Page, begin, take_away, words
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.conftest import NOW
from tests.webapp.record.test_record import visitor
from tests.webapp.store.moving import WHY, Form, plainer, publish_visit, question, without
from tests.webapp.visitor import Visitor
from webapp.assessments import version_line
from webapp.store.database import Database, writing
from webapp.store.definitions import edition
from webapp.store.move_offers import offer_move
from webapp.store.people import everyone
from webapp.store.withdrawals import Withdrawal, withdraw

Publish = Callable[..., None]
TO = "your authority’s version 1"
SENT = {"q-contact": "in_person", "q-place": "school", "q-expected": "yes"}
_HIDDEN = re.compile(r'name="(edition|to|newest|move)" value="([^"]*)"')


@pytest.fixture
def publish(database: Database) -> Publish:
    """Publishes a version of Northshire's own."""

    def published(version: int = 1, change: Callable[[Form], Any] = plainer) -> None:
        with writing(database) as connection:
            adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
            publish_visit(connection, adaeze.authority, version, change)

    return published


@pytest.fixture
def written(desk: Desk, publish: Publish) -> Desk:
    """The draft with answers, and a newer version in use."""
    desk.save("visit", SENT)
    desk.save("around", {"q-saw": "Two <b>coats</b>.\nOne chair."})
    publish()
    return desk


def offer(database: Database) -> None:
    """Let Ines offer the move to the version in use."""
    with writing(database) as connection:
        ines = next(person for person in everyone(connection) if person.name == "Ines Marchbanks")
        offer_move(connection, ines, edition(connection, ines, "visit", NOW.date()), NOW)


def hidden(desk: Desk) -> dict[str, str]:
    """What the page for moving would send."""
    return dict(_HIDDEN.findall(desk.visitor.get(f"/assessments/{desk.key}/move").text))


def move(desk: Desk, sent: dict[str, str] | None = None) -> Page:
    """Press the button; gives the page that follows."""
    response = desk.visitor.send(f"/assessments/{desk.key}/move", sent or hidden(desk))
    return Page(response if response.status_code != 303 else desk.visitor.get(response.location))


def undo(desk: Desk, key: str = "") -> Page:
    """Press Undo the move; gives the page that follows."""
    response = desk.visitor.send(f"/assessments/{desk.key}/move/undo", {"move": key or hidden(desk)["move"]})
    return Page(response if response.status_code != 303 else desk.visitor.get(response.location))


def test_the_page_says_what_becomes_of_every_answer_before_anything_is_moved(written: Desk) -> None:
    """What stays, what has no place, whole; what is newly asked or needed, and what need not be said any more."""
    page = written.page("move")
    assert page.title.startswith(f"Move to {TO}")
    assert "This draft is on version 1 as it comes with Pith." in page.text
    assert f"“{WHY}”" in page.text
    assert "1 answer stays as it is." in page.text
    assert "What did you see for yourself? Two <b>coats</b>. One chair. Asked for each child from now on" in page.text
    assert "Where did you go? School or nursery This option is gone" in page.text
    assert "Did the family know you were coming? Yes No longer asked" in page.text
    assert "What gives you hope?" in page.text
    assert "Newly asked" in page.text
    assert page.link("Go on with version 1") == f"/assessments/{written.key}"
    assert written.open("around").fields()["q-saw"] == ["Two <b>coats</b>.\nOne chair."]


def test_writing_that_rests_on_what_has_no_place_is_told(written: Desk) -> None:
    """The writing stays; it is pinned anew after the move."""
    heading = "Rests on an answer that has no place"
    assert heading not in written.page("move").text
    written.save("sense", {"q-meaning": None, "q-meaning-text": "He waits.", "q-meaning-evidence": ["saw"]})
    text = written.page("move").text.partition(heading)[2]
    assert "What does this visit tell you about life in this home?" in text.partition("What is asked")[0]
    assert "He waits." in Page(written.visitor.get(f"/assessments/{written.key}/check")).text


def test_needed_and_no_longer_needed_are_told(desk: Desk, publish: Publish) -> None:
    """Only what is blank."""

    def change(form: Form) -> None:
        question(form, "other_story")["required"] = True
        question(form, "meaning")["required"] = False

    desk.save("visit", SENT)
    publish(change=change)
    text = desk.page("move").text
    assert "Needs an answer from now on What else could explain what you saw or heard?" in text
    assert "Needs no answer any more What does this visit tell you about life in this home?" in text
    assert "3 answers stay as they are. None changes, and none is left without a place." in text


def test_moved_the_draft_asks_as_the_new_version_does(written: Desk) -> None:
    """With what it left readable on it, and a line that leads to undoing it."""
    page = move(written)
    assert f"Moved: this draft is on {TO} now." in page.text
    assert "Undo the move" in page.text
    assert "Kept from version 1 as it comes with Pith" in page.text
    assert "Two <b>coats</b>. One chair." in page.text
    around = written.open("around")
    assert written.name("saw", "Wren") in around.asked
    assert f"Moved to {TO} today at 09:30." in around.text
    assert around.link("Kept from version 1") == "../check#kept-1"
    check = written.page("check")
    assert words(check.at("kept-1")) == "Kept from version 1 as it comes with Pith"
    assert "Two <b>coats</b>. One chair." in check.text


def test_undone_it_stands_as_before_until_something_is_saved(written: Desk) -> None:
    """Pressed twice too; once something was saved the page says why not, and nothing changes."""
    move(written)
    first = hidden(written)["move"]
    for _ in range(2):
        page = undo(written, first)
        assert "Undone: the draft is on version 1 as it comes with Pith and every answer stands as it did" in page.text
    assert written.open("visit").at("q-expected").get("checked") is not None
    assert written.open("around").fields()["q-saw"] == ["Two <b>coats</b>.\nOne chair."]
    move(written)
    second = hidden(written)["move"]
    written.save("next", {"q-hope": "Her gran."})
    page = undo(written, second)
    assert page.response.status_code == 409
    assert "the move can no longer be undone. Nothing was changed." in page.text
    assert "Undo the move" not in page.text
    assert written.open("next").fields()["q-hope"] == ["Her gran."]
    assert "Moved to" not in written.open("next").text
    assert "Kept from version 1" in written.page("check").text


def test_pressed_twice_it_is_moved_once(written: Desk) -> None:
    """The second press leads to the same page."""
    sent = hidden(written)
    for _ in range(2):
        assert "Moved: this draft is on" in move(written, sent).text
    assert undo(written).text.count("Kept from") == 0


def test_what_was_saved_or_published_meanwhile_is_looked_at_first(written: Desk, publish: Publish) -> None:
    """The page is shown anew and says so; nothing is moved."""
    sent = hidden(written)
    written.save("around", {"q-saw": "Three coats."}, based_on={"q-saw": 1})
    for _ in range(2):
        page = move(written, sent)
        assert page.response.status_code == 409
        assert "Something changed since this page was opened, so nothing was moved." in page.text
        sent = hidden(written)
        publish(2)
    assert "Move to your authority’s version 2" in page.text
    assert written.open("around").fields()["q-saw"] == ["Three coats."]


def test_a_version_taken_out_of_use_is_not_moved_to(written: Desk, database: Database) -> None:
    """What was in use before is in use again, and there the draft is already."""
    sent = hidden(written)
    with writing(database) as connection:
        ines = next(person for person in everyone(connection) if person.name == "Ines Marchbanks")
        withdraw(connection, Withdrawal("visit", 1, "A mistake", ines.authority, ines.id), NOW)
    page = move(written, sent)
    assert page.response.status_code == 409
    assert "There is no other version to move it to." in page.text


def test_a_page_opened_before_the_move_saves_nothing_and_keeps_its_text(written: Desk, colleague: Desk) -> None:
    """With the script the words say why; without it every text is given back. Undone, the same page saves again."""
    page = colleague.open("around")
    fields = {**page.fields(), "q-saw": "Four coats."}
    move(written)
    shown = page.fields()["edition"][0]
    by_script = colleague.save("around", {"q-saw": "Four coats."}, page, edition=shown, based_on={"q-saw": 1})
    assert by_script.headers["Pith-Refused"] == "moved_meanwhile"
    refused = Page(colleague.visitor.send(colleague.address("around"), fields))
    assert refused.response.status_code == 409
    assert "moved to another version of its form, so nothing was saved" in refused.text
    assert "Four coats." in [words(each) for each in refused.root.iter("textarea")]
    undo(written)
    assert colleague.visitor.send(colleague.address("around"), fields).status_code == 303
    assert colleague.open("around").fields()["q-saw"] == ["Four coats."]


def test_what_was_checked_on_another_version_is_not_submitted(desk: Desk, publish: Publish) -> None:
    """The line to the manager is given back; looked at again, it is submitted, and the record holds nothing left."""
    finish(desk)
    desk.save("visit", {"q-expected": "yes"}, based_on={"q-expected": 1})
    publish(change=lambda form: without(form, "expected"))
    page = desk.page("check")
    sent = {"edition": page.root.find(".//input[@name='edition']").get("value"), "note": "Read it tonight."}  # type: ignore[union-attr]
    move(desk)
    refused = desk.visitor.send(f"/assessments/{desk.key}/submit", {**sent, "writer": page_writer(page)})
    assert refused.status_code == 409
    assert "Read it tonight." in refused.text
    left = desk.page("check").text
    assert "Kept from version 1" in left
    submit(desk)
    read = Page(desk.visitor.get(f"/assessments/{desk.key}/read")).text
    assert "Kept from" not in read
    assert "Did the family know" not in read
    assert desk.visitor.get(f"/assessments/{desk.key}/move").location.endswith("/read")


def page_writer(page: Page) -> str:
    """The key of who opened a page."""
    return next(each.get("value", "") for each in page.root.iter("input") if each.get("name") == "writer")


def test_without_an_offer_only_the_page_for_checking_tells_of_the_version(written: Desk) -> None:
    """Before submission, so that nobody finishes an old version unknowing."""
    line = "Your authority’s version 1 of this form is in use. See what would change"
    assert line in written.page("check").text
    assert "is in use" not in written.open("visit").text
    assert "See what would change" not in Page(written.visitor.get("/")).text


def test_an_offer_stands_on_the_draft_and_on_the_list_until_it_is_moved(written: Desk, database: Database) -> None:
    """With who offers it since when; each leads to the page."""
    offer(database)
    line = "is in use, and Ines Marchbanks offered the move on 12 March 2026."
    for page in (written.open("visit"), written.page("check")):
        assert line in page.text
        assert page.link("See what would change") == f"/assessments/{written.key}/move"
    home = Page(written.visitor.get("/"))
    assert home.link("See what would change in the visit about Wren") == f"/assessments/{written.key}/move"
    assert "is in use, and Ines Marchbanks offered the move on 12 March 2026. Whether" in written.page("move").text
    move(written)
    written.save("next", {"q-hope": "Her gran."})
    for page in (written.open("visit"), written.page("check"), Page(written.visitor.get("/"))):
        assert "See what would change" not in page.text


def test_every_draft_of_a_child_tells_of_the_offer(written: Desk, database: Database) -> None:
    """On the list and on the child’s page, though another form was begun since; each leads to its own."""
    later = begin(written.visitor, form="supervision")
    offer(database)
    for page in (Page(written.visitor.get("/")), Page(written.visitor.get(f"/children/{later.children['Wren']}"))):
        assert page.link("See what would change in the visit") == f"/assessments/{written.key}/move"


def test_versions_of_one_owner_are_called_by_their_numbers(worker: Visitor, publish: Publish) -> None:
    """“Version 2”, as people say."""
    publish(1, lambda form: None)
    desk = begin(worker)
    publish(2)
    assert "Version 2 of this form is in use. See what would change" in desk.page("check").text
    assert "Moved from version 1 to version 2 by Adaeze Finch on 12 March 2026 at 09:30." in move(desk).text


def test_on_the_version_in_use_there_is_nothing_to_move_to(desk: Desk) -> None:
    """The page says so, and nothing is moved by a made-up post."""
    assert "This draft is on version 1. There is no other version to move it to." in desk.page("move").text
    assert move(desk, {"to": "own-9"}).response.status_code == 409
    assert undo(desk, "made-up").response.status_code == 409


def test_who_may_no_longer_open_a_child_of_it_sees_and_moves_nothing(written: Desk, database: Database) -> None:
    """Neither what it holds nor what a move has left."""
    sent = hidden(written)
    move(written)
    take_away(database, "Ossie")
    for rest in ("move", "check"):
        response = written.visitor.get(f"/assessments/{written.key}/{rest}")
        assert response.status_code == 404
        assert "coats" not in response.text
    assert move(written, sent).response.status_code == 403
    assert undo(written, "x").response.status_code == 403


def test_the_manager_and_another_persons_page_move_nothing(written: Desk, app: Flask) -> None:
    """It is the act of who writes it."""
    tom = visitor(app, "Tom Brackley")
    assert tom.get(f"/assessments/{written.key}/move").status_code == 403
    sent = {**hidden(written), "writer": "somebody else"}
    assert move(written, sent).response.status_code == 403
    assert "Move to" in written.page("move").text


def test_a_draft_that_was_set_aside_leads_to_who_did_it(written: Desk) -> None:
    """From the page; a post is refused."""
    sent = hidden(written)
    written.visitor.send(f"/assessments/{written.key}/set-aside", {"reason": "mistake"})
    assert written.visitor.get(f"/assessments/{written.key}/move").location.endswith("/set-aside")
    assert move(written, sent).response.status_code == 409


def test_the_log_says_so_in_words(written: Desk, app: Flask) -> None:
    """Who moved the draft of a form about whom, and took it back."""
    move(written)
    undo(written)
    log = Page(visitor(app, "Petra Oakenfull").get("/who-has-looked")).text
    assert "moved to another version the draft of a form about" in log
    assert "took back the move to another version of the draft of a form about" in log


def test_everything_that_can_become_of_an_answer_has_words() -> None:
    """Each of the engine's reasons is told in a sentence of the page."""
    assert version_line.WHY.keys() == REASONS.keys()
