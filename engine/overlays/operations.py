"""What an overlay can do to questions, sections and the form itself: one function for each operation."""

from collections.abc import Mapping
from typing import Any

from engine.overlays.absence import questions_named
from engine.overlays.faults import (
    AfterItself,
    ColumnsStay,
    ElsewhereThan,
    NoRows,
    UnknownKey,
    did_you_mean,
)
from engine.overlays.places import (
    Spot,
    container_of,
    inserted,
    members,
    question_at,
    with_members,
    with_question,
    with_section,
    without,
)
from engine.overlays.state import State
from engine.question_types import question_types

Json = Any
Change = Mapping[str, Json]

QUESTION_WORDS = (
    *("label", "hint", "guidance", "why", "row_label", "minimum_label", "maximum_label", "unit", "prompts", "headings"),
)
SECTION_WORDS = ("title", "intro", "group")
FORM_SETTINGS = (*("title", "purpose", "languages", "replaces", "budget", "read_first", "sign_off", "timescale"),)
SECTION_SETTINGS = ("show_when", "per_child", "group")
NOT_SETTINGS: Mapping[str, str] = {
    "id": "An id stays: answers are kept under it.",
    "type": "Use “retype”.",
    "label": "Use “reword”.",
    "hint": "Use “reword”.",
    "guidance": "Use “reword”.",
    "why": "Use “reword”.",
    "options": "Use “options”.",
    "columns": "Use “add”, “hide” or “move” on the columns.",
}
"""What "set" leaves to other operations, each with the mend."""


def reword_question(state: State, change: Change) -> State:
    """Give a question other words; null takes them away."""
    spot = state.spot(change["question"], "question")
    words = {key: change[key] for key in QUESTION_WORDS if key in change}
    return _with_keys(state, change["question"], spot, words)


def reword_section(state: State, change: Change) -> State:
    """Give a section another title, introduction or group; null takes it away."""
    words = {key: change[key] for key in SECTION_WORDS if key in change}
    return _with_section_keys(state, change["section"], words)


def set_question(state: State, change: Change) -> State:
    """Change settings of a question: its type's own, or any that is not for another operation; null takes one out."""
    spot, settings = state.spot(change["question"], "question"), change["settings"]
    for key in settings:
        if key in NOT_SETTINGS:
            raise UnknownKey(f"settings/{key}", NOT_SETTINGS[key], op="set", name=key, subject="question")
    state.refuse_unknown_names(questions_named(settings.get("show_when")), "settings/show_when")
    return _with_keys(state, change["question"], spot, settings)


def set_section(state: State, change: Change) -> State:
    """Change when a section is shown, or whether it is asked for each child; null takes a setting out."""
    _refuse_unknown_keys(change["settings"], SECTION_SETTINGS, "section")
    state.refuse_unknown_names(questions_named(change["settings"].get("show_when")), "settings/show_when")
    return _with_section_keys(state, change["section"], change["settings"])


def set_form(state: State, change: Change) -> State:
    """Change the form's own title, purpose, budget and the like; null takes one out."""
    _refuse_unknown_keys(change["settings"], FORM_SETTINGS, "form")
    return state.changed(merged(state.form, change["settings"]), "")


def _refuse_unknown_keys(settings: Mapping[str, Json], known: tuple[str, ...], subject: str) -> None:
    for key in settings:
        if key not in known:
            raise UnknownKey(f"settings/{key}", did_you_mean(key, known), op="set", name=key, subject=subject)


def hide_question(state: State, change: Change) -> State:
    """Take a question or a column out; its id stays reserved, and to every condition its answer is absent."""
    path = change["question"]
    form = without(state.form, state.spot(path, "question"))
    return state.changed(form, path).hide(path)


def hide_section(state: State, change: Change) -> State:
    """Take a section out with all its questions."""
    index = state.section(change["section"], "section")
    section = state.form["sections"][index]
    left = [each for each in state.form["sections"] if each is not section]
    state = state.changed({**state.form, "sections": left}, section["id"])
    for name in [question["id"] for question in section["questions"]]:
        state = state.changed(state.form, name).hide(name)
    return state.reserving(section["id"])


def add_question(state: State, change: Change) -> State:
    """Add a question to a section, or a column to rows, after the one named (null: first; without it: last)."""
    question = change["question"]
    container, after = _target(state, change)
    path = question["id"] if container.question < 0 else f"{_rows_id(state, container)}.{question['id']}"
    state.refuse_taken(path, "question/id")
    state.refuse_unknown_names(questions_named(question.get("show_when")), "question/show_when")
    form = _put(state.form, container, after, question)
    return state.changed(form, path)


