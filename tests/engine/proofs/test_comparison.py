"""Two forms over the same answers: what the first shows or requires and the second does not, with a witness."""

from copy import deepcopy
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition import definition_from_json
from engine.journey import Journey, context_from_json, evaluate
from engine.proofs import Comparison, Effort, NotDecided
from tests.engine.forms import form, form_json, question, section
from tests.engine.proofs.small_forms import Small, small_forms
from tests.engine.proofs.test_by_enumeration import path_of

Json = Any
SEEN = question("seen", "choice", required=True, protected=True)
FOLLOW_UP = question("follow", required=True, protected=True, show_when={"question": "seen", "in": ["red", "green"]})


def compared(base: list[dict[str, Json]], changed: list[dict[str, Json]]) -> Comparison:
    """The comparison of two forms, each from questions or from sections."""
    return Comparison(form(*base), form(*changed))


def test_the_same_form_shows_and_requires_the_same() -> None:
    """Nothing differs, so there is no witness."""
    comparison = compared([SEEN, FOLLOW_UP], [SEEN, FOLLOW_UP])
    assert [comparison.shown_in_first_only(name) for name in ("seen", "follow")] == [None, None]
    assert [comparison.required_in_first_only(name) for name in ("seen", "follow")] == [None, None]


def test_a_tightened_section_condition_is_found_with_answers() -> None:
    """The witness is shown by the base and not by what was made of it."""
    base = [section("one", question("a", "yes_no")), section("two", SEEN, FOLLOW_UP)]
    changed = [
        section("one", question("a", "yes_no")),
        section("two", SEEN, FOLLOW_UP, show_when={"question": "a", "is": "yes"}),
    ]
    found = compared(base, changed).shown_in_first_only("follow")
    assert found is not None
    assert found.answers["seen"] in ("red", "green")
    assert found.answers.get("a") != "yes"


def test_a_loosened_condition_weakens_nothing() -> None:
    """Asked at least as often as before."""
    looser = {**FOLLOW_UP, "show_when": {"question": "seen", "answered": True}}
    assert compared([SEEN, FOLLOW_UP], [SEEN, looser]).shown_in_first_only("follow") is None
    assert compared([SEEN, looser], [SEEN, FOLLOW_UP]).shown_in_first_only("follow") is not None


def test_the_same_condition_in_other_words_weakens_nothing() -> None:
    """What counts is when it holds, not how it is written."""
    words = {"any": [{"question": "seen", "is": "red"}, {"not": {"not": {"question": "seen", "is": "green"}}}]}
    assert compared([SEEN, FOLLOW_UP], [SEEN, {**FOLLOW_UP, "show_when": words}]).shown_in_first_only("follow") is None


def test_a_controlling_question_taken_out_is_found() -> None:
    """Nothing opens the follow-up any more."""
    found = compared([question("seen", "choice"), FOLLOW_UP], [FOLLOW_UP]).shown_in_first_only("follow")
    assert found is not None
    assert found.answers["seen"] in ("red", "green")


def test_a_controlling_question_hidden_by_another_is_found() -> None:
    """A local question now stands before the one that opens the follow-up."""
    local = question("local", "yes_no")
    hidden = {**SEEN, "show_when": {"question": "local", "is": "yes"}}
    assert compared([SEEN, FOLLOW_UP], [local, hidden, FOLLOW_UP]).shown_in_first_only("follow") is not None


@pytest.mark.parametrize(("removed", "weaker"), [("red", True), ("green", True), ("blue", False)])
@pytest.mark.parametrize("kind_of", ["choice", "choices"])
def test_an_option_taken_away_is_found_where_it_opens_the_follow_up(kind_of: str, removed: str, weaker: bool) -> None:
    """An option that opens nothing may go."""
    asked = question("a", kind_of)
    opens = {"in": ["red", "green"]} if kind_of == "choice" else {"includes_any": ["red", "green"]}
    follow = question("follow", show_when={"question": "a", **opens})
    fewer = {**asked, "options": [option for option in asked["options"] if option["value"] != removed]}
    assert (compared([asked, follow], [fewer, follow]).shown_in_first_only("follow") is not None) == weaker


