"""Numbers, options, people, rows and worked-out values: the cases their examples do not show."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from engine.question_types._numbers import typed_number, written_number
from engine.question_types.base import HARD_CAP, InvalidAnswer, NotKnown
from tests.engine.question_types.questions import asked, read_or_none, validator


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("95", 95),
        (" 95 ", 95),
        ("1,000", 1000),
        ("1,000.50", 1000.5),
        ("+5", 5),
        ("\u22125", -5),
        ("-0.5", -0.5),
        (".5", 0.5),
        ("5.", 5),
        ("0", 0),
        ("007", 7),
        ("abc", "abc"),
        ("95%", "95%"),
        ("1,00", "1,00"),
        ("1e5", "1e5"),
        ("nan", "nan"),
        ("-", "-"),
        ("9" * 399 + ".5", "9" * 399 + ".5"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_typed_number_is_a_number_or_kept_as_typed(typed: str, stored: Any) -> None:
    """What people write as a number is one; anything else stays as it is and is refused later."""
    assert typed_number(typed) == stored
    if isinstance(stored, str):
        with pytest.raises(InvalidAnswer, match="not_a_number"):
            asked("number").handler.read(asked("number"), stored)


@settings(max_examples=80)
@given(st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15))
def test_a_number_written_out_is_typed_back(value: float) -> None:
    """No digit is lost between store and page."""
    assert typed_number(written_number(value)) == value


@settings(max_examples=80)
@given(tenths=st.integers(-1000, 1000), step=st.sampled_from([0.1, 0.2, 0.25, 5]), start=st.sampled_from([0, 0.1, 2]))
def test_steps_are_exact_and_the_schema_agrees(tenths: int, step: float, start: float) -> None:
    """A tenth is a tenth: no rounding refuses 0.3 in steps of 0.1, and the schema's short list says the same."""
    question = asked("number", {"step": step, "minimum": start, "maximum": start + 20})
    value = tenths / 10
    inside = start <= value <= start + 20
    on_step = inside and (tenths * 100 - round(start * 1000)) % round(step * 1000) == 0
    assert (read_or_none(question, value) is not None) == on_step
    assert validator(question).is_valid(value) == on_step


def test_whole_steps_without_an_end_are_a_multiple_in_the_schema() -> None:
    """Steps of 5 from 0 need no list."""
    question = asked("number", {"step": 5})
    assert question.handler.answer_schema(question)["multipleOf"] == 5
    assert validator(question).is_valid(1_000_000_000)
    assert not validator(question).is_valid(7)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_in_json_is_refused(value: float) -> None:
    """Not-a-number and the infinities never become answers."""
    for name in ("number", "scale"):
        with pytest.raises(InvalidAnswer, match="not_a_number"):
            asked(name).handler.read(asked(name), value)


