"""What the families of faults find beyond the broken examples, and what they leave alone."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from engine.checks import check, check_definition
from engine.code_lists import CodeList, code_list_from_json
from tests.engine.forms import form_json, question, section

Json = Any
FIRST = "/sections/0/questions/0"
SECOND = "/sections/0/questions/1"
LIST = code_list_from_json(
    {
        "code_list": "reasons",
        "title": "Reasons",
        "valid": {"from": "2024-04-01", "to": None},
        "options": [
            {"value": "A", "label": "Old", "from": "2024-04-01", "to": "2025-03-31"},
            {"value": "B", "label": "New", "from": "2025-04-01"},
        ],
    }
)


def found(form: Json, lists: Mapping[str, CodeList] | None = None, day: str | None = None) -> set[tuple[str, str]]:
    return {(problem.code, problem.pointer) for problem in check_definition(form, None, lists or {}, day)}


def about(leaf: Json, **target: Json) -> set[tuple[str, str]]:
    """What is found where the second of two questions is asked under a leaf, or one of two alternatives."""
    asked = {"kind_of": "yes_no", **target}
    return found(form_json(question("one", **asked), question("two", show_when=leaf)))


def alternative(leaf: Json) -> Json:
    return {"any": [leaf, {"question": "one", "answered": True}]}


@pytest.mark.parametrize(
    ("leaf", "target"),
    [
        ({"question": "one", "more_than": 10}, {"kind_of": "scale"}),
        ({"question": "one", "at_least": 11}, {"kind_of": "scale"}),
        ({"question": "one", "less_than": 0}, {"kind_of": "scale"}),
        ({"question": "one", "at_most": -1}, {"kind_of": "scale"}),
        ({"question": "one", "is": 2.5}, {"kind_of": "scale"}),
        ({"question": "one", "is": 12}, {"kind_of": "number", "maximum": 9}),
        ({"question": "one", "is": "2026-03"}, {"kind_of": "date"}),
        ({"question": "one", "not_known": True}, {"not_known": False}),
    ],
)
def test_one_way_that_never_opens_is_told_among_others_that_do(leaf: Json, target: dict[str, Json]) -> None:
    """The proofs say nothing of it, since the question can be shown another way."""
    (problem,) = about(alternative(leaf), **target)
    assert problem[0] == "never_holds"
    assert problem[1].startswith(f"{SECOND}/show_when/any/0/")


@pytest.mark.parametrize(
    ("leaf", "target"),
    [
        ({"question": "one", "more_than": 9.5}, {"kind_of": "scale"}),
        ({"question": "one", "at_least": 10}, {"kind_of": "scale"}),
        ({"question": "one", "is": 0}, {"kind_of": "scale"}),
        ({"question": "one", "is": 10**6}, {"kind_of": "number"}),
        ({"question": "one", "is": "2026-03"}, {"kind_of": "date", "partial": True}),
        ({"question": "one", "before": "today"}, {"kind_of": "date"}),
        ({"question": "one", "in": ["yes", "no"]}, {}),
        ({"question": "one", "includes_any": ["red", "blue"]}, {"kind_of": "choices"}),
        ({"child": "age", "less_than": 2}, {}),
        ({"child": "disabled", "answered": True}, {}),
    ],
)
def test_what_can_hold_is_left_alone(leaf: Json, target: dict[str, Json]) -> None:
    """Limits themselves, partial dates where they are asked, facts of the child."""
    assert about({"not": leaf}, **target) == set()


@pytest.mark.parametrize(
    ("leaf", "code", "at"),
    [
        ({"questoin": "one", "is": "yes"}, "unknown_operator", "/questoin"),
        ({"question": "one"}, "bad_condition", ""),
        ({"question": "one", "row": "one", "is": "yes"}, "bad_condition", ""),
        ({"question": "one", "is": "yes", "in": ["yes"]}, "bad_condition", ""),
        ({"question": 3, "is": "yes"}, "bad_condition", "/question"),
        ({"all": [{"question": "one", "is": "yes"}], "is": "yes"}, "bad_condition", ""),
        ({"all": {"question": "one", "is": "yes"}}, "bad_condition", "/all"),
        ({"any": ["one"]}, "bad_condition", "/any/0"),
        ({"any": []}, "empty_condition", "/any"),
        ({"any": [{"question": "one", "is": "yes"}] * 101}, "bad_condition", "/any"),
        ({"question": "one", "in": []}, "wrong_operand", "/in"),
        ({"question": "one", "in": ["yes", "yes"]}, "wrong_operand", "/in"),
        ({"question": "one", "answered": "yes"}, "wrong_operand", "/answered"),
        ({"question": "one", "is": ["yes"]}, "wrong_operand", "/is"),
        ({"child": "age", "not_known": True}, "wrong_operator", "/not_known"),
        ({"child": "unborn", "less_than": 3}, "wrong_operator", "/less_than"),
        ({"child": "age", "is": True}, "wrong_operand", "/is"),
        ({"question": "only", "answered": True}, "unknown_question", "/question"),
    ],
)
def test_every_wrong_way_to_write_a_condition_is_told_once(leaf: Json, code: str, at: str) -> None:
    """At the place that is wrong, however deep it stands."""
    assert about(leaf) == {(code, f"{SECOND}/show_when{at}")}
    assert about({"not": {"all": [leaf]}}) == {(code, f"{SECOND}/show_when/not/all/0{at}")}


def test_a_condition_may_be_ten_deep_and_no_deeper() -> None:
    """The one too deep is told where it stands."""
    leaf: Json = {"question": "one", "is": "yes"}
    for _ in range(9):
        leaf = {"not": leaf}
    assert about(leaf) == set()
    assert about({"not": leaf}) == {("condition_too_deep", f"{SECOND}/show_when{'/not' * 10}")}


def test_columns_look_at_their_row_and_at_what_came_before_the_rows() -> None:
    """Earlier columns and earlier questions; not later ones, not their own rows, not other rows' columns."""
    columns = [
        question("who"),
        question(
            "met", "yes_no", show_when={"all": [{"row": "who", "answered": True}, {"question": "one", "is": "yes"}]}
        ),
        question(
            "why", show_when={"any": [{"question": "people", "answered": True}, {"question": "last", "is": "no"}]}
        ),
        question("how", show_when={"question": "who", "answered": True}),
    ]
    form = form_json(question("one", "yes_no"), question("people", "rows", columns=columns), question("last", "yes_no"))
    at = f"{SECOND}/columns"
    assert found(form) == {
        ("forward_reference", f"{at}/2/show_when/any/0/question"),
        ("forward_reference", f"{at}/2/show_when/any/1/question"),
        ("column_outside_rows", f"{at}/3/show_when/question"),
    }


