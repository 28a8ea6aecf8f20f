"""The list of children, a child's page and help: only what is there, only what is yours."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.webapp.assessments.desk import Page, begin, words
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.store.access_log import access_log
from webapp.store.allocations import allocate, end_allocation
from webapp.store.assessments import assessments
from webapp.store.authorities import add_team
from webapp.store.children import children_of
from webapp.store.database import Database, writing
from webapp.store.definitions import definitions
from webapp.store.people import NewPerson, add_person, everyone
from webapp.store.people import people as people_table
from webapp.store.withdrawals import Withdrawal, withdraw


def visitor(app: Flask, name: str) -> Visitor:
    """Somebody else at a browser of their own."""
    found = app.test_client()
    assert isinstance(found, Visitor)
    return found.sign_in(name)


def families(page: Page) -> list[str]:
    """The headings over the children."""
    sections = [each for each in page.root.iter("section") if each.get("class") == "pith-family"]
    return [words(next(each.iter("h2"))) for each in sections]


def actions(page: Page) -> list[str]:
    """The words of the buttons that open or continue."""
    return [words(each) for each in page.root.iter("a") if "govuk-button" in each.get("class", "").split()]


def test_children_stand_by_family_with_their_ages(worker: Visitor) -> None:
    """Eldest first, those not yet born last."""
    page = Page(worker.get("/"))
    assert families(page) == [
        "Brindlecombe family", "Penhallow-Ode family", "Quayle-Marsh family", "Tallowby family",
    ]  # fmt: skip
    assert page.text.index("Wren Tallowby, 6 years") < page.text.index("Ossie Tallowby, 3 years")
    assert "Baby Quayle-Marsh, expected" in page.text


def test_each_child_has_one_action(worker: Visitor) -> None:
    """Continue where something is begun, else Open."""
    assert set(actions(Page(worker.get("/")))) >= {"Open Wren Tallowby", "Open Juno Brindlecombe"}
    desk = begin(worker, names=["Wren"])
    page = Page(worker.get("/"))
    assert "Continue the visit about Wren Tallowby" in actions(page)
    assert "Open Wren Tallowby" not in actions(page)
    assert page.link("Continue the visit about Wren") == f"/assessments/{desk.key}"
    assert "Visit, begun 12 March 2026" in page.text


def test_what_else_was_begun_is_told_with_the_way_to_it(worker: Visitor) -> None:
    """The newest draft is one press away; the others are on the child’s page."""
    desk = begin(worker, names=["Wren"])
    assert "more begun" not in Page(worker.get("/")).text
    for more in (1, 2):
        begin(worker, names=["Wren"])
        page = Page(worker.get("/"))
        assert f"Visit, begun 12 March 2026, and {more} more begun" in page.text
        assert page.link(f"{more} more begun about Wren Tallowby") == f"/children/{desk.children['Wren']}"


def test_who_else_works_with_a_child_is_named(worker: Visitor) -> None:
    """Not oneself."""
    page = Page(worker.get("/"))
    assert "With Larkfield team" in page.text
    assert "With Adaeze" not in page.text


def test_a_child_is_found_by_part_of_a_name_or_reference(worker: Visitor) -> None:
    """Among one's own; what was sought stays in the box."""
    page = Page(worker.send("/", {"find": "n-204"}))
    assert families(page) == ["Tallowby family"]
    assert "2 found for “n-204”" in page.text
    assert page.at("find").get("value") == "n-204"


@pytest.mark.parametrize("sought", ["rén", "TALLOWBY", "Ozzy", "penhalow ode", "n18852"])
def test_a_child_is_found_as_the_name_sounds(sought: str, worker: Visitor) -> None:
    """Whatever the case, the accents and the hyphens; only those children are left."""
    assert len(families(Page(worker.send("/", {"find": sought})))) == 1


def test_looking_puts_no_name_in_an_address(worker: Visitor) -> None:
    """What is sought is posted, and what an address says is not looked for."""
    form = next(form for form in Page(worker.get("/")).root.iter("form") if form.get("role") == "search")
    assert form.get("method") == "post"
    assert len(families(Page(worker.get("/?find=n-204")))) > 1


def test_new_contact_is_always_at_hand(worker: Visitor) -> None:
    """At the top of each page, and beside the list."""
    page = Page(worker.get("/"))
    assert "New contact" in actions(page)
    assert page.link("New contact") == "/new-contact"


def test_a_manager_sees_whose_child_it_is(app: Flask) -> None:
    """By name and job, beside each child."""
    assert "With Adaeze Finch, social worker" in Page(visitor(app, "Tom Brackley").get("/")).text


