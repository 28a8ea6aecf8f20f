"""What is kept of a child can be changed, and drafts go by it from the next page on."""

from typing import Any

from flask import Flask

from tests.webapp.assessments.desk import Desk, Page, begin, words
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.record.test_new_contact import acts, errors, look
from tests.webapp.record.test_record import visitor
from tests.webapp.visitor import Visitor
from webapp.store.database import Database

BORN = {"born": "yes", "dated-day": "11", "dated-month": "3", "dated-year": "2026"}


TICKED = ("radio", "checkbox")


def address(worker: Visitor, name: str) -> str:
    """Where a child's particulars are changed, by the link on the child's page."""
    page = Page(worker.get(Page(worker.get("/")).link(name)))
    return page.link(f"Change {name.split()[0]}’s particulars")


def boxes(page: Page) -> dict[str, str]:
    """What the form sends as it stands."""
    form = next(form for form in page.root.iter("form") if form.get("action", "").endswith("/particulars"))
    fields = [each for each in form.iter("input") if each.get("type") not in TICKED or each.get("checked") is not None]
    return {each.get("name", ""): each.get("value", "") for each in fields}


def change(worker: Visitor, name: str, typed: dict[str, Any]) -> Page:
    """The page that saving leads to."""
    at = address(worker, name)
    response = worker.send(at, boxes(Page(worker.get(at))) | typed)
    assert response.status_code == 303
    return Page(worker.get(response.location))


def test_the_form_holds_what_stands(worker: Visitor) -> None:
    """Names, date and facts as they were given; the reference is told and cannot be changed."""
    page = Page(worker.get(address(worker, "Tobi Penhallow-Ode")))
    held = boxes(page)
    assert (held["given_name"], held["family_name"], held["born"]) == ("Tobi", "Penhallow-Ode", "yes")
    assert (held["disabled"], held["interpreter"]) == ("yes", "yes")
    assert held["dated-year"] == "2017"
    assert "Reference: N-18852. It stays as it is." in page.text
    assert "reference" not in held


def test_a_baby_is_born(worker: Visitor, database: Database) -> None:
    """The child's page and the list say so, the name can be found, and the log knows who changed it."""
    page = change(worker, "Baby Quayle-Marsh", BORN | {"given_name": "Ilse"})
    assert page.title.startswith("Ilse Quayle-Marsh")
    assert "1 day old, born 11 March 2026" in page.text
    assert "expected" not in page.text
    assert "Saved. Ilse’s particulars are changed." in page.text
    assert "changed" in acts(database)
    assert "Ilse Quayle-Marsh, 1 day" in Page(worker.get("/")).text


def test_a_draft_asks_by_the_new_facts_and_what_was_submitted_stays(worker: Visitor) -> None:
    """From the next page on, though the draft was in memory; the submitted record is as it was."""
    submitted = begin(worker)
    finish(submitted)
    submit(submitted)
    draft = begin(worker)
    draft.save("visit", {"q-contact": "in_person"})
    draft.save("each_child", {draft.name("seen", "Wren"): "alone"})
    assert draft.name("baby_feeding", "Wren") not in draft.open("each_child").asked
    change(worker, "Wren Tallowby", BORN)
    assert draft.name("baby_feeding", "Wren") in draft.open("each_child").asked
    assert "Wren, 1 day" in draft.open("visit").text
    later = Desk(worker, submitted.key, submitted.children).page(f"read?child={submitted.children['Wren']}").text
    assert "“I shut my door.”" in later
    assert "Wren Tallowby, 6" in later


def test_what_is_wrong_is_told_and_what_was_typed_stays(worker: Visitor) -> None:
    """In the order of the page; nothing is saved."""
    at = address(worker, "Wren Tallowby")
    held = boxes(Page(worker.get(at)))
    response = worker.send(
        at, held | {"family_name": " ", "dated-day": "31", "dated-month": "2", "given_name": "Wrenna"}
    )
    assert response.status_code == 400
    page = Page(response)
    assert errors(page) == [
        "Enter a family name, or “Unknown”", "Birth date must be a real date, such as 4 3 2019",
    ]  # fmt: skip
    kept = boxes(page)
    assert (kept["given_name"], kept["dated-day"], kept["seen"]) == ("Wrenna", "31", held["seen"])
    assert "Wren Tallowby" in Page(worker.get("/")).text