def test_an_option_added_weakens_nothing() -> None:
    """What the base could not be answered with is not compared."""
    asked = question("a", "choice")
    more = {**asked, "options": [*asked["options"], {"value": "other", "label": "Other"}]}
    follow = question("follow", show_when={"not": {"question": "a", "answered": True}})
    assert compared([asked, follow], [more, follow]).shown_in_first_only("follow") is None


def test_a_narrower_limit_is_found_where_it_opens_the_follow_up() -> None:
    """A number the changed form refuses is absent there."""
    asked = question("a", "number", maximum=90)
    follow = question("follow", show_when={"question": "a", "more_than": 60})
    for most, weaker in ((60, True), (90, False), (100, False)):
        found = compared([asked, follow], [{**asked, "maximum": most}, follow]).shown_in_first_only("follow")
        assert (found is not None) == weaker


def test_a_limit_by_another_date_is_found() -> None:
    """Only the changed form refuses a date before the other."""
    first, second = question("first", "date"), question("second", "date")
    follow = question("follow", show_when={"question": "second", "answered": True})
    changed = [first, {**second, "not_before": "first"}, follow]
    found = compared([first, second, follow], changed).shown_in_first_only("follow")
    assert found is not None
    assert found.answers["second"] < found.answers["first"]
    assert compared(changed, [first, second, follow]).shown_in_first_only("follow") is None


def test_no_longer_required_is_found_only_where_it_was() -> None:
    """Required differs from shown."""
    comparison = compared([SEEN, FOLLOW_UP], [SEEN, {**FOLLOW_UP, "required": False}])
    assert comparison.shown_in_first_only("follow") is None
    assert comparison.required_in_first_only("follow") is not None
    assert comparison.required_in_first_only("seen") is None


def test_a_column_is_compared_row_by_row() -> None:
    """Columns are named as people.age; the answers of a row are the same in both forms."""
    met, why = question("met", "yes_no"), question("why", show_when={"row": "met", "is": "no"})
    base = question("people", "rows", columns=[met, why])
    tighter = {"all": [{"row": "met", "is": "no"}, {"row": "who", "answered": True}]}
    changed = question("people", "rows", columns=[question("who"), met, {**why, "show_when": tighter}])
    found = compared([base], [changed]).shown_in_first_only("people.why")
    assert found is not None
    assert any(row.get("met") == "no" and "who" not in row for row in found.answers["people"])
    assert compared([changed], [base]).shown_in_first_only("people.why") is None


@pytest.mark.parametrize(
    ("before", "after", "weaker"),
    [
        ({}, {"maximum_rows": 1}, True),
        ({"maximum_rows": 1}, {}, False),
        ({}, {"minimum_rows": 2}, True),
        ({"minimum_rows": 2}, {}, False),
        ({"minimum_rows": 2}, {"minimum_rows": 2, "maximum_rows": 400}, True),
        ({"maximum_rows": 4}, {"maximum_rows": 4}, False),
    ],
)
def test_rows_that_one_form_refuses_for_their_number_are_found(
    before: dict[str, Json], after: dict[str, Json], weaker: bool
) -> None:
    """Rows that are too many, or too few, are absent in the form that says so."""
    rows = question("people", "rows", columns=[question("met", "yes_no")])
    some = {"all": [{"question": "people", "any_row": {"row": "met", "is": word}} for word in ("yes", "no")]}
    follow = question("follow", show_when=some if after.get("minimum_rows", 0) < 2 else some["all"][0])
    found = compared([{**rows, **before}, follow], [{**rows, **after}, follow]).shown_in_first_only("follow")
    assert (found is not None) == weaker


def test_a_difference_that_needs_two_children_is_found() -> None:
    """The one form asks when some child meets each of two conditions, the other when one child meets both."""
    asked = [question(name, "yes_no", per_child=True) for name in ("a", "b")]
    each = {"all": [{"question": "a", "is": "yes"}, {"question": "b", "is": "yes"}]}
    one = question("one", per_child=True, show_when=each)
    base = [*asked, one, question("follow", show_when=each)]
    changed = [*asked, one, question("follow", show_when={"all": [each, {"question": "one", "answered": True}]})]
    found = compared(base, changed).shown_in_first_only("follow")
    assert found is not None


