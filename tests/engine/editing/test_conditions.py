"""What a condition may read where it stands, and how it reads in words."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from engine.checks import check_definition
from engine.editing import NoSuchPlace, Readable, condition_in_words, earlier, edited, sentence
from engine.operators import OperandShape
from tests.engine.editing.forms_and_operations import EVERYTHING, FEATURES
from tests.engine.forms import form_json, question
from webapp.library import code_list_files, code_lists

Json = Any
LISTS = code_lists(code_list_files())
LITERALS: Mapping[OperandShape, Json] = {"true": True, "number": 1, "date": "2026-03-02"}
OF_MEASURE: Mapping[str, Json] = {"number": 1, "date": "2026-03-02"}


YOUNG = {"child": "age", "less_than": 2}


def leaves_of(readable: Readable) -> Iterator[Json]:
    """One leaf for each comparison, as the menus of a page would build it."""
    for comparison in readable.comparisons:
        for operand in _operands(readable, comparison.operand):
            yield {readable.subject: readable.name, comparison.operator: operand}


def _operands(readable: Readable, shape: OperandShape) -> Iterator[Json]:
    if shape == "condition":
        yield from (leaf for column in readable.columns for leaf in leaves_of(column))
    elif shape == "group":
        yield from (group.value for group in readable.groups)
    elif readable.options is not None and shape in ("value", "values"):
        yield from (option.value if shape == "value" else [option.value] for option in readable.options[:2])
    else:
        yield LITERALS.get(shape, OF_MEASURE.get(readable.measure))


@pytest.mark.parametrize("form", [*FEATURES.values(), EVERYTHING], ids=[*FEATURES, "everything"])
def test_every_condition_the_menus_can_build_is_sound(form: Json) -> None:
    """At every question, column and section of every form: no name, operator or value that the check refuses."""
    for kind, name in places(form):
        leaves = [leaf for readable in earlier(form, name, LISTS, "2026-03-02") for leaf in leaves_of(readable)]
        for leaf in leaves[:30]:
            changed = edited(form, [{"op": "set", kind: name, "settings": {"show_when": leaf}}])
            codes = {
                problem.code
                for problem in check_definition(changed, None, LISTS, "2026-03-02")
                if "/show_when" in problem.pointer
            }
            assert codes & set(UNSOUND) == set(), (name, leaf)


UNSOUND = (
    *("unknown_question", "forward_reference", "column_outside_rows", "row_outside_rows", "unknown_column"),
    *("reads_worked_out", "wrong_operator", "wrong_operand", "unknown_option", "unknown_group", "wrong_shape"),
)


def places(form: Json) -> Iterator[tuple[str, str]]:
    """Some section, question and column of a form: the last of each, from which most can be read."""
    section = form["sections"][-1]
    yield "section", section["id"]
    yield "question", section["questions"][-1]["id"]
    rows = [each for part in form["sections"] for each in part["questions"] if each.get("columns")]
    yield from (("question", f"{each['id']}.{each['columns'][-1]['id']}") for each in rows[-1:])


def test_what_comes_later_takes_no_answer_or_is_worked_out_cannot_be_read() -> None:
    """Columns are read in their own row, or inside any_row; facts of the child always."""
    facts = ["child.age", "child.unborn", "child.disabled", "child.interpreter"]
    assert [each.path for each in earlier(EVERYTHING, "days")] == ["born", "met_on", *facts]
    of_column = [each.path for each in earlier(EVERYTHING, "people.since")]
    assert of_column == [
        "born",
        "met_on",
        "days",
        "why_days",
        "seen",
        "people.who",
        "people.met",
        "people.met_why",
        *facts,
    ]
    of_section = [each.path for each in earlier(EVERYTHING, "second")]
    assert of_section == ["born", "met_on", "days", "why_days", "seen", "people", *facts]
    assert "due_on" not in [each.path for each in earlier(EVERYTHING, "note")]
    with pytest.raises(NoSuchPlace):
        earlier(EVERYTHING, "nowhere")


def test_what_can_be_asked_of_an_answer_goes_by_its_type() -> None:
    """With its options, also those of yes and no and of a code list, and groups where there are any."""
    found = {each.path: each for each in earlier(EVERYTHING, "note")}
    assert [each.operator for each in found["colours"].comparisons][:2] == ["includes", "includes_any"]
    assert [option.label for option in found["seen"].options or ()] == ["Red", "Green", "Blue"]
    assert found["days"].options is None
    met = next(column for column in found["people"].columns if column.name == "met")
    assert [option.value for option in met.options or ()] == ["yes", "no"]
    assert [each.operator for each in found["child.unborn"].comparisons] == ["is", "is_not", "answered"]
    listed = earlier(FEATURES["code-list"], FEATURES["code-list"]["sections"][-1]["questions"][-1]["id"], LISTS)
    assert any(len(each.options or ()) > 5 for each in listed)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"question": "days", "at_least": 2}, "“What about days?” is at least 2"),
        ({"question": "seen", "in": ["red", "blue"]}, "“What about seen?” is one of “Red” or “Blue”"),
        ({"question": "seen", "is": "pink"}, "“What about seen?” is “pink” (no longer a choice)"),
        ({"question": "gone", "is": "x"}, "“gone” (no longer a question) is “x”"),
        ({"question": "gone", "answered": True}, "“gone” (no longer a question) is answered"),
        (
            {"question": "people", "any_row": {"row": "met", "is": "no"}},
            "“What about people?” has a row where “What about met?” is “No”",
        ),
        ({"not": {"child": "unborn", "is": True}}, "it is not so that the child is unborn"),
        ({"child": "unborn", "is": False}, "the child is born"),
        (
            {"all": [YOUNG, {"any": [{"question": "days", "is": 1}, {"question": "gone", "is": 2}]}]},
            "the child's age is less than 2 and (“What about days?” is 1 or “gone” (no longer a question) is 2)",
        ),
    ],
)  # fmt: skip
def test_a_condition_reads_as_a_sentence(condition: Json, words: str) -> None:
    """With the labels of its questions and options, and with what is no longer there said to be so."""
    assert sentence(condition_in_words(EVERYTHING, condition)) == words


def test_the_parts_of_a_condition_are_marked() -> None:
    """So that a page can set what the form says apart from the words between; these bring their spaces."""
    parts = condition_in_words(EVERYTHING, {"question": "seen", "is": "red"})
    assert [(part.kind, part.text) for part in parts] == [
        ("label", "What about seen?"), ("words", " is "), ("value", "Red"),
    ]  # fmt: skip


def test_a_condition_reads_in_another_language() -> None:
    """Its labels and options do; a row is named by the question whose row it is."""
    options = [{"value": "a", "label": {"en": "Alone", "cy": "Ar ei ben ei hun"}}]
    form = form_json(question("seen", "choice", label={"en": "Seen?", "cy": "Gweld?"}, options=options))
    assert sentence(condition_in_words(form, {"question": "seen", "is": "a"}, language="cy")) == (
        "“Gweld?” is “Ar ei ben ei hun”"
    )
    inner = condition_in_words(EVERYTHING, {"row": "met", "answered": True}, rows="people")
    assert sentence(inner) == "“What about met?” is answered"
