"""What the child and family assessment promises to children, to families and to those who must answer for it."""

from typing import Any

import pytest

from engine.journey import context_from_json, evaluate
from tests.definitions.library import LIBRARY, definition

Json = Any
ASSESSMENT = definition(LIBRARY / "child-family-assessment" / "1.json")
OWN = {
    "unborn": {"mother_seen", "pregnancy", "baby_ready"},
    "baby": {"baby_feeding", "baby_sleep", "baby_held"},
    "child": {"day", "child_words"},
    "child who signs": {"day", "child_words", "told_how"},
}
BORN: dict[str, dict[str, Json]] = {
    "unborn": {"unborn": True},
    "baby": {"unborn": False, "born": "2025-08-19", "disabled": True},
    "child": {"unborn": False, "born": "2018-06-11"},
    "child who signs": {"unborn": False, "born": "2016-09-09", "disabled": True, "interpreter": True},
}


@pytest.mark.parametrize("child", BORN)
def test_each_child_is_asked_about_as_that_child(child: str) -> None:
    """Whatever is answered, the unborn, babies and older children have no question of each other's."""
    ever: set[str] = set()
    for seen in ("alone", "with_others", "not_seen"):
        context = context_from_json({"today": "2026-03-05", "children": [{"id": "c1", **BORN[child]}]})
        ever |= {place.question for place in evaluate(ASSESSMENT, {"seen": {"c1": seen}}, context).shown}
    assert OWN[child] <= ever
    assert not ever & (set().union(*OWN.values()) - OWN[child])


def test_what_is_thought_and_decided_belongs_to_one_child() -> None:
    """The child's words, what it means, the outcome and its reason are asked of each child apart."""
    apart = {question.id for question in ASSESSMENT.questions if question.per_child}
    assert {"seen", "day", "child_words", "injuries", "meaning", "factors", "outcome", "outcome_why"} <= apart


def test_what_one_person_said_is_not_on_another_ones_copy() -> None:
    """The child's words, the adults' accounts and our doubts stay with the authority."""
    for each in ("child_words", "accounts", "other_story", "identify", "unknowns"):
        assert ASSESSMENT.by_id[each].share == "authority", each


def test_the_factors_of_the_return_come_from_the_dated_list() -> None:
    """Each code that can be chosen this year, and none that was withdrawn."""
    values = {option.value for option in ASSESSMENT.by_id["factors"].options}
    assert {"7A", "11A", "13A", "24A", "21"} <= values
    assert not {"18A", "19A"} & values
