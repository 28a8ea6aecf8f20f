"""Whatever a page on which a form is tried is made to carry: refused in plain words, or shown as words."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from engine.definition import Definition
from engine.journey import ONE_CHILD, context_from_json, evaluate
from engine.journey.context import BadContext
from tests.webapp.assessments.desk import BY_SCRIPT
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.test_draft import ines
from webapp.editor.as_sent import as_sent
from webapp.editor.sheet import MOST_BYTES
from webapp.library import LIBRARY, read_definition, read_file, shipped_definitions

__all__ = ["ines"]

ADDRESS = "/forms/visit/draft/try"
ATTACK = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
WHOM = {"today": "2026-03-12", "children": [{"id": "c1"}, {"id": "c2", "unborn": True}]}
DOS = ("next", "check", "read", "go sense", "mend around q-people.r1")
HOSTILE: tuple[Any, ...] = (
    *(True, 0, -1, 1.5, 10**30, "", " ", "x" * 5_000, ATTACK, "2026-02-30", "in_person", "\u202e", "a\u0000b"),
    *([], ["a"], [1], [[]], [{}], [None], {}, {"a": 1}, {"name": 5}, {"name": ["x"]}, {"day": 1}),
    *({"not_known": True}, {"not_known": True, "doing": 5}, {"not_known": "y"}),
    *({"text": 5, "evidence": 5}, {"text": ["x"], "evidence": "saw"}, {"text": "x", "evidence": ["saw", "[[", 5]}),
    *([{"id": "r1"}, {"id": "r1"}], [{"id": ATTACK}], [{"id": "r1", "who": 5, "a": {"b": []}}], {"c1": [{"id": "r1"}]}),
)
FEATURES = sorted(path for path in (LIBRARY / "_features").glob("*/1.json") if path.parent.name != "long-tick-box")
CASES = sorted((*LIBRARY.glob("*/cases/*.json"), *(LIBRARY / "_features").glob("*/cases/*.json")))


def deep(depth: int) -> str:
    return '{"answers": {"saw": ' + "[" * depth + "]" * depth + "}}"


SHEETS = (
    *("", "not JSON at all", "null", "[]", "1e999", '"\\ud83d"', '{"answers": 5}', '{"answers": {}, "context": 7}'),
    *(deep(100), deep(50_000), '{"answers": {"a": 1, "a": 2}}', json.dumps({"answers": {}, "context": {"no": 1}})),
    json.dumps({"answers": {}, "context": {"children": [{"id": ATTACK}]}}),
    json.dumps({"answers": {}, "context": {"children": [{"id": f"c{number}"} for number in range(100)]}}),
    json.dumps({"answers": {}, "context": {"children": [{"id": "c1"}, {"id": "c1"}]}}),
    json.dumps({"answers": {}, "context": {"today": "2026-13-41"}}),
    json.dumps({"answers": {"saw": ["x"] * 60_000}, "context": {}}),
    json.dumps({"answers": {"saw": "x" * MOST_BYTES}, "context": {}}),
)


def test_what_no_page_carries_is_refused_in_plain_words(ines: Drafting) -> None:
    """Pressed, and by the page's script; nothing of it is shown."""
    for sheet in SHEETS:
        for headers in ({}, BY_SCRIPT):
            refused = ines.visitor.send(ADDRESS, {"sheet": sheet, "here": "visit"}, headers=headers)
            assert refused.status_code == 400, sheet[:50]
            assert "What was tried" in refused.text
            assert "<script>alert" not in refused.text


def test_two_megabytes_are_refused_before_they_are_read(ines: Drafting) -> None:
    """By the limit of every request; without any page at all it is refused too."""
    assert ines.visitor.send(ADDRESS, {"sheet": "x" * 2_000_000}).status_code == 413
    assert ines.visitor.send(ADDRESS).status_code == 400


