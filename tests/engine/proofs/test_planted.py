"""Faults planted in small forms are found, and told with the conditions they contradict."""

from typing import Any

import pytest

from engine.proofs import Contradiction, prove
from tests.engine.forms import form, question, section

Json = Any
TWICE = {"all": [{"question": "a", "is": "red"}, {"question": "a", "is": "green"}]}


def never(*parts: dict[str, Json]) -> tuple[str, ...]:
    """The questions never shown of a form that must be decided."""
    proofs = prove(form(*parts))
    assert proofs.undecided == ()
    return proofs.never_shown


def contradictions(*parts: dict[str, Json]) -> dict[str, tuple[str, ...]]:
    """What each condition that can never hold contradicts."""
    return {found.place: found.against for found in prove(form(*parts)).contradictions}


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        (question("a", "choice"), TWICE),
        (question("a", "choice"), {"all": [{"question": "a", "answered": True}, {"question": "a", "in": []}]}),
        (question("a", "choice"), {"all": [{"question": "a", "not_known": True}, {"question": "a", "is_not": "red"}]}),
        (question("a", "choice", not_known=False), {"question": "a", "not_known": True}),
        (
            question("a", "yes_no"),
            {"all": [{"question": "a", "is": "yes"}, {"not": {"question": "a", "answered": True}}]},
        ),
        (question("a", "number"), {"all": [{"question": "a", "more_than": 3}, {"question": "a", "less_than": 3}]}),
        (
            question("a", "number", integer=True),
            {"all": [{"question": "a", "more_than": 3}, {"question": "a", "less_than": 4}]},
        ),
        (question("a", "number", maximum=10), {"question": "a", "at_least": 11}),
        (question("a", "scale", minimum=0, maximum=10), {"question": "a", "is": 2.5}),
        (
            question("a", "date"),
            {"all": [{"question": "a", "before": "2025-01-01"}, {"question": "a", "after": "2025-01-01"}]},
        ),
        (
            question("a", "date"),
            {"all": [{"question": "a", "after": "2025-01-01"}, {"question": "a", "before": "2025-01-02"}]},
        ),
        (question("a", "date", not_before="2025-01-01"), {"question": "a", "before": "2025-01-01"}),
        (question("a", "date", not_after="today"), {"question": "a", "after": "today"}),
        (question("a", "statement"), {"child": "age", "less_than": 0}),
        (question("a", "statement"), {"child": "unborn", "is": "yes"}),
    ],
)
def test_a_condition_that_contradicts_itself_or_what_can_be_answered(asked: dict[str, Json], condition: Json) -> None:
    """Nothing else is blamed, and the question it stands on is never shown."""
    parts = (asked, question("b", show_when=condition))
    assert never(*parts) == ("b",)
    assert contradictions(*parts) == {"b": ()}


def test_an_exclusive_option_stands_alone() -> None:
    """No answer holds an exclusive option and another."""
    options: list[dict[str, Json]] = [
        {"value": "one", "label": "One"},
        {"value": "none", "label": "None", "exclusive": True},
    ]
    both = {"all": [{"question": "a", "includes": "one"}, {"question": "a", "includes": "none"}]}
    assert never(question("a", "choices", options=options), question("b", show_when=both)) == ("b",)
    options[1].pop("exclusive")
    assert never(question("a", "choices", options=options), question("b", show_when=both)) == ()


def test_a_condition_that_contradicts_its_section_names_it() -> None:
    """The section's condition is blamed, not the question it reads."""
    first = section("one", question("a", "choice"))
    second = section(
        "two", question("b", show_when={"question": "a", "is": "green"}), show_when={"question": "a", "is": "red"}
    )
    assert contradictions(first, second) == {"b": ("two",)}


def test_a_condition_that_contradicts_the_question_it_reads_names_it() -> None:
    """An answer of a hidden question is absent, so what hides the question contradicts what needs its answer."""
    parts = (
        question("a", "choice"),
        question("b", "yes_no", show_when={"question": "a", "is": "red"}),
        question("c", show_when={"all": [{"question": "b", "is": "yes"}, {"question": "a", "is": "green"}]}),
    )
    assert contradictions(*parts) == {"c": ("b",)}


def test_a_contradiction_far_up_names_every_condition_it_needs_and_no_other() -> None:
    """Two conditions of ancestors that only together cannot be met are both named."""
    parts = (
        question("a", "yes_no"),
        question("b", "yes_no"),
        question("left", "yes_no", show_when={"question": "a", "is": "yes"}),
        question("right", "yes_no", show_when={"question": "a", "is": "no"}),
        question("aside", "yes_no", show_when={"question": "b", "is": "yes"}),
        question("end", show_when={"all": [{"question": name, "is": "yes"} for name in ("left", "right", "aside")]}),
    )
    assert contradictions(*parts) == {"end": ("left", "right")}


def test_what_follows_from_a_dead_question_blames_it() -> None:
    """Both are never shown, and the second one's condition contradicts that of the first."""
    parts = (
        question("a", "choice"),
        question("b", "yes_no", show_when=TWICE),
        question("c", show_when={"question": "b", "is": "yes"}),
    )
    assert never(*parts) == ("b", "c")
    assert contradictions(*parts) == {"b": (), "c": ("b",)}


def test_a_dead_section_is_told_once() -> None:
    """Its questions are never shown, but only the section's condition is at fault."""
    dead = section("two", question("b"), question("c", show_when={"question": "a", "is": "red"}), show_when=TWICE)
    proofs = prove(form(section("one", question("a", "choice")), dead))
    assert proofs.never_shown == ("b", "c")
    assert proofs.contradictions == (Contradiction("two", ()),)


