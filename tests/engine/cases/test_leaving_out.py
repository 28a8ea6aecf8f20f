"""A case without the questions that its form no longer has can be held against the form."""

import json
from typing import Any

from engine.cases import broken_expectations, names_not_in, unknown_names, without
from engine.definition import definition_from_json
from engine.source import read_json

Json = Any

FACT: dict[str, Json] = {"type": "short_text", "kind": "fact", "label": "L", "why": "W"}
PEOPLE: dict[str, Json] = {**FACT, "id": "people", "type": "rows", "columns": [{**FACT, "id": "name"}]}
FORM = {"form": "f", "version": 1, "title": "T", "purpose": "P"}
CASE: dict[str, Json] = {
    "title": "C",
    "answers": {"gone": "x", "stays": "y", "people": [{"id": "p1", "name": "Ann", "age": 4}]},
    "expect": {
        "shown": ["gone", "people", "people[0].age", "people[0].name", "stays"],
        "hides": ["gone.too"],
        "problems": [{"question": "gone", "code": "required"}, {"question": "people[0].age", "code": "required"}],
        "record": {"gone": "x", "stays": "y"},
    },
}


def test_everything_said_of_what_is_gone_is_left_out_and_nothing_else() -> None:
    """Answers, cells, expectations in every list, and what the record holds; the case given stays as it was."""
    asked = [PEOPLE, {**FACT, "id": "stays"}]
    form = definition_from_json({**FORM, "sections": [{"id": "s", "title": "S", "questions": asked}]})
    before = json.dumps(CASE)
    left = without(CASE, [pointer for pointer, _ in names_not_in(form, CASE)])
    assert left == {
        "title": "C",
        "answers": {"stays": "y", "people": [{"id": "p1", "name": "Ann"}]},
        "expect": {
            "shown": ["people", "people[0].name", "stays"],
            "hides": [],
            "problems": [],
            "record": {"stays": "y"},
        },
    }
    assert json.dumps(CASE) == before
    source = read_json(json.dumps(left))
    assert not list(unknown_names(source, form))
    assert "shown" not in {each.pointer.split("/")[2] for each in broken_expectations(source, form)}