def test_a_page_that_would_carry_more_than_a_megabyte_is_refused(ines: Drafting) -> None:
    """The words that were too many are given back to copy."""
    carried = json.dumps({"answers": {"saw": "x" * 600_000}, "context": WHOM})
    sent = {"sheet": carried, "here": "sense", "held": ["q-meaning"], "q-meaning-text": "y" * 500_000}
    refused = ines.visitor.send(ADDRESS, sent)
    assert refused.status_code == 400
    assert "longer than the 1 MB that a page can carry on" in refused.text


def spread(definition: Definition, value: Any) -> Iterator[dict[str, Any]]:
    """Answers in which a value stands at every question: as it is, for each child, and in every cell."""
    yield {question.id: value for question in definition.questions}
    answers = {}
    for question in definition.questions:
        cells = [{"id": "r1", **{column.id: value for column in question.columns}}]
        one = cells if question.columns else value
        answers[question.id] = {"c1": one, "c2": one} if question.per_child else one
    yield answers


def test_answers_of_any_kind_are_shown_as_words(ines: Drafting) -> None:
    """On every page, whatever button is pressed; each page is linted, and none fails."""
    definition = read_definition(LIBRARY / "visit" / "1.json")[0]
    for value in HOSTILE:
        for answers, deeds in zip(spread(definition, value), (("check",), DOS), strict=True):
            taken = ["q-people", {"id": "r9"}, 0]
            carried = json.dumps({"answers": answers, "context": WHOM, "taken": taken, "language": 5})
            for do in deeds:
                page = ines.visitor.send(ADDRESS, {"sheet": carried, "here": "each_child", "do": do})
                assert page.status_code == 200, (value, do)
                assert "<script>alert" not in page.text
                assert "<img src=x" not in page.text


@pytest.mark.parametrize("path", [*shipped_definitions(), *FEATURES], ids=lambda path: path.parent.name)
def test_every_form_takes_only_what_its_pages_could_have_sent(path: Path) -> None:
    """Of every type of question, whatever stands there; taken once more, nothing changes."""
    definition = read_definition(path)[0]
    context = context_from_json(WHOM)
    for value in HOSTILE:
        for answers in spread(definition, value):
            taken = as_sent(definition, answers, context)
            assert as_sent(definition, taken, context) == taken


def test_valid_answers_stay_as_they_are() -> None:
    """Of every case of every form: what is valid is taken to the letter, and opens the same questions."""
    held = 0
    for path in CASES:
        versions = [each for each in path.parents[1].glob("*.json") if each.stem.isdigit()]
        definition = read_definition(max(versions, key=lambda each: int(each.stem)))[0]
        case = read_file(path).value
        with suppress(BadContext):
            context = context_from_json(case["context"]) if case.get("context") else ONE_CHILD
            journey = evaluate(definition, case["answers"], context)
            if journey.findings:
                continue
            taken = evaluate(definition, as_sent(definition, case["answers"], context), context)
            assert taken.record() == journey.record(), path
            assert taken.shown == journey.shown, path
            held += 1
    assert held > 200


SENT: tuple[dict[str, Any], ...] = (
    {"here": "nowhere", "do": "go nowhere"},
    {"here": "each_child", "do": "go"},
    {"here": "around", "do": "mend"},
    {"here": "around", "do": "mend around q-people"},
    {"here": "around", "do": "mend around q-people.r9"},
    {"here": ATTACK, "do": ATTACK},
    {"here": "around", "row": "q-people.r9"},
    {"here": "around", "held": ["q-constructor", "q-people-r-x-who", ATTACK]},
    {"here": "visit", "do": "whom", "whom": ATTACK, "elder": ATTACK, "language": ATTACK},
    {"here": "check", "do": "removed q-saw r1"},
)


def test_buttons_that_no_page_has_lead_to_a_page(ines: Drafting) -> None:
    """Or to where there is none; never to an error of Pith's own."""
    carried = json.dumps({"answers": {}, "context": WHOM})
    for sent in SENT:
        for headers in ({}, BY_SCRIPT):
            page = ines.visitor.send(ADDRESS, {"sheet": carried, **sent}, headers=headers)
            assert page.status_code in (200, 404), sent
            assert "<script>alert" not in page.text
