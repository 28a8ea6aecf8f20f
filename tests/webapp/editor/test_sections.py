"""A section of another form is found, copied with ids made free, and remembers where it came from."""

import json
from typing import Any

import pytest

from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import ines

__all__ = ["ines"]

Json = Any
SECTIONS = "/forms/visit/draft/sections"


def test_sections_are_found_by_their_words(ines: Drafting) -> None:
    """Those of every form in use, its own too; what is sought stands in what is found, in capitals or not."""
    page = Page(ines.visitor.get(SECTIONS))
    assert page.text.count("Copy into this draft") > 20
    found = Page(ines.visitor.get(f"{SECTIONS}?q=MANAGER%20today")).text
    assert 0 < found.count("Copy into this draft") < page.text.count("Copy into this draft")
    assert "manager today" in found.lower()
    assert "No section holds “nowhere-at-all”." in Page(ines.visitor.get(f"{SECTIONS}?q=nowhere-at-all")).text


@pytest.mark.parametrize("after", ["", "visit"])
def test_a_copy_stands_in_the_draft_with_its_origin(ines: Drafting, after: str) -> None:
    """Sound at once, and undone in one step."""
    sent = {**ines.based(), "form": "visit", "from": "shipped-1", "section": "visit", "after": after}
    response = ines.visitor.send(SECTIONS, sent)
    assert response.status_code == 303
    found = json.loads(ines.text())["sections"]
    place = 1 if after else len(found) - 1
    assert found[place]["id"] == "visit_2"
    assert found[place]["origin"] == {"form": "visit", "version": 1, "section": "visit"}
    page = ines.look().text
    assert "Nothing has to be mended" in page
    assert "Copied the section “The visit” from visit version 1" in page
    assert "from visit version 1, section visit" in Page(ines.visitor.get(SECTIONS)).text


def test_a_section_that_is_not_there_or_a_draft_changed_meanwhile_is_refused(ines: Drafting) -> None:
    """Nothing is copied."""
    before = ines.text()
    sent = {**ines.based(), "form": "no-such", "from": "shipped-1", "section": "visit"}
    assert ines.visitor.send(SECTIONS, sent).status_code == 404
    stale = {**ines.based(), "revision": "7", "form": "visit", "from": "shipped-1", "section": "visit"}
    assert ines.visitor.send(SECTIONS, stale).status_code == 409
    assert ines.text() == before


def test_what_cannot_come_with_a_section_is_listed(ines: Drafting) -> None:
    """A condition on a question of the other form is taken out and told, question by question."""
    sent = {**ines.based(), "form": "child-family-assessment", "from": "shipped-1", "section": "around"}
    response = ines.visitor.send(SECTIONS, sent)
    page = Page(ines.visitor.get(response.location) if response.status_code == 303 else response)
    assert "which is not in this form" in page.text


def test_a_draft_with_errors_is_mended_first(ines: Drafting) -> None:
    """Nothing is copied into what cannot be read."""
    ines.save("{")
    assert "Mend them" in Page(ines.visitor.get(SECTIONS)).text
    sent = {**ines.based(), "form": "visit", "from": "shipped-1", "section": "visit"}
    assert ines.visitor.send(SECTIONS, sent).status_code == 400
    assert ines.text() == "{"
