"""What every form promises that a team could start with: short, thoughtful, few musts, and cases for all of it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.checks import check
from engine.definition import Question
from engine.proofs import prove
from tests.definitions.library import Case, cases_of, code_lists, definition, name, starter_files

Json = Any
SPOKEN = {"child.words", "child.told_how", "child.day"}
TOLD_US = {"child.words", "child.unidentified", "child.unknowns", "analysis.other"}
STARTERS = pytest.mark.parametrize("path", starter_files(), ids=name)


def everything_asked(path: Path) -> Iterator[Question]:
    """The questions of a form, each followed by its columns."""
    for question in definition(path).questions:
        yield question
        yield from question.columns


def facts(case: Case) -> Mapping[str, Mapping[str, Json]]:
    """What is known of each child of a case, by the child's id."""
    context = case.journey().context
    return {child.id: {"age": None, **child.facts(context.today)} for child in context.children}


def rows_in(case: Case, question: str) -> Iterator[str]:
    """Each row that a case shows something of, as places name it: people[0]."""
    for place in case.journey().shown:
        if place.question == question and place.cell:
            yield str(place._replace(column=None))


@STARTERS
def test_the_check_finds_nothing_at_all(path: Path) -> None:
    """No error, and no warning that somebody would have to explain away; reading age is among what is checked."""
    assert check(path.read_bytes(), code_lists()) == ()


@STARTERS
def test_nobody_is_asked_more_than_twenty_two_questions(path: Path) -> None:
    """It is proved for one child, whoever the child is, and the form's own budget says so."""
    form = definition(path)
    longest = prove(form).longest_path
    assert longest.exact
    assert longest.questions <= form.budget["longest_path"] <= 22


@STARTERS
def test_at_most_eight_questions_must_be_answered(path: Path) -> None:
    """More would breed padding. Questions that exclude each other, and follow-ups, all count."""
    assert sum(question.required for question in definition(path).questions) <= 8


@STARTERS
def test_thinking_has_room_of_its_own(path: Path) -> None:
    """At least three questions are analytic writing, and no fact is written in them."""
    written = [question for question in everything_asked(path) if question.type == "analysis"]
    assert len(written) >= 3
    assert all(question.kind == "analysis" for question in written)


@STARTERS
def test_what_must_not_be_dropped_must_be_answered_and_cannot_be_unknown(path: Path) -> None:
    """A protected question is required and offers no "not known yet"; a protected statement asks for nothing."""
    protected = [each for each in everything_asked(path) if each.protected and each.type != "statement"]
    assert all(each.required and not each.not_known for each in protected)


@STARTERS
def test_the_reason_of_a_protected_decision_is_protected_where_it_must_be_given(path: Path) -> None:
    """A local change cannot keep a decision and hide its reason; a reason that may stay blank is left to it."""
    form = definition(path)
    for reason in form.questions:
        if reason.reason_for and reason.required and form.by_id[reason.reason_for].protected:
            assert reason.protected, reason.id


@STARTERS
def test_every_decision_has_its_reason(path: Path) -> None:
    """A question or column gives the reason for each decision; a list of decisions has it in each of its lines."""
    asked = list(everything_asked(path))
    reasons = {question.reason_for for question in asked}
    for question in asked:
        if question.kind == "decision":
            own = {column.reason_for for column in question.columns} - {None}
            assert own if question.columns else question.id in reasons, question.id


@STARTERS
def test_what_one_person_said_is_not_on_another_ones_copy(path: Path) -> None:
    """The child's words, each person's account and what we do not know stay with the authority."""
    for question in definition(path).questions:
        if question.concept in TOLD_US or str(question.concept).endswith(".accounts"):
            assert question.share == "authority", question.id


@STARTERS
def test_every_label_asks_one_thing(path: Path) -> None:
    """One question mark at most, and no "and" or "or" between two questions."""
    for question in everything_asked(path):
        label = str(question.label)
        if question.type != "statement":
            assert label.count("?") <= 1, question.id
            assert ", and " not in label, question.id
            assert not (", or " in label and label.endswith("?")), question.id


@STARTERS
def test_nobody_is_asked_for_words_that_could_not_have_been_spoken(path: Path) -> None:
    """No unborn child and no baby has a question about the child's words or an ordinary day from waking to sleeping."""
    form = definition(path)
    for case in cases_of(path):
        for place in case.journey().shown:
            if form.by_id[place.question].concept in SPOKEN and place.child is not None:
                known = facts(case)[place.child]
                assert not known["unborn"], f"{case.title}: {place}"
                assert known["age"] is None or known["age"] >= 2, f"{case.title}: {place}"


@STARTERS
def test_there_is_a_case_for_each_kind_of_child(path: Path) -> None:
    """An unborn child, a baby, one who does not speak as others do, and brothers and sisters each have a case."""
    families = [facts(case) for case in cases_of(path)]
    children = [child for family in families for child in family.values()]
    assert any(child["unborn"] for child in children)
    assert any(child["age"] is not None and child["age"] < 2 for child in children)
    assert any(child["disabled"] or child["interpreter"] for child in children)
    assert any(len(family) > 1 for family in families)


@STARTERS
def test_there_are_eight_cases_at_least(path: Path) -> None:
    """One of them with nothing written, one of them ready to be handed in with its exact record."""
    cases = cases_of(path)
    assert len(cases) >= 8
    assert any(case.answers == {} for case in cases)
    assert any(case.expect.get("problems") == [] and case.expect.get("record") for case in cases)


@STARTERS
def test_every_column_with_a_condition_is_seen_both_ways(path: Path) -> None:
    """Some row of some case has the column and another has not; a column without a condition stands in every row."""
    cases = cases_of(path)
    for question in definition(path).questions:
        shown = [{str(place) for place in case.journey().shown} for case in cases]
        rows = [(each, row) for case, each in zip(cases, shown, strict=True) for row in rows_in(case, question.id)]
        for column in question.columns:
            seen = {f"{row}.{column.id}" in each for each, row in rows}
            conditional = column.show_when is not None
            assert seen == ({True, False} if conditional else {True}), f"{question.id}.{column.id}"
