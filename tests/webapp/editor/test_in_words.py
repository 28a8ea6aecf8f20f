"""On a form's pages its questions stand by their labels and its settings by their titles; in its text as written."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import ines

__all__ = ["ines"]

Json = Any
Questions = dict[str, Json]


def _misspelt(questions: Questions) -> None:
    questions["injuries"]["show_when"]["is"] = "yess"


def _without_reason(questions: Questions) -> None:
    del questions["manager_why"]["reason_for"]


def _carried(questions: Questions) -> None:
    questions["other_story"]["carry_forward"] = "offer"


def _too_soon(questions: Questions) -> None:
    questions["place"]["show_when"] = {"question": "saw", "answered": True}


def _twice(questions: Questions) -> None:
    questions["place"]["options"][1]["value"] = "home"


FAULTS: dict[str, tuple[Callable[[Questions], None], str, str, str]] = {
    "an option that is not there": (
        _misspelt,
        "injuries",
        "Did you see or hear of any injury or mark?” has no option “yess”. Did you mean “Yes”?",
        "“injury” has no option “yess”. Did you mean “yes”?",
    ),
    "a decision without its reason": (
        _without_reason,
        "manager_today",
        "is a decision, and no question asks for its reason. Add a question for the reason.",
        "with “reason_for”: “manager_today”.",
    ),
    "analysis carried forward": (
        _carried,
        "other_story",
        "it is not offered to the next form. Take “What the next form does with the answer” out.",
        "Take “carry_forward” out.",
    ),
    "a question that comes later": (
        _too_soon,
        "place",
        "“What did you see for yourself?” is not asked before this",
        "“saw” is not asked before this",
    ),
    "an option twice": (
        _twice,
        "place",
        "Take one of them out, and add it again.",
        "Two options have the value “home”.",
    ),
}


@pytest.mark.parametrize(("break_it", "part", "on_its_page", "as_text"), FAULTS.values(), ids=list(FAULTS))
def test_a_problem_is_told_in_the_words_of_its_page(
    ines: Drafting, break_it: Callable[[Questions], None], part: str, on_its_page: str, as_text: str
) -> None:
    """With the ids and keys only where somebody reads and writes them."""
    form = json.loads(ines.text())
    break_it({each["id"]: each for section in form["sections"] for each in section["questions"]})
    assert ines.save(json.dumps(form)).status_code == 303
    page, text = ines.look_at(part).text, ines.look().text
    assert on_its_page in page
    assert as_text in text
    assert as_text not in page
    assert on_its_page not in text


def test_what_is_wrong_with_a_setting_names_it_by_its_title(ines: Drafting) -> None:
    """Where a change is refused, too."""
    refused = ines.change_part("saw", label="Long " * 200)
    assert refused.status_code == 400
    assert "“Question” is longer than" in refused.text
    assert "“label” is longer" not in refused.text


def test_what_cannot_be_done_names_parts_by_their_words(ines: Drafting) -> None:
    """A move that cannot be is refused with the question as people know it."""
    refused = ines.visitor.send(f"{ines.address}/arrange", {**ines.based(), "part": "saw", "act": "to", "place": "saw"})
    assert refused.status_code == 400
    assert "“What did you see for yourself?” cannot come after itself." in Page(refused).text
