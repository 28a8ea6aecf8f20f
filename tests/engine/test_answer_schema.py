"""The schema of a form's answers takes exactly the answers with which the form is complete."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry

from benchmarks.edits import edits, filled
from benchmarks.generate import context_json, form_json
from engine.answers import Problem, complete
from engine.dates import compare
from engine.definition import Definition, definition_from_json
from engine.journey import Context, context_from_json
from engine.operators import OPERATORS
from engine.schema import answer_schema
from engine.schema.literals import answer_where
from engine.schema.rows import MOST_TESTS, TooManyCases
from tests.definitions import library
from tests.engine.finishing import finished
from tests.engine.forms import form, question, section

Json = Any
BEYOND_JSON_SCHEMA = {"too_early", "too_late", "bad_format", "wrong_step"}
DATES = ["2019", "2020", "2020-01", "2020-02", "2020-01-01", "2020-01-02", "2020-01-01T00:00", "2020-02-10T09:30"]


def validator(definition: Definition, context: Context) -> Draft202012Validator:
    return Draft202012Validator(answer_schema(definition, context), registry=Registry())


def is_beyond(definition: Definition, problem: Problem) -> bool:
    """Whether a problem is one of those that the schema names in `$comment` as beyond it."""
    place = problem.place
    question = definition.find(f"{place.question}.{place.column}" if place.column else place.question)
    if question is None or problem.code not in BEYOND_JSON_SCHEMA:
        return False
    return "$comment" in question.handler.answer_schema(question)


def drafts(form: Json, definition: Definition, context: Json, seed: int) -> Iterator[Mapping[str, Json]]:
    """Drafts on the way of some edits, each finished, and the last with one more edit at a time."""
    draft: dict[str, Json] = filled(form, context, seed) if seed % 2 else {}
    known = context_from_json(context)
    complete_draft = finished(definition, draft, known)
    for change in edits(form, context, seed, 6, draft):
        draft = {**draft, **change}
        complete_draft = finished(definition, draft, known)
        yield from (draft, complete_draft)
    for change in edits(form, context, seed + 1, 8, complete_draft):
        yield {**complete_draft, **change}


MOST_LEFT_OUT = 40
"""Answers up to which each is left out in turn: only the longest form of all has more."""


@settings(max_examples=48)
@given(st.integers(0, 10**6), st.integers(1, 14))
def test_the_schema_takes_exactly_what_has_no_problem(seed: int, questions: int) -> None:
    """Whatever the form, the children and the draft, limits named in `$comment` apart."""
    made, context = form_json(questions, seed), context_json(seed)
    definition = definition_from_json(made)
    agree(definition, context_from_json(context), drafts(made, definition, context, seed))


def agree(definition: Definition, context: Context, answers: Iterator[Mapping[str, Json]]) -> None:
    """Hold the schema to `complete` over some answers."""
    checker = validator(definition, context)
    for draft in answers:
        problems = complete(definition, draft, context)
        if not any(is_beyond(definition, problem) for problem in problems):
            assert checker.is_valid(draft) == (not problems), (draft, problems)


@pytest.mark.parametrize("path", library.case_files(), ids=library.name)
def test_the_schema_agrees_over_every_shipped_case(path: Path) -> None:
    """The case's draft, the draft finished, and the finished one with each answer taken out, of very many every nth."""
    case = library.case(path)
    context = context_from_json(case.context or {})
    complete_draft = finished(case.definition, case.answers, context)
    every = list(complete_draft)[:: 1 + len(complete_draft) // MOST_LEFT_OUT]
    shorter = ({k: v for k, v in complete_draft.items() if k != left_out} for left_out in every)
    agree(case.definition, context, iter([case.answers, complete_draft, *shorter]))
    assert not complete(case.definition, complete_draft, context)


def test_the_schema_is_valid_and_written_for_any_validator() -> None:
    """It follows the dialect it names and refers to nothing outside itself."""
    definition = definition_from_json(form_json(60, 4))
    schema = answer_schema(definition, context_from_json(context_json(4)))
    Draft202012Validator.check_schema(schema)
    references = {part.split('"')[0] for part in json.dumps(schema).split('"$ref": "')[1:]}
    assert references
    assert all(reference.startswith("#/$defs/") for reference in references)
    assert {reference.removeprefix("#/$defs/") for reference in references} <= schema["$defs"].keys()


def test_the_schema_grows_no_faster_than_the_form() -> None:
    """A chain of follow-ups, each opened by the two before it, is written in a size that grows with its length."""

    def size(length: int) -> int:
        questions = [question("q0", "yes_no"), question("q1", "yes_no")]
        for number in range(2, length):
            leaves = [{"question": f"q{number - back}", "is": "yes"} for back in (1, 2)]
            questions.append(question(f"q{number}", "yes_no", show_when={"any": leaves}))
        return len(json.dumps(answer_schema(form(*questions))))

    assert size(80) - size(40) <= 1.1 * (size(40) - size(0) + 50)


def test_what_cannot_be_said_is_named() -> None:
    """Date limits, check digits and the like stand in `$comment`, by question."""
    made = form(
        question("nhs", "short_text", format="nhs_number"),
        question("on", "date", not_after="today"),
        question("people", "rows", columns=[question("born", "date", not_before="on")]),
    )
    comment = answer_schema(made)["$comment"]
    assert "nhs: the last digit is the check digit" in comment
    assert "on: not_after today" in comment
    assert "people: no two rows have the same id" in comment
    assert "people.born: not_before on" in comment


def test_facts_and_the_day_are_compiled_in() -> None:
    """The same answers are complete for one child and not for another."""
    leaf = {"child": "age", "less_than": 2}
    made = form(section("each", question("sleep", required=True, show_when=leaf), per_child=True))
    baby = context_from_json({"today": "2026-03-05", "children": [{"id": "c1", "born": "2025-06-01"}]})
    pupil = context_from_json({"today": "2026-03-05", "children": [{"id": "c1", "born": "2018-06-01"}]})
    assert not validator(made, baby).is_valid({})
    assert validator(made, baby).is_valid({"sleep": {"c1": "Own cot"}})
    assert validator(made, pupil).is_valid({})
    assert Draft202012Validator(answer_schema(made), registry=Registry()).is_valid({})


def test_rows_that_read_too_much_outside_are_refused_in_words() -> None:
    """Every case is written out, so there is a most; it is told, not passed over."""
    outside = [question(f"q{number}", "yes_no") for number in range(MOST_TESTS + 1)]
    columns = [
        question(f"k{number}", show_when={"question": f"q{number}", "is": "yes"}) for number in range(MOST_TESTS + 1)
    ]
    answer_schema(form(*outside, question("people", "rows", columns=columns[:-1])))
    with pytest.raises(TooManyCases, match="people"):
        answer_schema(form(*outside, question("people", "rows", columns=columns)))


@pytest.mark.parametrize("limit", DATES)
@pytest.mark.parametrize("answer", DATES)
def test_dates_are_compared_as_the_engine_does(answer: str, limit: str) -> None:
    """Partial dates and times too: the pattern takes a date exactly where the operator holds."""
    for operator, holds in (("before", compare(answer, limit) < 0), ("after", compare(answer, limit) > 0)):
        assert Draft202012Validator(answer_where(operator, limit, True)).is_valid(answer) == holds


def test_every_operator_has_its_schema() -> None:
    """A new operator is not forgotten here; `any_row` is said with the rows it is asked of."""
    operands = {"values": ("a",), "number": 1, "date": "2020-01-01", "group": ("a",)}
    for name, operator in OPERATORS.items():
        if operator.operand != "condition":
            Draft202012Validator.check_schema(answer_where(name, operands.get(operator.operand, "a"), True))