def test_who_works_with_a_child_can_be_reached(worker: Visitor, database: Database) -> None:
    """By team and phone, and who has left is said to have."""
    address = Page(worker.get("/")).link("Wren Tallowby")
    assert "Larkfield team, 01632 960100" in Page(worker.get(address)).text
    team = Page(worker.get(Page(worker.get("/")).link("Tobi Penhallow-Ode")))
    assert "The whole team" in team.text
    with writing(database) as connection:
        people = {person.name: person for person in everyone(connection)}
        wren = next(child for child in children_of(connection, people["Adaeze Finch"]) if child.given_name == "Wren")
        corin = people["Corin Ashby-Lowe"]
        allocate(connection, corin.authority, wren.id, at=NOW, person=corin.id)
        connection.execute(update(people_table).where(people_table.c.id == corin.id).values(ended_at=NOW))
    assert "Larkfield team, no longer works here" in Page(worker.get(address)).text


def test_finding_nobody_says_so(worker: Visitor) -> None:
    """With the way back to the whole list, and nothing of other people's children."""
    page = Page(worker.send("/", {"find": "<b>nobody</b>"}))
    assert "Nobody on this list is called “<b>nobody</b>”" in page.text
    assert page.link("Show all") == "/"


def test_an_empty_list_says_how_children_come_to_it(app: Flask, database: Database) -> None:
    """To somebody new, to whom no child was given."""
    with writing(database) as connection:
        bryony = next(person for person in everyone(connection) if person.name == "Bryony Castledine")
        new = NewPerson("Wilf Tarrant", "social worker", "practitioner")
        add_person(connection, bryony.authority, add_team(connection, bryony.authority, "Quay team"), new)
    page = Page(visitor(app, "Wilf Tarrant").get("/"))
    assert families(page) == []
    assert "A child appears here once they are allocated to you or to your team, or once you make" in page.text


def test_a_childs_page_says_who_they_are(worker: Visitor) -> None:
    """Name, age, reference, brothers and sisters, and who works with them."""
    address = Page(worker.get("/")).link("Wren Tallowby")
    page = Page(worker.get(address))
    assert page.title == "Wren Tallowby – Pith – Northshire Council"
    assert "6 years old, born" in page.text
    assert "N-20418" in page.text
    assert "Ossie, 3 years" in page.text
    assert "Adaeze Finch, social worker" in page.text


def test_a_brother_whose_record_is_elsewhere_is_told_without_a_name(worker: Visitor, database: Database) -> None:
    """With whom to ask, and written down; where there is none at all, the page says that."""
    address = Page(worker.get("/")).link("Wren Tallowby")
    with writing(database) as connection:
        people = {person.name: person for person in everyone(connection)}
        adaeze, nell = people["Adaeze Finch"], people["Nell Ottaway"]
        ossie = next(child for child in children_of(connection, adaeze) if child.given_name == "Ossie")
        end_allocation(connection, adaeze.authority, ossie.id, at=NOW, person=adaeze.id)
        allocate(connection, adaeze.authority, ossie.id, at=NOW, person=nell.id)
    page = Page(worker.get(address))
    told = words(next(each for each in page.root.iter("aside") if each.get("aria-label", "").startswith("Family")))
    assert "There is one, whose record is not yours. Ask: Nell Ottaway, social worker" in told
    assert "Ossie" not in page.text
    with writing(database) as connection:
        told_of = select(access_log.c.record_id).where(access_log.c.act == "matched")
        assert connection.execute(told_of).scalars().all() == [ossie.id]
        end_allocation(connection, adaeze.authority, ossie.id, at=NOW, person=nell.id)
    assert "Nobody works with this child now. Talk to your manager." in Page(worker.get(address)).text
    assert "Brothers and sisters None on record." in Page(worker.get(Page(worker.get("/")).link("Tobi"))).text


def test_a_child_without_forms_says_what_will_be_there(worker: Visitor) -> None:
    """And offers to begin one."""
    page = Page(worker.get(Page(worker.get("/")).link("Wren Tallowby")))
    assert "Nothing has been written about Wren here yet." in page.text
    assert "Begin a form" in actions(page)


def test_forms_stand_newest_first(worker: Visitor) -> None:
    """A draft with its way on, beside beginning another."""
    first, second = begin(worker, names=["Wren"]), begin(worker)
    page = Page(worker.get(f"/children/{first.children['Wren']}"))
    links = [each.get("href") for each in page.root.iter("a") if words(each) == "Visit"]
    assert links == [f"/assessments/{second.key}", f"/assessments/{first.key}"]
    assert "About Wren and Ossie" in page.text
    assert "Being written since 12 March 2026 by Adaeze Finch" in page.text
    assert actions(page) == ["Continue the visit begun 12 March 2026"] * 2
    assert page.link("Begin another form") == f"/children/{first.children['Wren']}/begin"


def test_what_was_submitted_says_by_whom_and_when(worker: Visitor, database: Database) -> None:
    """The day it was submitted, not the day it was begun; what is submitted last stands first."""
    older, newer = begin(worker), begin(worker, names=["Wren"])
    finish(older)
    submit(older)
    with writing(database) as connection:
        for desk, days in ((older, 9), (newer, 4)):
            begun = update(assessments).where(assessments.c.key == desk.key).values(begun_at=NOW - timedelta(days=days))
            connection.execute(begun)
    page = Page(worker.get(f"/children/{older.children['Wren']}"))
    assert "Submitted 12 March 2026 by Adaeze Finch" in page.text
    assert "Submitted. Begun" not in page.text
    links = [each.get("href") for each in page.root.iter("a") if words(each) == "Visit"]
    assert links == [f"/assessments/{older.key}/read", f"/assessments/{newer.key}"]


