"""A bundle holds a form whole: what is written reads back equal, with its code lists and its mark."""

import json
from pathlib import Path

import pytest

from engine.code_lists import code_list_from_json
from engine.definition import definition_from_json
from engine.exports import bundle
from webapp.library import LIBRARY, read_definition, shipped_definitions


@pytest.mark.parametrize("path", [*shipped_definitions(), LIBRARY / "_features" / "code-list" / "1.json"], ids=str)
def test_a_form_reads_back_equal(path: Path) -> None:
    """Its hash, and that of its code lists."""
    definition, _ = read_definition(path)
    found = bundle.read(bundle.write(definition).content)
    lists = {name: code_list_from_json(each) for name, each in found.code_lists.items()}
    assert definition_from_json(found.definition, lists).content_hash == definition.content_hash == found.mark
    assert found.mark_holds


def test_a_form_alone_has_no_mark() -> None:
    """It is taken as it is."""
    found = bundle.read(b'{"form": "f", "sections": []}')
    assert (found.definition, found.mark, found.mark_holds) == ({"form": "f", "sections": []}, "", True)


@pytest.mark.parametrize("found", [[], {}, {"pith_bundle": 1}, {"pith_bundle": 9, "definition": {"sections": []}}])
def test_what_is_no_form_is_refused(found: object) -> None:
    """Also a bundle of a format that is not known yet."""
    with pytest.raises(bundle.NotAForm):
        bundle.read(json.dumps(found).encode())


def test_a_mark_of_something_else_is_noticed() -> None:
    """The form was changed after it was made."""
    whole = {"pith_bundle": 1, "content_hash": "0", "definition": {"sections": []}, "code_lists": {}}
    assert not bundle.read(json.dumps(whole).encode()).mark_holds


CODE = {"value": "1", "label": "One"}
LIST = {"code_list": "x", "title": "X", "options": [CODE]}


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (1, "the whole has to be an object in curly brackets"),
        ({"options": 1}, "/code_list has to be text"),
        ({**LIST, "options": {}}, "/options has to be a list in square brackets"),
        ({**LIST, "options": [1]}, "/options/0 has to be an object in curly brackets"),
        ({**LIST, "options": [CODE, {**CODE, "value": 5}]}, "/options/1/value has to be text"),
        ({**LIST, "options": [{**CODE, "from": 2020}]}, "/options/0/from has to be text"),
        ({**LIST, "options": [{**CODE, "group": {}}]}, "/options/0/group has to be text"),
        ({**LIST, "options": [{"value": "1"}]}, "/options/0/label has to be text"),
        ({**LIST, "valid": {"to": 1}}, "/valid/to has to be text"),
        ({**LIST, "valid": None}, "/valid has to be an object in curly brackets"),
        ({**LIST, "exclusive": [[]]}, "/exclusive/0 has to be text"),
    ],
)
def test_a_code_list_of_another_shape_is_refused_with_its_place(found: object, why: str) -> None:
    """Before anything is made of the form that it came with."""
    whole = {"pith_bundle": 1, "definition": {"sections": []}, "code_lists": {"x": found}}
    with pytest.raises(bundle.BadCodeList) as refused:
        bundle.read(json.dumps(whole).encode())
    assert refused.value.message == (
        f"The code list “x” is not written as one: {why}. Mend it in the file and bring the file again."
    )
