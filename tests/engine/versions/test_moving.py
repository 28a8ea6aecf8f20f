"""Moving an assessment to another version of its form loses nothing, and says what it did."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.edits import filled
from benchmarks.generate import context_json, form_json
from engine.definition import Definition, definition_from_json
from engine.journey import ONE_CHILD, Child, Context, context_from_json
from engine.places import Place, parse_place
from engine.versions import Moved, move
from tests.engine.forms import form, question, section
from tests.engine.versions.changed_forms import another_version

Json = Any
TWO = Context("2026-03-05", (Child("c1"), Child("c2")))
SEEN = [{"value": "alone", "label": "Alone"}, {"value": "not_seen", "label": "Not seen"}]
NOT_KNOWN = {"not_known": True, "doing": "Asking the school"}


def places(*written: str) -> tuple[Place | None, ...]:
    return tuple(parse_place(each) for each in written)


def left(moved: Moved) -> dict[str, tuple[str, str]]:
    """What has no place, as place -> code and text."""
    return {str(each.place): (each.code, each.text) for each in moved.no_place}


def one(old: Json, new: Json, value: Json, context: Context = ONE_CHILD) -> Moved:
    """Move the answer of a form of one question to another."""
    return move({"a": value}, form(question("a", **old)), form(question("a", **new)), context)


@pytest.mark.parametrize(
    ("old", "new", "value", "after"),
    [
        ({"kind_of": "short_text"}, {"kind_of": "long_text"}, "He sleeps well", "He sleeps well"),
        ({"kind_of": "long_text"}, {"kind_of": "analysis"}, "He waits", "He waits"),
        ({"kind_of": "long_text"}, {"kind_of": "short_text"}, "Short", "Short"),
        ({"kind_of": "choice"}, {"kind_of": "choices"}, "red", ["red"]),
        ({"kind_of": "choices"}, {"kind_of": "choice"}, ["red"], "red"),
        ({"kind_of": "yes_no"}, {"kind_of": "choice", "options": [{"value": "yes", "label": "Y"}]}, "yes", "yes"),
        ({"kind_of": "choice", "options": [{"value": "no", "label": "N"}]}, {"kind_of": "yes_no"}, "no", "no"),
        ({"kind_of": "scale"}, {"kind_of": "number"}, 6, 6),
        ({"kind_of": "date"}, {"kind_of": "date", "partial": True}, "2026-03-02", "2026-03-02"),
        ({"kind_of": "short_text"}, {"kind_of": "date"}, NOT_KNOWN, NOT_KNOWN),
        ({"kind_of": "short_text"}, {"kind_of": "short_text", "label": "Reworded?"}, "x", "x"),
    ],
)
def test_an_answer_that_another_type_reads_the_same_is_kept(old: Json, new: Json, value: Json, after: Json) -> None:
    """Where nothing is lost, the answer goes along."""
    moved = one(old, new, value)
    assert (moved.answers, moved.no_place) == ({"a": after}, ())


@pytest.mark.parametrize(
    ("old", "new", "value", "code", "text"),
    [
        ({"kind_of": "long_text"}, {"kind_of": "short_text"}, "x" * 201, "other_type", "x" * 201),
        ({"kind_of": "choices"}, {"kind_of": "choice"}, ["red", "blue"], "other_type", "Red\nBlue"),
        ({"kind_of": "choice"}, {"kind_of": "yes_no"}, "red", "other_type", "Red"),
        ({"kind_of": "number"}, {"kind_of": "short_text"}, 7, "other_type", "7"),
        ({"kind_of": "number"}, {"kind_of": "scale", "maximum": 5}, 7, "other_type", "7"),
        ({"kind_of": "date"}, {"kind_of": "long_text"}, "2026-03-02", "other_type", "2 March 2026"),
        ({"kind_of": "date"}, {"kind_of": "number"}, "last spring", "other_type", "last spring"),
        ({"kind_of": "choice"}, {"kind_of": "choice", "options": SEEN}, "red", "option_gone", "Red"),
        ({}, {"not_known": False}, NOT_KNOWN, "not_known_gone", "Not known yet: Asking the school"),
        ({"kind_of": "short_text"}, {"kind_of": "statement"}, "Kept", "other_type", "Kept"),
    ],
)
def test_an_answer_without_a_place_is_listed_as_it_read(
    old: Json, new: Json, value: Json, code: str, text: str
) -> None:
    """What cannot go along is told in the words it had in the old version."""
    moved = one(old, new, value)
    assert (moved.answers, left(moved)) == ({}, {"a": (code, text)})


def test_a_question_that_is_gone_leaves_its_answer_in_the_list() -> None:
    """Its label and its text are told, child by child where it was asked so."""
    old = form(question("a", label="Where?"), question("b", per_child=True))
    moved = move({"a": "Here", "b": {"c1": "X", "c2": " "}}, old, form(question("c")), TWO)
    assert left(moved) == {"a": ("question_gone", "Here"), "b[c1]": ("question_gone", "X")}
    assert moved.no_place[0].words == "“Where?” is no longer asked."


def test_of_several_options_only_those_that_are_gone_have_no_place() -> None:
    """The rest of the choice stays."""
    gone = [{"value": "red", "label": "Red"}]
    moved = one({"kind_of": "choices"}, {"kind_of": "choices", "options": gone}, ["red", "blue"])
    assert (moved.answers, left(moved)) == ({"a": ["red"]}, {"a": ("option_gone", "Blue")})
    assert [each.code for each in moved.changed] == ["options_gone"]


def test_an_answer_over_a_new_limit_is_kept_to_be_mended() -> None:
    """A text that is now too long stays with the question, and the change says so."""
    moved = one({"kind_of": "long_text"}, {"kind_of": "long_text", "max_length": 3}, "Longer")
    assert (moved.answers, moved.no_place) == ({"a": "Longer"}, ())
    assert [each.code for each in moved.changed] == ["no_longer_valid"]


def test_an_answer_that_was_never_valid_stays_as_it_was_typed() -> None:
    """What the worker still has to mend is not taken away."""
    moved = one({"kind_of": "number"}, {"kind_of": "number", "maximum": 5}, "seven")
    assert (moved.answers, moved.kept) == ({"a": "seven"}, places("a"))


def test_evidence_that_is_no_longer_asked_is_listed_and_the_writing_kept() -> None:
    """Text and evidence part ways."""
    value = {"text": "He waits", "evidence": ["seen"]}
    moved = one({"kind_of": "analysis", "evidence": True}, {"kind_of": "analysis"}, value)
    assert (moved.answers, [each.code for each in moved.no_place]) == ({"a": "He waits"}, ["evidence_gone"])


def test_cells_move_one_by_one() -> None:
    """A column that is gone or retyped leaves its cells in the list; the row and its other cells stay."""
    old = question("people", "rows", columns=[question("who"), question("age", "number"), question("tie", "choice")])
    new = question("people", "rows", columns=[question("who", "long_text"), question("tie", "date")])
    rows = [{"id": "r1", "who": "Kit", "age": 7, "tie": "red"}, {"id": "r2", "age": " "}]
    moved = move({"people": rows}, form(old), form(new))
    assert moved.answers == {"people": [{"id": "r1", "who": "Kit"}, {"id": "r2"}]}
    assert left(moved) == {"people[0].age": ("column_gone", "7"), "people[0].tie": ("other_type", "Red")}


@pytest.mark.parametrize(
    ("value", "context", "answers", "unplaced"),
    [
        ("X", Context(), {"a": {"c1": "X"}}, {}),
        ("X", TWO, {}, {"a": ("asked_for_each_child", "X")}),
    ],
)
def test_what_is_now_asked_for_each_child(value: Json, context: Context, answers: Json, unplaced: Json) -> None:
    """The only child's answer is wrapped; of several children nobody can say whose it was."""
    moved = one({}, {"per_child": True}, value, context)
    assert (moved.answers, left(moved)) == (answers, unplaced)


