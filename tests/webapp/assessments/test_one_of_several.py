"""Who works with one child of several reads that child's own record, and nothing of the others."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.assessments.desk import Desk, Page, begin, take_away, words
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.store.access_log import access_log
from webapp.store.allocations import allocate
from webapp.store.assessments import find_assessment
from webapp.store.beginning import begin_assessment
from webapp.store.children import NewChild, add_child, children_of
from webapp.store.database import Database, reading, writing
from webapp.store.definitions import edition
from webapp.store.people import everyone
from webapp.store.submissions import Frozen
from webapp.store.submissions import submit as hand_over

OF_OSSIE = ("Ossie", "N-20419", "lined up", "other arm")


@pytest.fixture
def corin(app: Flask, database: Database, desk: Desk) -> Desk:
    """Corin, to whom Wren alone is given, at a visit to Wren and Ossie."""
    with writing(database) as connection:
        people = {person.name: person for person in everyone(connection)}
        corin, found = people["Corin Ashby-Lowe"], children_of(connection, people["Adaeze Finch"])
        wren = next(child for child in found if child.key == desk.children["Wren"])
        allocate(connection, corin.authority, wren.id, at=NOW, person=corin.id)
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    return Desk(visitor.sign_in(corin.name), desk.key, desk.children)


def hand_in(desk: Desk) -> None:
    """Submit a visit that tells of each child apart, and rests what it means on both."""
    finish(desk)
    for child, said in (("Wren", "“My knee.”"), ("Ossie", "“The other arm.” He lined up the cars.")):
        desk.save("each_child", {desk.name("injury", child): "yes"})
        injuries = desk.name("injuries", child)
        desk.save("each_child", {injuries: None, injuries.replace("q-", "u-", 1): "y"})
        desk.save("each_child", {desk.name("child_words", child): said})
    rests_on = [f"child_words[{desk.children[child]}]" for child in ("Wren", "Ossie")]
    sent = {"q-meaning": None, "q-meaning-text": "A full house.", "q-meaning-evidence": rests_on}
    desk.save("sense", sent, based_on={"q-meaning": 1})
    submit(desk)


def childs_page(desk: Desk) -> Page:
    """Wren's page."""
    return Page(desk.visitor.get(f"/children/{desk.children['Wren']}"))


def test_the_childs_own_record_can_be_read_and_nothing_of_another(desk: Desk, corin: Desk) -> None:
    """What was written once and what was written about this child; no name, reference or answer of another."""
    hand_in(desk)
    assert "The other arm" in desk.page("read").text
    for page in ("read", "print"):
        drawn = corin.page(f"{page}?child={corin.children['Wren']}")
        assert "A full house." in drawn.text
        assert "“My knee.”" in drawn.text
        assert "Wren: Did you see or hear of any injury or mark?" in drawn.text
        assert "Everybody’s record" not in drawn.text
        assert not [each for each in (*OF_OSSIE, corin.children["Ossie"]) if each in drawn.response.text]


def test_the_record_leads_to_the_only_child_within_reach(desk: Desk, corin: Desk) -> None:
    """Everybody's record is not to be had, nor another child's alone."""
    hand_in(desk)
    for page in ("read", "print"):
        response = corin.visitor.get(f"/assessments/{corin.key}/{page}")
        assert response.location == f"/assessments/{corin.key}/{page}?child={corin.children['Wren']}"
        other = corin.visitor.get(f"/assessments/{corin.key}/{page}?child={corin.children['Ossie']}")
        assert other.status_code == 404
        assert corin.visitor.get(f"/assessments/{corin.key}/{page}?child=nobody").status_code == 404


def test_reading_one_childs_record_is_written_down_once(desk: Desk, corin: Desk, database: Database) -> None:
    """As a submission that was opened; being led to it, or refused, opens nothing."""
    hand_in(desk)
    corin.visitor.get(f"/assessments/{corin.key}/read", follow_redirects=True)
    corin.visitor.get(f"/assessments/{corin.key}/read?child={corin.children['Ossie']}")
    with reading(database) as connection:
        doer = next(person.id for person in everyone(connection) if person.name == "Corin Ashby-Lowe")
        done = select(access_log.c.record, access_log.c.act).where(access_log.c.person_id == doer)
        rows = connection.execute(done.where(access_log.c.act != "signed_in"))
        assert [tuple(row) for row in rows] == [("submission", "opened")]


def test_the_childs_page_lists_it_and_takes_it_into_life(desk: Desk, corin: Desk) -> None:
    """With the way to this child's record, and no word of another child."""
    hand_in(desk)
    page = childs_page(corin)
    record = f"/assessments/{corin.key}/read?child={corin.children['Wren']}"
    assert page.link("Visit, Wren’s record") == record
    assert page.link("Read Wren’s record") == record
    assert "“My knee.”" in page.text
    assert "A full house." in page.text
    assert "Nothing has been written" not in page.text
    assert not [each for each in (*OF_OSSIE, corin.children["Ossie"]) if each in page.response.text]