def move_question(state: State, change: Change) -> State:
    """Move a question to another section or place; a column only within its rows."""
    path = change["question"]
    spot = state.spot(path, "question")
    if path == change.get("after"):
        raise AfterItself("after", name=path)
    container, after = _target(state, change, moving=path)
    leaves_rows = spot.column is not None and container_of(spot) != container
    enters_rows = spot.column is None and container.question >= 0
    if leaves_rows or enters_rows:
        raise ColumnsStay("question", name=path)
    question = question_at(state.form, spot)
    left = without(state.form, spot)
    return state.changed(_put(left, container, after, question), path)


def move_section(state: State, change: Change) -> State:
    """Move a section after another (null: first)."""
    name, after = change["section"], change["after"]
    index = state.section(name, "section")
    if after == name:
        raise AfterItself("after", name=name)
    if after is not None:
        state.section(after, "after")
    section = state.form["sections"][index]
    left = [each for each in state.form["sections"] if each is not section]
    return state.changed({**state.form, "sections": inserted(left, after, section)}, name)


def add_section(state: State, change: Change) -> State:
    """Add a section with its questions after the one named (null: first; without it: last)."""
    section = change["section"]
    last = state.form["sections"][-1]["id"] if state.form["sections"] else None
    after = change.get("after", last)
    if after is not None:
        state.section(after, "after")
    names = [section["id"], *(question["id"] for question in section["questions"])]
    for name in names:
        state.refuse_taken(name, "section")
    _refuse_unknown_in_section(state, section, names[1:])
    form = {**state.form, "sections": inserted(state.form["sections"], after, section)}
    return state.changed(form, *names)


def _refuse_unknown_in_section(state: State, section: Mapping[str, Json], own: list[str]) -> None:
    state.refuse_unknown_names(questions_named(section.get("show_when")), "section/show_when")
    for index, question in enumerate(section["questions"]):
        named = [name for name in questions_named(question.get("show_when")) if name not in own]
        state.refuse_unknown_names(named, f"section/questions/{index}/show_when")


def _target(state: State, change: Change, moving: str = "") -> tuple[Spot, str | None]:
    """Where to put a question: the section or rows, and the id (there) that it comes after, None for first."""
    after = change.get("after")
    if after is not None:
        container = container_of(state.spot(after, "after"))
        _refuse_elsewhere(state, change, container, after)
        return container, after.rpartition(".")[2]
    container = _named_container(state, change)
    others = [each["id"] for each in members(state.form, container) if each["id"] != moving.rpartition(".")[2]]
    return container, None if "after" in change or not others else others[-1]


def _named_container(state: State, change: Change) -> Spot:
    if "to_rows" in change:
        rows = state.spot(change["to_rows"], "to_rows")
        if question_types()[question_at(state.form, rows)["type"]].measure != "rows":
            raise NoRows("to_rows", name=change["to_rows"])
        return rows
    return Spot(state.section(change["to_section"], "to_section"), -1)


def _refuse_elsewhere(state: State, change: Change, container: Spot, after: str) -> None:
    for key in ("to_section", "to_rows"):
        if key in change and _named_container(state, {key: change[key]}) != container:
            raise ElsewhereThan("after", after=after, container=change[key])


def _rows_id(state: State, rows: Spot) -> str:
    return str(question_at(state.form, rows)["id"])


def _put(form: Mapping[str, Json], container: Spot, after: str | None, question: Json) -> dict[str, Json]:
    return with_members(form, container, inserted(members(form, container), after, question))


def _with_keys(state: State, path: str, spot: Spot, keys: Mapping[str, Json]) -> State:
    changed = merged(question_at(state.form, spot), keys)
    return state.changed(with_question(state.form, spot, changed), path)


def _with_section_keys(state: State, section_id: str, keys: Mapping[str, Json]) -> State:
    index = state.section(section_id, "section")
    changed = merged(state.form["sections"][index], keys)
    return state.changed(with_section(state.form, index, changed), section_id)


def merged(before: Mapping[str, Json], keys: Mapping[str, Json]) -> dict[str, Json]:
    """Some JSON with other values for keys; null takes one away."""
    return {key: value for key, value in {**before, **keys}.items() if value is not None}
