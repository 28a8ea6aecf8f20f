"""Each broken definition shows its faults: exactly those expected, each with its place, plain words and a mend."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import engine.checks
from engine.checks import Problem, check, families
from tests.definitions import library

EXPECTED: dict[str, list[dict[str, Any]]] = library.read(library.BROKEN / "expected.json")
FILES = sorted(path for path in library.BROKEN.glob("*.json") if path.name != "expected.json")


def problems(path: Path) -> tuple[Problem, ...]:
    return check(path.read_bytes(), library.code_lists())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_definition_shows_its_faults_and_no_other(path: Path) -> None:
    """Codes, pointers and severities are as expected, and the line where the file says which."""
    found = problems(path)
    expected = EXPECTED[path.name]
    assert {(p.code, p.pointer, p.severity) for p in found} == {
        (each["code"], each["pointer"], each["severity"]) for each in expected
    }
    assert len(found) == len(expected)
    assert [p.line for p in found if p.line] == [
        each.get("line", p.line) for p, each in zip(found, expected, strict=True)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_problem_is_told_in_whole_sentences_with_a_mend(path: Path) -> None:
    """No placeholder is left in the words, no code or Python in them, and the line lies in the file."""
    lines = path.read_text(encoding="utf-8").count("\n") + 1
    for problem in problems(path):
        for words in (problem.message, problem.mend):
            assert re.fullmatch(r"[A-Za-z“‘\d].*[.?]", words, re.DOTALL), words
            assert not re.search(r"\{\w+\}|None|Traceback|_\w*Type|\bdict\b", words), words
        assert problem.line is not None
        assert 1 <= problem.line <= lines


@pytest.mark.parametrize("path", library.definition_files(), ids=library.name)
def test_a_shipped_definition_has_no_error(path: Path) -> None:
    """What is meant for use, or as an example, passes."""
    assert [problem for problem in problems(path) if problem.severity == "error"] == []


def test_problems_come_in_the_order_of_the_file() -> None:
    """A reader goes through them from top to bottom."""
    path = library.BROKEN / "several-at-once.json"
    lines = [problem.line for problem in problems(path)]
    assert len(lines) > 2
    assert lines == sorted(lines, key=lambda line: line or 0)


def test_a_problem_is_printed_as_json() -> None:
    """The command line's shape: code, severity, pointer, message, mend, line."""
    problem = problems(library.BROKEN / "unknown-key.json")[0]
    printed = problem.to_json()
    assert json.loads(json.dumps(printed)) == printed
    assert list(printed) == ["code", "severity", "pointer", "message", "mend", "line"]


def test_every_family_says_what_its_faults_are() -> None:
    """Found by file name; each has its kinds of fault and finds nothing of another kind."""
    names = {path.stem for path in Path(engine.checks.__file__).parent.glob("[!_]*.py")} - {"base"}
    assert families().keys() == names
    for path in FILES:
        codes = {problem.code for problem in problems(path)}
        assert codes <= {code for family in families().values() for code in family.KINDS} | FROM_ELSEWHERE


FROM_ELSEWHERE = {
    "duplicate_key",
    "not_json",
    "not_json_number",
    "too_deep",
    "heading_without_options",
    "limits_crossed",
    "no_answer_possible",
    "partial_with_time",
    "scale_too_long",
    "wrong_number_of_inputs",
    "wrong_step",
}
"""Codes of the reader of JSON and of the question types."""
