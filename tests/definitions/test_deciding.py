"""What the enquiry, the review and supervision promise about decisions, over every way through them."""

from itertools import product
from typing import Any

import pytest

from engine.journey import Journey, context_from_json, evaluate
from tests.definitions.library import LIBRARY, definition

Json = Any
ENQUIRY = definition(LIBRARY / "s47-outcome" / "1.json")
REVIEW = definition(LIBRARY / "plan-review" / "1.json")
SUPERVISION = definition(LIBRARY / "supervision" / "1.json")
CHILDREN: dict[str, dict[str, Json]] = {
    "unborn": {"unborn": True},
    "baby": {"unborn": False, "born": "2025-08-19"},
    "child": {"unborn": False, "born": "2018-06-11"},
}
BY_MEETING = {
    "cin_review": "cin_decision",
    "core_group": "group_decision",
    "initial_conference": "cp_decision",
    "review_conference": "cp_decision",
}


def options(name: str) -> list[str]:
    """The options of a question of the review."""
    return [option.value for option in REVIEW.by_id[name].options]


def review(meeting: str, decision: str, child: str = "child") -> Journey:
    """A review at which every kind of decision is written in, whether or not this meeting may take it."""
    answers: dict[str, Json] = {"meeting": meeting, "held_on": "2026-03-04"}
    answers |= {name: {"c1": decision} for name in BY_MEETING.values()}
    context = {"today": "2026-03-05", "children": [{"id": "c1", **CHILDREN[child]}]}
    return evaluate(REVIEW, answers, context_from_json(context))


@pytest.mark.parametrize("child", CHILDREN)
def test_what_keeps_the_child_safe_is_asked_whatever_the_conclusion(child: str) -> None:
    """For every conclusion and every meeting, and before there is any; each step must have its reason."""
    plan = ENQUIRY.by_id["plan_now"]
    assert plan.required
    assert plan.protected
    assert {"step", "because"} <= {column.id for column in plan.columns if column.required}
    conclusions = [None, *(option.value for option in ENQUIRY.by_id["conclusion"].options)]
    meetings = [None, *([option.value] for option in ENQUIRY.by_id["meetings"].options)]
    context = context_from_json({"today": "2026-03-05", "children": [{"id": "c1", **CHILDREN[child]}]})
    for conclusion, meeting in product(conclusions, meetings):
        given = evaluate(ENQUIRY, {"conclusion": {"c1": conclusion}, "meetings": {"c1": meeting}}, context)
        assert "plan_now[c1]" in {str(place) for place in given.shown}


@pytest.mark.parametrize("meeting", BY_MEETING)
def test_a_meeting_takes_the_decisions_of_its_kind_and_no_other(meeting: str) -> None:
    """Whatever is written in by hand, only the meeting's own decision stands in the record, if it is one of its own."""
    every = {value for name in BY_MEETING.values() for value in options(name)}
    for decision, child in product(sorted(every), CHILDREN):
        record = review(meeting, decision, child).record()
        allowed = decision in options(BY_MEETING[meeting])
        assert record.keys() & set(BY_MEETING.values()) == ({BY_MEETING[meeting]} if allowed else set())


def test_a_core_group_cannot_end_a_plan() -> None:
    """It carries on, brings the conference forward or asks for a strategy discussion, and cannot close the case."""
    assert options("group_decision") == ["carry_on", "bring_forward", "strategy"]
    for decision in ("early_help", "close", "cin_plan"):
        assert "closing[c1]" not in {str(place) for place in review("core_group", decision).shown}


@pytest.mark.parametrize(("meeting", "name"), BY_MEETING.items())
def test_a_plan_that_goes_on_has_a_next_meeting_and_a_closed_one_its_closing(meeting: str, name: str) -> None:
    """One of the two is asked after every decision, never both."""
    for decision in options(name):
        asked = {place.question for place in review(meeting, decision).shown}
        assert len(asked & {"next_on", "closing"}) == 1, decision
        assert ("seen_every" in asked) is ("next_on" in asked)


@pytest.mark.parametrize("child", CHILDREN)
def test_a_first_conference_is_asked_about_no_last_time(child: str) -> None:
    """No label, hint or prompt that it sees looks back to a meeting before it; every other meeting looks back."""
    looks_back = {meeting: _looks_back(meeting, child) for meeting in BY_MEETING}
    assert looks_back.pop("initial_conference") == set()
    assert all({"safer", "goals.going"} <= found for found in looks_back.values())


def _looks_back(meeting: str, child: str) -> set[str]:
    answers = {"meeting": meeting, "goals": [{"id": "r1", "hope": "A bed of her own", "going": "same"}]}
    context = {"today": "2026-03-05", "children": [{"id": "c1", **CHILDREN[child]}]}
    found = set()
    for place in evaluate(REVIEW, answers, context_from_json(context)).shown:
        asked = REVIEW.by_id[place.question]
        if place.column:
            asked = next(column for column in asked.columns if column.id == place.column)
        if "last time" in f"{asked.label} {asked.hint} {asked.settings.get('prompts')}".lower():
            found.add(f"{place.question}.{place.column}" if place.column else place.question)
    return found


def test_what_is_thought_about_one_child_stands_on_no_other_ones_record() -> None:
    """How safe a child is, what it needs first and what a delay means for it are asked of each child apart."""
    assert {"safer", "how_safe"} <= {question.id for question in REVIEW.questions if question.per_child}
    assert {"first_need", "late_means"} <= {question.id for question in SUPERVISION.questions if question.per_child}


def test_supervision_leaves_nothing_on_any_other_copy() -> None:
    """Doubts and decisions of a talk between two professionals stay with the authority."""
    assert {question.share for question in SUPERVISION.questions} == {"authority"}


def test_supervision_asks_nothing_about_the_worker() -> None:
    """No question speaks of workload, wellbeing or performance; an introduction says that they go elsewhere."""
    for question in SUPERVISION.questions:
        for asked in (question, *question.columns):
            words = f"{asked.label} {asked.hint} {asked.settings.get('prompts')}".lower()
            assert not {"workload", "caseload", "wellbeing", "stress", "performance", "sick"} & set(words.split())
