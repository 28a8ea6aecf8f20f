"""The operation that adds, takes out, rewords and moves the options of a choice."""

from collections.abc import Mapping
from typing import Any

from engine.overlays.faults import AfterItself, FromCodeList, NoOptions, OptionTaken, UnknownOption, did_you_mean
from engine.overlays.places import question_at, with_question
from engine.overlays.state import State

Json = Any
Options = list[dict[str, Json]]


def change_options(state: State, change: Mapping[str, Json]) -> State:
    """Take options out, give others new words; move some and add new ones after the one named.

    `after` null puts them first, without it they come last; those that are moved come before those that are new.
    """
    path = change["question"]
    spot = state.spot(path, "question")
    question = question_at(state.form, spot)
    _refuse_fixed(question, path)
    found = _without(question["options"], change.get("remove", ()), path)
    found = _reworded(found, change.get("reword", ()), path)
    found = _moved(found, change, path)
    found = _with_new(found, change, path)
    return state.changed(with_question(state.form, spot, {**question, "options": found}), path)


def _refuse_fixed(question: Mapping[str, Json], path: str) -> None:
    if "code_list" in question:
        raise FromCodeList("question", question=path, name=question["code_list"])
    if not isinstance(question.get("options"), list):
        raise NoOptions("question", question=path)


def _position(found: Options, value: str, key: str, path: str) -> int:
    values = [option["value"] for option in found]
    if value not in values:
        raise UnknownOption(key, did_you_mean(value, values), question=path, name=value)
    return values.index(value)


def _without(found: Options, values: list[str], path: str) -> Options:
    for index, value in enumerate(values):
        at = _position(found, value, f"remove/{index}", path)
        found = [*found[:at], *found[at + 1 :]]
    return found


def _reworded(found: Options, words: list[dict[str, Json]], path: str) -> Options:
    for index, each in enumerate(words):
        at = _position(found, each["value"], f"reword/{index}/value", path)
        merged = {key: value for key, value in {**found[at], **each}.items() if value is not None}
        found = [*found[:at], merged, *found[at + 1 :]]
    return found


def _moved(found: Options, change: Mapping[str, Json], path: str) -> Options:
    values = change.get("move", ())
    moving = [found[_position(found, value, f"move/{index}", path)] for index, value in enumerate(values)]
    if change.get("after") in values:
        raise AfterItself("after", name=change["after"])
    left = [option for option in found if option["value"] not in values]
    at = _place(left, change, path)
    return [*left[:at], *moving, *left[at:]]


def _place(found: Options, change: Mapping[str, Json], path: str) -> int:
    """The position at which something comes after what is named."""
    if "after" not in change:
        return len(found)
    return 0 if change["after"] is None else _position(found, change["after"], "after", path) + 1


def _with_new(found: Options, change: Mapping[str, Json], path: str) -> Options:
    at = _place(found, change, path) + (len(change.get("move", ())) if "after" in change else 0)
    for index, option in enumerate(change.get("add", ())):
        if option["value"] in [each["value"] for each in found]:
            raise OptionTaken(f"add/{index}/value", question=path, name=option["value"])
        found = [*found[: at + index], option, *found[at + index :]]
    return found
