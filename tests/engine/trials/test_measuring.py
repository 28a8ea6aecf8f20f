"""What one form is measured by: numbers that can be recounted by hand."""

from collections.abc import Mapping
from typing import Any

import pytest

from engine.definition import definition_from_json
from engine.journey import Child, Context, Journey, evaluate
from engine.trials.measuring import measures_of, share_not_known, words_of_analysis, words_of_record
from engine.trials.plan import Harm, Outcome, Plan

QUESTIONS: list[dict[str, Any]] = [
    {"id": "safe", "type": "yes_no", "kind": "fact", "label": "Safe?", "why": "w"},
    {"id": "each", "type": "yes_no", "kind": "fact", "label": "Seen?", "why": "w", "per_child": True},
    {"id": "worry", "type": "scale", "kind": "analysis", "label": "How safe?", "why": "w"},
    {"id": "many", "type": "number", "kind": "fact", "label": "How many?", "why": "w"},
    {"id": "meaning", "type": "analysis", "kind": "analysis", "label": "Meaning?", "why": "w", "evidence": True},
    {"id": "saw", "type": "long_text", "kind": "fact", "label": "Saw?", "why": "w"},
    {"id": "hidden", "type": "long_text", "kind": "analysis", "label": "Hidden?", "why": "w",
     "show_when": {"question": "safe", "is": "no"}},
    {"id": "note", "type": "statement", "kind": "fact", "label": "A note", "why": "w"},
]  # fmt: skip
FORM = definition_from_json(
    {"form": "tiny", "version": 1, "title": "T", "purpose": "P",
     "sections": [{"id": "one", "title": "One", "questions": QUESTIONS}]}
)  # fmt: skip
TWO = Context("2026-03-12", (Child("c1"), Child("c2")))


def journey(answers: Mapping[str, Any]) -> Journey:
    """The form about two children, with some answers."""
    return evaluate(FORM, answers, TWO)


def answered(outcome: Outcome, answers: Mapping[str, Any]) -> float | None:
    """What one outcome measures of some answers."""
    return measures_of(Plan(primary=outcome), journey(answers), 90, 2.5).get(outcome.measure)


def test_words_of_analysis_are_those_shown_and_of_that_kind() -> None:
    """With the text of what rests on evidence; no facts, no number on a scale, nothing hidden."""
    answers = {
        "safe": "yes", "worry": 7, "saw": "Five words that are facts",
        "meaning": {"text": "He waits for her.", "evidence": ["saw"]}, "hidden": "Not any more shown",
    }  # fmt: skip
    assert words_of_analysis(journey(answers)) == 4
    assert words_of_analysis(journey({**answers, "safe": "no"})) == 8
    assert words_of_analysis(journey({})) == 0
    for each in (answers, {**answers, "safe": "no"}, {}):
        assert words_of_record(FORM, journey(each).record()) == words_of_analysis(journey(each))


def test_the_share_not_known_is_of_what_was_asked() -> None:
    """Of seven places, a note being none: safe, each child's, worry, many, meaning and saw."""
    assert share_not_known(journey({"saw": {"not_known": True}})) == pytest.approx(1 / 7)
    assert share_not_known(journey({})) == 0


def test_an_answer_is_a_number() -> None:
    """Yes is one and no is nought; several children's are their mean; what is not answered is no measure."""
    assert answered(Outcome("answer", "safe", better="higher"), {"safe": "yes"}) == 1
    assert answered(Outcome("answer", "safe", better="higher"), {"safe": "no"}) == 0
    assert answered(Outcome("answer", "each", better="higher"), {"each": {"c1": "yes", "c2": "no"}}) == 0.5
    assert answered(Outcome("answer", "worry", better="higher"), {"worry": 7}) == 7
    assert answered(Outcome("answer", "many", better="higher"), {}) is None
    assert answered(Outcome("answer", "saw", better="higher"), {"saw": {"not_known": True}}) is None


def test_time_is_told_in_minutes_and_days_and_only_where_the_plan_names_it() -> None:
    """A plan that measures nothing of the kind keeps nothing of the kind."""
    both = Plan(primary=Outcome("minutes", cap=60), secondary=(Outcome("completed_within", days=5),))
    assert measures_of(both, journey({}), 90, 2.5) == {"minutes": 1.5, "days": 2.5}
    assert measures_of(Plan(primary=Outcome("worker_rating")), journey({}), 90, 2.5) == {}


def test_the_sign_of_harm_is_one_where_any_child_has_it() -> None:
    """And nought where nobody does, so that every form of the trial counts."""
    plan = Plan(harm=Harm("Harm", "w", "each", "no"))
    assert measures_of(plan, journey({"each": {"c1": "yes", "c2": "no"}}), 0, 0) == {"harm": 1}
    assert measures_of(plan, journey({"each": {"c1": "yes"}}), 0, 0) == {"harm": 0}
