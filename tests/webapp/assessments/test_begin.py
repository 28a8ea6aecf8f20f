"""Beginning a form: whom it is about, and once however often the button is pressed."""

import re

from tests.webapp.assessments.desk import Page, words
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


def test_an_only_child_is_begun_with_from_the_childs_page(worker: Visitor) -> None:
    """Whose button holds a key too."""
    found = re.search(r'href="(/children/[^"/]+)"[^>]*><b>Tobi', worker.get("/").text)
    assert found is not None
    page = Page(worker.get(found[1]))
    assert key_on(page, "Begin a new visit")


def test_nobody_ticked_is_told(worker: Visitor) -> None:
    """At the field, which the summary leads to."""
    address = f"/children/{wren(worker)}/begin/visit"
    worker.get(address)
    page = Page(worker.send(address))
    assert page.title.startswith("Error: ")
    assert page.link("Choose at least one child") == "#children"
