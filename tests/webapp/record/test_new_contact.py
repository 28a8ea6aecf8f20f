"""New contact: a child is looked for across the authority before a record is made."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.webapp.assessments.desk import Page, words
from tests.webapp.record.test_record import visitor
from tests.webapp.visitor import Visitor
from webapp.store.access_log import access_log
from webapp.store.allocations import allocations
from webapp.store.children import children
from webapp.store.database import Database, reading, writing

KIT = {"given_name": "Kit", "family_name": "Ostrander", "born": "yes"}
BORN = {"dated-day": "29", "dated-month": "2", "dated-year": "2020"}
LINNET = {"given_name": "Lynette", "family_name": "Garoby", "born": "yes"}
OF_LINNET = ("Linnet", "Garrowby", "N-20120")


def look(worker: Visitor, typed: dict[str, Any]) -> TestResponse:
    """Search."""
    worker.get("/new-contact")
    return worker.send("/new-contact", typed)


def hidden(page: Page, action: str) -> dict[str, str]:
    """What a form of the page carries along."""
    form = next(form for form in page.root.iter("form") if form.get("action") == action)
    fields = [each for each in form.iter("input") if each.get("type") == "hidden"]
    return {each.get("name", ""): each.get("value", "") for each in fields}


def boxes(page: Page) -> dict[str, str]:
    """What the second page's form sends as it stands."""
    form = next(form for form in page.root.iter("form") if form.get("action") == "/new-contact/make")
    fields = [each for each in form.iter("input") if each.get("type") != "radio" or each.get("checked") is not None]
    return {each.get("name", ""): each.get("value", "") for each in fields} | {"sibling": ""}


def second_page(worker: Visitor, typed: dict[str, Any]) -> Page:
    """The page that asks what a new record needs."""
    found = Page(look(worker, typed))
    response = worker.send("/new-contact/record", hidden(found, "/new-contact/record"))
    assert response.status_code == 200
    return Page(response)


def errors(page: Page) -> list[str]:
    """The lines of the error summary."""
    summary = next(each for each in page.root.iter("div") if each.get("class") == "govuk-error-summary")
    return [words(each) for each in summary.iter("li")]


def acts(database: Database) -> list[str]:
    """What the access log holds of children, oldest first."""
    of_children = select(access_log.c.act).where(access_log.c.record == "child").order_by(access_log.c.id)
    with reading(database) as connection:
        return list(connection.execute(of_children).scalars())


def test_a_record_beyond_reach_is_told_without_anything_of_the_child(worker: Visitor, database: Database) -> None:
    """How it matches, the worker, the team and their phone."""
    response = look(worker, LINNET)
    page = Page(response)
    assert page.title.startswith("One record may be this child’s")
    assert "A record exists" in page.text
    assert "The names sound alike, no date to compare" in page.text
    assert "Nell Ottaway, social worker, Saltmere team: 01632 960103" in page.text
    assert not [each for each in OF_LINNET if each in response.text]
    assert "/children/" not in response.text
    assert acts(database) == ["matched"]


def test_the_same_name_is_told_without_being_confirmed_letter_by_letter(worker: Visitor, database: Database) -> None:
    """The page of a match holds the name only as it was typed."""
    with reading(database) as connection:
        born = connection.execute(select(children.c.born).where(children.c.reference == "N-20120")).scalar_one()
    date = {"dated-day": str(born.day), "dated-month": str(born.month), "dated-year": str(born.year)}
    response = look(worker, LINNET | {"given_name": "LINNET", "family_name": "GARROWBY"} | date)
    assert "Same name, same birth date" in Page(response).text
    assert not [each for each in OF_LINNET if each in response.text]


def test_a_record_within_reach_is_a_link(worker: Visitor, database: Database) -> None:
    """By its own name."""
    page = Page(look(worker, {"given_name": "Ren", "family_name": "Talobi", "born": "yes", "about": "about 6"}))
    assert worker.get(page.link("Wren Tallowby")).status_code == 200
    assert "The names sound alike, a birth date that fits" in page.text
    assert "A record exists" not in page.text
    assert acts(database) == ["opened"]


