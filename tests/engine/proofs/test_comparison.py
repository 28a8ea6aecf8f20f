"""Two forms over the same answers: what the first shows or requires and the second does not, with a witness."""

from typing import Any

import pytest

from engine.proofs import Comparison, Effort, NotDecided
from tests.engine.forms import form, question, section

Json = Any
SEEN = question("seen", "choice", required=True, protected=True)
FOLLOW_UP = question("follow", required=True, protected=True, show_when={"question": "seen", "in": ["red", "green"]})


def compared(base: list[dict[str, Json]], changed: list[dict[str, Json]]) -> Comparison:
    """The comparison of two forms, each from questions or from sections."""
    return Comparison(form(*base), form(*changed))


def test_the_same_form_shows_the_same() -> None:
    """Nothing differs, so there is no witness."""
    comparison = compared([SEEN, FOLLOW_UP], [SEEN, FOLLOW_UP])
    assert [comparison.shown_in_first_only(name) for name in ("seen", "follow")] == [None, None]


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


ONE_FORM_REFUSES: list[tuple[str, dict[str, Json], dict[str, Json]]] = [
    ("short_text", {}, {"max_length": 199}),
    ("short_text", {}, {"max_length": 1}),
    ("short_text", {}, {"format": "email"}),
    ("short_text", {"format": "email"}, {"format": "email", "max_length": 60}),
    ("short_text", {"format": "email"}, {"format": "phone"}),
    ("short_text", {"format": "postcode", "max_length": 6}, {"format": "postcode", "max_length": 5}),
    ("long_text", {"max_length": 100_000}, {"max_length": 99_999}),
    ("analysis", {}, {"max_length": 19_999}),
    ("analysis", {"evidence": True}, {"evidence": False}),
    ("number", {}, {"maximum": 5_000}),
    ("number", {}, {"minimum": -5_000.5}),
    ("number", {"minimum": 0}, {"minimum": 0, "step": 0.000001}),
    ("number", {"integer": True}, {"step": 7}),
    ("scale", {}, {"maximum": 9}),
    ("date", {}, {"not_before": "2015-01-01"}),
    ("date", {}, {"not_after": "2150-12-30"}),
    ("date", {"partial": True}, {}),
    ("date", {"time": True}, {}),
    ("choices", {}, {"not_known": False}),
]
"""A type, its settings, and other settings with which it refuses some answer that it took before."""


@pytest.mark.parametrize(("kind_of", "before", "after"), ONE_FORM_REFUSES)
def test_what_only_the_changed_form_refuses_is_found(
    kind_of: str, before: dict[str, Json], after: dict[str, Json]
) -> None:
    """Whatever the setting, at whatever limit, of a question and of a column; what takes as much weakens nothing."""
    first, second = question("a", kind_of, **before), question("a", kind_of, **after)
    follow = question("follow", show_when={"question": "a", "answered": True})
    some = {"question": "people", "any_row": {"row": "a", "answered": True}}
    rows = [question("people", "rows", columns=[question("who"), each]) for each in (first, second)]
    for pair in ([(first, second), (follow, follow)], [rows, [{**follow, "show_when": some}] * 2]):
        base, changed = ([parts[at] for parts in pair] for at in (0, 1))
        found = compared(base, changed).shown_in_first_only("follow")
        assert found is not None
        assert {place.question for place in found.journey(form(*changed)).shown} & {"follow"} == set()
        assert compared(base, base).shown_in_first_only("follow") is None


@pytest.mark.parametrize(
    ("alone", "then_alone", "opens", "weaker"),
    [
        ((), ("blue",), {"includes": "red"}, True),
        ((), ("red", "green", "blue"), {"answered": True}, True),
        ((), ("red",), {"includes": "red"}, True),
        (("red",), ("red",), {"answered": True}, False),
        (("red", "green"), ("red",), {"answered": True}, False),
        (("red", "green"), ("blue",), {"answered": True}, False),
        (("red",), ("red", "green"), {"answered": True}, True),
    ],
)
def test_options_that_only_the_changed_form_takes_alone_are_found(
    alone: tuple[str, ...], then_alone: tuple[str, ...], opens: Json, weaker: bool
) -> None:
    """Options that exclude each other in one form may stand together in the other."""
    before, after = question("a", "choices"), question("a", "choices")
    for asked, names in ((before, alone), (after, then_alone)):
        asked["options"] = [{**each, "exclusive": each["value"] in names} for each in asked["options"]]
    follow = question("follow", show_when={"question": "a", **opens})
    found = compared([before, follow], [after, follow]).shown_in_first_only("follow")
    assert (found is not None) == weaker
    assert found is None or len(found.answers["a"]) == 2


def test_a_row_that_only_the_changed_form_finds_blank_is_found() -> None:
    """A cell it refuses may have been all there was in the row."""
    follow = question("follow", show_when={"question": "people", "any_row": {"not": {"row": "met", "is": "red"}}})
    met = question("met", "choice")
    fewer = {**met, "options": met["options"][:1]}
    base, changed = (question("people", "rows", columns=[question("who"), each]) for each in (met, fewer))
    found = compared([base, follow], [changed, follow]).shown_in_first_only("follow")
    assert found is not None
    assert compared([base, follow], [base, follow]).shown_in_first_only("follow") is None


def test_rows_too_few_for_what_is_blank_in_one_form_alone_are_never_taken_for_safe() -> None:
    """A row may hold nothing but what the changed form hides; where none counts otherwise it is proved as ever."""
    met, note = question("met", "yes_no"), question("note")
    follow = question("follow", show_when={"question": "people", "any_row": {"row": "met", "is": "yes"}})
    base = question("people", "rows", minimum_rows=2, columns=[question("who"), met, note])
    changed = {**base, "columns": [question("who"), met]}
    with pytest.raises(NotDecided, match="follow"):
        compared([base, follow], [changed, follow]).shown_in_first_only("follow")
    assert compared([base, follow], [base, follow]).shown_in_first_only("follow") is None
    assert compared([base, follow], [changed, follow]).shown_in_first_only("people.met") is None
    one = {"minimum_rows": 1}
    assert compared([{**base, **one}, follow], [{**changed, **one}, follow]).shown_in_first_only("follow") is None


def test_a_limit_by_another_date_is_found() -> None:
    """Only the changed form refuses a date before the other."""
    first, second = question("first", "date"), question("second", "date")
    follow = question("follow", show_when={"question": "second", "answered": True})
    changed = [first, {**second, "not_before": "first"}, follow]
    found = compared([first, second, follow], changed).shown_in_first_only("follow")
    assert found is not None
    assert found.answers["second"] < found.answers["first"]
    assert compared(changed, [first, second, follow]).shown_in_first_only("follow") is None


def test_what_is_required_makes_no_difference_to_what_is_shown() -> None:
    """That a protected question stays required is held by its own words, not by this proof."""
    comparison = compared([SEEN, FOLLOW_UP], [SEEN, {**FOLLOW_UP, "required": False}])
    assert comparison.shown_in_first_only("follow") is None


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
