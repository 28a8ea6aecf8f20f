"""Applying overlays: the agreed example, and laws that hold whatever the operations are."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.overlays import apply, overlay_schema
from engine.overlays.reading import problems_of_shape
from engine.overlays.table import operations
from tests.engine.overlays.test_cases import BASE, overlay

Json = Any

QUESTIONS = [
    "visited_on",
    "seen",
    "words",
    "people",
    "people.met",
    "people.who",
    "areas",
    "depth",
    "worry",
    "next",
    "nowhere",
]
KEYS = ["owner", "form", "version", "base", "changes", "op", "question", "section", "settings", "after"]
SECTIONS = ["visit", "home", "sense", "nowhere"]
WORDS = st.sampled_from(["How is it?", "What now?", {"en": "How?", "cy": "Sut?"}])
CONDITIONS = st.recursive(
    st.sampled_from(
        [
            {"question": "worry", "at_most": 3},
            {"question": "seen", "is": "alone"},
            {"question": "people", "any_row": {"row": "met", "is": "no"}},
            {"child": "age", "less_than": 2},
        ]
    ),
    lambda inner: st.one_of(
        st.builds(lambda part: {"not": part}, inner),
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=5,
)
NEW_IDS = st.sampled_from([f"new{number}" for number in range(30)])


def operation(**keys: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(keys)


def new_question(name: str) -> Json:
    return {"id": name, "type": "yes_no", "kind": "fact", "label": "Is it so?", "why": "To know"}


question, section = st.sampled_from(QUESTIONS), st.sampled_from(SECTIONS)
added = NEW_IDS.map(new_question)
OPERATIONS = st.one_of(
    operation(op=st.just("reword"), question=question, label=WORDS, hint=st.one_of(st.none(), WORDS)),
    operation(op=st.just("reword"), section=section, title=WORDS),
    operation(op=st.just("hide"), question=question),
    operation(op=st.just("hide"), section=section),
    operation(op=st.just("add"), after=st.one_of(question, NEW_IDS), question=added),
    operation(op=st.just("add"), to_section=section, after=st.none(), question=added),
    operation(op=st.just("add"), to_rows=question, question=added),
    operation(op=st.just("move"), question=question, to_section=section),
    operation(op=st.just("move"), question=question, after=question),
    operation(op=st.just("move"), section=section, after=st.one_of(st.none(), section)),
    operation(op=st.just("options"), question=question, remove=st.sampled_from([["alone"], ["learning"], ["nothing"]])),
    operation(op=st.just("set"), question=question, settings=operation(show_when=st.one_of(st.none(), CONDITIONS))),
    operation(op=st.just("set"), section=section, settings=operation(show_when=st.one_of(st.none(), CONDITIONS))),
    operation(op=st.just("set_form"), settings=operation(title=WORDS)),
    operation(
        op=st.just("add_section"),
        after=st.one_of(st.none(), section),
        section=NEW_IDS.map(lambda name: {"id": f"{name}_part", "title": "More", "questions": [new_question(name)]}),
    ),
)


@given(st.lists(OPERATIONS, max_size=12))
def test_applying_never_fails_and_changes_neither_argument(changes: list[Json]) -> None:
    """Whatever the operations name, base and overlay are as they were and every problem names its operation."""
    before, given_overlay = deepcopy(BASE), overlay(changes)
    kept = deepcopy(given_overlay)
    form, problems = apply(BASE, given_overlay)
    assert (before, kept) == (BASE, given_overlay)
    assert problems_of_shape(given_overlay) == ()
    assert all(problem.operation for problem in problems)
    for part in form["sections"]:
        part["title"] = "spoilt"
    assert before == BASE


@given(st.lists(OPERATIONS, max_size=8), st.lists(OPERATIONS, max_size=8))
def test_one_overlay_after_another_is_both_in_one(first: list[Json], second: list[Json]) -> None:
    """What the second does to the first's result is what both do to the base, but for ids that the first hid."""
    middle, _ = apply(BASE, overlay(first))
    middle_hidden = _ids(BASE) | {name for change in first for name in _added(change)}
    second = [change for change in second if not _added(change) & (middle_hidden - _ids(middle))]
    on_top = {**overlay(second), "base": {"owner": "northshire", "form": middle["form"], "version": middle["version"]}}
    assert apply(middle, on_top)[0] == apply(BASE, overlay([*first, *second]))[0]


def _ids(form: Json) -> set[str]:
    found = {part["id"] for part in form["sections"]}
    for part in form["sections"]:
        for each in part["questions"]:
            found |= {each["id"], *(f"{each['id']}.{column['id']}" for column in each.get("columns", ()))}
    return found


def _added(change: Json) -> set[str]:
    """The ids that an operation adds, a column under any rows."""
    if change["op"] == "add_section":
        return {change["section"]["id"], change["section"]["questions"][0]["id"]}
    if change["op"] == "add":
        rows = str(change.get("to_rows", change.get("after"))).partition(".")[0]
        return {change["question"]["id"], f"{rows}.{change['question']['id']}"}
    return set()


@settings(max_examples=80)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(QUESTIONS), st.text(max_size=5)),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)),
        max_leaves=20,
    )
)
def test_json_that_is_no_overlay_is_told_and_changes_nothing(anything: Json) -> None:
    """Any JSON at all gives problems with words, never an exception."""
    form, problems = apply(BASE, anything)
    assert form == BASE
    assert problems
    assert all(problem.message and problem.mend for problem in problems)


def test_an_overlay_of_another_base_is_told() -> None:
    """Form and version must be those that the overlay names."""
    other = {**overlay([]), "base": {"owner": "library", "form": "overlays", "version": 7}}
    _, problems = apply(BASE, other)
    assert [(problem.code, problem.pointer) for problem in problems] == [("other_base", "/base/version")]


@pytest.mark.parametrize("name", sorted({name for name, _ in operations()}))
def test_every_operation_is_in_the_schema_and_in_a_case(name: str) -> None:
    """A new line of the table has its schema, and a case that shows it."""
    folder = Path(__file__).parents[3] / "form_definitions" / "_features" / "overlays" / "cases" / "overlays"
    used = {
        change["op"]
        for path in folder.glob("*.json")
        for case in json.loads(path.read_text())
        for change in case["changes"]
    }
    assert name in overlay_schema()["$defs"]["change"]["properties"]["op"]["enum"]
    assert name in used
