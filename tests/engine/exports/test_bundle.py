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
    """Whatever shape the lists have."""
    for lists in ({}, {"x": 1}, {"x": {"options": 1}}):
        whole = {"pith_bundle": 1, "content_hash": "0", "definition": {"sections": []}, "code_lists": lists}
        assert not bundle.read(json.dumps(whole).encode()).mark_holds
