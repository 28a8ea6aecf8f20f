"""A check after a change: only what the change touches is looked at again, and nothing is told otherwise for that."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given

from engine.checks import _remembered, check_definition, forget
from engine.proofs import Effort, prove, proving
from tests.definitions import library
from tests.engine.editing.forms_and_operations import EDITS, Edit

Json = Any
REMEMBERED = (_remembered._shape_faults, _remembered._without_code_lists, proving._whole)


def looked_at(form: Json) -> tuple[int, ...]:
    """How many questions had their shape and their settings read, and how many forms were proved, in one check."""
    before = [each.cache_info().misses for each in REMEMBERED]
    check_definition(form, None, library.code_lists())
    return tuple(each.cache_info().misses - was for each, was in zip(REMEMBERED, before, strict=True))


@pytest.fixture
def visit() -> Json:
    """The shipped form of a visit, checked once."""
    forget()
    form = json.loads((library.LIBRARY / "visit" / "1.json").read_text(encoding="utf-8"))
    assert min(looked_at(form)) > 0
    return form


def test_a_form_that_did_not_change_has_nothing_looked_at_again(visit: Json) -> None:
    """Another reader of the same draft costs no proof."""
    assert looked_at(deepcopy(visit)) == (0, 0, 0)


def test_other_words_have_one_question_read_and_nothing_proved(visit: Json) -> None:
    """However long the form is."""
    visit["sections"][0]["questions"][0]["label"] = "Who was seen, and where?"
    assert looked_at(visit) == (1, 1, 0)


def test_a_move_has_no_question_read_but_all_proved(visit: Json) -> None:
    """What is asked before what is for the proofs to judge."""
    visit["sections"].append(visit["sections"].pop(1))
    assert looked_at(visit)[:2] == (0, 0)


def test_another_condition_is_proved_anew(visit: Json) -> None:
    """A follow-up that is shown always is another form."""
    follow_up = next(q for s in visit["sections"] for q in s["questions"] if "show_when" in q)
    del follow_up["show_when"]
    assert looked_at(visit)[2] == 1


def test_a_proof_that_ran_out_of_effort_is_tried_again() -> None:
    """Whoever had little says less of a contradiction; nobody else is told only that."""
    forget()
    form = library.definition(library.BROKEN / "dead-in-its-section.json")
    little = prove(form, Effort(70))
    assert little.contradictions[0].against == ()
    assert prove(form).contradictions[0].against == ("cold",)


@given(EDITS)
def test_what_is_remembered_never_changes_what_is_told(edit: Edit) -> None:
    """Once a form is edited its problems are those that a check from nothing finds."""
    lists = library.code_lists()
    check_definition(edit.before, None, lists)
    remembered = check_definition(edit.after, None, lists)
    forget()
    assert remembered == check_definition(edit.after, None, lists)
