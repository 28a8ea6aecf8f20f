"""The operations that change what a thing is: a section split in two, a question of another type."""

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from engine.overlays.faults import MissingSettings, NothingLeft, NoTypeOfColumn, OtherSection, SettingOfAnother
from engine.overlays.places import inserted, question_at, with_question, with_section
from engine.overlays.state import State
from engine.question_types import question_types
from engine.question_types.base import QuestionType
from engine.schema.question import shared_properties, types_for_columns

Json = Any
Change = Mapping[str, Json]

GOES_ALONG = ("group", "show_when", "per_child")
"""What the second half of a section takes over from the first, so that its questions are asked as they were."""

OPTIONS = ("options", "code_list")
_NEED_AN_ANSWER = frozenset({"required", "not_known"})


def split_section(state: State, change: Change) -> State:
    """Part a section in two: the second, with the id and title given, begins at the question named."""
    index, at = state.section(change["section"], "section"), change["at"]
    spot = state.spot(at, "at")
    section = state.form["sections"][index]
    if spot.section != index or spot.column is not None:
        raise OtherSection("at", name=at, section=section["id"])
    if spot.question == 0:
        raise NothingLeft("at", name=at, section=section["id"])
    state.refuse_taken(change["id"], "id")
    taken_over = {key: section[key] for key in GOES_ALONG if key in section}
    left, parted = section["questions"][: spot.question], section["questions"][spot.question :]
    second = {"id": change["id"], "title": change["title"], **taken_over, "questions": parted}
    form = with_section(state.form, index, {**section, "questions": left})
    form = {**form, "sections": inserted(form["sections"], section["id"], second)}
    return state.changed(form, section["id"], second["id"], *(question["id"] for question in parted))


def retype_question(state: State, change: Change) -> State:
    """Let a question be answered in another way: what both types have stays, `settings` give what the new one needs."""
    path, types = change["question"], question_types()
    spot = state.spot(path, "question")
    before, new = question_at(state.form, spot), types[change["type"]]
    if spot.column is not None and new.name not in types_for_columns():
        raise NoTypeOfColumn("type", name=new.name)
    given = change.get("settings", {})
    _refuse_settings_of_others(new, given)
    of_options = {key for key in OPTIONS if key in given}
    kept = {key: value for key, value in before.items() if _stays(key, value, types[before["type"]], new)}
    kept = {key: value for key, value in kept.items() if not (of_options and key in OPTIONS)}
    changed = {**kept, "type": new.name, **given}
    _refuse_what_lacks(new, changed)
    return state.changed(with_question(state.form, spot, changed), path)


def _stays(key: str, value: Json, old: QuestionType, new: QuestionType) -> bool:
    """Whether the new type can do something with a key of the question as it was."""
    if key in _NEED_AN_ANSWER and not new.takes_answer:
        return False
    if key == "running_list" and new.measure != "rows":
        return False
    if key in shared_properties():
        return True
    if key in OPTIONS:
        return old.takes_options and new.takes_options
    shared = key in old.settings and key in new.settings
    return shared and Draft202012Validator(new.settings[key]).is_valid(value)


def _own_keys(of: QuestionType) -> set[str]:
    """The keys of a question that its type alone has."""
    options = OPTIONS if of.takes_options else ()
    return {*of.settings, *of.required_settings, *options}


def _refuse_settings_of_others(new: QuestionType, settings: Mapping[str, Json]) -> None:
    for key in settings:
        if key not in _own_keys(new):
            raise SettingOfAnother(f"settings/{key}", name=key, type=new.name)


def _refuse_what_lacks(new: QuestionType, changed: Mapping[str, Json]) -> None:
    lacking = [key for key in new.required_settings if key not in changed]
    if new.takes_options and not any(key in changed for key in OPTIONS):
        lacking.append(" or ".join(OPTIONS))
    if lacking:
        raise MissingSettings("settings", type=new.name, names=", ".join(lacking))
