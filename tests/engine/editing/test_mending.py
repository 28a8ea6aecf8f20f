"""What one press can mend is mended by it, and nothing else is changed."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.checks import Problem, check, in_shape
from engine.code_lists import CodeList, code_list_from_json
from engine.editing import Mend, mended, mends
from tests.engine.forms import form_json, question
from webapp.library import code_list_files

Json = Any
BROKEN = sorted(Path("form_definitions/_features/broken").glob("*.json"))
LISTS: dict[str, CodeList] = {name: code_list_from_json(each) for name, each in code_list_files().items()}
DAY = "2026-03-12"


def told(form: Json) -> list[Problem]:
    """What the check says of a form."""
    return list(check(json.dumps(form), LISTS, DAY))


def offered(form: Json) -> list[tuple[Problem, Mend]]:
    """Every mend of every problem of a form that can be changed piece by piece."""
    found = told(form)
    if not in_shape(found):
        return []
    return [(each, mend) for each in found for mend in mends(form, each.code, each.pointer, LISTS)]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mend_mends_what_it_stands_at(path: Path) -> None:
    """Once it is made, the check no longer tells of it there."""
    try:
        form = json.loads(path.read_text())
    except ValueError:
        return
    for problem, mend in offered(form) if isinstance(form, dict) else ():
        left = {(each.code, each.pointer, each.message) for each in told(mended(form, mend))}
        assert (problem.code, problem.pointer, problem.message) not in left


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("literal-not-an-option", "Use “"),
        ("unknown-group", "Use the group “"),
        ("always-true", "Ask it always"),
        ("stray-spaces", "Take out the spaces that are too many"),
        ("protected-may-stay-blank", "Let it be answered before the form is submitted"),
    ],
)
def test_what_can_be_mended_at_once_is_offered(name: str, words: str) -> None:
    """Options by their words, the nearest first."""
    form = json.loads(Path(f"form_definitions/_features/broken/{name}.json").read_text())
    assert any(mend.words.startswith(words) for _, mend in offered(form))


def test_the_nearest_option_is_the_first() -> None:
    """A slip of the finger is one press away; the condition is otherwise as it was."""
    options = [{"value": each, "label": each.capitalize()} for each in ("yes", "nobody", "somebody")]
    form = form_json(
        question("who", type="choice", options=options),
        question("why", show_when={"question": "who", "in": ["yes", "nobdy"]}),
    )
    found = [mend for problem, mend in offered(form) if problem.code == "unknown_option"]
    assert [mend.words for mend in found] == ["Use “Nobody”", "Use “Somebody”"]
    changed = mended(form, found[0])
    assert changed["sections"][0]["questions"][1]["show_when"] == {"question": "who", "in": ["yes", "nobody"]}
    assert form["sections"][0]["questions"][1]["show_when"]["in"] == ["yes", "nobdy"]


def test_a_row_and_a_column_are_read_where_they_stand() -> None:
    """In a condition over rows, and in one of a column, the column is the question that is compared."""
    fits = question("fits", type="choice", options=[{"value": "no", "label": "No"}, {"value": "yes", "label": "Yes"}])
    more = question("more", show_when={"row": "fits", "is": "nope"})
    form = form_json(
        question("marks", type="rows", row_label="mark", columns=[fits, more]),
        question("talk", show_when={"question": "marks", "any_row": {"row": "fits", "is": "nein"}}),
    )
    found = [mend for problem, mend in offered(form) if problem.code == "unknown_option"]
    assert {mend.words for mend in found} == {"Use “No”", "Use “Yes”"}
    assert len(found) == 4
