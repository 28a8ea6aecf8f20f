"""Every case file of the library: what a form shows, tells and records for the answers in it."""

from pathlib import Path

import pytest

from engine.trials.measuring import words_of_analysis, words_of_record
from tests.definitions.library import (
    LIBRARY,
    case,
    case_files,
    definition_files,
    name,
    outcome,
    places_ever_shown,
    read,
)

EXPECTATIONS = {"shown", "includes", "hides", "problems", "record"}


@pytest.mark.parametrize("path", case_files(), ids=name)
def test_a_case_keeps_its_promise(path: Path) -> None:
    """What is shown, what is wrong and what stands in the record is exactly what the case says."""
    one = case(path)
    came_out = outcome(one.journey())
    exact = one.expect.keys() & came_out.keys()
    assert {key: came_out[key] for key in exact} == {key: one.expect[key] for key in exact}
    shown = set(came_out["shown"])
    assert set(one.expect.get("includes", ())) - shown == set()
    assert set(one.expect.get("hides", ())) & shown == set()


@pytest.mark.parametrize("path", case_files(), ids=name)
def test_a_record_has_the_words_of_analysis_of_its_answers(path: Path) -> None:
    """With rows and several children too: what teams wrote before a trial is counted as what they write in it."""
    journey = case(path).journey()
    assert words_of_record(journey.definition, journey.record()) == words_of_analysis(journey)


@pytest.mark.parametrize("path", case_files(), ids=name)
def test_a_case_expects_something_and_nothing_unknown(path: Path) -> None:
    """A case without an expectation, or with a misspelt one, would pass whatever the engine does."""
    data = read(path)
    assert data["title"].strip()
    assert data["expect"]
    assert data["expect"].keys() <= EXPECTATIONS
    assert data.keys() <= {"title", "context", "answers", "expect"}


@pytest.mark.parametrize("path", definition_files(), ids=name)
def test_every_question_is_shown_by_some_case(path: Path) -> None:
    """No question or column of the library stands without a case that shows it."""
    form = read(path)
    questions = [question for section in form["sections"] for question in section["questions"]]
    columns = [f"{each['id']}.{column['id']}" for each in questions for column in each.get("columns", ())]
    cases = sorted((path.parent / "cases").glob("*.json"))
    assert {each["id"] for each in questions} | set(columns) <= places_ever_shown(cases)


@pytest.mark.parametrize("path", definition_files(), ids=name)
def test_every_condition_is_seen_both_ways(path: Path) -> None:
    """Each conditional question is hidden by some case, so that its condition is not merely there."""
    form = read(path)
    cases = [case(found) for found in sorted((path.parent / "cases").glob("*.json"))]
    for section in form["sections"]:
        for question in section["questions"]:
            if "show_when" in question or "show_when" in section:
                shown = [{place.question for place in each.journey().shown} for each in cases]
                assert any(question["id"] not in each for each in shown), question["id"]


def test_a_definition_is_named_by_its_folder_and_file() -> None:
    """The folder's name is the form's id and the file's name its version."""
    for path in definition_files():
        form = read(path)
        assert (form["form"], form["version"]) == (path.parent.name, int(path.stem)), name(path)


def test_no_two_cases_of_a_form_promise_the_same() -> None:
    """Each case says something of its own."""
    for folder in {path.parent for path in case_files()}:
        titles = [read(path)["title"] for path in folder.glob("*.json")]
        assert len(set(titles)) == len(titles), folder.relative_to(LIBRARY)