def test_too_little_effort_is_refused_and_not_taken_for_safe() -> None:
    """Nothing is said to be as before unless it is proved."""
    comparison = Comparison(form(SEEN, FOLLOW_UP), form(SEEN, FOLLOW_UP), Effort(0))
    with pytest.raises(NotDecided, match="follow"):
        comparison.shown_in_first_only("follow")


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Small, list[dict[str, Json]]]:
    """A small form and what was made of it: a condition, an option, a limit or a question more or less."""
    small = draw(small_forms())
    sections = deepcopy(small.sections)
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.sampled_from(sections))
        asked = draw(st.sampled_from(at["questions"]))
        change = draw(st.sampled_from(("drop", "open", "close", "option", "limit")))
        if change == "drop" and len(at["questions"]) > 1:
            at["questions"].remove(asked)
        elif change == "open":
            draw(st.sampled_from((at, asked))).pop("show_when", None)
        elif change == "close" and small.asked:
            first = small.asked[0]["id"]
            where = draw(st.sampled_from((at, asked)))
            more = {"question": first, "answered": True}
            where["show_when"] = {"all": [where["show_when"], more]} if "show_when" in where else more
        elif change == "option" and len(asked.get("options", ())) > 1:
            asked["options"] = asked["options"][1:]
        elif change == "limit" and asked["type"] == "number":
            asked["maximum"] = draw(st.integers(0, 3))
        elif change == "limit" and asked["type"] == "rows":
            asked["maximum_rows"] = draw(st.integers(1, 2))
            asked["minimum_rows"] = draw(st.integers(0, asked["maximum_rows"]))
    return small, sections


@settings(max_examples=40, deadline=None)
@given(pairs())
def test_differences_equal_trying_every_draft(pair: tuple[Small, list[dict[str, Json]]]) -> None:
    """For every question and column, about one child or two, over all types and operators."""
    check(*pair)


def check(small: Small, sections: list[dict[str, Json]]) -> None:
    """Hold the differences of a form and what was made of it to those that trying every draft finds."""
    base, changed = small.definition, definition_from_json(form_json(*sections))
    options = {q.id: {option.value for option in q.options} for q in changed.questions if q.type == "choices"}
    differing: set[str] = set()
    most = max(number for number in (1, 2) if number == 1 or small.size(number) < 2_000)
    for answers, context in (draft for number in range(1, most + 1) for draft in small.drafts(number)):
        fitted = {name: fit(answer, options[name]) if name in options else answer for name, answer in answers.items()}
        before = evaluate(base, answers, context_from_json(context))
        after = evaluate(changed, fitted, context_from_json(context))
        differing |= missing(before, after)
    comparison = Comparison(base, changed)
    paths = {q.id for q in base.questions} | {f"{q.id}.{c.id}" for q in base.questions for c in q.columns}
    found = {path for path in paths if comparison.shown_in_first_only(path) is not None}
    assert differing <= found
    if most > small.some_child or not (small.per_child or small.reads_facts):
        assert found == differing


def missing(before: Journey, after: Journey) -> set[str]:
    """The questions and columns shown at a place before and not after."""
    return {path_of(place) for place in before.shown_set - after.shown_set}


def fit(answer: Json, options: set[str]) -> Json:
    """An answer of a list of options without those a form does not have; of every child where it is asked for each."""
    if isinstance(answer, list):
        return [value for value in answer if value in options]
    if isinstance(answer, dict) and "not_known" not in answer:
        return {child: fit(own, options) for child, own in answer.items()}
    return answer


def test_trying_every_draft_tries_many() -> None:
    """The comparison with trying everything means something: drafts differ in every question."""
    small = Small(asked=[question("a", "yes_no"), question("b", "choice")])
    assert len(list(small.drafts(1))) == small.size(1) == len(list(product(range(4), range(5))))
