"""pith evaluate says what a form asks for a draft, exactly and for tools."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.webapp.commands import Pith
from webapp.library import LIBRARY

VISIT = LIBRARY / "visit" / "1.json"
CASES = sorted((LIBRARY / "visit" / "cases").glob("*.json"))


def _written(folder: Path, name: str, value: Any) -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_it_gives_what_each_case_of_the_visit_form_expects(case: Path, pith: Pith, tmp_path: Path) -> None:
    """The command and the library's own cases agree on problems and, where they say it whole, on what is shown."""
    told = json.loads(case.read_text(encoding="utf-8"))
    answers = _written(tmp_path, "answers.json", told["answers"])
    context = ["--context", _written(tmp_path, "context.json", told["context"])] if "context" in told else []
    ran = pith("evaluate", VISIT, "--answers", answers, *context, "--json")
    result = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert list(result) == ["shown", "problems", "record"]
    for problem in result["problems"]:
        assert problem.pop("message")
    expected = told["expect"]
    assert result["problems"] == expected.get("problems", result["problems"])
    assert result["shown"] == expected.get("shown", result["shown"])
    assert set(expected.get("includes", ())) <= set(result["shown"])


def test_without_a_context_there_is_one_child(pith: Pith, tmp_path: Path) -> None:
    """A draft can be tried with nothing known about the child."""
    ran = pith("evaluate", VISIT, "--answers", _written(tmp_path, "a.json", {}), "--json")
    assert "injury[c1]" in json.loads(ran.out)["shown"]


def test_without_json_it_speaks_to_people(pith: Pith, tmp_path: Path) -> None:
    """What is shown, what is wrong and what stands in the record, as lines."""
    answers = _written(tmp_path, "a.json", {"visited_on": "yesterday"})
    ran = pith("evaluate", VISIT, "--answers", answers)
    assert ran.out.startswith("Shown (")
    assert "\n  visited_on: not_a_date: " in ran.out
    assert "\nRecord:\n" in ran.out


@pytest.mark.parametrize(
    ("answers", "context", "told"),
    [
        ('{"a": 1,\n "b": }', None, "a.json:2"),
        ("[1]", None, "a.json: answers are an object"),
        ('{"a": NaN}', None, "a.json:1"),
        ('{"a": 1, "a": 2}', None, "a.json:1"),
        ("[" * 3000, None, "a.json:1"),
        ("{}", '{"today": "soon"}', "c.json"),
        ("{}", "{}}", "c.json:1"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    answers: str, context: str | None, told: str, pith: Pith, tmp_path: Path
) -> None:
    """No traceback: the file, the line and what is wrong, and exit code 2."""
    given = ["--answers", _written(tmp_path, "a.json", answers)]
    if context is not None:
        given += ["--context", _written(tmp_path, "c.json", context)]
    ran = pith("evaluate", VISIT, *given)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("pith evaluate: ")
    assert told in ran.err


def test_a_missing_file_is_named(pith: Pith, tmp_path: Path) -> None:
    """A wrong path is said back."""
    ran = pith("evaluate", VISIT, "--answers", tmp_path / "nowhere.json")
    assert ran.code == 2
    assert "nowhere.json: no such file" in ran.err


def test_a_broken_definition_is_told_and_not_evaluated(pith: Pith, tmp_path: Path) -> None:
    """What is wrong with it stands on the error stream, as the check tells it."""
    broken = json.loads(VISIT.read_text(encoding="utf-8"))
    broken["sections"][0]["questions"][0]["type"] = "dat"
    path = _written(tmp_path, "1.json", broken)
    ran = pith("evaluate", path, "--answers", _written(tmp_path, "a.json", {}))
    assert (ran.code, ran.out) == (1, "")
    assert f"{path}:" in ran.err
    assert "/sections/0/questions/0/type" in ran.err