def test_a_manager_sees_the_team_and_begins_nothing(app: Flask, worker: Visitor) -> None:
    """Drafts are named without a way into them."""
    desk = begin(worker, names=["Wren"])
    tom = visitor(app, "Tom Brackley")
    home = Page(tom.get("/"))
    assert words(next(home.root.iter("h1"))) == "Your team’s children"
    assert home.title.startswith("Your team’s children")
    assert "Your children" not in home.text
    assert "Open Wren Tallowby" in actions(home)
    page = Page(tom.get(f"/children/{desk.children['Wren']}"))
    assert "Being written since" in page.text
    assert "Begin" not in page.text
    assert "Forms are begun by social workers." in page.text
    assert not [a for a in page.root.iter("a") if "/assessments/" in a.get("href", "")]


def test_beginning_asks_whom_it_is_about(worker: Visitor) -> None:
    """The child is ticked; brothers and sisters can be; nobody at all is told."""
    child = Page(worker.get("/")).link("Wren Tallowby")
    page = Page(worker.get(f"{child}/begin/visit"))
    ticked = [each.get("checked") is not None for each in page.root.iter("input") if each.get("name") == "children"]
    assert ticked == [True, False]
    response = worker.send(f"{child}/begin/visit")
    assert response.status_code == 400
    assert Page(response).title.startswith("Error: Begin a visit")


def test_only_children_of_one_family_stand_in_one_form(worker: Visitor) -> None:
    """A child of another family is not found there, though one's own."""
    home = Page(worker.get("/"))
    wren, juno = (home.link(name).rsplit("/", 1)[1] for name in ("Wren Tallowby", "Juno Brindlecombe"))
    worker.get(f"/children/{wren}/begin/visit")
    assert worker.send(f"/children/{wren}/begin/visit", {"children": [juno]}).status_code == 404


def test_a_form_that_is_not_there_cannot_be_begun(worker: Visitor) -> None:
    """A plain page says so."""
    child = Page(worker.get("/")).link("Wren Tallowby")
    assert worker.get(f"{child}/begin/nothing").status_code == 404


def test_an_only_child_needs_no_choosing(worker: Visitor) -> None:
    """One press on the form begins it."""
    page = Page(worker.get(f"{Page(worker.get('/')).link('Tobi Penhallow-Ode')}/begin"))
    assert {"Visit", "Supervision"} <= {words(each) for each in page.root.iter("button")}


def test_help_stands_at_the_same_place_on_each_page(worker: Visitor, client: Visitor) -> None:
    """In the footer, before and after signing in."""
    for address in ("/", "/help", "/sign-in"):
        page = Page(worker.get(address))
        footer = next(page.root.iter("footer"))
        assert words(footer) == "Help"
    assert client.get("/help").status_code == 200


def test_a_draft_stays_open_where_its_form_can_no_longer_be_begun(worker: Visitor, database: Database) -> None:
    """A worker goes on with what was begun, whatever is published since."""
    desk = begin(worker, names=["Wren"])
    with writing(database) as connection:
        elsewhere = next(each.authority for each in everyone(connection) if each.name == "Bryony Castledine")
        connection.execute(update(definitions).values(authority_id=elsewhere))
    page = Page(worker.get(f"/children/{desk.children['Wren']}"))
    links = [words(each) for each in page.root.iter("a") if each.get("href") == f"/assessments/{desk.key}"]
    assert links == ["Continue the visit", "Visit"]
    page = Page(worker.get(f"/children/{desk.children['Wren']}/begin"))
    assert "No form is in use just now" in page.text
    assert page.link("Back to Wren’s page") == f"/children/{desk.children['Wren']}"


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("A question was wrong", "A question was wrong."),
        ("A question was wrong.", "A question was wrong."),
        ("We ask “Why?”", "We ask “Why?”"),
    ],
)
def test_a_form_that_was_withdrawn_says_why_where_it_was_begun(
    reason: str, told: str, worker: Visitor, database: Database
) -> None:
    """As a sentence, whether or not a full stop was written; what was begun goes on."""
    desk = begin(worker, names=["Wren"])
    with writing(database) as connection:
        withdraw(connection, Withdrawal("visit", 1, reason), NOW)
    page = Page(worker.get(f"/children/{desk.children['Wren']}/begin"))
    assert f"Visit can no longer be begun: {told} Those begun before go on." in page.text
    assert "Visit" not in [words(each) for each in page.root.iter("a")]
    assert "Continue the visit" in Page(worker.get(f"/children/{desk.children['Wren']}")).text
    refused = Page(worker.get(f"/children/{desk.children['Wren']}/begin/visit"))
    assert f"Visit can no longer be begun: {told} Those begun before go on." in refused.text