def test_a_record_that_nobody_works_with_says_so(worker: Visitor, database: Database) -> None:
    """And names no one."""
    with writing(database) as connection:
        connection.execute(update(allocations).values(ended_at=allocations.c.begun_at))
    page = Page(look(worker, LINNET))
    assert "Nobody works with this child now. Talk to your manager before you go on." in page.text
    assert "Ottaway" not in page.text


def test_nothing_found_says_how_it_looked(worker: Visitor, database: Database) -> None:
    """Plainly, and another authority's record is nothing."""
    typed = {"given_name": "Perran", "family_name": "Hollowtree", "born": "yes"}
    page = Page(look(worker, typed | BORN))
    assert page.title.startswith("No record was found")
    assert "Perran Hollowtree, born 29 February 2020" in page.text
    assert "either name, as it sounds, together with the birth date" in page.text
    unborn = Page(look(worker, {"family_name": "Ostrander", "born": "no", "dated-month": "5", "dated-year": "2026"}))
    assert "Ostrander, expected May 2026" in unborn.text
    assert "children expected within 3 weeks of that time" in unborn.text
    assert acts(database) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"born": "yes"}, ["Enter the child’s names, or one of them and the birth date"]),
        ({"given_name": "Kit", "born": "yes", "about": "5"}, ["One name alone fits too many children"]),
        ({"given_name": "Kit", "born": "no"}, ["Enter the family name, the mother’s if you know no other"]),
        (KIT | {"about": "old"}, ["Age must be a number of years from 0 to 25"]),
        (KIT | BORN | {"dated-year": "2021"}, ["Birth date must be a real date"]),
        (KIT | BORN | {"dated-year": "2028"}, ["Birth date must be in the past"]),
        (KIT | {"born": "no", "dated-year": "2029"}, ["Expected date must be within the next 10 months"]),
        (KIT | {"born": "no", "dated-year": "2024"}, ["Expected date is more than a month past"]),
        (KIT | {"given_name": "K" * 101}, ["Given name must be 100 characters or fewer"]),
    ],
)
def test_what_is_wrong_is_told_beside_what_was_typed(worker: Visitor, typed: dict[str, str], told: list[str]) -> None:
    """As an error summary whose lines lead to the boxes, and nothing typed is lost."""
    response = look(worker, typed)
    page = Page(response)
    assert response.status_code == 400
    assert page.title.startswith("Error: New contact")
    assert [line[: len(begins)] for line, begins in zip(errors(page), told, strict=True)] == told
    for name, value in typed.items():
        if name != "born":
            assert page.at(name).get("value") == value
    assert [each.get("value") for each in page.root.iter("input") if each.get("checked") is not None] == [typed["born"]]


def test_what_was_typed_can_be_changed(worker: Visitor) -> None:
    """The way back holds it all."""
    found = Page(look(worker, KIT | BORN))
    page = Page(worker.send("/new-contact", {**hidden(found, "/new-contact"), "again": "1"}))
    assert [page.at(name).get("value") for name in ("given_name", "family_name", "dated-day", "dated-year")] == [
        "Kit", "Ostrander", "29", "2020",
    ]  # fmt: skip


def test_a_record_is_made_of_what_was_typed(worker: Visitor, database: Database) -> None:
    """Nothing is asked twice; the child's page says that the record was made."""
    page = second_page(worker, KIT | BORN)
    sent = boxes(page)
    assert [sent[name] for name in ("given_name", "family_name", "born", "dated-day", "disabled")] == [
        "Kit", "Ostrander", "yes", "29", "unknown",
    ]  # fmt: skip
    response = worker.send("/new-contact/make", sent | {"interpreter": "yes", "reference": " kO/1 "})
    assert response.status_code == 303
    child = Page(worker.get(response.location))
    assert "Record made. Begin a form when you are ready." in child.text
    assert "Kit Ostrander" in child.text
    assert "KO/1" in child.text
    assert "Adaeze Finch, social worker" in child.text
    assert "Ostrander family" in Page(worker.get("/")).text
    assert acts(database) == ["added", "opened"]
    with reading(database) as connection:
        facts = select(children.c.disabled, children.c.interpreter).where(children.c.reference == "KO/1")
        assert connection.execute(facts).one() == (None, True)


