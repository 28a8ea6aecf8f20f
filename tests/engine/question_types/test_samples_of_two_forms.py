"""Samples of a question as two forms ask it reach every answer that only one of them takes."""

from collections.abc import Mapping, Sequence
from itertools import permutations, product
from typing import Any

import pytest

from engine.definition import Question
from engine.proofs.pools import samples_of_all
from engine.question_types import question_types
from engine.question_types._formats import FORMATS
from tests.engine.question_types.questions import EXAMPLES, asked
from tests.engine.question_types.test_formats import TAKEN
from tests.engine.question_types.test_samples import (
    DATE_GRAINS,
    DATE_LIMITS,
    DATE_TESTS,
    DATES,
    NUMBER_GRAINS,
    NUMBER_LIMITS,
    NUMBER_TESTS,
    NUMBERS,
    is_answer,
    truths,
)

Json = Any
Settings = dict[str, Json]
LENGTHS: Sequence[Settings] = ({}, {"max_length": 1}, {"max_length": 5}, {"max_length": 25}, {"max_length": 100_000})
FORMATTED: list[Settings] = [{"format": name, **length} for name in FORMATS for length in LENGTHS]
OPTIONS: list[Settings] = [
    *({"options": [{"value": value, "label": value} for value in values]} for values in ("ab", "abc", "bc", "d")),
    {"options": [{"value": "a", "label": "a", "group": "first"}], "headings": {"first": "First"}},
]
SETTINGS: Mapping[str, Sequence[Settings]] = {
    "short_text": [*LENGTHS, *FORMATTED],
    "long_text": [*LENGTHS, {"rows": 9}],
    "analysis": [
        *({**length, "evidence": evidence} for length in LENGTHS for evidence in (True, False)),
        {"prompts": ["Why?"], "rows": 9, "words_guide": 50},
    ],
    "number": [{**limits, **grain} for limits, grain in product(NUMBER_LIMITS, NUMBER_GRAINS)] + [{"unit": "days"}],
    "scale": [
        {},
        {"minimum": 1},
        {"maximum": 5},
        {"minimum": -2, "maximum": 2},
        dict.fromkeys(("minimum_label", "maximum_label"), "End"),
    ],
    "date": [{**limits, **grain} for limits, grain in product(DATE_LIMITS, DATE_GRAINS)],
    "person": [{}, {"ask": ["name"]}, {"ask": ["description", "born"]}],
    "yes_no": [{}],
    "choice": OPTIONS,
    "choices": OPTIONS,
}
"""Every setting that a type has, in the ways it can be set."""

TEXTS: list[Json] = [text for texts in TAKEN.values() for text in texts]
LONG: list[Json] = ["x" * length for length in (1, 2, 5, 6, 25, 26, 200, 201, 20_000, 20_001, 100_000)]
PADDED: list[Json] = [texts[0].ljust(length) for texts in TAKEN.values() for length in (25, 26, 200, 201, 100_000)]
ON_EVIDENCE: list[Json] = [{"text": text, "evidence": ["seen"]} for text in ("x", "x" * 6, "x" * 20_001)]
VALUES: Mapping[str, Sequence[Json]] = {
    **{name: [*TEXTS, *LONG, *PADDED, *ON_EVIDENCE] for name in ("short_text", "long_text", "analysis")},
    "number": NUMBERS,
    "scale": range(-5, 15),
    "date": DATES,
    "person": [example.value for of, example in EXAMPLES if of.name == "person"],
    "yes_no": ["yes", "no"],
    "choice": list("abcd"),
    "choices": [[value] for value in "abcd"],
}
LITERALS: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Json]]]] = {
    "number": (NUMBER_TESTS, [(), (1,), (-0.5, 3)]),
    "date": (DATE_TESTS, [(), ("2026-01-01",), ("2025", "2026-01-01T00:02")]),
}


@pytest.mark.parametrize("type_name", SETTINGS)
def test_answers_that_only_one_form_takes_are_reached(type_name: str) -> None:
    """For each two ways to set a type, and every truth value that conditions can tell apart."""
    tests, literals = LITERALS.get(type_name, ((), [()]))
    questions = [asked(type_name, settings) for settings in SETTINGS[type_name]]
    taken = [{at for at, value in enumerate(VALUES[type_name]) if is_answer(each, value)} for each in questions]
    for first, second in permutations(range(len(questions)), 2):
        only = [VALUES[type_name][at] for at in taken[first] - taken[second]]
        for each in literals if only else ():
            reached = reached_by_one(questions[first], questions[second], each, tests)
            assert {truths(value, each, tests) for value in only} <= reached


def reached_by_one(
    first: Question, second: Question, literals: Sequence[Json], tests: Sequence[str]
) -> set[tuple[bool, ...]]:
    """What the literals say of the samples that the first takes and the second refuses."""
    samples = samples_of_all([first, second], literals)
    return {
        truths(sample, literals, tests)
        for sample in samples
        if is_answer(first, sample) and not is_answer(second, sample)
    }


def test_every_setting_of_every_type_is_tried() -> None:
    """A new setting may change which answers a type takes; rows are counted by the proofs themselves."""
    tried = {name: {key for each in settings for key in each} - {"options"} for name, settings in SETTINGS.items()}
    answered = {name: set(of.settings) for name, of in question_types().items() if of.takes_answer and name != "rows"}
    assert tried == answered
