"""What the contact and referral form promises to whoever takes the call."""

from itertools import product
from typing import Any

from engine.journey import Journey, context_from_json, evaluate
from tests.definitions.library import LIBRARY, definition

Json = Any
CONTACT = definition(LIBRARY / "contact-referral" / "1.json")
BORN: dict[str, dict[str, Json]] = {
    "unborn": {"unborn": True},
    "baby": {"unborn": False, "born": "2025-08-19"},
    "child": {"unborn": False, "born": "2018-06-11"},
    "child who signs": {"unborn": False, "born": "2016-09-09", "disabled": True, "interpreter": True},
}
DECISIONS = ("advice", "early_help", "assessment", "strategy", "to_worker", "information")


def journey(child: str, about: str, danger: str, decision: str) -> Journey:
    """A contact about one child."""
    context = context_from_json({"today": "2026-03-05", "children": [{"id": "c1", **BORN[child]}]})
    answers = {"danger": {"c1": danger}, "about": about, "decision": {"c1": decision}}
    return evaluate(CONTACT, answers, context)


def asked(one: Journey) -> list[str]:
    """The questions a person can answer, in order; rows count once."""
    return [
        place.question
        for place in one.shown
        if place.column is None and CONTACT.by_id[place.question].type != "statement"
    ]


def test_an_open_child_or_a_request_for_information_asks_at_most_ten_questions() -> None:
    """Whoever the child is, and also when the child is in danger; an eleventh is what the return wants to know."""
    ways = product(BORN, ("open", "information"), ("yes", "cannot_tell", "no"), DECISIONS)
    each = [set(asked(journey(*way))) for way in ways]
    assert max(len(one - {"need"}) for one in each) == 10
    assert max(len(one) for one in each if "need" not in one) == 10


def test_danger_comes_before_everything_else() -> None:
    """The child's safety is the first section, whatever kind of contact it is."""
    for child, about in product(BORN, ("worry", "open", "information")):
        first = asked(journey(child, about, "yes", "advice"))[:4]
        assert first[0] == "today"
        assert set(first[1:]) == {"with_mother" if child == "unborn" else "with_whom", "danger", "safe_now"}


def test_no_local_change_can_hide_what_a_child_in_danger_needs() -> None:
    """The word to stop and call, and what has been done for the child, are protected."""
    assert CONTACT.by_id["danger_talk"].protected
    assert CONTACT.by_id["safe_now"].protected


def test_the_main_need_is_asked_when_a_child_is_to_be_assessed() -> None:
    """Whatever kind of contact it is, and never where the national return wants none."""
    for about, decision in product(("worry", "open", "information"), DECISIONS):
        assert ("need" in asked(journey("child", about, "no", decision))) is (decision in {"assessment", "strategy"})


def test_each_child_gets_an_answer_of_its_own() -> None:
    """What may be going on, the decision, its reason and the main need stand on one child's record alone."""
    apart = {question.id for question in CONTACT.questions if question.per_child}
    assert {"meaning", "decision", "decision_why", "need"} <= apart


def test_no_parent_reads_what_was_said_of_telling_the_other() -> None:
    """What people told us and what each parent knows stay off every copy that leaves the authority."""
    for each in ("accounts", "telling", "identify", "source"):
        assert CONTACT.by_id[each].share == "authority", each