def test_the_same_page_sent_twice_makes_one_record(worker: Visitor) -> None:
    """Both lead to the same child."""
    sent = boxes(second_page(worker, KIT | BORN))
    first, second = (worker.send("/new-contact/make", sent) for _ in range(2))
    assert first.location == second.location
    assert Page(worker.get("/")).text.count("Kit Ostrander") == 2  # the link and the words of its button


def test_another_child_typed_into_the_same_page_is_looked_for(worker: Visitor) -> None:
    """Going back and changing the name does not lead past a record that exists."""
    sent = boxes(second_page(worker, KIT | BORN)) | {"disabled": "yes"}
    changed = sent | {"given_name": "Linet", "family_name": "Garrowby"}
    page = Page(worker.send("/new-contact/make", changed | {"dated-day": "", "dated-month": "", "dated-year": ""}))
    assert "You changed the name or the date, so Pith looked again." in page.text
    assert "A record exists" in page.text
    kept = hidden(page, "/new-contact/record")
    assert (kept["given_name"], kept["disabled"]) == ("Linet", "yes")
    again = boxes(Page(worker.send("/new-contact/record", kept)))
    assert again["disabled"] == "yes"
    assert worker.send("/new-contact/make", again).status_code == 303


def test_what_is_known_roughly_is_said_and_not_kept_as_a_date(worker: Visitor) -> None:
    """A year or an age does not become a birth date."""
    page = second_page(worker, KIT | {"about": "5"})
    assert "You wrote about 5 years old. The age is not kept." in page.text
    assert "it can be added later, under the particulars on the child’s page" in page.text
    page = second_page(worker, KIT | {"dated-year": "2020"})
    assert "You wrote 2020." in page.text
    sent = boxes(page)
    assert sent["dated-year"] == ""
    assert worker.send("/new-contact/make", sent).status_code == 303


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"given_name": ""}, "Enter a given name, or “Unknown”"),
        ({"family_name": " "}, "Enter a family name, or “Unknown”"),
        ({"dated-day": ""}, "Enter the whole date, or leave it blank until it is known"),
        ({"dated-day": "31"}, "Birth date must be a real date, such as 4 3 2019"),
        ({"reference": "N-20418"}, "Another child has the reference N-20418 already"),
        ({"reference": "n-20418"}, "Another child has the reference N-20418 already"),
        ({"reference": "a b"}, "Reference must be at most 20 letters, digits, hyphens, dots and slashes"),
    ],
)
def test_a_record_is_not_made_of_what_is_wrong(worker: Visitor, changes: dict[str, str], told: str) -> None:
    """It is told at the box, with everything as it was typed."""
    sent = boxes(second_page(worker, KIT | BORN)) | changes
    response = worker.send("/new-contact/make", sent)
    page = Page(response)
    assert response.status_code == 400
    assert errors(page) == [told]
    kept = boxes(page)
    assert {name: kept[name].upper() for name in ("form_key", *changes)} == {
        name: " ".join(sent[name].split()).upper() for name in ("form_key", *changes)
    }


def test_trying_out_references_is_written_down(worker: Visitor, database: Database) -> None:
    """Whoever is told that a child of another team has a reference was told of a record."""
    sent = boxes(second_page(worker, KIT | BORN)) | {"reference": "N-20120"}
    assert worker.send("/new-contact/make", sent).status_code == 400
    assert acts(database) == ["matched"]


def test_all_that_was_sent_is_given_back_where_it_cannot_be_taken(worker: Visitor) -> None:
    """What was typed to copy, and every choice to send again."""
    page = second_page(worker, KIT | {"about": "5"})
    sent = boxes(page) | {"reference": "KO/1", "disabled": "yes"}
    again = boxes(Page(worker.send("/new-contact/make", sent | {"reference": "N-20418"})))
    assert again == sent | {"reference": "N-20418", "csrf_token": again["csrf_token"]}
    refused = worker.send("/new-contact/make", sent | {"sibling": "k" * 16})
    assert refused.status_code == 404
    for typed in ("Kit", "Ostrander", "KO/1"):
        assert typed in Page(refused).text


