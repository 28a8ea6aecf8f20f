"""What every question type promises, tried on each type's own examples."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.question_types import question_types
from engine.question_types.base import Example, QuestionType
from tests.engine.question_types.questions import (
    EXAMPLE_IDS,
    EXAMPLES,
    asked,
    outcome,
    read_or_none,
    settings_schema,
    through_the_page,
    validator,
    without_surroundings,
)

TYPES = list(question_types().values())
each_example = pytest.mark.parametrize(("question_type", "example"), EXAMPLES, ids=EXAMPLE_IDS)
each_type = pytest.mark.parametrize("question_type", TYPES, ids=[each.name for each in TYPES])
README_TYPES = {
    "short_text", "long_text", "analysis", "choice", "choices", "yes_no", "scale", "number", "date", "person", "rows",
    "statement", "worked_out",
}  # fmt: skip


def test_every_type_of_the_format_is_there() -> None:
    """The registry finds exactly the types of the format."""
    assert set(question_types()) == README_TYPES


@each_type
def test_a_type_has_examples_of_each_kind(question_type: QuestionType) -> None:
    """Six examples or more, a blank and a refused value among them, and an answer where there can be one."""
    examples = question_type.examples
    assert len(examples) >= 6
    assert any(example.answer is None and example.code is None for example in examples)
    assert any(example.code for example in examples)
    assert any(example.answer is not None for example in examples) or question_type.name == "statement"


@each_type
def test_settings_explain_themselves(question_type: QuestionType) -> None:
    """Each setting has a title and a description, and its schema takes the default."""
    Draft202012Validator.check_schema(settings_schema(question_type))
    for name, schema in question_type.settings.items():
        assert schema["title"], name
        assert schema["description"].endswith("."), name
    assert question_type.defaults.keys() <= question_type.settings.keys()
    defaults = json.loads(json.dumps(dict(question_type.defaults)))
    assert Draft202012Validator(settings_schema(question_type)).is_valid(defaults)


@each_type
def test_an_unknown_format_function_or_limit_is_refused_by_the_settings(question_type: QuestionType) -> None:
    """A setting never takes just anything."""
    for name, schema in question_type.settings.items():
        assert not Draft202012Validator(schema).is_valid({"nothing": ["like it"]}), name


@each_example
def test_an_example_comes_out_as_it_says(question_type: QuestionType, example: Example) -> None:
    """Reading, limits and working out give the example's answer or code."""
    assert outcome(asked(question_type.name, example.settings), example) == (example.answer, example.code)


@each_example
def test_an_example_has_lawful_settings(question_type: QuestionType, example: Example) -> None:
    """The settings of examples pass their schema and the type's own check."""
    own = {name: value for name, value in example.settings.items() if name in question_type.settings}
    assert Draft202012Validator(settings_schema(question_type)).is_valid(own)
    assert question_type.check(asked(question_type.name, example.settings)) == ()


@each_example
def test_the_answer_schema_agrees_with_reading(question_type: QuestionType, example: Example) -> None:
    """What is read as an answer passes the schema; what passes is an answer, unless `$comment` says what is left."""
    question = asked(question_type.name, example.settings)
    schema = question.handler.answer_schema(question)
    Draft202012Validator.check_schema(schema)
    answer, code = outcome(question, without_surroundings(example))
    passes = validator(question).is_valid(example.value)
    if answer is not None and question_type.takes_answer:
        assert passes or "\r" in example.value
        assert validator(question).is_valid(answer)
    elif code not in ("too_few", "too_many"):
        assert not passes or "$comment" in schema


@each_example
def test_a_page_shows_and_posts_back_what_is_stored(question_type: QuestionType, example: Example) -> None:
    """An answer survives the page unchanged; whatever was typed is shown again and reads back the same."""
    question = asked(question_type.name, example.settings)
    if question_type.name == "rows" or not question_type.takes_answer:
        assert through_the_page(question, example.value) is None
        return
    answer = read_or_none(question, example.value)
    if answer is not None:
        assert through_the_page(question, answer) == answer
    once = through_the_page(question, example.value)
    assert through_the_page(question, once) == once


@each_example
def test_an_answer_is_shown_in_words(question_type: QuestionType, example: Example) -> None:
    """There are words in any language, and in English they are the example's own."""
    question = asked(question_type.name, example.settings)
    for language in ("en", "cy", "fr") if example.answer is not None else ():
        words = question_type.display(question, example.answer, language)
        assert words
        assert language != "en" or example.display in (None, words)


@each_example
def test_an_answer_is_exported_cell_by_cell(question_type: QuestionType, example: Example) -> None:
    """There is one text for each export column, and no two columns have the same name."""
    question = asked(question_type.name, example.settings)
    columns = question_type.export_columns(question, "en")
    assert len({column.suffix for column in columns}) == len(columns)
    if example.answer is not None:
        cells = question_type.export(question, example.answer, "en")
        assert len(columns) == len(cells)
        assert all(isinstance(cell, str) for cell in cells)


@each_example
def test_samples_are_answers(question_type: QuestionType, example: Example) -> None:
    """Every sample for proofs is an answer within the type's own limits, a text in a format however it is spelt."""
    question = asked(question_type.name, example.settings)
    samples = question_type.samples(question, [example.answer])
    assert bool(samples) == question_type.takes_answer
    for sample in samples:
        alone = Example(example.settings, sample)
        answer, code = outcome(question, alone)
        assert (answer is None, code) == (False, None)
        assert answer == sample or "format" in example.settings


BAD_SETTINGS: list[tuple[str, dict[str, Any], str]] = [
    ("number", {"minimum": 5, "maximum": 4}, "limits_crossed"),
    ("number", {"minimum": 1.25, "maximum": 1.75, "integer": True}, "no_answer_possible"),
    ("number", {"step": 0.5, "integer": True}, "wrong_step"),
    ("choice", {"options": [{"value": "a", "label": "A"}], "headings": {"g": "G"}}, "heading_without_options"),
    ("scale", {"minimum": 3, "maximum": 3}, "limits_crossed"),
    ("scale", {"minimum": -100, "maximum": 100}, "scale_too_long"),
    ("date", {"partial": True, "time": True}, "partial_with_time"),
    ("date", {"not_before": "2026-03-02", "not_after": "2026-03-01"}, "limits_crossed"),
    ("person", {"ask": ["born"]}, "no_answer_possible"),
    ("rows", {"columns": [], "minimum_rows": 3, "maximum_rows": 2}, "limits_crossed"),
    ("worked_out", {"function": "add_days", "of": ["visited_on"]}, "wrong_number_of_inputs"),
    ("worked_out", {"function": "count", "of": ["people", "areas"]}, "wrong_number_of_inputs"),
]


@pytest.mark.parametrize(("type_name", "settings", "code"), BAD_SETTINGS)
def test_settings_that_leave_no_answer_are_told(type_name: str, settings: dict[str, Any], code: str) -> None:
    """The check names the setting, says what is wrong and how to mend it."""
    question = asked(type_name, settings)
    (fault,) = question.handler.check(question)
    assert fault.code == code
    assert fault.pointer.split("/")[1] in question.handler.settings
    assert fault.message
    assert fault.mend
