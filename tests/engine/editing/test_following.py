"""Ids and values follow the words they were made from, and everything that names them follows in the same step."""

import json
from typing import Any

import pytest

from engine.checks import check_definition
from engine.editing import name_to_follow, new_id, values_to_follow, with_name, with_values
from engine.overlays.places import question_at, questions, spot_of
from tests.engine.editing.forms_and_operations import EVERYTHING
from tests.engine.forms import form_json, question

Json = Any


def choice(*options: tuple[str, str]) -> Json:
    """A form in which the second question waits for the first option of the first."""
    listed = [{"value": value, "label": label} for value, label in options]
    waiting = {"question": "who", "in": [options[0][0], options[1][0]]}
    return form_json(question("who", "choice", options=listed), question("then", show_when=waiting))


def relabelled(form: Json, **labels: str) -> Json:
    """The form in which options of the first question have other words, by their value."""
    changed = json.loads(json.dumps(form))
    for option in changed["sections"][0]["questions"][0]["options"]:
        option["label"] = labels.get(option["value"], option["label"])
    return changed


NEW = choice(("first_answer", "First answer"), ("second_answer", "Second answer"))


def test_an_option_of_a_new_list_has_the_value_of_its_words() -> None:
    """Whatever waits for it waits for the new value."""
    after = relabelled(NEW, first_answer="A teacher", second_answer="Somebody else")
    renames = values_to_follow(NEW, after, "who", ())
    assert renames == (("first_answer", "a_teacher"), ("second_answer", "somebody_else"))
    form = with_values(after, "who", renames)
    who, then = form["sections"][0]["questions"]
    assert [(each["value"], each["label"]) for each in who["options"]] == [
        ("a_teacher", "A teacher"),
        ("somebody_else", "Somebody else"),
    ]
    assert then["show_when"] == {"question": "who", "in": ["a_teacher", "somebody_else"]}


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        (choice(("x9", "First answer"), ("b", "B")), ()),
        (choice(("first_answer", "First answer"), ("first_answer", "First answer")), ()),
        (NEW, ("first_answer",)),
    ],
    ids=["typed by hand", "shared by two options", "published"],
)
def test_a_value_that_is_not_only_its_words_stays(before: Json, kept: tuple[str, ...]) -> None:
    """What was typed by hand, what two options share by mistake, and what answers may hold already."""
    value = before["sections"][0]["questions"][0]["options"][0]["value"]
    assert values_to_follow(before, relabelled(before, **{value: "A teacher"}), "who", kept) == ()


def test_two_options_that_change_words_stay_two() -> None:
    """A value that another option has, or had until now, gets a number."""
    before = choice(("red", "Red"), ("blue", "Blue"))
    renames = values_to_follow(before, relabelled(before, red="Blue", blue="Red"), "who", ())
    form = with_values(relabelled(before, red="Blue", blue="Red"), "who", renames)
    values = [each["value"] for each in form["sections"][0]["questions"][0]["options"]]
    assert len(set(values)) == 2


def test_an_id_follows_only_words_that_it_was_made_from() -> None:
    """And is free among what stands beside it."""
    before = form_json(question("who_came", label="Who came?"), question("who_rang", label="Who rang?"))
    after = json.loads(json.dumps(before).replace("Who came?", "Who rang?"))
    assert name_to_follow(before, after, "who_came") == "who_rang_2"
    assert name_to_follow(before, before, "who_came") == "who_came"
    other = json.loads(json.dumps(before).replace("who_came", "w1"))
    assert name_to_follow(other, json.loads(json.dumps(other).replace("Who came?", "Who?")), "w1") == "w1"


@pytest.mark.parametrize("name", [path for path, _, _ in questions(EVERYTHING)] + ["first"])
def test_everything_that_names_a_part_follows_and_comes_back(name: str) -> None:
    """Under another name the form is as sound as before; under the old one again it is the same form."""
    rows, _, own = name.rpartition(".")
    new = f"{rows}.called_{own}" if rows else f"called_{own}"
    form = with_name(EVERYTHING, name, new)
    assert form != EVERYTHING
    assert [each.code for each in check_definition(form)] == [each.code for each in check_definition(EVERYTHING)]
    assert with_name(form, new, name) == EVERYTHING


def test_a_column_of_the_same_id_is_another_thing() -> None:
    """A question’s new name is not given to a column that is called the same."""
    form = form_json(
        question("who", "short_text"),
        question(
            "people",
            "rows",
            columns=[question("who", "person"), question("age", show_when={"row": "who", "answered": True})],
        ),
    )
    found = with_name(form, "who", "whom")
    spot = spot_of(found, "people.who")
    assert spot is not None
    assert question_at(found, spot)["id"] == "who"
    assert spot_of(found, "whom") is not None


def test_no_question_gets_the_name_of_the_day() -> None:
    """A limit “not before today” would be read as one by the question."""
    before = form_json(question("seen", "date", label="Seen"), question("met", "date", not_before="seen"))
    after = json.loads(json.dumps(before).replace("Seen", "Today"))
    assert name_to_follow(before, after, "seen") == "today_2"
    assert new_id(before, "Today") == "today_2"
