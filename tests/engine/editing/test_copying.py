"""A section of one form copied into another: ids made free, what refers to them follows, what is not here told."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.checks import check, in_shape
from engine.definition import definition_from_json
from engine.editing.copying import copied
from tests.definitions import library
from tests.engine.forms import question

Json = Any
ORIGIN = {"form": "other", "version": 3, "section": "s"}


def whole(*sections: Json) -> Json:
    """A form of some sections."""
    return {"form": "f", "version": 1, "title": "T", "purpose": "P", "sections": list(sections)}


def section(name: str, *questions: Json, **keys: Json) -> Json:
    """A section."""
    return {"id": name, "title": f"Title of {name}", "questions": list(questions), **keys}


def copy(here: Json, there: Json, name: str, after: str = "") -> tuple[Json, list[str]]:
    """Copy a section; the sections that follow, and what was told."""
    read = next(each for each in definition_from_json(there).sections if each.id == name)
    data = next(each for each in there["sections"] if each["id"] == name)
    made = copied(here, read, data, ORIGIN, after)
    return made.form["sections"], list(made.told)


HERE = whole(section("s", question("seen", "yes_no")), section("last", question("end")))


def test_ids_are_made_free_and_conditions_follow() -> None:
    """Within the section; where the ids are free they stay."""
    asked = {"all": [{"question": "seen", "is": True}, {"not": {"question": "who", "answered": True}}]}
    there = whole(section("s", question("seen", "yes_no"), question("who"), question("why_not", show_when=asked)))
    found, told = copy(here=HERE, there=there, name="s", after="s")
    assert told == []
    assert [each["id"] for each in found] == ["s", "s_2", "last"]
    assert [each["id"] for each in found[1]["questions"]] == ["seen_2", "who", "why_not"]
    assert found[1]["questions"][2]["show_when"]["all"][0] == {"question": "seen_2", "is": True}
    assert found[1]["origin"] == ORIGIN
    assert HERE["sections"][1]["id"] == "last"


def test_a_condition_on_what_is_not_here_is_taken_out_and_told() -> None:
    """The question is then always asked; one on a question that is here stays."""
    there = whole(
        section("first", question("elsewhere", "yes_no"), question("seen", "yes_no")),
        section(
            "s",
            question("gone", show_when={"question": "elsewhere", "is": True}, shows=["elsewhere"]),
            question("kept", show_when={"question": "seen", "is": True}),
            show_when={"question": "elsewhere", "is": True},
        ),
    )
    found, told = copy(HERE, there, "s")
    assert [each["id"] for each in found] == ["s", "last", "s_2"]
    assert "show_when" not in found[2]
    gone, kept = found[2]["questions"]
    assert "show_when" not in gone
    assert "shows" not in gone
    assert kept["show_when"] == {"question": "seen", "is": True}
    assert len(told) == 3
    assert all("“elsewhere”" in each for each in told)


def test_what_a_section_works_with_follows_too() -> None:
    """A value that is worked out reads the copies; rows keep their columns, whatever names them."""
    born, rows = (
        question("born", "date"),
        question("people", "rows", columns=[question("who"), question("age", "number")]),
    )
    aged = question("years", "worked_out", function="age", of=["born"])
    summed = question("together", "worked_out", function="sum", of=["people.age"])
    shown = question("said", shows=["people.who"])
    there = whole(section("s", born, aged, rows, summed, shown))
    here = whole(section("s", question("born", "date"), question("people")))
    found, told = copy(here, there, "s")
    assert told == []
    made = {each["id"]: each for each in found[1]["questions"]}
    assert made["years"]["of"] == ["born_2"]
    assert made["together"]["of"] == ["people_2.age"]
    assert made["said"]["shows"] == ["people_2.who"]


def test_only_names_of_questions_are_renamed() -> None:
    """A fact, a return or a running list that is called as a question is stays what it is; a limit follows."""
    named = {"concept": "born", "returns": ["born"], "running_list": "born", "kind": "fact"}
    born, met = question("born", "date", **named), question("met", "date", not_before="born", concept="born")
    aged = question("years", "worked_out", function="age", of=["born"], returns=["born"], concept="born")
    here = whole(section("s", question("born", "date")))
    found, told = copy(here, whole(section("s", born, met, aged)), "s")
    assert told == []
    made = {each["id"]: each for each in found[1]["questions"]}
    assert {key: made["born_2"][key] for key in named} == named
    assert (made["met"]["not_before"], made["met"]["concept"]) == ("born_2", "born")
    assert (made["years"]["of"], made["years"]["returns"], made["years"]["concept"]) == (["born_2"], ["born"], "born")


@pytest.mark.parametrize("path", library.starter_files(), ids=lambda path: path.parent.name)
def test_every_section_that_ships_can_be_copied_into_the_visit(path: Path) -> None:
    """What comes of it follows the schema, and is in error only where that was told."""
    visit = json.loads((path.parents[1] / "visit" / "1.json").read_bytes())
    data = json.loads(path.read_bytes())
    lists = library.code_lists()
    read = definition_from_json(data, lists)
    for each, part in zip(read.sections, data["sections"], strict=True):
        made = copied(visit, each, part, {"form": data["form"], "version": 1, "section": each.id}, "")
        problems = check(json.dumps(made.form), lists)
        assert in_shape(problems)
        unknown = [found for found in problems if found.code.startswith("unknown")]
        assert len(unknown) <= len(made.told)
