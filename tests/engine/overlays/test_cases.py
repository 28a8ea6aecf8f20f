"""Each case of what a local change may do and what it may not, as the files beside the base tell it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.code_lists import code_list_from_json
from engine.overlays import apply, check
from engine.overlays.places import question_at, questions

Json = Any
LIBRARY = Path(__file__).parents[3] / "form_definitions"
FOLDER = LIBRARY / "_features" / "overlays"
BASE: Mapping[str, Json] = json.loads((FOLDER / "1.json").read_text(encoding="utf-8"))
LISTS = {
    path.stem: code_list_from_json(json.loads(path.read_text(encoding="utf-8")))
    for path in (LIBRARY / "code_lists").glob("*.json")
}
EXPECTATIONS = {"problems", "order", "sections", "values", "has", "lacks", "form"}


def cases() -> Iterator[Any]:
    """Every case with the file and title as its id."""
    for path in sorted((FOLDER / "cases" / "overlays").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['title']}")


def overlay(changes: Json) -> Json:
    """An overlay on the base with these changes."""
    base = {"owner": "library", "form": "overlays", "version": 1}
    return {"owner": "northshire", "form": "overlays-northshire", "version": 3, "base": base, "changes": changes}


def parts(form: Json) -> dict[str, Json]:
    """Sections by id, questions by id and columns by path."""
    found = {path: question_at(form, spot) for path, spot, _ in questions(form)}
    return found | {section["id"]: section for section in form["sections"]}


def ids(part: Json) -> list[str]:
    """The ids of what stands in a section or in rows, in order."""
    return [each["id"] for each in part.get("questions", part.get("columns"))]


@pytest.mark.parametrize("case", list(cases()))
def test_an_overlay_makes_the_form_that_its_case_describes(case: Json) -> None:
    """Order, texts, settings and what is no longer there."""
    expect = case["expect"]
    form, _ = apply(BASE, overlay(case["changes"]))
    named = parts(form)
    assert {name: ids(named[name]) for name in expect.get("order", ())} == expect.get("order", {})
    values = {name: [option["value"] for option in named[name]["options"]] for name in expect.get("values", ())}
    assert values == expect.get("values", {})
    for name, keys in expect.get("has", {}).items():
        assert {key: named[name].get(key) for key in keys} == keys
    for name, keys in expect.get("lacks", {}).items():
        assert set(keys) & named[name].keys() == set()
    assert {key: form.get(key) for key in expect.get("form", ())} == expect.get("form", {})
    assert expect.get("sections", ids({"questions": form["sections"]})) == ids({"questions": form["sections"]})


@pytest.mark.parametrize("case", list(cases()))
def test_an_overlay_has_exactly_the_errors_that_its_case_names(case: Json) -> None:
    """Each with the operation behind it, its code, and where the case says so its place and mend."""
    errors = [each for each in check(BASE, overlay(case["changes"]), LISTS) if each.severity == "error"]
    expected = case["expect"].get("problems", [])
    said = [{key: getattr(error, key) for key in keys} for error, keys in zip(errors, expected, strict=False)]
    assert said == expected
    assert [error.message for error in errors[len(expected) :]] == []
    assert all(error.message and error.mend for error in errors)


@pytest.mark.parametrize("case", list(cases()))
def test_a_case_expects_nothing_unknown(case: Json) -> None:
    """A misspelt expectation would hold whatever happens."""
    assert case["expect"].keys() <= EXPECTATIONS


def test_the_base_is_a_sound_form() -> None:
    """What the cases change is a form that could be published."""
    from engine.checks import check_definition

    assert [problem for problem in check_definition(BASE) if problem.severity == "error"] == []
