"""When a question is asked is put together by menus, line by line, and read back in words."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.conditions import parse
from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_pieces import question
from tests.webapp.visitor import Visitor
from webapp.editor.asked.sources import leaf_of, sources_at, taken_apart
from webapp.editor.asked.tree import joined_by, part_at, parts, with_leaf, with_part, without_part
from webapp.editor.asked.words import lines_of
from webapp.editor.panel.subjects import names_in, subject_of
from webapp.library import LIBRARY, code_list_files, code_lists, shipped_definitions

LEAVES = st.sampled_from(["a", "b", "c"]).map(lambda name: {"question": name, "answered": True})
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.dictionaries(
            st.sampled_from(["all", "any"]), st.lists(inner, min_size=2, max_size=3), min_size=1, max_size=1
        ),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)
FORM = json.loads((LIBRARY / "visit" / "1.json").read_bytes())


def ways(condition: Any) -> list[str]:
    """The way to every part of a condition."""
    return [line.way for line in lines_of(condition, FORM, None)]


@given(CONDITIONS, LEAVES, st.data())
def test_every_change_of_a_condition_gives_a_condition(condition: Any, leaf: Any, data: st.DataObject) -> None:
    """Whatever is added, put in place, joined or taken out, wherever: it can be read; a line put back is as it was."""
    way = data.draw(st.sampled_from(ways(condition)))
    changed = [with_leaf(condition, way, leaf), with_part(condition, way, leaf), without_part(condition, way)]
    changed += [joined_by(condition, way, word) for word in ("all", "any")]
    for each in changed:
        assert each is None or parse(each) is not None
    assert with_part(condition, way, part_at(condition, way)) == condition
    group = parts(with_leaf(condition, way, leaf) if not way else part_at(with_leaf(condition, way, leaf), way))
    assert group is not None
    assert group[1][-1] == leaf


@given(CONDITIONS)
def test_a_way_that_leads_nowhere_changes_nothing(condition: Any) -> None:
    """An address that somebody else's change made untrue."""
    assert part_at(condition, "9.9") is None
    assert without_part(condition, "9") == condition or parts(condition) is None


@pytest.mark.parametrize("path", list(shipped_definitions()), ids=lambda path: path.parent.name)
def test_the_lines_of_every_form_that_ships_are_taken_apart_and_put_together_as_they_were(path: Any) -> None:
    """All but those that these menus cannot say, which are few."""
    form, lists = json.loads(path.read_bytes()), code_lists(code_list_files())
    said = unsaid = 0
    for name in dict(names_in(form)).values():
        subject = subject_of(form, name)
        assert subject is not None
        condition = subject.value.get("show_when")
        found = {each.name: each for each in sources_at(form, subject, lists)}
        for line in lines_of(condition, form, None):
            chosen = None if line.joined else taken_apart(part_at(condition, line.way))
            if chosen is None or chosen.operator not in dict(found[chosen.source].operators):
                unsaid += not line.joined
                continue
            leaf, wrong = leaf_of(found[chosen.source], chosen.posted())
            assert not wrong
            assert leaf == part_at(condition, line.way)
            said += 1
    assert said > 4 * unsaid


@pytest.fixture
def ines(client: Visitor) -> Drafting:
    """Ines Marchbanks at a draft of the visit that she has begun."""
    return Drafting(client.sign_in("Ines Marchbanks")).begin()


def asked(ines: Drafting, at: str, query: str = "") -> Page:
    """The page on which it is chosen when a part is asked."""
    return Page(ines.visitor.get(f"{ines.address}/asked?at={at}{query}"))


def press(ines: Drafting, at: str, act: str, **sent: Any) -> Page:
    """Press one of its buttons and follow where it leads."""
    response = ines.visitor.send(f"{ines.address}/asked", {**ines.based(), "part": at, "act": act, **sent})
    return Page(ines.visitor.get(response.location) if response.status_code == 303 else response)


def test_a_question_is_asked_only_sometimes_and_always_again(ines: Drafting) -> None:
    """The menu offers what stands before it; its answers follow; the sentence says what the condition says."""
    page = asked(ines, "people")
    assert "It is asked always." in page.text
    assert "Did you see the child?" in page.text
    assert "What does it mean" not in "".join(page.at("source").itertext())
    page = asked(ines, "people", "&source=question:seen")
    assert "Yes, but only with others there" in page.text
    page = press(ines, "people", "add:", source="question:seen", operator="in", values=["with_others", "not_seen"])
    assert "when “Did you see the child?” is one of “Yes, but only with others there” or “No”" in page.text
    assert question(ines, "people")["show_when"] == {"question": "seen", "in": ["with_others", "not_seen"]}
    press(ines, "people", "add:", source="child:unborn", operator="is", turned="yes")
    press(ines, "people", "any:")
    assert list(question(ines, "people")["show_when"]) == ["any"]
    press(ines, "people", "out:1")
    page = press(ines, "people", "instead:", source="question:seen", operator="in", values=["not_seen"])
    assert question(ines, "people")["show_when"] == {"question": "seen", "is": "not_seen"}
    assert "Otherwise it is skipped" in page.text
    press(ines, "people", "always")
    assert "show_when" not in question(ines, "people")


