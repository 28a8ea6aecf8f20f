"""Beginning a form: whom it is about, and once however often the button is pressed."""

import re

from flask import Flask

from tests.webapp.assessments.desk import Page, begin, words
from tests.webapp.record.test_record import visitor
from tests.webapp.visitor import Visitor


def wren(worker: Visitor) -> str:
    """The key of Wren's record."""
    found = re.search(r'href="/children/([^"/]+)"[^>]*><b>Wren', worker.get("/").text)
    assert found is not None
    return found[1]


def key_on(page: Page, nearby: str) -> str:
    """The key that a page's form for beginning holds."""
    form = next(each for each in page.root.iter("form") if nearby in words(each))
    return next(each.get("value", "") for each in form.iter("input") if each.get("name") == "key")


def test_the_child_is_ticked_and_the_way_back_is_there(worker: Visitor) -> None:
    """Brothers and sisters can be added; the page stands where one's children are."""
    child = wren(worker)
    page = Page(worker.get(f"/children/{child}/begin/visit"))
    ticks = [each for each in page.root.iter("input") if each.get("name") == "children"]
    assert [each.get("checked") is not None for each in ticks] == [True, False]
    assert page.link("Back to Wren") == f"/children/{child}"


def test_a_double_click_begins_one(worker: Visitor) -> None:
    """Both clicks lead to the same draft; the page opened anew begins another."""
    address = f"/children/{wren(worker)}/begin/visit"
    keys: set[str] = set()
    for _ in range(2):
        sent = {"children": [wren(worker)], "key": key_on(Page(worker.get(address)), "Who is it about?")}
        locations = {str(worker.send(address, sent).location) for _ in range(2)}
        assert len(locations) == 1
        keys |= locations
    assert len(keys) == 2


def test_an_only_child_is_begun_with_by_the_press(worker: Visitor) -> None:
    """Whose button holds a key too: the same press sent twice begins one."""
    found = re.search(r'href="(/children/[^"/]+)"[^>]*><b>Tobi', worker.get("/").text)
    assert found is not None
    page = Page(worker.get(f"{found[1]}/begin"))
    sent = {"children": [found[1].rsplit("/", 1)[1]], "key": key_on(page, "Visit")}
    locations = {str(worker.send(f"{found[1]}/begin/visit", sent).location) for _ in range(2)}
    assert len(locations) == 1


def titles(page: Page) -> list[str]:
    """The forms that a page offers, in order."""
    return [words(each) for each in page.root.iter("a") if "/begin/" in each.get("href", "")]


def test_the_forms_in_use_stand_with_what_they_are_for(worker: Visitor) -> None:
    """By title at first; what one began last comes first."""
    address = f"/children/{wren(worker)}/begin"
    page = Page(worker.get(address))
    assert words(next(page.root.iter("h1"))) == "Begin a form about Wren"
    assert titles(page) == sorted(titles(page))
    assert len(titles(page)) == 6
    assert "The record of one visit or call to a child" in page.text
    begin(worker, "supervision", ["Wren"])
    assert titles(Page(worker.get(address)))[0] == "Supervision"


def test_a_draft_still_open_can_be_gone_on_with(worker: Visitor) -> None:
    """Where the same form would be begun a second time, about a brother or sister too."""
    desk = begin(worker)
    page = Page(worker.get(f"/children/{desk.children['Ossie']}/begin"))
    assert "A visit begun 12 March 2026 by Adaeze Finch is still open." in page.text
    assert page.link("Go on with it") == f"/assessments/{desk.key}"
    alone = Page(worker.get(f"/children/{begin(worker, names=['Juno']).children['Juno']}/begin"))
    assert alone.text.count("still open") == 1


def test_choosing_a_form_is_an_opening_of_the_record(worker: Visitor, app: Flask) -> None:
    """As every page that names the child; who writes nothing does not get there."""
    address = f"/children/{wren(worker)}/begin"
    worker.get(address)
    log = Page(visitor(app, "Petra Oakenfull").get("/who-has-looked")).text
    assert "opened the page of N-20418" in log
    assert visitor(app, "Tom Brackley").get(address).status_code == 403


def test_nobody_ticked_is_told(worker: Visitor) -> None:
    """At the field, which the summary leads to."""
    address = f"/children/{wren(worker)}/begin/visit"
    worker.get(address)
    page = Page(worker.send(address))
    assert page.title.startswith("Error: ")
    assert page.link("Choose at least one child") == "#children"