def test_text_of_the_greatest_length_is_kept_letter_by_letter() -> None:
    """100,000 characters pass; one more is too long even where the form allows it."""
    question = asked("long_text", {"max_length": HARD_CAP})
    text = "é\n" * (HARD_CAP // 2)
    assert question.handler.read(question, text) == text
    assert question.handler.read(question, text.replace("\n", "\r\n")) == text
    with pytest.raises(InvalidAnswer, match="too_long") as refused:
        question.handler.read(question, text + "x")
    assert refused.value.finding.detail == {"limit": HARD_CAP, "length": HARD_CAP + 1}


def test_an_exclusive_option_is_named_by_its_label() -> None:
    """The message can say which option stands alone."""
    options = [{"value": "a", "label": "Health"}, {"value": "none", "label": "None of these", "exclusive": True}]
    question = asked("choices", {"options": options})
    with pytest.raises(InvalidAnswer, match="exclusive") as refused:
        question.handler.read(question, ["a", "none"])
    assert refused.value.finding.detail == {"option": "None of these"}


def test_several_exclusive_options_exclude_each_other() -> None:
    """Two options that each stand alone cannot stand together; either may stand alone, twice over too."""
    options = [{"value": each, "label": each, "exclusive": True} for each in "ab"]
    question = asked("choices", {"options": options})
    assert read_or_none(question, ["a", "b"]) is None
    assert not validator(question).is_valid(["a", "b"])
    assert read_or_none(question, ["b", "b"]) == ["b"]
    assert validator(question).is_valid(["b", "b"])


def test_labels_follow_the_language() -> None:
    """A radio's choices and an answer's words are in the language asked for."""
    question = asked("yes_no")
    field: Any = BaseForm([("q", question.handler.field(question, "cy"))])["q"]
    assert dict(field.choices) == {"yes": "Ie", "no": "Nage"}
    assert field.label.text == "Gofynnwyd"
    assert question.handler.display(question, "yes", "cy") == "Ie"


def test_scale_ends_have_their_words_on_the_page() -> None:
    """Each number is one choice; the ends say what they mean."""
    question = asked("scale", {"minimum": 1, "maximum": 3, "minimum_label": "Low", "maximum_label": "High"})
    field: Any = BaseForm([("q", question.handler.field(question, "en"))])["q"]
    assert dict(field.choices) == {"1": "1: Low", "2": "2", "3": "3: High"}


def test_details_of_a_person_that_were_not_asked_are_not_lost() -> None:
    """What another form knew about a person is drawn where it is filled, and posted back."""
    question = asked("person", {"ask": ["name"]})
    form = BaseForm([("q", question.handler.field(question, "en"))])
    form.process(data={"q": question.handler.to_field(question, {"name": "Kit", "role": "coach"})})
    field: Any = form["q"]
    assert [(each.part.name, each.name, each.value) for each in field.inputs] == [
        ("name", "q-name", "Kit"),
        ("role", "q-role", "coach"),
    ]


def test_evidence_is_ticked_and_posted_beside_the_text() -> None:
    """The text and the ids ticked come back as one answer; nothing ticked leaves the text alone."""
    question = asked("analysis", {"evidence": True})
    form = BaseForm([("q", question.handler.field(question, "en"))])
    form.process(formdata=MultiDict([("q-text", "He waits."), ("q-evidence", "seen"), ("q-evidence", "people")]))
    posted = question.handler.from_field(question, form["q"])
    assert posted == {"text": "He waits.", "evidence": ["seen", "people"]}
    form.process(formdata=MultiDict([("q-text", "He waits.")]))
    assert question.handler.from_field(question, form["q"]) == "He waits."


def test_rows_are_read_out_cell_by_cell() -> None:
    """Cells that are not known yet say so and what is being done; empty ones are left out."""
    columns = [
        {"id": "who", "type": "short_text", "kind": "fact", "label": "Who", "why": "Names"},
        {"id": "on", "type": "date", "kind": "fact", "label": "Since", "why": "Order"},
    ]
    question = asked("rows", {"columns": columns})
    rows = [
        {"id": "r1", "who": "Aunt", "on": NotKnown("Asking her")},
        {"id": "r2", "who": {"not_known": True}},
        {"id": "r3", "on": "2026-03-02"},
    ]
    assert question.handler.display(question, rows, "en") == (
        "1. Who: Aunt. Since: Not known yet: Asking her\n2. Who: Not known yet\n3. Since: 2 March 2026"
    )


WORKED_OUT: list[tuple[str, list[Any], Any]] = [
    ("add_days", ["2026-02-27", 2], "2026-03-01"),
    ("add_days", ["2026-02-27T10:00", -1], "2026-02-26"),
    ("add_days", ["2026-02-27", 1.9], "2026-02-28"),
    ("add_days", ["2026-02-27", 10**15], None),
    ("add_days", ["2026-02", 2], None),
    ("add_days", ["2026-02-27", NotKnown()], None),
    ("days_between", ["2026-03-04", "2026-03-02"], -2),
    ("days_between", ["2026", "2026-03-02"], None),
    ("age", ["2026-03-02", "2025-03-02"], None),
    ("count", [["health", "warmth"]], 2),
    ("count", [[]], None),
    ("sum", [[1, 2.5], 0.5], 4),
    ("sum", [0.1, 0.2], 0.3),
    ("sum", [10**15, 0.5], 1000000000000000.5),
    ("sum", [1, None], None),
]


@pytest.mark.parametrize(("function", "inputs", "value"), WORKED_OUT)
def test_a_value_is_worked_out_only_from_what_is_fully_known(function: str, inputs: list[Any], value: Any) -> None:
    """Missing, unknown and partial inputs leave it empty; sums are exact."""
    names = [f"input_{number}" for number in range(len(inputs))]
    question = asked("worked_out", {"function": function, "of": names})
    assert question.handler.reads(question) == tuple(names)
    found = question.handler.work_out(question, dict(zip(names, inputs, strict=True)).get, "2026-03-05")
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("name", ["number", "scale"])
def test_a_number_longer_than_any_float_is_refused_like_other_large_ones(name: str) -> None:
    """Whoever holds a key down gets a message, not a failure."""
    typed = typed_number("9" * 399)
    assert typed == int("9" * 399)
    with pytest.raises(InvalidAnswer, match="too_large"):
        asked(name).handler.read(asked(name), typed)
