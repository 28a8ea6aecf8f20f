"""What is shown equals what a second evaluator, written differently, says must be shown."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.edits import edits, filled
from benchmarks.generate import context_json, form_json
from engine.definition import definition_from_json
from engine.journey import context_from_json, evaluate
from tests.reference import Reference

EDITS, CHECKPOINTS = 200, 10


def compare_along_the_way(questions: int, seed: int, count: int, checkpoints: int) -> None:
    """Edit a generated form, empty or full; at the start and each checkpoint all must show the same places in order."""
    form, context = form_json(questions, seed), context_json(seed)
    definition, given_context = definition_from_json(form), context_from_json(context)
    draft: dict[str, Any] = filled(form, context, seed) if seed % 2 else {}
    journey = evaluate(definition, draft, given_context)
    assert [str(place) for place in journey.shown] == Reference(form, draft, context).shown()
    for number, change in enumerate(edits(form, context, seed, count, draft), start=1):
        draft.update(change)
        journey = journey.change(change)
        if number % (count // checkpoints) == 0:
            expected = Reference(form, draft, context).shown()
            assert [str(place) for place in journey.shown] == expected
            afresh = evaluate(definition, draft, given_context)
            assert [str(place) for place in afresh.shown] == expected
            assert (afresh.record(), afresh.findings) == (journey.record(), journey.findings)


@pytest.mark.parametrize(("questions", "seed"), [(30, 1), (30, 2), (120, 3), (120, 4), (700, 5), (700, 6), (3000, 7)])
def test_shown_set_equals_the_reference_at_every_checkpoint(questions: int, seed: int) -> None:
    """Over 200 random edits and 11 checkpoints, from scratch and step by step, for forms of 30 to 3,000 questions."""
    compare_along_the_way(questions, seed, EDITS, CHECKPOINTS)


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 40))
def test_shown_set_equals_the_reference_for_any_small_form(seed: int, questions: int) -> None:
    """Any form up to 40 questions, any children, a checkpoint after every fifth edit."""
    compare_along_the_way(questions, seed, 60, 12)


def test_generated_forms_hold_every_kind_of_question_and_condition() -> None:
    """The comparison means something: rows, children, option groups, absence and days all occur."""
    form = str(form_json(700, 5))
    words = (
        "rows",
        "per_child",
        "any_row",
        "includes_group",
        "not_known",
        "answered",
        "'row'",
        "'age'",
        "today",
        "not",
    )
    assert [word for word in words if word not in form] == []


def test_the_same_seed_gives_the_same_form() -> None:
    """What was measured can be measured again."""
    assert form_json(120, 3) == form_json(120, 3)
    assert form_json(120, 3) != form_json(120, 4)