def test_a_question_that_is_not_there_is_never_answered() -> None:
    """A condition that reads a question taken out of the form cannot hold."""
    assert never(question("a"), question("b", show_when={"question": "gone", "at_most": 6})) == ("b",)
    assert never(question("a"), question("b", show_when={"not": {"question": "gone", "at_most": 6}})) == ()


def test_one_row_cannot_be_two_things_where_there_may_be_one_row() -> None:
    """Two conditions on some row need two rows."""
    rows = question("people", "rows", columns=[question("met", "yes_no"), question("who")])
    both = {"all": [{"question": "people", "any_row": {"row": "met", "is": word}} for word in ("yes", "no")]}
    assert never(rows, question("b", show_when=both)) == ()
    assert never({**rows, "maximum_rows": 1}, question("b", show_when=both)) == ("b",)


def test_rows_are_not_there_while_they_are_too_few() -> None:
    """A minimum is met by further rows, so it keeps nothing from being shown."""
    rows = question("people", "rows", columns=[question("met", "yes_no")], minimum_rows=3)
    some = {"question": "people", "any_row": {"row": "met", "is": "yes"}}
    proofs = prove(form(rows, question("b", show_when=some)))
    assert proofs.never_shown == ()
    assert len(proofs.witnesses["b"].answers["people"]) == 3


def test_a_column_that_is_never_shown_is_named_with_its_rows() -> None:
    """Columns are told as people.age, with what they contradict."""
    late = question("late", show_when={"all": [{"row": "met", "is": "yes"}, {"question": "a", "is": "green"}]})
    rows = question(
        "people", "rows", columns=[question("met", "yes_no"), late], show_when={"question": "a", "is": "red"}
    )
    parts = (question("a", "choice"), rows)
    assert never(*parts) == ("people.late",)
    assert contradictions(*parts) == {"people.late": ("people",)}


def test_some_child_may_be_one_and_some_child_another() -> None:
    """Outside children's own questions two children can be told apart; inside, one child has one answer."""
    seen = question("seen", "choice", per_child=True)
    both = {"all": [{"question": "seen", "is": word} for word in ("red", "green", "blue")]}
    proofs = prove(form(seen, question("b", show_when=both)))
    assert proofs.never_shown == ()
    assert len(proofs.witnesses["b"].context["children"]) == 3
    assert never(seen, question("b", per_child=True, show_when=both)) == ("b",)


def test_an_unborn_child_has_no_age() -> None:
    """Inside a child's own questions the two exclude each other; of two children one may be unborn."""
    both = {"all": [{"child": "unborn", "is": True}, {"child": "age", "at_least": 0}]}
    assert never(question("a"), question("b", per_child=True, show_when=both)) == ("b",)
    assert never(question("a"), question("b", show_when=both)) == ()


def test_what_every_child_rules_out_no_child_can_be() -> None:
    """`not` over some child rules it out for all of them."""
    seen = question("seen", "choice", per_child=True)
    quiet = {"not": {"question": "seen", "is": "red"}}
    inside = section("each", question("b", show_when={"question": "seen", "is": "red"}), per_child=True)
    after = section("after", question("c", show_when={"all": [quiet, {"question": "b", "answered": True}]}))
    assert contradictions(section("one", seen), inside, after) == {"c": ("b",)}


def test_dates_limited_by_dates_are_told_apart() -> None:
    """A date on or after another cannot stand before a day that the other comes after."""
    first = question("first", "date")
    between = {"all": [{"question": "first", "after": "2025-06-01"}, {"question": "second", "before": "2025-06-01"}]}
    assert never(first, question("second", "date"), question("b", show_when=between)) == ()
    assert never(first, question("second", "date", not_before="first"), question("b", show_when=between)) == ("b",)


def test_a_chain_of_dates_fits_between_two_days_that_leave_room() -> None:
    """Yesterday, today and tomorrow need three days between two others."""
    names = ("past", "ahead")
    parts = [question(name, "date") for name in names]
    inside = [{"question": name, "after": "2025-06-01"} for name in names]
    inside += [{"question": "past", "before": "today"}, {"question": "ahead", "after": "today"}]
    room = {"all": [*inside, {"question": "ahead", "before": "2025-06-05"}]}
    none = {"all": [*inside, {"question": "ahead", "before": "2025-06-04"}]}
    assert never(*parts, question("b", show_when=room)) == ()
    assert never(*parts, question("b", show_when=none)) == ("b",)


def test_today_can_be_on_either_side_of_a_date_that_cannot_move() -> None:
    """Its own limits bind a date, not the day on which it is looked at."""
    fixed = question("fixed", "date", not_before="2026-01-04", not_after="2026-01-04")
    for operator in ("before", "after"):
        assert never(fixed, question("b", show_when={"question": "fixed", operator: "today"})) == ()


def test_a_condition_that_is_always_true_is_found() -> None:
    """Also where only its section makes it so; a condition without any leaf is not one."""
    whole = {"any": [{"question": "a", "is": "red"}, {"not": {"question": "a", "is": "red"}}]}
    repeated = section(
        "two", question("c", show_when={"question": "a", "is": "red"}), show_when={"question": "a", "is": "red"}
    )
    first = section(
        "one", question("a", "choice"), question("b", show_when=whole), question("d", show_when={"all": []})
    )
    assert prove(form(first, repeated)).always_true == ("b", "c")


def test_a_condition_on_a_question_that_may_be_blank_is_not_always_true() -> None:
    """Required counts only when a form is submitted: a draft may leave it blank."""
    parts = (question("a", "choice", required=True), question("b", show_when={"question": "a", "answered": True}))
    assert prove(form(*parts)).always_true == ()
