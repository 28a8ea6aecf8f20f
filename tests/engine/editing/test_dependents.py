"""What depends on what: everything that reads or names a question, a section or an option."""

from typing import Any

import pytest

from engine.checks import check_definition
from engine.editing import NoSuchPlace, dependents, dependents_of_option, edited, taken_out, with_option_replaced
from engine.overlays.places import question_at, spot_of
from engine.overlays.tracing import value_at
from tests.engine.editing.forms_and_operations import EVERYTHING
from tests.engine.forms import form_json, question

Json = Any


def told(name: str) -> set[tuple[str, str]]:
    """The place and key of each dependent."""
    return {(each.place, each.key) for each in dependents(EVERYTHING, name)}


def at(form: Json, path: str) -> Json:
    """A question or column of a form."""
    spot = spot_of(form, path)
    assert spot
    return question_at(form, spot)


WORKED_OUT = (("due_on", "of"), ("hours", "of"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("born", {("met_on", "not_before"), ("people.since", "not_before"), ("second", "show_when")}),
        ("met_on", {("", "timescale"), ("due_on", "of")}),
        (
            "days",
            {("why_days", "reason_for"), ("seen", "show_when"), ("note", "show_when"), *WORKED_OUT},
        ),
        ("seen", {("", "read_first"), ("colours", "show_when"), ("note", "shows")}),
        ("people", {("hours", "of"), ("unmet", "show_when"), ("note", "shows")}),
        ("people.met", {("people.met_why", "reason_for"), ("people.met_why", "show_when"), ("unmet", "show_when")}),
        ("people.since", {("people.age", "of")}),
        ("people.who", {("note", "shows")}),
        ("second", {("", "read_first")}),
        ("note", {("", "read_first")}),
        ("unmet", set()),
    ],
)  # fmt: skip
def test_everything_that_names_a_question_is_told(name: str, expected: set[tuple[str, str]]) -> None:
    """Conditions, reasons, what is shown or read first, the timescale, and what a type's settings name."""
    assert told(name) == expected


def test_a_dependent_has_its_place_and_what_people_call_it() -> None:
    """The pointer leads to the name or the leaf; the label is that of the dependent."""
    for name in ("born", "met_on", "days", "seen", "people.met", "people.who"):
        for each in dependents(EVERYTHING, name):
            found = value_at(EVERYTHING, each.pointer)
            assert name.rpartition(".")[2] in (str(found).rpartition(".")[2], *getattr(found, "values", list)())
            assert each.label == (EVERYTHING["title"] if each.place == "" else each.label)
    (on_age,) = dependents(EVERYTHING, "people.since")
    assert (on_age.label, on_age.reads) == ("What about age?", "people.since")


def test_what_is_not_there_is_refused() -> None:
    """With its name."""
    with pytest.raises(NoSuchPlace, match="nowhere"):
        dependents(EVERYTHING, "nowhere")
    with pytest.raises(NoSuchPlace, match="nowhere"):
        dependents_of_option(EVERYTHING, "nowhere", "red")


def test_conditions_that_wait_for_an_option_are_told() -> None:
    """By whichever operator, in rows too; those that wait for another option are not."""
    places = {
        value: [each.place for each in dependents_of_option(EVERYTHING, "seen", value)] for value in ("red", "green")
    }
    assert places == {"red": ["colours"], "green": []}
    assert [each.place for each in dependents_of_option(EVERYTHING, "colours", "green")] == ["note"]
    assert [each.place for each in dependents_of_option(EVERYTHING, "people.met", "no")] == ["people.met_why", "unmet"]


def grouped(*groups: str | None) -> Json:
    options = [
        {"value": f"v{index}", "label": f"V{index}", **({"group": group} if group else {})}
        for index, group in enumerate(groups)
    ]
    waits = {"question": "areas", "includes_group": "care"}
    return form_json(question("areas", "choices", options=options), question("more", show_when=waits))


def test_a_group_waits_for_its_last_option() -> None:
    """While others are in it, no option alone decides."""
    assert [each.place for each in dependents_of_option(grouped("care", None), "areas", "v0")] == ["more"]
    assert dependents_of_option(grouped("care", "care"), "areas", "v0") == ()


def test_an_option_is_given_another_value() -> None:
    """In its place and with its words, and whatever waited for it waits for the new value."""
    form = edited(EVERYTHING, with_option_replaced(EVERYTHING, "seen", "red", "scarlet"))
    assert [option["value"] for option in at(form, "seen")["options"]] == ["scarlet", "green", "blue"]
    assert at(form, "seen")["options"][0]["label"] == "Red"
    assert at(form, "colours")["show_when"] == {"question": "seen", "in": ["scarlet", "blue"]}


def test_an_option_gives_way_to_another() -> None:
    """What waited for either waits for the one that is left, once."""
    form = edited(EVERYTHING, with_option_replaced(EVERYTHING, "seen", "red", "blue"))
    assert [option["value"] for option in at(form, "seen")["options"]] == ["green", "blue"]
    assert at(form, "colours")["show_when"] == {"question": "seen", "in": ["blue"]}
    assert [each for each in check_definition(form) if each.severity == "error"] == []


def test_options_that_are_not_the_questions_own_stay() -> None:
    """Yes and no are there for good; conditions wait for the other all the same."""
    operations = with_option_replaced(EVERYTHING, "people.met", "no", "yes")
    assert [operation["op"] for operation in operations] == ["set", "set"]
    form = edited(EVERYTHING, operations)
    assert at(form, "unmet")["show_when"] == {"question": "people", "any_row": {"row": "met", "is": "yes"}}


def test_a_group_that_is_left_without_an_option_is_exchanged_for_the_option() -> None:
    """Where the new option is in no group or another one."""
    form = edited(grouped("care", None), with_option_replaced(grouped("care", None), "areas", "v0", "v1"))
    assert at(form, "more")["show_when"] == {"question": "areas", "includes": "v1"}
    form = edited(grouped("care", None), with_option_replaced(grouped("care", None), "areas", "v0", "new"))
    assert at(form, "more")["show_when"] == {"question": "areas", "includes_group": "care"}


def test_followers_are_freed_or_go_along() -> None:
    """What could only be asked because of a question is asked without that, or taken out too."""
    freed = edited(EVERYTHING, taken_out(EVERYTHING, "seen"))
    assert "show_when" not in at(freed, "colours")
    assert at(freed, "note")["shows"] == ["people.who"]
    gone = edited(EVERYTHING, taken_out(EVERYTHING, "seen", followers=True))
    assert spot_of(gone, "colours") is None
    assert at(gone, "note")["show_when"] == {"not": {"question": "days", "answered": True}}


def test_what_is_worked_out_from_nothing_goes_too_and_a_sum_loses_a_part() -> None:
    """A date some days on needs both; a sum of what is left is still a sum."""
    form = edited(EVERYTHING, taken_out(EVERYTHING, "days"))
    assert spot_of(form, "due_on") is None
    assert at(form, "hours")["of"] == ["people.hours"]
    assert "reason_for" not in at(form, "why_days")
    assert "not_before" not in at(edited(EVERYTHING, taken_out(EVERYTHING, "born")), "met_on")
    assert edited(EVERYTHING, taken_out(EVERYTHING, "met_on"))["timescale"] == {"days": 10, "unit": "working"}
