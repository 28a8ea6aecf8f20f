"""Definitions made to do harm: each is refused with its place named, before anything costly looks at it."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine.checks
from engine.checks import MOST_PROBLEMS, Problem, check, check_definition
from engine.checks._nearest import Nearest
from engine.checks._shapes import form_faults
from engine.schema.definition import MOST_QUESTIONS
from tests.engine.forms import form_json, question, section

Json = Any


def told(form: Json) -> tuple[Problem, ...]:
    return check(json.dumps(form, indent=1))


def places(form: Json) -> set[tuple[str, str]]:
    return {(problem.code, problem.pointer) for problem in told(form) if problem.severity == "error"}


@pytest.fixture
def nothing_costly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a definition beyond the caps is looked into."""

    def refuse(*_given: object) -> None:
        raise AssertionError("this should have been refused before")

    monkeypatch.setattr(engine.checks, "written", refuse)


@pytest.mark.usefixtures("nothing_costly")
@pytest.mark.parametrize("depth", [2_000, 100_000])
def test_a_condition_nested_without_end_is_refused(depth: int) -> None:
    """Before it is parsed; its line is named."""
    text = json.dumps(form_json(question("deep", show_when="HERE")), indent=1)
    (problem,) = check(text.replace('"HERE"', '{"not":' * depth + "{}" + "}" * depth))
    assert problem.code == "too_deep"
    assert problem.line == 1 + text[: text.index("HERE")].count("\n")


@pytest.mark.usefixtures("nothing_costly")
def test_a_deep_value_that_was_never_text_is_refused() -> None:
    """An overlay's result is a value, not a text, and gets no further."""
    deep: Json = {}
    for _ in range(50_000):
        deep = {"not": deep}
    (problem,) = check_definition(form_json(question("deep", show_when=deep)))
    assert problem.code == "too_deep"
    assert problem.pointer.startswith("/sections/0/questions/0/show_when/not")


@pytest.mark.usefixtures("nothing_costly")
@pytest.mark.parametrize("columns", [False, True])
def test_a_hundred_thousand_questions_are_refused(columns: bool) -> None:
    """The first question too many is named, whether it stands in a section or in rows."""
    questions: list[Json] = [{}] * 100_000
    form = form_json(section("only", question("rows", "rows", columns=questions) if columns else question("one")))
    if not columns:
        form["sections"][0]["questions"] = questions
    (problem,) = told(form)
    place = f"columns/{MOST_QUESTIONS - 1}" if columns else str(MOST_QUESTIONS)
    assert problem.code == "too_many_questions"
    assert problem.pointer.endswith(f"/{place}")
    assert problem.line is not None


@pytest.mark.usefixtures("nothing_costly")
@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("sections", [{}] * 501, "too_many_sections"),
        ("read_first", list(range(5_001)), "too_many_items"),
        ("budget", {str(number): 1 for number in range(501)}, "too_many_keys"),
        ("notes", "x" * 4_000_000, "too_large_to_read"),
        ("notes", [[]] * 400_000, "too_many_values"),
    ],
)
def test_sizes_beyond_the_caps_are_refused(key: str, value: Json, code: str) -> None:
    """Lists, objects, texts and files."""
    assert [problem.code for problem in told(form_json(question("one"), **{key: value}))] == [code]


def test_cycles_are_told_as_looking_ahead() -> None:
    """A condition can only look back, so two that read each other cannot both."""
    form = form_json(
        question("one", show_when={"question": "two", "answered": True}),
        question("two", show_when={"question": "one", "answered": True}),
        question("self", show_when={"not": {"question": "self", "answered": True}}),
    )
    ahead = "/sections/0/questions/0/show_when/question", "/sections/0/questions/2/show_when/not/question"
    assert places(form) == {("forward_reference", pointer) for pointer in ahead}


