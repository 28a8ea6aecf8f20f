"""A form made into another version of itself by chance: questions gone, retyped, asked for each child, options gone."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

Json = Any
Sections = list[dict[str, Json]]

TEXTS = ("short_text", "long_text", "analysis")


def another_version(form: Json, seed: int, changes: int) -> Json:
    """The form with so many changes of different kinds; the same for the same seed."""
    chance, changed = Random(seed), deepcopy(form)
    changed["version"] += 1
    for _ in range(changes):
        section = chance.choice(changed["sections"])
        if section["questions"]:
            chance.choice(CHANGES)(chance, section, chance.choice(section["questions"]))
    return changed


def _remove(_chance: Random, section: Json, question: Json) -> None:
    section["questions"].remove(question)


def _move(chance: Random, section: Json, question: Json) -> None:
    section["questions"].remove(question)
    section["questions"].insert(chance.randint(0, len(section["questions"])), question)


def _retype(chance: Random, _section: Json, question: Json) -> None:
    if question["type"] in TEXTS:
        question["type"] = chance.choice(TEXTS)
    elif question["type"] == "yes_no":
        question["type"] = chance.choice(("choice", "choices", "date"))
        question["options"] = [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
    elif question["type"] in ("choice", "choices"):
        question["type"] = chance.choice(("choice", "choices", "short_text"))
    elif question["type"] in ("number", "scale"):
        question["type"] = chance.choice(("number", "scale", "person"))


def _for_each_child(_chance: Random, section: Json, question: Json) -> None:
    if not section.get("per_child"):
        question["per_child"] = not question.get("per_child", False)


def _whole_section_for_each_child(_chance: Random, section: Json, _question: Json) -> None:
    section["per_child"] = not section.get("per_child", False)


def _fewer_options(chance: Random, _section: Json, question: Json) -> None:
    if len(question.get("options", ())) > 1:
        question["options"].remove(chance.choice(question["options"]))


def _tighter(_chance: Random, _section: Json, question: Json) -> None:
    tighter = {"number": {"maximum": 5}, "long_text": {"max_length": 8}, "date": {"partial": False, "time": False}}
    question.update(tighter.get(question["type"], {}))


def _no_not_known(_chance: Random, _section: Json, question: Json) -> None:
    question["not_known"] = False


def _columns(chance: Random, section: Json, question: Json) -> None:
    if question["type"] == "rows":
        column = chance.choice(question["columns"])
        chance.choice((_retype, _fewer_options, _tighter, _no_not_known))(chance, section, column)
        if len(question["columns"]) > 1 and chance.random() < 0.4:
            question["columns"].remove(chance.choice(question["columns"]))


CHANGES: tuple[Callable[[Random, Json, Json], None], ...] = (
    *(_remove, _move, _retype, _for_each_child, _whole_section_for_each_child),
    *(_fewer_options, _tighter, _no_not_known, _columns),
)
