"""New questions, copies, other types, ids and values from words."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.checks import check_definition
from engine.editing import (
    NoSuchPlace,
    NothingToWorkWith,
    blank_question,
    duplicate,
    edited,
    new_id,
    new_value,
    retyped,
    types_to_choose,
)
from engine.overlays.places import question_at, questions, spot_of
from engine.schema import definition_schema
from tests.engine.editing.forms_and_operations import EDITS, EVERYTHING, TYPES, Edit
from tests.engine.forms import form_json, question

Json = Any


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Was the child seen alone?", "was_the_child_seen_alone"),
        ("What is the child’s life like at home, in their own words?", "what_is_the_childs_life_like_at_home_in"),
        ("Énfant né à Nîmes", "enfant_ne_a_nimes"),
        ({"en": "How is school?", "cy": "Sut mae’r ysgol?"}, "how_is_school"),
        ("3 wishes", "question_3_wishes"),
        ("?!", "question"),
        ("学校", "question"),
        ("Donaudampfschifffahrtsgesellschaftskapitän", "donaudampfschifffahrtsgesellschaftskapit"),
        ("Born", "born_2"),
        ("second", "second_2"),
    ],
)
def test_an_id_is_readable_and_free(words: Json, expected: str) -> None:
    """From the label's words, cut where one ends, unlike any other question or section."""
    assert new_id(EVERYTHING, words) == expected


def test_a_columns_id_is_free_among_its_rows() -> None:
    """Other rows and questions may have the same; every row has an id already."""
    assert [new_id(EVERYTHING, words, "people") for words in ("Born", "Who", "Id")] == ["born", "who_2", "id_2"]


@given(st.text(max_size=80), st.lists(st.text(max_size=5), max_size=4))
def test_ids_and_values_follow_the_schema_whatever_the_words(words: str, others: list[str]) -> None:
    """And no two are the same."""
    form = form_json(question("only", "choice", options=[]))
    values: list[Json] = []
    for each in (words, *others, words):
        made = new_id(form, each)
        form = edited(form, [{"op": "add", "to_section": "only", "question": question(made)}]) if made else form
        values.append({"value": new_value({"options": values}, each), "label": each or "?"})
    assert len({value["value"] for value in values}) == len(values)
    changes = [{"op": "options", "question": "only", "add": values}]
    assert len(edited(form, changes)["sections"][0]["questions"]) == len(others) + 3


@pytest.mark.parametrize("name", TYPES)
def test_a_blank_question_of_any_type_can_be_added_as_it_is(name: str) -> None:
    """It follows the schema and has no error but those of words that are still to be written."""
    made = blank_question(EVERYTHING, name, "What now?", "To know", "fact")
    form = edited(EVERYTHING, [{"op": "add", "to_section": "second", "question": made}])
    assert [each.message for each in check_definition(form) if each.severity == "error"] == []
    assert (made["label"], made["why"], made["kind"], made["type"]) == ("What now?", "To know", "fact", name)


@pytest.mark.parametrize("name", types_to_choose(column=True))
def test_a_blank_column_of_any_type_can_be_added_as_it_is(name: str) -> None:
    """With an id that is free in its rows."""
    made = blank_question(EVERYTHING, name, "Who?", "To know", rows="people")
    assert made["id"] == "who_2"
    form = edited(EVERYTHING, [{"op": "add", "to_rows": "people", "question": made}])
    assert [each.message for each in check_definition(form) if each.severity == "error"] == []


def test_nothing_can_be_worked_out_where_nothing_is_asked() -> None:
    """The refusal says what is missing."""
    with pytest.raises(NothingToWorkWith, match="worked_out"):
        blank_question(form_json(question("only")), "worked_out", "When?", "To know")


def test_a_copy_stands_after_what_it_copies_and_waits_for_what_is_there() -> None:
    """A column among its rows, a question whose condition leads nowhere without that."""
    assert duplicate(EVERYTHING, "people.met")["after"] == "people.met"
    assert duplicate(EVERYTHING, "people.met")["question"]["id"] == "met_2"
    dangling = form_json(
        question("only", show_when={"any": [{"question": "gone", "is": "x"}, {"child": "age", "is": 2}]})
    )
    copied = duplicate(dangling, "only")["question"]
    assert copied == {**question("only"), "id": "only_2", "show_when": {"child": "age", "is": 2}}
    with pytest.raises(NoSuchPlace):
        duplicate(EVERYTHING, "nowhere")


def test_neither_copying_nor_taking_another_type_changes_the_form() -> None:
    """What is made can be changed without the form changing with it."""
    before = json.dumps(EVERYTHING)
    duplicate(EVERYTHING, "people")["question"]["columns"][0]["label"] = "Spoilt"
    retyped(EVERYTHING, "days", "rows")["settings"]["columns"][0]["label"] = "Spoilt"
    assert json.dumps(EVERYTHING) == before


@given(EDITS, st.integers(0, 40), st.sampled_from(TYPES))
def test_a_question_of_another_type_follows_the_schema(edit: Edit, number: int, name: str) -> None:
    """Whatever it was before, and it keeps its id, words and reason."""
    sound = [path for path, _, each in questions(edit.after) if _follows(each) and "." not in path]
    if not sound:
        return
    path = sound[number % len(sound)]
    try:
        form = edited(edit.after, [retyped(edit.after, path, name)])
    except NothingToWorkWith:
        return
    spot = spot_of(form, path)
    assert spot
    assert _follows(question_at(form, spot))
    before = question_at(edit.after, spot)
    assert {key: before[key] for key in ("id", "label", "why", "kind")}.items() <= question_at(form, spot).items()


def _follows(each: Json) -> bool:
    whole = definition_schema()
    schema = {"$ref": "#/$defs/question", "$defs": whole["$defs"]}
    return Draft202012Validator(schema).is_valid(each)