def test_its_first_address_leads_to_what_is_read(desk: Desk, corin: Desk) -> None:
    """As for whoever may read everybody's record."""
    hand_in(desk)
    assert corin.visitor.get(f"/assessments/{corin.key}").location == f"/assessments/{corin.key}/read"


def test_a_draft_about_others_too_is_told_where_one_would_be_begun(corin: Desk) -> None:
    """With who writes it, and no way in."""
    page = Page(corin.visitor.get(f"/children/{corin.children['Wren']}/begin"))
    assert "A visit begun 12 March 2026 by Adaeze Finch, about Wren and others, is still open." in page.text
    assert "Go on with it" not in page.text
    assert not [each for each in (*OF_OSSIE, corin.children["Ossie"]) if each in page.response.text]


def test_a_draft_about_others_too_says_who_writes_it(desk: Desk, corin: Desk) -> None:
    """By name and phone, with no way in and no other child's name."""
    page = childs_page(corin)
    assert "Being written about Wren and others since 12 March 2026 by Adaeze Finch, 01632 960100" in page.text
    assert "Nothing has been written" not in page.text
    assert not [a for a in page.root.iter("a") if "/assessments/" in a.get("href", "")]
    assert not [each for each in (*OF_OSSIE, corin.children["Ossie"]) if each in page.response.text]
    for rest in ("", "/read", f"/read?child={corin.children['Wren']}", "/check", "/sections/visit"):
        assert corin.visitor.get(f"/assessments/{corin.key}{rest}").status_code == 404
    assert corin.visitor.send(f"/assessments/{corin.key}/sections/visit", {"q-contact": "phone"}).status_code == 404
    assert corin.visitor.send(f"/assessments/{corin.key}/submit").status_code == 404
    assert "Continue" not in Page(corin.visitor.get("/")).text


def test_who_lost_a_draft_reads_that_it_is_ones_own_and_why_it_is_closed(desk: Desk, database: Database) -> None:
    """Not one's own name and phone, as if somebody else were to be asked."""
    take_away(database, "Ossie")
    for rest in ("", "/begin"):
        page = Page(desk.visitor.get(f"/children/{desk.children['Wren']}{rest}"))
        assert "You no longer work with every child it is about, so you cannot open it" in page.text
        assert "by you" in page.text
        told = page.text.partition("<main")[2] or page.text
        assert "12 March 2026 by Adaeze Finch" not in told
        assert not [each for each in (*OF_OSSIE, desk.children["Ossie"]) if each in page.response.text]


def test_several_within_reach_are_to_choose_from_and_no_other(desk: Desk, corin: Desk, database: Database) -> None:
    """Each child's record by name; the rest are not named."""
    with writing(database) as connection:
        people = {person.name: person for person in everyone(connection)}
        adaeze, corins = people["Adaeze Finch"], people["Corin Ashby-Lowe"]
        wren = next(c for c in children_of(connection, adaeze) if c.key == desk.children["Wren"])
        new = add_child(
            connection, adaeze.authority, wren.family, NewChild("N-1", "Perl", "Tallowby", born=date(2025, 1, 9))
        )
        for person in (adaeze, corins):
            allocate(connection, adaeze.authority, new, at=NOW, person=person.id)
        three = [child for child in children_of(connection, adaeze) if child.family == wren.family]
        key = begin_assessment(connection, adaeze, edition(connection, adaeze, "visit", NOW.date()), three, NOW)
        frozen = Frozen({"saw": "Two coats."}, ["saw"], {}, {})
        hand_over(connection, adaeze, find_assessment(connection, adaeze, key), frozen, "", NOW)
    page = Page(corin.visitor.get(f"/assessments/{key}/read"))
    links = [words(a) for a in page.root.iter("a") if "child=" in a.get("href", "")]
    assert links == ["Wren Tallowby’s record", "Perl Tallowby’s record"]
    assert "Ossie" not in page.response.text
    one = Page(corin.visitor.get(page.link("Perl Tallowby’s record")))
    assert "Two coats." in one.text
    assert "Wren’s record alone" in one.text
    assert "Everybody’s record" not in one.text
    assert "Ossie" not in one.response.text


def test_a_worker_is_told_what_every_child_shares(desk: Desk) -> None:
    """Above what is asked once about several children, and nowhere else."""
    said = "What is asked once here stands on every child’s record."
    desk.save("visit", {"q-contact": "in_person"})
    assert said in desk.open("visit").text
    assert said not in desk.open("each_child").text
    alone = begin(desk.visitor, names=["Wren"])
    assert said not in alone.open("visit").text