@pytest.mark.parametrize(
    ("value", "context", "answers", "unplaced"),
    [
        ({"c1": "X"}, Context(), {"a": "X"}, {}),
        ({"c1": "X", "c2": "X"}, TWO, {"a": "X"}, {}),
        ({"c1": "X", "c2": "Y"}, TWO, {}, {"a[c1]": ("asked_once", "X"), "a[c2]": ("asked_once", "Y")}),
        ({"c1": "X"}, TWO, {}, {"a[c1]": ("asked_once", "X")}),
        ({"c1": "X", "c9": "Z"}, Context(), {"a": "X"}, {"a[c9]": ("asked_once", "Z")}),
        ("odd", TWO, {}, {"a": ("asked_once", "odd")}),
    ],
)
def test_what_is_now_asked_once(value: Json, context: Context, answers: Json, unplaced: Json) -> None:
    """Where all children have the same answer it stays; else each is listed under its child."""
    moved = one({"per_child": True}, {}, value, context)
    assert (moved.answers, left(moved)) == (answers, unplaced)


def test_newly_asked_are_blanks_that_the_old_version_did_not_show() -> None:
    """Not those left blank before, nor those that are answered already."""
    old = form(question("seen", "choice", options=SEEN), question("blank"), question("why", show_when=_is("alone")))
    new = form(
        question("seen", "choice", options=SEEN),
        question("blank"),
        question("why", show_when=_is("not_seen")),
        question("fresh", per_child=True),
        question("hidden", show_when=_is("alone")),
        question("note", "statement"),
    )
    moved = move({"seen": "not_seen"}, old, new, TWO)
    assert moved.newly_asked == places("why", "fresh[c1]", "fresh[c2]")
    assert move({"seen": "not_seen", "why": "Kept"}, old, new).newly_asked == places("fresh[c1]")