def test_a_line_that_lacks_something_is_not_kept(ines: Drafting) -> None:
    """No answer chosen, no number: said at its place, with what was chosen still there."""
    page = press(ines, "people", "add:", source="question:seen", operator="in")
    assert page.title.startswith("Error: ")
    assert "Choose at least one answer" in page.text
    page = press(ines, "people", "add:", source="child:age", operator="less_than", operand="two")
    assert "Enter a number, such as 3" in page.text
    assert page.at("operand").get("value") == "two"
    assert "show_when" not in question(ines, "people")


def test_what_is_only_to_be_known_inside_rows_is_offered_there(ines: Drafting) -> None:
    """A column may wait for an earlier column of its row, another question for any row that has it."""
    form = json.loads(ines.text())
    rows = next(q for s in form["sections"] for q in s["questions"] if q["id"] == "people")
    first, second = (each["id"] for each in rows["columns"][:2])
    page = asked(ines, f"people.{second}")
    assert f"row:{first}" in page.response.text
    assert f"question:people.{first}" in asked(ines, "identify").response.text


@pytest.mark.parametrize("written", ["foo", "2026-13-45", "2026-02-30", "today+1", ""])
def test_what_is_no_date_is_not_compared_with(ines: Drafting, written: str) -> None:
    """It is told at its place with what was typed."""
    page = press(ines, "saw", "add:", source="question:visited_on", operator="before", operand=written)
    assert "Enter a date such as 2026-03-31, or today" in page.text
    assert page.at("operand").get("value", "") == written
    assert "visited_on" not in json.dumps(question(ines, "saw")["show_when"])


@pytest.mark.parametrize("written", ["2026-03-31", "2026-03", "today"])
def test_a_day_a_month_and_today_can_be_compared_with(ines: Drafting, written: str) -> None:
    """But nothing is on a day called today."""
    press(ines, "saw", "add:", source="question:visited_on", operator="before", operand=written)
    assert {"question": "visited_on", "before": written} in question(ines, "saw")["show_when"]["all"]
    page = press(ines, "people", "add:", source="question:visited_on", operator="is", operand="today")
    assert page.title.startswith("Error: ")


def test_a_line_that_is_no_longer_there_is_told(ines: Drafting) -> None:
    """A link or a button of a page that was loaded before it went leads to how it stands now."""
    before = ines.text()
    for at in ("seen&way=99", "people", "seen_at&way=99", "seen_at&way=a.b"):
        page = asked(ines, at, "&instead=1")
        assert page.has("missing")
        assert "Change this line" not in page.text
    response = ines.visitor.send(f"{ines.address}/asked", {**ines.based(), "part": "seen_at", "act": "out:99"})
    assert response.status_code == 409
    assert Page(response).has("missing")
    assert ines.text() == before
    assert not asked(ines, "seen_at").has("missing")


def test_no_group_gets_more_lines_than_it_can_hold(ines: Drafting) -> None:
    """The line after the last is refused with what was chosen; the draft can still be changed piece by piece."""
    form = json.loads(ines.text())
    held = next(q for s in form["sections"] for q in s["questions"] if q["id"] == "go_back")
    held["show_when"] = {"all": [{"child": "age", "at_least": age} for age in range(100)]}
    ines.save(json.dumps(form, indent=2))
    page = press(ines, "go_back", "add:", source="child:age", operator="at_least", operand="7.5")
    assert page.title.startswith("Error: ")
    assert "This part of the condition joins more than 100." in page.text
    assert page.at("operand").get("value") == "7.5"
    assert len(question(ines, "go_back")["show_when"]["all"]) == 100


def test_a_line_is_undone_and_made_again_on_the_same_page(ines: Drafting) -> None:
    """Each leads back to where the condition stands, as it is then."""
    before = question(ines, "place")["show_when"]
    ines.visitor.send(f"{ines.address}/asked", {**ines.based(), "part": "place", "act": "always"})
    page = Page(ines.visitor.get(f"{ines.address}/asked?at=place"))
    assert "Undo: " in page.text
    for act, expected in (("undo", before), ("redo", None)):
        response = ines.press(f"/{act}", back="asked:place", **ines.based())
        assert response.location == f"{ines.address}/asked?at=place"
        assert question(ines, "place").get("show_when") == expected
    stale = ines.press("/undo", back="asked:place", **{**ines.based(), "revision": "1"})
    assert stale.status_code == 409
    assert "Nothing was done" in Page(stale).text
