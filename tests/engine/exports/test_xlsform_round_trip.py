"""A form that goes out as an XLSForm and comes back is the same form."""

import copy
import importlib.util
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.definition import definition_from_json
from engine.exports import formats
from engine.exports.xlsform import Written, read, write
from tests.definitions.library import code_lists, definition, definition_files, name
from tests.engine.exports.workbooks import questions
from tests.engine.proofs.small_forms import small_forms

Json = Any
ALL = pytest.mark.parametrize("path", definition_files(), ids=name)
NO_PYXFORM = "pyxform is not installed: `python3 dev.py test` installs it"


@ALL
def test_each_form_of_the_library_comes_back_as_it_was(path: Path) -> None:
    """Whatever the format can say goes out and comes back: the content hash is the same, and nothing is told."""
    before = definition(path)
    found = read(write(before).content, code_lists())
    assert definition_from_json(found.definition, code_lists()).content_hash == before.content_hash
    assert found.definition == before.given
    assert found.unfit == ()


@ALL
def test_the_reference_implementation_accepts_each_form(path: Path) -> None:
    """What we write is an XLSForm: pyxform turns it into an XForm and has nothing to warn of."""
    if importlib.util.find_spec("pyxform") is None:
        pytest.skip(NO_PYXFORM)
    from pyxform.xls2xform import convert

    found = convert(xlsform=BytesIO(write(definition(path)).content), file_type=".xlsx", validate=False)
    assert found.warnings == []
    assert all(f"/{question.id}" in found.xform for question in definition(path).questions)


@given(small=small_forms())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_small_form_comes_back_as_it_was(small: Any) -> None:
    """Types, conditions, options and rows put together at random."""
    before = small.definition
    assert read(write(before).content).definition == before.given


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60)


@given(label=WORDS, why=WORDS, option=WORDS, welsh=WORDS)
@settings(max_examples=30, deadline=None)
def test_any_words_come_back_unless_it_is_told(label: str, why: str, option: str, welsh: str) -> None:
    """Formulas, markup, quotation marks and spreadsheets' own escapes are words like any other."""
    form = _form(label={"en": label, "cy": welsh}, why=why, options=[{"value": "a", "label": option}])
    written = write(definition_from_json(form))
    found = read(written.content)
    changed = [each for each in written.unfit if each.outcome != "elsewhere"]
    blank = not all(each.strip() for each in (label, why, option, welsh))
    assert changed or blank or found.definition == form


@pytest.mark.parametrize(
    "words",
    ["=HYPERLINK(A1)", "+1", "@x", "<script>alert(1)</script>", "_x0041_", "a & b", "1.0", "TRUE", "-", "2026-01-01"],
)
def test_words_that_a_spreadsheet_would_take_for_something_else(words: str) -> None:
    """A label is written as words, whatever it looks like, and comes back so."""
    form = _form(label=words, why=words, options=[{"value": "a", "label": words}])
    found = read(write(definition_from_json(form)).content)
    assert found.definition == form
    assert found.unfit == ()


def test_what_is_no_answer_is_not_taken_for_one() -> None:
    """Words with ${ in them would break the form elsewhere: they are taken apart, and that is told."""
    written = write(definition_from_json(_form(label="Cost in ${pounds}")))
    assert questions(read(written.content))["seen"]["label"] == "Cost in $ {pounds}"
    assert [each.column for each in written.unfit if each.outcome == "changed"] == ["label"]


def test_what_other_tools_lose_is_listed() -> None:
    """Each of our columns once, and each condition that they cannot say, with its row."""
    form = _form(label="Seen?", why="Because.")
    again = copy.deepcopy(form["sections"][0]["questions"][0])
    again |= {"id": "again", "show_when": {"child": "age", "less_than": 2}}
    form["sections"][0]["questions"].append(again)
    told = {(each.sheet, each.row, each.column): each.message for each in _written(form).unfit}
    assert told["survey", 0, "pith::why"] == "In 2 rows: why a question is asked. Other tools do not see it."
    assert told["survey", 4, "relevant"].startswith("Other tools ask this always")


def test_a_part_of_a_condition_that_others_can_say_is_said() -> None:
    """Asked more often elsewhere, never less."""
    form = _form(label="Seen?")
    again = copy.deepcopy(form["sections"][0]["questions"][0])
    both = {"all": [{"question": "seen", "is": "a"}, {"child": "unborn", "is": True}]}
    form["sections"][0]["questions"].append(again | {"id": "again", "show_when": both})
    assert [each.message for each in _written(form).unfit if each.column == "relevant"] == [
        "Other tools ask this more often than here: they cannot say all of when it is asked here."
    ]


def test_a_cell_that_would_be_too_long_is_told() -> None:
    """Nothing is cut short without a word."""
    many = [{"value": f"v{number}", "label": "x"} for number in range(500)]
    form = _form(label="Seen?", options=many)
    form["notes"] = "x" * 40_000
    assert [(each.outcome, each.column) for each in _written(form).unfit if each.sheet == "settings"] == [
        ("left_out", "pith::notes")
    ]


def test_every_format_can_be_found() -> None:
    """Each has what the commands need."""
    assert list(formats()) == ["bundle", "xlsform"]
    assert all(each.SUMMARY and each.SUFFIX and each.write for each in formats().values())


def _written(form: dict[str, Json]) -> Written:
    return write(definition_from_json(form))


def _form(label: Json, why: str = "Why", options: list[Json] | None = None) -> dict[str, Json]:
    question = {"id": "seen", "type": "choice", "kind": "fact", "label": label, "why": why}
    question["options"] = options or [{"value": "a", "label": "A"}]
    sections = [{"id": "one", "title": "One", "questions": [question]}]
    languages = {"languages": ["en", "cy"]} if isinstance(label, dict) else {}
    return {"form": "a-form", "version": 1, "title": "A form", "purpose": "P", **languages, "sections": sections}
