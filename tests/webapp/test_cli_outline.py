"""pith outline proves how long a form can get: every draft it gives does what it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.burden import outline
from tests.webapp.commands import Pith
from webapp.commands.checked import checked_definition
from webapp.library import LIBRARY

VISIT = LIBRARY / "visit" / "1.json"
UNANSWERED = {each.id for each in checked_definition(VISIT).questions if not each.handler.takes_answer}


@pytest.fixture(scope="module")
def outlined() -> dict[str, Any]:
    """The visit form's outline, read once."""
    made: dict[str, Any] = json.loads(json.dumps(outline(checked_definition(VISIT))))
    return made


def _shown(pith: Pith, folder: Path, draft: dict[str, Any]) -> tuple[list[str], list[Any]]:
    (folder / "a.json").write_text(json.dumps(draft["answers"]), encoding="utf-8")
    (folder / "c.json").write_text(json.dumps(draft["context"]), encoding="utf-8")
    ran = pith("evaluate", VISIT, "--answers", folder / "a.json", "--context", folder / "c.json", "--json")
    result = json.loads(ran.out)
    return result["shown"], result["problems"]


@pytest.mark.parametrize("name", ["longest_path", "shortest_path"])
def test_a_path_is_as_long_as_it_says(name: str, outlined: dict[str, Any], pith: Pith, tmp_path: Path) -> None:
    """Evaluating its draft gives no problem and asks that many questions."""
    path = outlined[name]
    shown, problems = _shown(pith, tmp_path, path)
    asked = [place for place in shown if "." not in place and place.partition("[")[0] not in UNANSWERED]
    assert (path["exact"], len(asked), problems) == (True, path["questions"], [])


def test_every_question_has_a_draft_that_shows_it(outlined: dict[str, Any], pith: Pith, tmp_path: Path) -> None:
    """Nothing in the visit form is dead, and each witness shows what it is a witness of."""
    assert outlined["never_shown"] == outlined["undecided"] == []
    for name, draft in outlined["witness"].items():
        shown, _ = _shown(pith, tmp_path, draft)
        assert any(_named(place) == name for place in shown), name
    assert outlined["shortest_path"]["questions"] < outlined["longest_path"]["questions"] <= outlined["questions"]


def _named(place: str) -> str:
    question, _, column = place.partition(".")
    return f"{question.partition('[')[0]}.{column}" if column else question.partition("[")[0]


def test_it_speaks_to_people_too(outlined: dict[str, Any], pith: Pith) -> None:
    """A line for each figure, the same as for tools."""
    ran = pith("outline", VISIT)
    lines = dict(line.split(": ", 1) for line in ran.out.splitlines())
    assert ran.code == 0
    assert lines["Longest path"] == f"{outlined['longest_path']['questions']} questions"
    assert lines["Printed pages"] == str(outlined["printed_pages"])
    assert lines["Minutes"] == f"about {outlined['minutes']} on the longest path"
    assert lines["Budget for minutes"] == f"{outlined['minutes']} of {outlined['budget']['minutes']['limit']}"
    assert lines["Required answers"] == f"{outlined['required']} on the longest path"
    first, longest = outlined["first_analysis"], outlined["longest_path"]["questions"]
    assert lines["First analysis"] == f"question {first} of {longest}"
    assert lines["Of the longest path"].endswith(" (part of the long text)")
    assert lines["Never shown"] == "none"


def test_json_has_every_figure(pith: Pith) -> None:
    """What other tools were promised is there."""
    wanted = {"questions", "never_shown", "longest_path", "shortest_path", "witness", "shares", "minutes"}
    result = json.loads(pith("outline", VISIT, "--json").out)
    assert wanted | {"printed_pages", "budget"} <= result.keys()
    assert {"questions", "answers", "context", "exact"} <= result["longest_path"].keys()


def test_dead_questions_are_named_and_do_not_stop_it(pith: Pith, tmp_path: Path) -> None:
    """A form that cannot be published can still be looked at."""
    question = {"type": "yes_no", "kind": "fact", "label": "?", "why": "To know"}
    never = {"all": [{"question": "a", "is": "yes"}, {"question": "a", "is": "no"}]}
    dead = [{**question, "id": f"d{number}", "label": f"{number}?", "show_when": never} for number in range(15)]
    section = {"id": "s", "title": "S", "questions": [{**question, "id": "a"}, *dead]}
    form = {"form": "note", "version": 1, "title": "Note", "purpose": "To note", "sections": [section]}
    path = tmp_path / "1.json"
    path.write_text(json.dumps(form), encoding="utf-8")
    told = pith("outline", path).out
    assert "First analysis: none\n" in told
    assert "Longest path: 1 question\n" in told
    assert json.loads(pith("outline", path, "--json").out)["never_shown"] == [f"d{number}" for number in range(15)]
    assert pith("outline", path).out.endswith(", d10, d11 and 3 more\n")
    assert pith("evaluate", path, "--answers", _empty(tmp_path)).code == 0


def _empty(folder: Path) -> Path:
    path = folder / "a.json"
    path.write_text("{}", encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["outline", "publish", "answer-schema"])
def test_a_list_of_changes_is_named_as_what_it_is(command: str, pith: Pith, tmp_path: Path) -> None:
    """An overlay is not told that it lacks a title; it is told which command takes it."""
    overlay = tmp_path / "ours.json"
    base = {"owner": "library", "form": "visit", "version": 1}
    overlay.write_text(json.dumps({"owner": "us", "form": "ours", "version": 1, "base": base, "changes": []}))
    ran = pith(command, overlay)
    assert ran.code == 2
    assert "only `pith check` takes it" in ran.err