def test_whether_a_child_is_born_is_taken_from_a_date_and_else_asked(worker: Visitor) -> None:
    """Nothing is chosen beforehand; a record is not made without it."""
    asked = Page(worker.get("/new-contact"))
    assert not [each for each in asked.root.iter("input") if each.get("checked") is not None]
    names = {"given_name": "Kit", "family_name": "Ostrander"}
    assert boxes(second_page(worker, names | BORN))["born"] == "yes"
    sent = boxes(second_page(worker, names))
    assert "born" not in sent
    response = worker.send("/new-contact/make", sent)
    assert response.status_code == 400
    assert errors(Page(response)) == ["Choose whether the child has been born"]
    assert worker.send("/new-contact/make", sent | {"born": "yes"}).status_code == 303


def test_one_record_found_is_told_apart_from_the_child(worker: Visitor) -> None:
    """In words that fit one, and in others where there are several."""
    assert "This is another child: make a new record" in Page(look(worker, LINNET)).text
    typed = {"family_name": "Tallowby", "given_name": "Wren Ossie"}
    several = Page(look(worker, typed)).text
    assert "2 records may be this child’s" in several
    assert "None of these is this child: make a new record" in several


def test_a_child_not_yet_born_needs_no_given_name(worker: Visitor) -> None:
    """Only a family name, and a date if there is one."""
    typed = {"family_name": "Ostrander", "born": "no", "dated-day": "3", "dated-month": "6", "dated-year": "2026"}
    response = worker.send("/new-contact/make", boxes(second_page(worker, typed)))
    page = Page(worker.get(response.location))
    assert page.title.startswith("Baby Ostrander")
    assert "expected 3 June 2026" in page.text


def test_a_brother_or_sister_is_chosen_from_ones_own_list(worker: Visitor) -> None:
    """By family, with the children in it; nobody else's family can be."""
    page = second_page(worker, KIT | BORN)
    options = {words(each): each.get("value", "") for each in page.root.iter("option")}
    assert "Tallowby family: Wren, Ossie" in options
    assert "Garrowby" not in page.text
    sent = boxes(page)
    assert worker.send("/new-contact/make", sent | {"sibling": "k" * 16}).status_code == 404
    response = worker.send("/new-contact/make", sent | {"sibling": options["Tallowby family: Wren, Ossie"]})
    assert "Wren, 6 years" in Page(worker.get(response.location)).text


def test_a_manager_makes_a_record_for_the_team(app: Flask, worker: Visitor) -> None:
    """And is led to giving the child to a worker."""
    tom = visitor(app, "Tom Brackley")
    page = second_page(tom, KIT | BORN)
    assert "The child will be with the Larkfield team" in page.text
    response = tom.send("/new-contact/make", boxes(page))
    child = Page(tom.get(response.location))
    assert "It is with the Larkfield team: give Kit to a worker" in child.text
    assert tom.get(child.link("give Kit")).status_code == 200
    assert "Kit Ostrander" in Page(worker.get("/")).text


@pytest.mark.parametrize("name", ["Ines Marchbanks", "Rowan Tideswell", "Petra Oakenfull"])
def test_nobody_but_caseworkers_looks(app: Flask, name: str) -> None:
    """Neither page nor search, and no link to them."""
    someone = visitor(app, name)
    assert "/new-contact" not in someone.get("/help").text
    assert someone.get("/new-contact").status_code == 403
    for address in ("/new-contact", "/new-contact/record", "/new-contact/make"):
        assert someone.send(address, LINNET).status_code == 403


def test_no_name_stands_in_an_address(worker: Visitor) -> None:
    """The forms that carry names are posted."""
    for page in (Page(worker.get("/new-contact")), Page(look(worker, KIT))):
        forms = [form for form in page.root.iter("form") if (form.get("action") or "").startswith("/new-contact")]
        assert forms
        assert {form.get("method") for form in forms} == {"post"}
