"""What the visit form promises to workers, to families and to those who must answer for it."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from engine.journey import Journey, context_from_json, evaluate
from tests.definitions.library import LIBRARY, definition

Json = Any
VISIT = definition(LIBRARY / "visit" / "1.json")
BORN: dict[str, dict[str, Json]] = {
    "unborn": {"unborn": True},
    "baby": {"unborn": False, "born": "2025-08-19"},
    "child": {"unborn": False, "born": "2018-06-11"},
    "child who signs": {"unborn": False, "born": "2016-09-09", "disabled": True, "interpreter": True},
}
CALLS = ("phone", "video")


def journeys(child: str) -> Iterator[Journey]:
    """Every way through the form for one child, by the answers that open or close questions."""
    context = context_from_json({"today": "2026-03-05", "children": [{"id": "c1", **BORN[child]}]})
    ways = product(
        ("in_person", *CALLS),
        ("home", "school"),
        ("alone", "with_others", "not_seen"),
        ("yes", "no"),
        ("yes", "no", "could_not_tell"),
        ("yes", "no"),
        ("yes", "no"),
    )
    for contact, place, seen, heard, injury, identity, today in ways:
        answers = {
            "contact": contact,
            "place": place,
            "seen": {"c1": seen},
            "heard": {"c1": heard},
            "go_back": {"c1": "2026-03-09"},
            "injury": {"c1": injury},
            "people": [{"id": "r1", "who": {"name": "Kit"}, "identity": identity}],
            "manager_today": today,
        }
        yield evaluate(VISIT, answers, context)


def asked(journey: Journey) -> set[str]:
    """The questions a person can answer; rows count once."""
    return {
        place.question
        for place in journey.shown
        if place.column is None and VISIT.by_id[place.question].type not in ("statement", "worked_out")
    }


def test_nobody_is_asked_more_than_twenty_two_questions() -> None:
    """The longest way through is the budget, for every child, and some child is asked that many."""
    longest = {child: max(len(asked(journey)) for journey in journeys(child)) for child in BORN}
    assert max(longest.values()) == VISIT.budget["longest_path"] == 22


def test_a_call_never_asks_whether_the_child_was_seen() -> None:
    """By phone or video nobody can record a child as seen, whatever else is answered."""
    for child in BORN:
        for journey in journeys(child):
            if journey.answers["contact"] in CALLS:
                assert not {"seen", "seen_at", "room", "place"} & asked(journey)
                assert "seen" not in journey.record()


def test_a_born_child_not_seen_is_always_asked_about_again() -> None:
    """Whoever was not seen, by a shut door or by a call, is asked when they will be, and what stood in the way."""
    for child in BORN.keys() - {"unborn"}:
        for journey in journeys(child):
            unseen = journey.answers["contact"] in CALLS or journey.answers["seen"]["c1"] == "not_seen"
            assert ("go_back" in asked(journey)) is unseen
            assert not unseen or "seen_why" in asked(journey)


def test_a_no_to_the_manager_is_asked_about_wherever_something_may_be_wrong() -> None:
    """After a call, a child not seen, a mark, or nobody being able to tell; never where the answer is yes."""
    for child in BORN.keys() - {"unborn"}:
        for journey in journeys(child):
            given = journey.answers
            unseen = given["contact"] in CALLS or given["seen"]["c1"] == "not_seen"
            worry = unseen or given["injury"]["c1"] != "no"
            waits = "manager_wait" in {place.question for place in journey.shown}
            assert waits is (worry and given["manager_today"] == "no")


def test_whoever_could_not_tell_whether_a_child_is_hurt_is_asked_who_will_look() -> None:
    """An answer that says nothing yet has a name and a day beside it."""
    for child in BORN.keys() - {"unborn"}:
        for journey in journeys(child):
            assert ("injury_look" in asked(journey)) is (journey.answers["injury"]["c1"] == "could_not_tell")


def test_each_child_is_asked_about_as_that_child() -> None:
    """The unborn, babies and older children have no question of each other's."""
    own = {
        "unborn": {"mother_seen", "pregnancy", "baby_ready"},
        "baby": {"baby_feeding", "baby_sleep", "baby_held"},
        "child": {"heard", "child_words"},
        "child who signs": {"heard", "child_words", "told_how"},
    }
    for child in BORN:
        ever = set().union(*(asked(journey) for journey in journeys(child)))
        assert own[child] <= ever
        assert not ever & (set().union(*own.values()) - own[child])


def test_what_one_person_said_is_not_on_another_ones_copy() -> None:
    """The child's words, the adults' accounts and our doubts stay with the authority."""
    for name in ("child_words", "accounts", "other_story", "manager_why", "identify"):
        assert VISIT.by_id[name].share == "authority", name


def test_what_must_not_be_dropped_must_be_answered_and_cannot_be_unknown() -> None:
    """A protected question is required and offers no "not known yet" that would close what follows it."""
    protected = [question for question in VISIT.questions if question.protected]
    assert {"visited_on", "contact", "seen", "injury", "manager_today"} == {question.id for question in protected}
    assert all(question.required and not question.not_known for question in protected)