def test_any_row_reads_the_columns_of_the_rows_it_names() -> None:
    """And, inside, questions that came before."""
    rows = question("people", "rows", columns=[question("met", "yes_no")])
    inner = {"all": [{"row": "met", "is": "maybe"}, {"question": "later", "is": "yes"}]}
    form = form_json(
        rows, question("two", show_when={"question": "people", "any_row": inner}), question("later", "yes_no")
    )
    at = f"{SECOND}/show_when/any_row/all"
    assert found(form) == {("unknown_option", f"{at}/0/is"), ("forward_reference", f"{at}/1/question")}


def test_one_fault_does_not_hide_another() -> None:
    """A question without a reason is still known to conditions elsewhere, and so are its options."""
    broken = {key: value for key, value in question("one", "choice").items() if key != "why"}
    leaf = {"any": [{"question": "one", "is": "purple"}, {"question": "one", "is": "red"}]}
    form = form_json(broken, question("two", show_when=leaf, hnit="x"))
    assert found(form) == {
        ("missing_key", f"{FIRST}/why"),
        ("unknown_key", f"{SECOND}/hnit"),
        ("unknown_option", f"{SECOND}/show_when/any/0/is"),
    }


def test_options_that_are_not_there_are_missed_once() -> None:
    """Not again at every condition that names one of them."""
    bare = {key: value for key, value in question("one", "choice").items() if key != "options"}
    form = form_json(bare, question("two", show_when={"question": "one", "is": "red"}))
    assert found(form) == {("missing_key", f"{FIRST}/options")}


def test_a_code_list_is_looked_up_on_the_day() -> None:
    """Codes are valid from a day and to a day; a list without any that day cannot be asked."""
    form = form_json(
        question("one", "choice", code_list="reasons"), question("two", show_when={"question": "one", "is": "A"})
    )
    lists = {"reasons": LIST}
    assert found(form, lists, "2025-01-01") == set()
    assert found(form, lists, "2025-06-01") == {("withdrawn_code", f"{SECOND}/show_when/is")}
    assert ("empty_code_list", f"{FIRST}/code_list") in found(form, lists, "2023-01-01")
    assert ("unknown_code_list", f"{FIRST}/code_list") in found(form)


