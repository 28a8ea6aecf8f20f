"""A case made of a form as it was filled in is one that the form keeps, until it does something else."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.cases import broken_expectations, case_of, misshapen, unknown_names
from engine.definition import definition_from_json
from engine.journey import evaluate
from engine.source import Source, read_json
from tests.definitions.library import case, case_files, name

Json = Any


def written(data: Json) -> Source:
    """A case as its file would be read back."""
    return read_json(json.dumps(data, ensure_ascii=False))


@pytest.mark.parametrize("path", [path for path in case_files() if not path.parents[2].name.startswith("_")], ids=name)
def test_what_came_of_any_answers_is_a_case_that_the_form_keeps(path: Path) -> None:
    """Of every case of every shipped form, with its children and its day."""
    given = case(path)
    made = written(case_of(given.title, given.journey()))
    assert not list(misshapen(made))
    if all(each in given.definition.by_id for each in given.answers):
        assert not list(unknown_names(made, given.definition))
    assert not list(broken_expectations(made, given.definition))


def test_a_change_of_what_is_asked_breaks_it_and_a_change_of_words_does_not() -> None:
    """What differs is told by what the places are called."""
    question: dict[str, Json] = {"type": "yes_no", "kind": "fact", "label": "Was he seen?", "why": "W"}
    follow_up = {**question, "id": "why", "show_when": {"question": "seen", "is": False}}
    asked = [{**question, "id": "seen"}, follow_up]

    def form(*questions: Mapping[str, Json]) -> dict[str, Json]:
        sections = [{"id": "s", "title": "S", "questions": list(questions)}]
        return {"form": "f", "version": 1, "title": "T", "purpose": "P", "sections": sections}

    definition = definition_from_json(form(*asked))
    made = written(case_of("Seen", evaluate(definition, {"seen": True})))
    reworded = definition_from_json(form({**asked[0], "label": "Did you see him?"}, asked[1]))
    assert not list(broken_expectations(made, reworded))
    always = definition_from_json(form(asked[0], {**question, "id": "why"}))
    told = [each.message for each in broken_expectations(made, always, {"why": "Why not?"}.__getitem__)]
    assert told == ["“Why not?” is shown, and the case does not expect it."]
