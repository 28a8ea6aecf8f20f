"""Evaluation: hidden, blank and invalid answers are absent; a change comes to the same as starting again."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition import Definition
from engine.journey import (
    Child,
    Context,
    Journey,
    context_from_json,
    evaluate,
    next_section,
    section_states,
)
from engine.journey.context import BadContext, context_to_json
from engine.places import Place
from tests.engine.forms import form, question, section

SISTERS = Context("2026-03-05", (Child("c1", born="2019-06-30"), Child("c2", born="2025-01-20")))


def _shown(journey: Journey) -> list[str]:
    return [str(place) for place in journey.shown]


def test_a_hidden_answer_is_absent_for_later_conditions_and_the_record_and_comes_back() -> None:
    chain = form(
        question("first", "yes_no"),
        question("second", "yes_no", show_when={"question": "first", "is": "yes"}),
        question("third", show_when={"question": "second", "is": "yes"}),
    )
    hidden = evaluate(chain, {"first": "no", "second": "yes", "third": "kept"})
    assert _shown(hidden) == ["first"]
    assert hidden.record() == {"first": "no"}
    back = hidden.change({"first": "yes"})
    assert _shown(back) == ["first", "second", "third"]
    assert back.record() == {"first": "yes", "second": "yes", "third": "kept"}
    assert _shown(hidden) == ["first"]


def test_an_invalid_value_is_a_finding_and_absent_for_everything_else() -> None:
    limited = form(
        question("days", "number", maximum=90), question("why", show_when={"question": "days", "answered": True})
    )
    journey = evaluate(limited, {"days": 95})
    assert [(str(place), finding.code) for place, finding in journey.findings] == [("days", "too_large")]
    assert _shown(journey) == ["days"]
    assert journey.record() == {}


def test_a_section_for_each_child_is_shown_child_by_child_and_its_condition_asked_for_each() -> None:
    each = form(
        section(
            "baby", question("sleep"), question("feeding"), per_child=True, show_when={"child": "age", "less_than": 9}
        ),
        section("all", question("both", per_child=True), question("after")),
    )
    assert _shown(evaluate(each, {}, SISTERS)) == [
        "sleep[c1]",
        "feeding[c1]",
        "sleep[c2]",
        "feeding[c2]",
        "both[c1]",
        "both[c2]",
        "after",
    ]
    older = Context("2030-03-05", SISTERS.children)
    assert _shown(evaluate(each, {}, older))[:2] == ["sleep[c2]", "feeding[c2]"]


def test_one_childs_record_holds_no_other_childs_answers() -> None:
    each = form(question("seen", per_child=True), question("home"))
    journey = evaluate(each, {"seen": {"c1": "one", "c2": "two"}, "home": "shared"}, SISTERS)
    assert journey.record("c2") == {"seen": {"c2": "two"}, "home": "shared"}
    assert evaluate(each, {"seen": {"c1": "one"}}, SISTERS).record("c2") == {}


def test_a_row_with_nothing_in_it_is_shown_but_is_no_row_of_the_record() -> None:
    rows = form(question("people", "rows", columns=[question("who", required=True), question("age", "number")]))
    journey = evaluate(rows, {"people": [{"id": "r1"}, {"id": "r2", "who": "Kit"}]})
    assert _shown(journey) == ["people", "people[0].who", "people[0].age", "people[1].who", "people[1].age"]
    assert journey.record() == {"people": [{"id": "r2", "who": "Kit"}]}
    assert journey.blank_rows(Place("people")) == {0}
    assert journey.value(Place("people", None, 1, "who")) == "Kit"


def test_a_row_that_holds_only_what_is_worked_out_is_blank() -> None:
    sums = form(
        question("visit", "date"),
        question("rows", "rows", columns=[question("who"), question("on", "worked_out", function="age", of=["visit"])]),
    )
    journey = evaluate(sums, {"visit": "2020-03-01", "rows": [{"id": "r1"}]}, Context("2026-03-05"))
    assert journey.record() == {"visit": "2020-03-01"}
    filled = journey.change({"rows": [{"id": "r1", "who": "Kit"}]})
    assert filled.record()["rows"] == [{"id": "r1", "who": "Kit", "on": 6}]


def test_a_cell_may_be_limited_by_its_own_row_and_by_an_earlier_question() -> None:
    dated = form(
        question("visit", "date"),
        question(
            "steps",
            "rows",
            columns=[question("begin", "date", not_before="visit"), question("end", "date", not_before="begin")],
        ),
    )
    row = {"id": "r1", "begin": "2026-03-03", "end": "2026-03-02"}
    journey = evaluate(dated, {"visit": "2026-03-01", "steps": [row]})
    assert [(str(place), finding.code) for place, finding in journey.findings] == [("steps[0].end", "too_early")]
    moved = journey.change({"visit": "2026-03-04"})
    assert [(str(place), finding.code) for place, finding in moved.findings] == [("steps[0].begin", "too_early")]


def test_why_names_the_answers_that_opened_a_question() -> None:
    opened = form(question("seen", "choice"), question("more", show_when={"question": "seen", "in": ["red", "blue"]}))
    journey = evaluate(opened, {"seen": "red"})
    assert [leaf.name for leaf in journey.why(Place("more"))] == ["seen"]
    assert journey.why(Place("seen")) == ()


def test_sections_say_how_far_they_are_and_which_comes_next() -> None:
    pages = form(
        section("one", question("a", "yes_no"), question("note", "statement")),
        section("two", question("b"), show_when={"question": "a", "is": "yes"}),
        section("three", question("c")),
    )
    journey = evaluate(pages, {"a": "no"})
    assert [(state.section.id, state.asked, state.answered) for state in section_states(journey)] == [
        ("one", 1, 1),
        ("three", 1, 0),
    ]
    after = next_section(journey, "one")
    assert after is not None
    assert after.id == "three"
    assert next_section(journey, "three") is None


def test_a_context_reads_back() -> None:
    assert context_from_json(context_to_json(SISTERS)) == SISTERS
    assert context_from_json({}).children == (Child("c1"),)


@pytest.mark.parametrize(
    "broken",
    [
        [],
        {"seen": "yes"},
        {"today": "soon"},
        {"children": [{"born": "2020-01-01"}]},
        {"children": [{"id": "a"}, {"id": "a"}]},
    ],
)
def test_a_context_that_is_not_one_is_refused_in_words(broken: Any) -> None:
    with pytest.raises(BadContext, match="cannot be used"):
        context_from_json(broken)


EVERYTHING = form(
    section(
        "first",
        question("colour", "choice"),
        question("colours", "choices", show_when={"question": "colour", "is_not": "red"}),
        question("days", "number", minimum=1, maximum=9, show_when={"question": "colours", "includes": "blue"}),
        question("when", "date", not_after="today"),
    ),
    section(
        "second",
        question("seen", "yes_no", per_child=True, show_when={"child": "age", "less_than": 5}),
        question("later", "date", not_before="when", show_when={"question": "seen", "is": "no"}),
        question(
            "people",
            "rows",
            columns=[
                question("who", "person"),
                question("met", "yes_no"),
                question(
                    "age",
                    "number",
                    show_when={"all": [{"row": "met", "is": "yes"}, {"question": "days", "more_than": 2}]},
                ),
            ],
        ),
        question("who_else", show_when={"question": "people", "any_row": {"row": "met", "is": "no"}}),
        question("gap", "worked_out", function="days_between", of=["when", "later"]),
        show_when={"not": {"question": "days", "is": 3}},
    ),
)
_scraps = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.sampled_from(["red", "blue", "yes", "no", "", "2026-03-01", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "c1", "c2", "name", "met", "who", "age", "not_known", "doing"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)
_names = st.sampled_from([*EVERYTHING.by_id, "no_such_question"])
_rows = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["r1", "r2", "r3"])},
        optional={"met": st.sampled_from(["yes", "no"]), "age": st.integers(0, 9), "who": st.just({"name": "Kit"})},
    ),
    max_size=3,
    unique_by=lambda row: row["id"],
)
_likely = st.fixed_dictionaries(
    {},
    optional={
        "colour": st.sampled_from(["red", "green"]),
        "colours": st.lists(st.sampled_from(["red", "blue"]), max_size=2),
        "days": st.integers(0, 10),
        "when": st.sampled_from(["2026-03-01", "2026-03-04", "2026-04-01"]),
        "later": st.sampled_from(["2026-03-02", "2026-03-09"]),
        "seen": st.dictionaries(st.sampled_from(["c1", "c2"]), st.sampled_from(["yes", "no"])),
        "people": _rows,
    },
)


@given(st.dictionaries(_names, _scraps, max_size=6))
def test_evaluation_never_raises_whatever_json_the_answers_hold(answers: dict[str, Any]) -> None:
    journey = evaluate(EVERYTHING, answers, SISTERS)
    journey.record()
    assert set(journey.shown) == journey.shown_set


@settings(max_examples=80)
@given(_likely, st.lists(st.dictionaries(_names, _scraps, max_size=2) | _likely, min_size=1, max_size=5))
def test_a_change_comes_to_the_same_as_starting_again(answers: dict[str, Any], changes: list[dict[str, Any]]) -> None:
    journey = evaluate(EVERYTHING, answers, SISTERS)
    for change in changes:
        journey = journey.change(change)
        again = evaluate(EVERYTHING, journey.answers, SISTERS)
        assert journey.shown == again.shown
        assert journey.record() == again.record()
        assert journey.findings == again.findings


def test_a_change_reads_again_only_what_depends_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = form(
        question("a", "yes_no"),
        question("b", show_when={"question": "a", "is": "yes"}),
        *(question(f"q{number}", show_when={"question": "b", "answered": True}) for number in range(20)),
        *(question(f"other{number}") for number in range(20)),
    )
    journey = evaluate(pair, {"a": "yes", "b": "x"})
    settled: list[int] = []
    honest = Journey._settle

    def counting(self: Journey, node: Any) -> bool:
        settled.append(node.index)
        return honest(self, node)

    monkeypatch.setattr(Journey, "_settle", counting)
    journey.change({"b": "y"})
    assert len(settled) == 21
    settled.clear()
    journey.change({"other3": "x"})
    assert len(settled) == 1


def test_the_same_definition_is_planned_once() -> None:
    one: Definition = form(question("a"))
    assert evaluate(one, {}).plan is evaluate(one, {"a": "x"}).plan