def test_a_new_column_is_newly_asked_in_every_row() -> None:
    """Cells count too."""
    old = question("people", "rows", columns=[question("who")])
    new = question("people", "rows", columns=[question("who"), question("met")])
    moved = move({"people": [{"id": "r1", "who": "Kit"}, {"id": "r2", "who": "Ash"}]}, form(old), form(new))
    assert moved.newly_asked == places("people[0].met", "people[1].met")


def test_what_must_be_said_only_now_and_what_need_not_be_said_any_more() -> None:
    """Blanks alone; what is newly asked is told as such, and what has an answer stands in nobody's way."""
    old = form(
        question("loose"),
        question("strict", required=True),
        question("gone", required=True),
        question("said", required=True),
        question("retyped", "number", required=True),
        question("both", required=True),
    )
    new = form(
        question("loose", required=True),
        question("strict"),
        question("said"),
        question("retyped", "short_text", required=True),
        question("both", required=True),
        question("fresh", required=True),
    )
    moved = move({"said": "Yes", "retyped": 7}, old, new)
    assert moved.newly_required == places("loose", "retyped")
    assert moved.no_longer_required == places("strict", "gone")
    assert moved.newly_asked == places("fresh")


def test_what_is_needed_is_the_same_whether_asked_once_or_for_each_child() -> None:
    """A blank that had to be answered and still has to is neither new nor gone."""
    old, new = form(question("a", required=True)), form(question("a", required=True, per_child=True))
    for before, after in ((old, new), (new, old)):
        moved = move({}, before, after, TWO)
        assert (moved.newly_asked, moved.newly_required, moved.no_longer_required) == ((), (), ())


def test_a_question_moved_to_another_section_keeps_its_answer() -> None:
    """Where it stands does not matter."""
    old = form(section("x", question("a")), section("y", question("b")))
    new = form(section("y", question("b"), question("a")))
    assert move({"a": "1", "b": "2"}, old, new).answers == {"a": "1", "b": "2"}


def _is(value: str) -> Json:
    return {"question": "seen", "is": value}


def scalars(value: Json) -> Iterator[str]:
    """Everything a person wrote in a value; row ids and the keys that only frame it left out."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key != "id":
                yield from scalars(each)
    elif isinstance(value, list):
        for each in value:
            yield from scalars(each)
    elif not (value is None or (isinstance(value, str) and not value.strip())):
        yield json.dumps(value)


def lost(answers: Json, moved: Moved, asked_once: frozenset[str]) -> list[str]:
    """What stood in the draft and is neither in the moved answers nor in the list; equal answers may become one."""
    missing: list[str] = []
    for name, value in answers.items():
        there = Counter(scalars(moved.answers.get(name)))
        there.update(scalars([each.value for each in moved.no_place if each.place.question == name]))
        before = Counter(scalars(value))
        missing += set(before) - set(there) if name in asked_once else (before - there).elements()
    return missing


def versions(seed: int, questions: int, changes: int) -> tuple[Definition, Definition, Json, Context]:
    old, context = form_json(questions, seed), context_json(seed)
    new = another_version(old, seed, changes)
    return definition_from_json(old), definition_from_json(new), filled(old, context, seed), context_from_json(context)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 25), st.integers(0, 30))
def test_every_value_is_kept_or_listed(seed: int, questions: int, changes: int) -> None:
    """Whatever changed between the versions and whatever stood in the draft, nothing is silently lost."""
    old, new, answers, context = versions(seed, questions, changes)
    moved = move(answers, old, new, context)
    assert lost(answers, moved, old.per_child - new.per_child) == []
    assert all(each.text for each in moved.no_place)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(1, 25))
def test_moving_to_the_same_version_changes_nothing(seed: int, questions: int) -> None:
    """The answers come back as they were, invalid and unknown ones included."""
    old, _, answers, context = versions(seed, questions, 0)
    draft = {**answers, "from_elsewhere": "left over"}
    moved = move(draft, old, old, context)
    assert (moved.answers, moved.changed, moved.no_place) == (draft, (), ())
    assert (moved.newly_asked, moved.newly_required, moved.no_longer_required) == ((), (), ())


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(1, 25), st.integers(0, 30))
def test_what_was_valid_and_kept_is_read_by_the_new_version(seed: int, questions: int, changes: int) -> None:
    """An answer listed as kept has the same value in the new draft."""
    old, new, answers, context = versions(seed, questions, changes)
    moved = move(answers, old, new, context)
    for place in moved.kept:
        before, after = answers[place.question], moved.answers[place.question]
        assert (before[place.child] == after[place.child]) if place.child else before == after
