"""Laws that hold for every type and any JSON value, however strange."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.question_types import question_types
from engine.question_types.base import InvalidAnswer, QuestionType, is_blank
from tests.engine.question_types.questions import asked, read_or_none, through_the_page, validator

TYPES = [each for each in question_types().values() if each.takes_answer]
each_type = pytest.mark.parametrize("question_type", TYPES, ids=[each.name for each in TYPES])

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
keys = st.sampled_from(["id", "text", "evidence", "name", "description", "born", "day", "year"]) | st.text(max_size=4)
any_json = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=8
)


def values_for(question_type: QuestionType) -> st.SearchStrategy[Any]:
    """Any JSON, or something built from the type's examples, so that answers are met too."""
    known = st.sampled_from([example.value for example in question_type.examples])
    return st.one_of(known, any_json, st.lists(known, max_size=3), st.dictionaries(keys, known, max_size=3))


def questions_for(question_type: QuestionType) -> st.SearchStrategy[Any]:
    """The questions of the type's examples."""
    return st.sampled_from([asked(question_type.name, example.settings) for example in question_type.examples])


@each_type
@settings(max_examples=30)
@given(data=st.data())
def test_reading_refuses_or_gives_what_it_reads_again(question_type: QuestionType, data: st.DataObject) -> None:
    """Reading raises nothing but InvalidAnswer, and an answer reads back as itself."""
    question, value = data.draw(questions_for(question_type)), data.draw(values_for(question_type))
    try:
        answer = question_type.read(question, value)
    except InvalidAnswer:
        return
    assert (answer is None) or not is_blank(answer)
    assert question_type.read(question, answer) == answer
    if answer is not None:
        question_type.limit(question, answer, lambda _name: None, "2026-03-05")
        if question_type.name != "rows":
            question_type.display(question, answer, "en")
            question_type.export(question, answer, "en")


@each_type
@settings(max_examples=30)
@given(data=st.data())
def test_the_schema_accepts_what_is_read_as_an_answer(question_type: QuestionType, data: st.DataObject) -> None:
    """Schema and reading agree on any JSON, but for what `$comment` names and the length before line ends are read."""
    question, value = data.draw(questions_for(question_type)), data.draw(values_for(question_type))
    schema, commented = validator(question), "$comment" in question_type.answer_schema(question)
    passes, answer = schema.is_valid(value), read_or_none(question, value)
    if answer is None:
        assert not passes or commented
    else:
        assert passes or "\r" in str(value)
        assert schema.is_valid(answer)


@each_type
@settings(max_examples=30)
@given(data=st.data())
def test_posting_a_page_twice_changes_nothing(question_type: QuestionType, data: st.DataObject) -> None:
    """Whatever is stored can be shown; an answer comes back equal, anything else is the same from then on."""
    question, value = data.draw(questions_for(question_type)), data.draw(values_for(question_type))
    once = through_the_page(question, value)
    assert through_the_page(question, once) == once
    answer = read_or_none(question, value)
    if answer is not None and question_type.name != "rows":
        assert through_the_page(question, answer) == answer
