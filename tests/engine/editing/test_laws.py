"""Laws of editing that hold whatever the form and the operations are."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.checks import check_definition
from engine.definition import definition_from_json
from engine.editing import dependents, duplicate, edited, taken_out
from engine.overlays import apply
from engine.overlays.faults import OperationFault, OverlayProblem
from engine.overlays.places import questions
from tests.engine.editing.forms_and_operations import EDITS, EVERYTHING, FEATURES, FORMS, WISHES, Edit, Wish
from webapp.library import code_list_files, code_lists

Json = Any
LISTS = code_lists(code_list_files())
_AFTER_A_RESERVED_ID = frozenset({"unknown_question", "unknown_section", "unknown_option"})
DANGLING = frozenset({"unknown_question", "unknown_column", "unknown_option", "unknown_group"})


def names_of_nothing(form: Json) -> set[str]:
    """The pointers of names in a form that lead nowhere."""
    return {problem.pointer for problem in check_definition(form, None, LISTS) if problem.code in DANGLING}


def hash_of(form: Json) -> str:
    """The mark by which two forms are the same."""
    return definition_from_json(form, LISTS).content_hash


def as_overlay(base: Json, operations: Sequence[Json]) -> tuple[Json, Sequence[OverlayProblem]]:
    """The form that an overlay makes of a base whose form and version it keeps, and what is wrong with it."""
    names = {"owner": "library", "form": base["form"], "version": base["version"]}
    return apply(base, {**names, "base": names, "changes": list(operations)})


def keys_in_order(before: Json, after: Json) -> Iterator[tuple[list[str], list[str]]]:
    """The keys that something has in both forms, in the order of each."""
    was = dict(_things(before))
    for name, each in _things(after):
        old = was.get(name, {})
        yield [key for key in old if key in each], [key for key in each if key in old]


def _things(form: Json) -> Iterator[tuple[str, Json]]:
    yield "", form
    yield from ((section["id"], section) for section in form["sections"])
    yield from ((path, question) for path, _, question in questions(form))


@given(FORMS, WISHES)
def test_any_operations_give_a_form_that_loads_or_are_refused(form: Json, wishes: list[Wish]) -> None:
    """Whatever is named, nothing else is raised, and neither the form nor the operations change."""
    operations = [operation for wish in wishes for operation in wish.operations(form)]
    kept, before = deepcopy(operations), deepcopy(form)
    with suppress(OperationFault):
        definition_from_json(edited(form, operations), LISTS)
    assert (operations, form) == (kept, before)


@given(EDITS)
def test_a_form_edited_is_what_an_overlay_with_the_same_operations_makes(edit: Edit) -> None:
    """But for form and version, which an overlay has of its own, and for ids that an overlay reserves."""
    made, problems = as_overlay(edit.before, edit.operations)
    codes = {problem.code for problem in problems}
    assert codes <= {"id_reserved", "hidden_question", "never_shown", *_AFTER_A_RESERVED_ID}
    if not codes & {"id_reserved", "hidden_question"}:
        assert made == edit.after


@given(EDITS)
def test_the_form_that_operations_make_loads(edit: Edit) -> None:
    """It can be read, checked, and edited again."""
    definition_from_json(edit.after, LISTS)
    check_definition(edit.after, None, LISTS)


@given(EDITS)
def test_keys_keep_their_order(edit: Edit) -> None:
    """A text view shows what was there where it was."""
    for old, new in keys_in_order(edit.before, edit.after):
        assert old == new


@given(EDITS, st.integers(0, 40))
def test_a_copy_taken_out_again_leaves_the_same_form(edit: Edit, number: int) -> None:
    """For a column too; its mark is the same. Rows left without a column cannot be copied, as they follow no schema."""
    form, paths = edit.after, [path for path, _, _ in questions(edit.after)]
    assume(paths)
    path = paths[number % len(paths)]
    copied = duplicate(form, path)
    assume(copied["question"].get("columns") != [])
    with_copy = edited(form, [copied])
    rows = path.partition(".")[0] + "." if "." in path else ""
    name = f"{rows}{copied['question']['id']}"
    assert name in [found for found, _, _ in questions(with_copy)]
    assert hash_of(edited(with_copy, taken_out(with_copy, name))) == hash_of(form)


@pytest.mark.parametrize("followers", [False, True], ids=["followers freed", "followers too"])
@pytest.mark.parametrize("form", [*FEATURES.values(), EVERYTHING], ids=[*FEATURES, "everything"])
def test_what_is_taken_out_is_named_nowhere(form: Json, followers: bool) -> None:
    """Any question, column or section of any form, with nothing new that leads nowhere."""
    before = names_of_nothing(form)
    for name in [each for each, _ in _things(form) if each]:
        left = edited(form, taken_out(form, name, followers))
        assert len(names_of_nothing(left)) <= len(before), name
        assert name not in {each for each, _ in _things(left)}
        assert as_overlay(form, taken_out(form, name, followers))[1] == (), name


@given(EDITS, st.integers(0, 40))
def test_what_nothing_depends_on_goes_in_one_step(edit: Edit, number: int) -> None:
    """Where there are no dependents, taking out is hiding and nothing more."""
    names = [name for name, _ in _things(edit.after) if name]
    if names and not dependents(edit.after, names[number % len(names)]):
        operations = taken_out(edit.after, names[number % len(names)])
        assert [operation["op"] for operation in operations] == ["hide"]
