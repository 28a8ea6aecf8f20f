"""A local change on a newer base: the cases beside the base of overlays, and laws that hold of any."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, get_args

import pytest
from hypothesis import given

from engine.editing import Decision, edited, rebased
from engine.editing.rebasing import Status
from engine.overlays import apply, check
from engine.overlays.reading import problems_of_shape
from tests.engine.editing.forms_and_operations import EVERYTHING, FORMS, WISHES, Wish, done
from tests.engine.overlays.test_cases import BASE, FOLDER, LISTS, ids, overlay, parts

Json = Any
EXPECTATIONS = {"status", "differing", "decisions", "changes", "has", "lacks", "order", "sections", "form", "problems"}


def cases() -> Iterator[Any]:
    """Every case with the file and title as its id."""
    for path in sorted((FOLDER / "cases" / "rebases").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['title']}")


def newer(operations: list[Json], base: Json = BASE) -> Json:
    """The base's next version."""
    return {**edited(base, operations), "version": base["version"] + 1}


@pytest.mark.parametrize("case", list(cases()))
def test_each_change_is_judged_as_its_case_says(case: Json) -> None:
    """With what differs; one that somebody has to decide leaves no overlay until it is decided."""
    found = rebased(overlay(case["changes"]), BASE, newer(case["newer"]))
    assert [each.status for each in found.judged] == case["expect"]["status"]
    for each, differing in zip(found.judged, case["expect"].get("differing", ()), strict=False):
        assert [
            {key: getattr(one, key) for key in ("key", "old", "new", "mine")} for one in each.differing
        ] == differing
    assert (found.overlay is None) == ("conflicting" in case["expect"]["status"])
    assert all(each.reason for each in found.judged if each.status == "obsolete")


@pytest.mark.parametrize("case", list(cases()))
def test_what_was_decided_makes_the_form_that_the_case_describes(case: Json) -> None:
    """The overlay names the newer base, and its changes can all be done."""
    expect = case["expect"]
    base, decisions = newer(case["newer"]), {int(number): each for number, each in expect.get("decisions", {}).items()}
    made = rebased(overlay(case["changes"]), BASE, base, decisions).overlay
    assert made
    assert made["base"] == {"owner": "library", "form": "overlays", "version": 2}
    assert made["changes"] == expect.get("changes", made["changes"])
    form, problems = apply(base, made)
    assert problems == ()
    named = parts(form)
    assert {name: ids(named[name]) for name in expect.get("order", ())} == expect.get("order", {})
    assert {key: form.get(key) for key in expect.get("form", ())} == expect.get("form", {})
    assert expect.get("sections", ids({"questions": form["sections"]})) == ids({"questions": form["sections"]})
    for name, keys in expect.get("has", {}).items():
        assert {key: named[name].get(key) for key in keys} == keys
    for name, keys in expect.get("lacks", {}).items():
        assert set(keys) & named[name].keys() == set()
    if "problems" in expect:
        assert [each.code for each in check(base, made, LISTS) if each.severity == "error"] == expect["problems"]


@pytest.mark.parametrize("case", list(cases()))
def test_a_case_expects_nothing_unknown(case: Json) -> None:
    """A misspelt expectation would hold whatever happens."""
    assert case["expect"].keys() <= EXPECTATIONS


def test_every_status_and_decision_is_in_a_case() -> None:
    """What can be said of a change, and what can be done about it."""
    found = [case.values[0]["expect"] for case in cases()]
    assert {status for each in found for status in each["status"]} == set(get_args(Status))
    assert {decision for each in found for decision in each.get("decisions", {}).values()} == set(get_args(Decision))


def local(base: Json, changes: list[Json]) -> Json:
    """An overlay on a form."""
    names = {"owner": "library", "form": base["form"], "version": base["version"]}
    return {"owner": "northshire", "form": "local", "version": 1, "base": names, "changes": changes}


@given(FORMS, WISHES)
def test_on_the_same_base_every_change_is_as_it_was(form: Json, wishes: list[Wish]) -> None:
    """Nothing conflicts with a base that says what it said; the form is the same."""
    given_overlay = local(form, done(form, wishes).operations)
    found = rebased(given_overlay, form, {**form, "version": form["version"] + 1})
    assert {each.status for each in found.judged} <= {"applied", "already_so", "obsolete"}
    assert found.overlay
    made = apply({**form, "version": form["version"] + 1}, found.overlay)[0]
    assert made == apply(form, given_overlay)[0]


@pytest.mark.parametrize("decision", get_args(Decision))
@given(WISHES, WISHES)
def test_whatever_is_decided_can_be_done(decision: Decision, here: list[Wish], there: list[Wish]) -> None:
    """On any newer base: every change that is kept can be done, in its order, and nothing that was given changes."""
    base, changes = newer(done(EVERYTHING, there).operations, EVERYTHING), done(EVERYTHING, here).operations
    given_overlay = local(EVERYTHING, changes)
    before = deepcopy((given_overlay, EVERYTHING, base))
    decisions: Mapping[int, Decision] = dict.fromkeys(range(1, len(changes) + 1), decision)
    found = rebased(given_overlay, EVERYTHING, base, decisions)
    assert found.overlay
    assert found.undecided == ()
    assert problems_of_shape(found.overlay) == ()
    assert [problem for problem in apply(base, found.overlay)[1] if problem.code != "never_shown"] == []
    assert (given_overlay, EVERYTHING, base) == before
