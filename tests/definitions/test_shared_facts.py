"""One fact is asked for in one way: what one form knows can be offered in the next."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from engine.definition import Question
from tests.definitions.library import definition, starter_files

Shape = tuple[Any, ...]


def asked_for() -> Mapping[str, Mapping[str, Question]]:
    """The questions of the starter forms by the fact they ask for, each by its form's id."""
    found: dict[str, dict[str, Question]] = {}
    for path in starter_files():
        for question in definition(path).questions:
            if question.concept is not None:
                found.setdefault(question.concept, {})[path.parent.name] = question
    return found


def shape(question: Question) -> Shape:
    """What an answer must fit: type, options in their order, code list, and how exact a date is."""
    settings = [question.settings.get(each) for each in ("partial", "time", "unit", "format")]
    return question.type, tuple(option.value for option in question.options), question.code_list, *settings


SHARED = {concept: forms for concept, forms in asked_for().items() if len(forms) > 1}
PASSED_ON = {"plan.goals": ["hope"]}
"""Lists whose forms share less than the shortest: one form writes the hopes, others only say how each is going."""
FACTS = pytest.mark.parametrize("concept", SHARED)


def test_the_forms_share_the_facts_that_pass_from_one_to_the_next() -> None:
    """People, injuries, hopes and the rest are asked for by more than one form, or there would be nothing to offer."""
    assert {"child.people", "child.unidentified", "child.injuries", "child.words", "plan.goals"} <= SHARED.keys()


@FACTS
def test_one_fact_has_one_type_and_the_same_options(concept: str) -> None:
    """An answer to it is valid in every form that asks for it."""
    first, *others = SHARED[concept].items()
    for form, question in others:
        assert shape(question) == shape(first[1]), f"{first[0]} and {form}"


@FACTS
def test_lists_of_one_fact_begin_with_the_same_columns(concept: str) -> None:
    """The shortest list is the beginning of every other; a form that needs more adds it at the end."""
    lists = {form: [column.id for column in question.columns] for form, question in SHARED[concept].items()}
    core = PASSED_ON.get(concept) or min(lists.values(), key=len)
    assert {form: columns[: len(core)] for form, columns in lists.items()} == dict.fromkeys(lists, core)


@FACTS
def test_a_column_that_two_forms_have_is_the_same_column(concept: str) -> None:
    """What stands in a row of one form can stand in the other's."""
    for (one, first), (other, second) in combinations(SHARED[concept].items(), 2):
        theirs = {column.id: shape(column) for column in second.columns}
        for column in first.columns:
            assert theirs.get(column.id, shape(column)) == shape(column), f"{column.id} of {one} and {other}"


@FACTS
def test_one_fact_joins_one_list_and_is_offered_or_asked_afresh_alike(concept: str) -> None:
    """A child's list is fed by every form that asks for the fact, and no form offers what another asks afresh."""
    ways = {(question.running_list, question.carry_forward) for question in SHARED[concept].values()}
    assert len(ways) == 1, concept


def test_rows_that_are_called_as_on_the_visit_begin_with_its_columns() -> None:
    """Accounts, which each form keeps for itself, are written down in the same way on every form."""
    visit, *others = sorted((definition(path) for path in starter_files()), key=lambda form: form.form != "visit")
    for rows in visit.questions:
        for form in others:
            mine = form.by_id.get(rows.id)
            if mine is not None and rows.id != "goals":
                columns = [(column.id, shape(column)) for column in mine.columns[: len(rows.columns)]]
                assert columns == [(column.id, shape(column)) for column in rows.columns], f"{rows.id} of {form.form}"
