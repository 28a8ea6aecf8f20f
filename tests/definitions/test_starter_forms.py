"""What every form that comes with Pith promises: short, few demands, one thing a question, room to think."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.definition import Definition, Question
from engine.proofs import prove
from tests.definitions.library import LIBRARY, definition, name
from webapp.library import shipped_definitions

FORMS = list(shipped_definitions())
VISIT = definition(LIBRARY / "visit" / "1.json")
SHARED = ("people", "identify", "injuries", "accounts", "steps")
"""Rows of the visit that other forms ask for too, under the same id."""

every_form = pytest.mark.parametrize("path", FORMS, ids=name)


def all_questions(form: Definition) -> Iterator[Question]:
    for question in form.questions:
        yield question
        yield from question.columns


@every_form
def test_it_stays_within_a_budget_of_twenty_two(path: Path) -> None:
    """For one child, whoever the child is; that is proved, not counted on an example."""
    form = definition(path)
    longest = prove(form).longest_path
    assert longest.exact
    assert longest.questions <= form.budget["longest_path"] <= 22


@every_form
def test_at_most_eight_questions_must_be_answered(path: Path) -> None:
    """More would breed padding."""
    assert sum(question.required for question in definition(path).questions) <= 8


@every_form
def test_every_label_asks_one_thing(path: Path) -> None:
    """One question mark at most, and no "and" between two questions."""
    for question in all_questions(definition(path)):
        label = str(question.label)
        assert label.count("?") <= 1, question.id
        assert ", and " not in label, question.id


@every_form
def test_thinking_has_room_of_its_own(path: Path) -> None:
    """At least three questions are analytic writing, and facts are never written in them."""
    analytic = [question for question in definition(path).questions if question.type == "analysis"]
    assert len(analytic) >= 3
    assert all(question.kind == "analysis" for question in analytic)


@every_form
def test_every_decision_has_its_reason(path: Path) -> None:
    """Some question or column gives the reason for each decision that is not a list of them."""
    asked = list(all_questions(definition(path)))
    decisions = {question.id for question in asked if question.kind == "decision" and not question.columns}
    assert decisions <= {question.reason_for for question in asked}


@every_form
def test_what_must_not_be_dropped_must_be_answered(path: Path) -> None:
    """A protected question is required and offers no "not known yet" that would close what follows it."""
    protected = [question for question in definition(path).questions if question.protected]
    assert all(question.required and not question.not_known for question in protected)


@every_form
def test_rows_that_forms_share_begin_with_the_columns_of_the_visit(path: Path) -> None:
    """The same ids, types and options in the same order, so that what one form knows can be offered in the next."""
    form = definition(path)
    for rows in (form.by_id[each] for each in SHARED if each in form.by_id):
        first = VISIT.by_id[rows.id]
        columns = rows.columns[: len(first.columns)]
        assert [(each.id, each.type) for each in columns] == [(each.id, each.type) for each in first.columns], rows.id
        for mine, visits in zip(columns, first.columns, strict=True):
            assert mine.options == visits.options, (rows.id, mine.id)
        assert rows.running_list == first.running_list
