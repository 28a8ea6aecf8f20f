"""What changed between two versions is told in words and as data, no more and no less."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import form_json
from engine.definition import definition_from_json
from engine.versions import compare
from engine.versions.order import moved
from tests.engine.forms import form, question, section
from tests.engine.versions.changed_forms import another_version

Json = Any
COLOURS = [{"value": value, "label": value.title()} for value in ("red", "green", "blue")]
AGE = {"child": "age", "less_than": 2}


def of(old: Json, new: Json) -> list[tuple[str, str, str]]:
    """The changes of a form of one section as kind, place and words."""
    return [(change.kind, change.place, change.words) for change in compare(form(*old), form(*new))]


@pytest.mark.parametrize(
    ("old", "new", "kind", "words"),
    [
        ({}, {"label": "Where now?"}, "reworded", "The wording of “Where?” was “Where?” and is now “Where now?”."),
        ({}, {"hint": "A town"}, "reworded", "The hint of “Where?” was not given and is now “A town”."),
        (
            {"guidance": {"en": "One", "cy": "Un"}},
            {"guidance": {"en": "One", "cy": "Dau"}},
            "reworded",
            "The guidance of “Where?” was “One” (cy) “Un” and is now “One” (cy) “Dau”.",
        ),
        (
            {"kind_of": "choice", "options": COLOURS},
            {"kind_of": "choice", "options": COLOURS[:2]},
            "option_removed",
            "“Where?” no longer has the option “Blue”.",
        ),
        (
            {"kind_of": "choice", "options": COLOURS[:2]},
            {"kind_of": "choice", "options": COLOURS},
            "option_added",
            "“Where?” has the new option “Blue”.",
        ),
        (
            {"kind_of": "choice", "options": [{"value": "red", "label": "Red"}]},
            {"kind_of": "choice", "options": [{"value": "red", "label": "Crimson"}]},
            "option_relabelled",
            "The option “Red” of “Where?” now reads “Crimson”.",
        ),
        (
            {"kind_of": "choice", "options": COLOURS},
            {"kind_of": "choice", "options": [*COLOURS[1:], COLOURS[0]]},
            "option_changed",
            "The option “Red” of “Where?” has another hint, group, place or say over others.",
        ),
        (
            {},
            {"kind_of": "long_text", "max_length": 200, "rows": 5},
            "type_changed",
            "“Where?” was answered as short text and is now answered as long text.",
        ),
        (
            {},
            {"show_when": AGE},
            "condition_changed",
            "“Where?” was asked always; now it is asked when the child's age is less than 2.",
        ),
        ({}, {"required": True}, "required_changed", "“Where?” was free to leave blank and is now required."),
        (
            {},
            {"max_length": 50},
            "setting_changed",
            "The max length of “Where?” was 200 and is now 50.",
        ),
        (
            {},
            {"not_known": False},
            "setting_changed",
            "Whether “not known yet” is offered of “Where?” was yes and is now no.",
        ),
        (
            {},
            {"per_child": True},
            "setting_changed",
            "Whether it is asked for each child of “Where?” was no and is now yes.",
        ),
    ],
)
def test_one_change_of_a_question_is_told_once(old: Json, new: Json, kind: str, words: str) -> None:
    """Each kind of change in its own words."""
    before, after = question("a", **{"label": "Where?", **old}), question("a", **{"label": "Where?", **new})
    assert of([before], [after]) == [(kind, "a", words)]


def test_questions_added_removed_and_moved() -> None:
    """With the section they stand in and what they come after; what merely shifted is not told."""
    old = [question(name, label=name.upper()) for name in ("a", "b", "c", "d")]
    new = [old[1], old[2], old[0], question("e", label="E")]
    assert of(old, new) == [
        ("moved", "a", "“A” now stands after “C” in “Section only”."),
        ("added", "e", "“E” is new, in “Section only”."),
        ("removed", "d", "“D” is gone from “Section only”."),
    ]


def test_sections_added_removed_moved_and_changed() -> None:
    """Sections are told like questions, and a question in another section has moved."""
    a, b, c = (question(name, label=name.upper()) for name in "abc")
    old = form(section("one", a), section("two", b), section("three", c))
    new = form(section("three", c, title="Third", show_when=AGE, per_child=True), section("one", a), section("four", b))
    assert [(change.kind, change.place, change.after) for change in compare(old, new)] == [
        ("section_moved", "three", None),
        ("section_reworded", "three", "Third"),
        ("section_condition_changed", "three", AGE),
        ("section_setting_changed", "three", True),
        ("section_added", "four", None),
        ("moved", "b", None),
        ("section_removed", "two", None),
    ]


def test_columns_are_told_by_their_path_and_protection_covers_them() -> None:
    """A change inside protected rows is a change of what is protected."""
    old = question("people", "rows", protected=True, columns=[question("who"), question("age", "number")])
    new = question("people", "rows", protected=True, columns=[question("who", label="Name"), question("met", "yes_no")])
    changes = compare(form(old), form(new))
    assert [(each.kind, each.place, each.protected) for each in changes] == [
        ("reworded", "people.who", True),
        ("added", "people.met", True),
        ("removed", "people.age", True),
    ]


def test_the_forms_own_settings_are_told() -> None:
    """Title, budget and the like."""
    changes = compare(form(question("a")), form(question("a"), title="Bigger", budget={"minutes": 5}))
    assert [change.words for change in changes] == [
        "The title of the form was “Tiny” and is now “Bigger”.",
        "The budget of the form was not given and is now minutes 5.",
    ]


def test_conditions_are_told_with_the_labels_of_each_version() -> None:
    """Options by their labels, joined parts in brackets, rows and children included."""
    people = question("people", "rows", label="Who lives here?", columns=[question("met", "yes_no", label="Met?")])
    seen = question("seen", "choice", label="Seen?", options=COLOURS)
    before = {"any": [{"question": "seen", "in": ["red", "blue"]}, {"not": {"question": "seen", "answered": True}}]}
    after = {
        "all": [
            {"question": "people", "any_row": {"row": "met", "is": "no"}},
            {"any": [{"child": "unborn", "is": True}, {"child": "disabled", "is": False}]},
        ]
    }
    changes = of(
        [seen, people, question("a", label="A", show_when=before)],
        [seen, people, question("a", label="A", show_when=after)],
    )
    assert changes[0][2] == (
        "“A” was asked when “Seen?” is one of “Red” or “Blue” or it is not so that “Seen?” is answered; "
        "now it is asked when “Who lives here?” has a row where “Met?” is “No” and "
        "(the child is unborn or the child is not disabled)."
    )


@given(st.permutations("abcdefgh"))
def test_as_few_things_as_can_be_are_said_to_have_moved(order: list[str]) -> None:
    """Those that did not move stand in their old order, and none of the moved could have stayed beside them."""
    stayed = [name for name in order if name not in moved("abcdefgh", order)]
    assert stayed == sorted(stayed)
    for name in moved("abcdefgh", order):
        together = [each for each in order if each in (*stayed, name)]
        assert together != sorted(together)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(1, 20))
def test_a_version_has_no_changes_against_itself(seed: int, questions: int) -> None:
    """Nothing is told where nothing changed."""
    given_form = definition_from_json(form_json(questions, seed))
    assert compare(given_form, definition_from_json(form_json(questions, seed))) == ()


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(1, 20), st.integers(1, 20))
def test_every_change_of_a_question_is_told_somewhere(seed: int, questions: int, changes: int) -> None:
    """A question whose JSON differs is named by some change, one that is as it was only when it moved."""
    old = form_json(questions, seed)
    new = another_version(old, seed, changes)
    told = compare(definition_from_json(old), definition_from_json(new))
    before, after = ({q["id"]: q for s in each["sections"] for q in s["questions"]} for each in (old, new))
    named = {change.place.partition(".")[0] for change in told if change.kind != "moved"}
    for name in before.keys() & after.keys():
        plain_before, plain_after = ({**each, "per_child": False} for each in (before[name], after[name]))
        assert plain_before == plain_after or name in named or _only_defaults_differ(plain_before, plain_after)
        assert before[name] != after[name] or name not in named
    assert all(change.words.endswith(".") for change in told)


def _only_defaults_differ(before: Json, after: Json) -> bool:
    """Whether two questions differ only in saying what would be so anyway."""
    return form(before).by_id == form(after).by_id
