"""Which forms count as the same to a proof: those that differ in words alone."""

from dataclasses import fields, replace
from typing import Any

import pytest

from engine.definition import Definition, Option, Question, definition_from_json
from engine.proofs.wordless import wordless
from tests.engine.forms import form_json, question, section

WORDS = {"label", "why", "hint", "guidance", "given"}
OF_QUESTION = [each.name for each in fields(Question)]
OF_OPTION = [each.name for each in fields(Option)]


def _form() -> Definition:
    options = [{"value": "a", "label": "A", "group": "g"}, {"value": "b", "label": "B"}]
    return definition_from_json(form_json(section("one", question("first", "choice", options=options))))


def _with(form: Definition, asked: Question) -> str:
    return wordless(replace(form, sections=(replace(form.sections[0], questions=(asked,)),)))


@pytest.mark.parametrize("name", OF_QUESTION)
def test_a_question_is_another_to_a_proof_for_everything_but_its_words(name: str) -> None:
    """Whatever key the format may gain counts, unless it is said to be words."""
    form = _form()
    other: Any = (replace(form.questions[0], id="column"),) if name == "columns" else ()
    if name == "options":
        other = form.questions[0].options[:1]
    elif name != "columns":
        other = "something else"
    changed = _with(form, replace(form.questions[0], **{name: other}))
    assert (changed == wordless(form)) == (name in WORDS)


@pytest.mark.parametrize("name", OF_OPTION)
def test_an_option_is_another_to_a_proof_for_everything_but_its_words(name: str) -> None:
    """Its value, its group and whether it shuts the others out."""
    form = _form()
    first, *rest = form.questions[0].options
    other: Any = "something else"
    changed = _with(form, replace(form.questions[0], options=(replace(first, **{name: other}), *rest)))
    assert (changed == wordless(form)) == (name in WORDS)
