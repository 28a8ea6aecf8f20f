"""One operation melted into an earlier one: given with it, or part of what it adds."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from engine.editing.applying import Operation
from engine.editing.subjects import created, is_section, subject
from engine.overlays.absence import questions_named
from engine.overlays.applying import done
from engine.overlays.faults import OperationFault
from engine.overlays.operations import merged
from engine.overlays.places import question_at, spot_of, with_question
from engine.overlays.reading import problems_of_changes
from engine.overlays.state import State

Json = Any


def melted_into(earlier: Operation, later: Operation) -> Operation | None:
    """The earlier operation with what the later one does; None where the two have to stay apart.

    Whether what stands between them allows it is for the caller to know.
    """
    if "note" in later and later["note"] != earlier.get("note", later["note"]):
        return None
    noted = {"note": later["note"]} if "note" in later else {}
    both: Operation | None = None
    if earlier["op"] == later["op"] and subject(earlier) == subject(later) and is_section(earlier) == is_section(later):
        both = _twice(earlier, later)
    elif subject(later) in created(earlier) and earlier["op"] != "split":
        both = _into_new(earlier, later)
    return None if both is None else {**both, **noted}


def _twice(earlier: Operation, later: Operation) -> Operation | None:
    if earlier["op"] == "reword":
        return {**earlier, **later}
    if earlier["op"] in ("set", "set_form"):
        return {**earlier, "settings": {**earlier["settings"], **later["settings"]}}
    if earlier["op"] == "options" and earlier.keys() | later.keys() <= {"op", "question", "reword", "note"}:
        words: dict[str, dict[str, Json]] = {}
        for each in (*earlier["reword"], *later["reword"]):
            words[each["value"]] = {**words.get(each["value"], {}), **each}
        return {**earlier, "reword": list(words.values())}
    return None


def _into_new(adding: Operation, later: Operation) -> Operation | None:
    """What is added as the later operation leaves it, where it may be added like that."""
    condition = (later.get("settings") or {}).get("show_when")
    if set(questions_named(condition)) & _not_yet_there(adding, later):
        return None
    found = _new_section(adding, later) if adding["op"] == "add_section" else _new_question(adding, later)
    return found if found is not None and not problems_of_changes([found]) else None


def _not_yet_there(adding: Operation, later: Operation) -> set[str]:
    """What a condition may not name while it is added, and may once it is there."""
    own_questions = adding["op"] == "add_section" and not is_section(later)
    return set() if own_questions else set(created(adding))


def _new_section(adding: Operation, later: Operation) -> Operation | None:
    section = adding["section"]
    if is_section(later):
        return {**adding, "section": merged(section, _given(later))}
    changed = _changed({"sections": [section]}, later)
    return None if changed is None else {**adding, "section": changed["sections"][0]}


def _new_question(adding: Operation, later: Operation) -> Operation | None:
    question, rows = adding["question"], next(created(adding)).rpartition(".")[0]
    standing = {"id": rows, "columns": [question]} if rows else question
    changed = _changed({"sections": [{"id": "", "questions": [standing]}]}, later)
    if changed is None:
        return None
    found = changed["sections"][0]["questions"][0]
    return {**adding, "question": found["columns"][0] if rows else found}


def _given(operation: Operation) -> Mapping[str, Json]:
    keys: Mapping[str, Json] = operation["settings"] if operation["op"] == "set" else operation
    return {key: value for key, value in keys.items() if key not in ("op", "question", "section", "note")}


def _changed(form: Mapping[str, Json], operation: Operation) -> Mapping[str, Json] | None:
    """What is new, standing by itself, after one operation on it; names of what stands elsewhere are not looked up."""
    spot = spot_of(form, operation["question"])
    if spot is None:
        return None
    if operation["op"] in ("reword", "set"):
        return with_question(form, spot, merged(question_at(form, spot), _given(operation)))
    with suppress(OperationFault):
        return done(replace(State(form), operation=1), operation).form
    return None