def test_no_pattern_and_no_reference_comes_from_a_form() -> None:
    """A catastrophic pattern or a schema somewhere else is an unknown key; nothing is compiled or fetched."""
    form = form_json(
        question("one", pattern="(a+)+$"),
        question("two", format="(a+)+$"),
        question("three", **{"$ref": "https://example.org/schema.json"}),
        **{"$schema": "https://example.org/schema.json", "$defs": {}},
    )
    assert places(form) == {
        ("unknown_key", "/sections/0/questions/0/pattern"),
        ("not_allowed", "/sections/0/questions/1/format"),
        ("unknown_key", "/sections/0/questions/2/$ref"),
        ("unknown_key", "/$defs"),
    }


def test_awkward_ids_are_legal_or_refused_by_their_letters() -> None:
    """`data` is an id like any other; `__proto__` and its like are not."""
    assert places(form_json(question("data"), question("constructor"))) == set()
    refused = ["__proto__", "Data", "a.b", "a/b", "a~b", "a b", "a\n", "é", "", "a" * 64]
    form = form_json(*(question(name) for name in refused))
    assert places(form) == {("bad_name", f"/sections/0/questions/{index}/id") for index in range(len(refused))}


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f", "\u0000", "\ufeff", "\u200b", "\ufffd", "\x85"])
def test_characters_that_cannot_be_seen_are_told_in_every_text(character: str) -> None:
    """In labels, options and guidance alike, and never repeated in the message."""
    options = [{"value": "a", "label": f"A{character}"}, {"value": "b", "label": "B"}]
    form = form_json(question("one", "choice", guidance=f"x{character}y", options=options), title=f"T{character}")
    found = [problem for problem in told(form) if problem.code == "control_character"]
    at = "/sections/0/questions/0"
    assert {problem.pointer for problem in found} == {"/title", f"{at}/guidance", f"{at}/options/0/label"}
    assert all(character not in problem.message for problem in found)


def test_unsortable_lists_cost_no_more_than_others() -> None:
    """Items of every kind, as many as a list may hold, in a list that may hold nothing twice."""
    strange = [value for number in range(1_600) for value in (number, str(number), {"n": number})]
    faults = list(form_faults(form_json(question("one"), languages=[*strange, {"n": 7}])))
    assert ("uniqueItems", ("languages", len(strange))) in {(fault.keyword, fault.path) for fault in faults}


def test_suggestions_run_out_before_they_make_a_check_slow() -> None:
    """After so many comparisons the known names are listed instead."""
    nearest, known = Nearest(), [f"question_{number}" for number in range(5_000)]
    mends = [nearest.mend("questoin_7", known, "questions").said() for _ in range(20)]
    assert mends[0] == "Did you mean “question_7”?"
    assert mends[-1].startswith("The questions here are ")


def test_problems_without_end_are_cut_off() -> None:
    """Thousands of faults are told up to a number nobody reads beyond."""
    assert len(told(form_json(*({"id": "one"} for _ in range(MOST_PROBLEMS))))) == MOST_PROBLEMS


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", " ", "one", "two", "is", "today", "\u202e"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["all", "any", "not", "question", "row", "is", "in", "en", "x"]), inner)
    ),
    max_leaves=6,
)
KEYS = ["id", "type", "kind", "label", "why", "show_when", "options", "columns", "shows", "reason_for", "required"]


@settings(max_examples=120)
@given(st.sampled_from(KEYS), json_values, st.sampled_from(["choice", "rows", "date", "worked_out", "number"]))
def test_whatever_stands_under_a_key_is_told_and_never_raised(key: str, value: Json, type_name: str) -> None:
    """Any JSON under any key of a question of any type ends in problems with their places, or in none."""
    one = {**question("one", type_name), key: value}
    two = question("two", "yes_no", show_when={"question": "one", "answered": True})
    for problem in told(form_json(one, two, question("three", "rows", columns=[{**question("c"), key: value}]))):
        assert problem.pointer.startswith("/sections/0/questions/")
        assert problem.message


@given(json_values)
def test_whatever_json_stands_for_a_form_is_told(value: Json) -> None:
    """Even no form at all."""
    assert any(problem.severity == "error" for problem in told(value))