def test_names_that_are_nearly_right_are_suggested() -> None:
    """Keys, types, kinds, operators, questions, options and columns."""
    form = form_json(
        question("visited", "yes_no", lable="x"),
        {**question("two", "yes_no"), "type": "yesno", "kind": "fcat"},
        question("three", show_when={"question": "visted", "is": "yes"}),
        question("four", show_when={"question": "visited", "iss": "yes"}),
        question("five", show_when={"question": "visited", "is": "yess"}),
    )
    mends = [problem.mend for problem in check(json.dumps(form)) if problem.severity == "error"]
    meant = [mend.partition("“")[2].partition("”")[0] for mend in mends]
    assert sorted(meant) == sorted(["label", "yes_no", "fact", "visited", "is", "yes"])


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (form_json(question("one"), read_first=["only"]), {("unknown_question", "/read_first/0")}),
        (form_json(question("one", "statement"), read_first=["one"]), {("wrong_reference", "/read_first/0")}),
        (
            form_json(
                section("each", question("one", "date"), per_child=True),
                timescale={"days": 1, "unit": "working", "from": "one"},
            ),
            {("wrong_reference", "/timescale/from")},
        ),
        (
            form_json(question("one", kind="decision"), question("two", reason_for="two", kind="decision")),
            {("wrong_reference", f"{SECOND}/reason_for")},
        ),
        (
            form_json(question("one", "date", per_child=True), question("two", "date", not_before="one")),
            {("wrong_reference", f"{SECOND}/not_before")},
        ),
        (
            form_json(
                question("one", "rows", columns=[question("on", "date"), question("to", "date", not_before="on")])
            ),
            set(),
        ),
        (
            form_json(question("one", "rows", columns=[question("id"), question("to", "date", not_before="on")])),
            {("reserved_id", f"{FIRST}/columns/0/id"), ("unknown_question", f"{FIRST}/columns/1/not_before")},
        ),
        (form_json(question("one", "date", not_before="31/12/2026")), {("wrong_shape", f"{FIRST}/not_before")}),
        (
            form_json(question("one", shows=["one"]), question("two", shows=["one"])),
            {("forward_reference", f"{FIRST}/shows/0")},
        ),
    ],
)
def test_references_outside_conditions(form: Json, expected: set[tuple[str, str]]) -> None:
    """What is read first, where days are counted from, reasons, limits and what is shown beside a question."""
    assert found(form) == expected


def test_reasons_may_stand_in_the_same_rows() -> None:
    """A decision in a row has its reason in a column beside it, or in a question of the form."""
    decision = question("what", "choice", kind="decision")
    beside = question("people", "rows", columns=[decision, question("why", reason_for="what")])
    alone = question("others", "rows", columns=[decision])
    assert found(form_json(beside)) == set()
    assert found(form_json(alone)) == {("decision_without_reason", f"{FIRST}/columns/0")}


def test_not_known_may_open_a_follow_up_to_a_protected_question() -> None:
    """By its operator, by `answered`, or because the condition says what must not be answered."""
    guarded = question("one", "yes_no", protected=True, required=True)
    for leaf in (
        {"any": [{"question": "one", "is": "no"}, {"question": "one", "not_known": True}]},
        {"question": "one", "answered": True},
        {"not": {"question": "one", "is": "yes"}},
    ):
        assert found(form_json(guarded, question("two", show_when=leaf))) == set()
    closed = form_json(guarded, question("two", show_when={"not": {"question": "one", "answered": True}}))
    assert found(closed) == {("not_known_closes_follow_up", f"{SECOND}/show_when")}


def test_texts_in_other_languages_may_be_partial_unless_listed() -> None:
    """A language that the form lists is complete, settings of types and options too."""
    words = {"en": "Low", "cy": "Isel"}
    scale = question("one", "scale", label=words, why=words, minimum_label=words, maximum_label="High")
    both = form_json(scale, title=words, purpose=words, languages=["en", "cy"])
    both["sections"][0]["title"] = words
    assert found(both) == {("missing_translation", f"{FIRST}/maximum_label")}
    assert found({**both, "languages": ["en"]}) == set()


def test_a_code_list_in_english_is_told_to_a_form_in_welsh() -> None:
    """The form cannot mend it, so it does not bar publishing."""
    words = {"en": "One", "cy": "Un"}
    form = form_json(
        question("one", "choice", label=words, why=words, code_list="reasons"),
        **dict.fromkeys(("title", "purpose"), words),
        languages=["en", "cy"],
    )
    form["sections"][0]["title"] = words
    assert found(form, {"reasons": LIST}) == {("code_list_not_translated", f"{FIRST}/code_list")}


def test_lists_longer_than_a_person_would_write_are_told() -> None:
    """Options up to a number, then the list is told."""
    options = [{"value": f"v{number}", "label": f"Option {number}"} for number in range(501)]
    assert found(form_json(question("one", "choice", options=options))) == {("too_many", f"{FIRST}/options")}


def test_markup_is_for_guidance_and_introductions() -> None:
    """They take Markdown and HTML; a smaller-than sign is no markup."""
    form = form_json(
        section(
            "only",
            question("one", guidance="<p>Ask <b>gently</b> &amp; alone</p>", hint="Is it < 5 kg or > 10?"),
            question("two", hint="Ask &amp; write"),
            intro="See <a href='https://example.org'>this</a>",
        )
    )
    assert found(form) == {("html_in_text", f"{SECOND}/hint")}


def test_proofs_are_told_though_a_text_is_wrong() -> None:
    """Faults of wording alone do not keep anyone from what is proved."""
    dead = {"all": [{"question": "one", "is": "yes"}, {"question": "one", "is": "no"}]}
    form = form_json(question("one", "yes_no", hint="<b>x</b>"), question("two", show_when=dead))
    assert found(form) == {("html_in_text", f"{FIRST}/hint"), ("never_shown", f"{SECOND}/show_when")}