def test_whoever_is_slower_is_told_and_sees_what_stands_now(app: Flask, worker: Visitor) -> None:
    """Nothing is overwritten unseen: what was typed stays in the boxes, what stands now beside it."""
    at = address(worker, "Wren Tallowby")
    old = boxes(Page(worker.get(at)))
    change(visitor(app, "Tom Brackley"), "Wren Tallowby", {"given_name": "Wrenna", "disabled": "yes"})
    response = worker.send(at, old | {"given_name": "Ren"})
    assert response.status_code == 409
    page = Page(response)
    assert "Somebody changed the particulars of Wrenna while this page was open, so nothing was saved." in page.text
    assert page.described("given_name") == "Now: Wrenna"
    assert "Now: Yes" in page.text
    assert boxes(page)["given_name"] == "Ren"
    assert worker.send(at, boxes(page)).status_code == 303
    assert Page(worker.get(at)).title.startswith("Change Ren’s particulars")


def test_the_same_form_sent_twice_is_saved_once(worker: Visitor, database: Database) -> None:
    """Pressed twice, it is no quarrel with oneself."""
    at = address(worker, "Wren Tallowby")
    sent = boxes(Page(worker.get(at))) | {"given_name": "Wrenna"}
    assert [worker.send(at, sent).status_code for _ in range(2)] == [303, 303]
    assert acts(database).count("changed") == 1


def test_the_family_of_an_only_child_goes_by_the_new_name(worker: Visitor) -> None:
    """A family with brothers and sisters keeps its name."""
    change(worker, "Tobi Penhallow-Ode", {"family_name": "Ode"})
    change(worker, "Wren Tallowby", {"family_name": "Tallow"})
    headings = [words(each) for each in Page(worker.get("/")).root.iter("h2")]
    assert "Ode family" in headings
    assert "Tallowby family" in headings


def before(page: Page) -> list[str]:
    """The changes that the page lists."""
    found = next(each for each in page.root.iter("ul") if each.get("aria-labelledby") == "before")
    return [words(each) for each in found.iter("li")]


def test_the_page_lists_what_was_changed_before(worker: Visitor) -> None:
    """The newest first: what it was, what it became, when and by whom; and says so where nothing was."""
    assert "Nothing yet. Each change stands here" in Page(worker.get(address(worker, "Wren Tallowby"))).text
    change(worker, "Wren Tallowby", {"given_name": "Wrenna", "disabled": "yes"})
    change(worker, "Wrenna Tallowby", {"given_name": "Robin", "name_mistaken": "y"})
    page = Page(worker.get(address(worker, "Robin Tallowby")))
    assert "name_mistaken" not in boxes(page)
    assert before(page) == [
        "Given name: Wrenna, then Robin Changed 12 March 2026 by Adaeze Finch. The old name was a typing mistake",
        "Given name: Wren, then Wrenna Disabled: No, then Yes Changed 12 March 2026 by Adaeze Finch",
    ]


def test_a_child_is_found_under_the_former_name(app: Flask, worker: Visitor) -> None:
    """On the list and by New contact, with the name that stands; beyond reach no name is told at all."""
    change(worker, "Wren Tallowby", {"given_name": "Robin", "family_name": "Ashdown"})
    assert "Formerly Wren Tallowby" in Page(worker.send("/", {"find": "wren"})).text
    assert "Formerly" not in Page(worker.send("/", {"find": "robin"})).text
    sought = {"given_name": "Wren", "family_name": "Tallowby", "born": "yes"}
    assert "Robin Ashdown, formerly Wren Tallowby, on your list" in Page(look(worker, sought)).text
    beyond = Page(look(visitor(app, "Nell Ottaway"), sought)).text
    assert "A record exists" in beyond
    assert not [word for word in ("ormerly", "Robin", "Ashdown") if word in beyond]


def test_a_typing_mistake_finds_nobody(worker: Visitor) -> None:
    """Once the page was told that it was one."""
    change(worker, "Wren Tallowby", {"given_name": "Robin", "name_mistaken": "y"})
    assert "Nobody on this list is called “wren”" in Page(worker.send("/", {"find": "wren"})).text


def test_open_drafts_whose_questions_may_have_changed_are_named(worker: Visitor) -> None:
    """Where a fact that forms ask by was changed, not where only the name was, and not where nothing is written."""
    words_of_it = "What is asked may have changed with them in what is being written"
    assert words_of_it not in change(worker, "Wren Tallowby", {"disabled": "yes"}).text
    begin(worker)
    assert words_of_it not in change(worker, "Wren Tallowby", {"given_name": "Wrenna"}).text
    assert f"{words_of_it}: the visit begun 12 March 2026." in change(worker, "Wrenna Tallowby", BORN).text
