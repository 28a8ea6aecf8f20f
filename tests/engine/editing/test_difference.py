"""What one form has of its own beside another, as operations: for any two, and few where little was changed."""

from typing import Any

import pytest
from hypothesis import assume, given

from engine.checks import check_definition
from engine.editing import Decision, NotAsOperations, edited, operations_between, rebased
from engine.overlays import apply
from engine.overlays.faults import OperationFault
from engine.overlays.places import questions
from tests.engine.editing.forms_and_operations import EDITS, EVERYTHING, Edit
from tests.engine.editing.test_laws import DANGLING, LISTS, as_overlay
from tests.engine.editing.test_rebasing import cases, newer
from tests.engine.forms import form_json, question, section
from tests.engine.overlays.test_cases import BASE, overlay

Json = Any


def is_whole(form: Json) -> bool:
    """Whether nothing in a form is left empty that follows no schema, and no condition names what is not there."""
    full = all(each["questions"] for each in form["sections"]) and form["sections"]
    rows = all(each.get("columns") != [] for _, _, each in questions(form))
    return bool(full) and rows and not [each for each in check_definition(form, None, LISTS) if each.code in DANGLING]


@given(EDITS)
def test_the_operations_between_two_forms_make_one_of_the_other(edit: Edit) -> None:
    """Done to the form, and as an overlay of it, whatever was done to it before."""
    assume(is_whole(edit.before) and is_whole(edit.after))
    operations = operations_between(edit.before, edit.after)
    assert edited(edit.before, operations) == edit.after
    made, problems = as_overlay(edit.before, operations)
    assert made == edit.after
    assert [each for each in problems if each.code != "never_shown"] == []


@given(EDITS)
def test_there_is_a_way_back(edit: Edit) -> None:
    """From the form that was made to the one it was made of."""
    assume(is_whole(edit.before) and is_whole(edit.after))
    assert edited(edit.after, operations_between(edit.after, edit.before)) == edit.before


@given(EDITS)
def test_a_form_that_is_the_same_needs_no_operation(edit: Edit) -> None:
    """Whatever stands in it."""
    assert operations_between(edit.after, edit.after) == ()


FIRST = {"to_section": "first", "after": None}
SMALL: list[Json] = [
    [{"op": "reword", "question": "days", "label": "How long?"}],
    [{"op": "reword", "question": "people.who", "label": "Whom?", "hint": "By name"}],
    [{"op": "reword", "section": "first", "title": "To begin with"}],
    [{"op": "set", "question": "days", "settings": {"required": True}}],
    [{"op": "set", "question": "note", "settings": {"show_when": None}}],
    [{"op": "set", "section": "second", "settings": {"show_when": None}}],
    [{"op": "set_form", "settings": {"title": "Ours"}}],
    [{"op": "hide", "question": "born"}],
    [{"op": "hide", "question": "people.met"}],
    [{"op": "hide", "section": "second"}],
    [{"op": "move", "question": "days", "after": "seen"}],
    [{"op": "move", "question": "note", "to_section": "first", "after": None}],
    [{"op": "move", "question": "people.hours", "after": "people.who"}],
    [{"op": "move", "section": "second", "after": None}],
    [{"op": "add", "question": question("pets"), "after": "days"}],
    [{"op": "add", "question": question("pets", "rows", columns=[question("kind")]), **FIRST}],
    [{"op": "add", "question": question("pets"), "to_rows": "people", "after": None}],
    [{"op": "add_section", "section": section("local", question("office")), "after": "first"}],
    [{"op": "split", "section": "first", "at": "seen", "id": "later", "title": "Later"}],
    [{"op": "options", "question": "seen", "add": [{"value": "grey", "label": "Grey"}]}],
    [{"op": "options", "question": "seen", "remove": ["red"]}],
    [{"op": "options", "question": "seen", "reword": [{"value": "red", "label": "Crimson"}]}],
    [{"op": "retype", "question": "note", "type": "yes_no"}],
]
"""Changes that are one operation to a person."""


@pytest.mark.parametrize("operations", SMALL, ids=[f"{number}: {each[0]['op']}" for number, each in enumerate(SMALL)])
def test_a_small_change_is_the_one_operation_that_it_was(operations: list[Json]) -> None:
    """As somebody would have written it."""
    assert list(operations_between(EVERYTHING, edited(EVERYTHING, operations))) == operations


@pytest.mark.parametrize("case", list(cases()))
@pytest.mark.parametrize("decision", ["mine", "drop"])
def test_changes_found_again_fare_alike_on_a_newer_base(case: Json, decision: Decision) -> None:
    """Whoever keeps all of them, or none, gets the form that the operations as they were written make."""
    written = overlay(case["changes"])
    found = {**written, "changes": list(operations_between(BASE, apply(BASE, written)[0]))}
    assert on_newer(found, case["newer"], decision) == on_newer(written, case["newer"], decision)


def on_newer(changes: Json, theirs: list[Json], decision: Decision) -> Json:
    """The form that comes of one decision about everything."""
    base = newer(theirs)
    made = rebased(changes, BASE, base, dict.fromkeys(range(1, len(changes["changes"]) + 1), decision)).overlay
    assert made is not None
    return apply(base, made)[0]


def test_what_goes_takes_conditions_with_it_without_a_word_of_its_own() -> None:
    """Hiding what another waits for is one operation, though the other waits no longer."""
    base = form_json(section("one", question("a", "yes_no"), question("b", show_when={"any": [
        {"question": "a", "is": "yes"}, {"child": "age", "less_than": 2}]})))  # fmt: skip
    hidden = [{"op": "hide", "question": "a"}]
    assert list(operations_between(base, edited(base, hidden))) == hidden


def test_a_section_can_have_another_id() -> None:
    """Its questions are moved to it, even where it has only one."""
    base = form_json(section("one", question("a"), question("b")), section("two", question("c")))
    own = form_json(section("uno", question("a"), question("b")), section("due", question("c")))
    assert edited(base, operations_between(base, own))["sections"] == own["sections"]


def test_a_section_can_be_made_of_what_stands_in_the_middle_of_others() -> None:
    """What stands around it stays where it was."""
    base = form_json(section("one", *map(question, "abc")), section("two", *map(question, "def")))
    wanted = {"one": "ac", "new": "eb", "two": "df"}
    own = form_json(*(section(name, *map(question, each)) for name, each in wanted.items()))
    assert edited(base, operations_between(base, own))["sections"] == own["sections"]


def test_what_operations_cannot_say_is_refused() -> None:
    """The id of a section that becomes a question’s, and a question without its reason."""
    base = form_json(section("one", question("a"), question("b")), section("two", question("c")))
    for own in (
        form_json(section("one", question("a"), question("b"), question("two"), question("c"))),
        form_json(section("one", {k: v for k, v in question("a").items() if k != "why"}, question("b")),
                  section("two", question("c"))),
    ):  # fmt: skip
        with pytest.raises(OperationFault):
            operations_between(base, own)
    assert issubclass(NotAsOperations, OperationFault)
