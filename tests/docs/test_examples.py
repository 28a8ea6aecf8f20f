"""The examples in the pages are what they are said to be."""

import json
from pathlib import Path

import pytest

from engine.conditions import parse, to_json
from engine.overlays import apply
from tests.docs.pages import PAGES, json_blocks, name_of, text_of
from workshop.steps import ROOT

CONDITION, OVERLAY = (json.loads(block) for block in json_blocks(text_of(ROOT / "docs" / "form-format.md")))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_examples_in_json_are_json(page: Path) -> None:
    """Whoever copies one into a file can have it read."""
    for block in json_blocks(text_of(page)):
        assert json.loads(block)


def test_the_example_of_a_condition_is_one() -> None:
    """It is read, and written back as it stands on the page."""
    assert to_json(parse(CONDITION)) == CONDITION


def test_the_example_of_an_overlay_can_be_applied() -> None:
    """Its one change to the shipped visit form can be done, and is done."""
    base = json.loads((ROOT / "form_definitions" / "visit" / "1.json").read_bytes())
    result, problems = apply(base, OVERLAY)
    assert problems == ()
    assert OVERLAY["changes"][0]["hint"] in json.dumps(result)
