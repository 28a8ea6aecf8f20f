"""A section of another form is found, copied with ids made free, and remembers where it came from."""

import json
from typing import Any

import pytest

from engine.definition import definition_from_json
from tests.engine.forms import question
from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import ines
from webapp.editor.copying import copied, free_id

__all__ = ["ines"]

Json = Any
SECTIONS = "/forms/visit/draft/sections"
ORIGIN = {"form": "other", "version": 3, "section": "s"}


def whole(*sections: Json) -> Json:
    """A form of some sections."""
    return {"form": "f", "version": 1, "title": "T", "purpose": "P", "sections": list(sections)}


def section(name: str, *questions: Json, **keys: Json) -> Json:
    """A section."""
    return {"id": name, "title": f"Title of {name}", "questions": list(questions), **keys}


def copy(here: Json, there: Json, name: str, after: str = "") -> tuple[Json, list[str]]:
    """Copy a section; the sections that follow, and what was told."""
    read = next(each for each in definition_from_json(there).sections if each.id == name)
    data = next(each for each in there["sections"] if each["id"] == name)
    made = copied(here, read, data, ORIGIN, after)
    return made.form["sections"], list(made.told)


HERE = whole(section("s", question("seen", "yes_no")), section("last", question("end")))


def test_ids_are_made_free_and_conditions_follow() -> None:
    """Within the section; where the ids are free they stay."""
    asked = {"all": [{"question": "seen", "is": True}, {"not": {"question": "who", "answered": True}}]}
    there = whole(section("s", question("seen", "yes_no"), question("who"), question("why_not", show_when=asked)))
    found, told = copy(here=HERE, there=there, name="s", after="s")
    assert told == []
    assert [each["id"] for each in found] == ["s", "s_2", "last"]
    assert [each["id"] for each in found[1]["questions"]] == ["seen_2", "who", "why_not"]
    assert found[1]["questions"][2]["show_when"]["all"][0] == {"question": "seen_2", "is": True}
    assert found[1]["origin"] == ORIGIN
    assert HERE["sections"][1]["id"] == "last"


def test_a_condition_on_what_is_not_here_is_taken_out_and_told() -> None:
    """The question is then always asked; one on a question that is here stays."""
    there = whole(
        section("first", question("elsewhere", "yes_no"), question("seen", "yes_no")),
        section(
            "s",
            question("gone", show_when={"question": "elsewhere", "is": True}, shows=["elsewhere"]),
            question("kept", show_when={"question": "seen", "is": True}),
            show_when={"question": "elsewhere", "is": True},
        ),
    )
    found, told = copy(HERE, there, "s")
    assert [each["id"] for each in found] == ["s", "last", "s_2"]
    assert "show_when" not in found[2]
    gone, kept = found[2]["questions"]
    assert "show_when" not in gone
    assert "shows" not in gone
    assert kept["show_when"] == {"question": "seen", "is": True}
    assert len(told) == 3
    assert all("“elsewhere”" in each for each in told)


def test_an_id_is_made_free_within_its_length() -> None:
    """Whatever is taken."""
    assert free_id("seen", {"seen", "seen_2"}) == "seen_3"
    long = "x" * 63
    assert free_id(long, {long}) == f"{'x' * 61}_2"


def test_every_shipped_section_can_be_copied_into_the_visit(ines: Drafting) -> None:
    """Those of other forms and its own; the page finds them by their words."""
    page = Page(ines.visitor.get(SECTIONS))
    assert page.text.count("Copy into this draft") > 20
    found = Page(ines.visitor.get(f"{SECTIONS}?q=EAT%20sleeps")).text
    assert "No section holds" in found or "Copy into this draft" in found
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


def test_what_cannot_come_with_it_is_listed(ines: Drafting) -> None:
    """With the way to the draft."""
    sent = {**ines.based(), "form": "no-such", "from": "shipped-1", "section": "visit"}
    assert ines.visitor.send(SECTIONS, sent).status_code == 404
    stale = {**ines.based(), "revision": "7", "form": "visit", "from": "shipped-1", "section": "visit"}
    assert ines.visitor.send(SECTIONS, stale).status_code == 409


def test_a_draft_with_errors_is_mended_first(ines: Drafting) -> None:
    """Nothing is copied into what cannot be read."""
    ines.save("{")
    assert "Mend them" in Page(ines.visitor.get(SECTIONS)).text
    sent = {**ines.based(), "form": "visit", "from": "shipped-1", "section": "visit"}
    assert ines.visitor.send(SECTIONS, sent).status_code == 400
    assert ines.text() == "{"
