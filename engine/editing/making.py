"""New questions: a blank one of each type, a copy of one that is there, and one answered in another way."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from engine.definition import Kind
from engine.editing.applying import Operation
from engine.editing.conditions import without
from engine.editing.form import AnyForm, Form, form_of
from engine.editing.naming import free, new_id, new_value
from engine.errors import BadInput
from engine.question_types import question_types
from engine.question_types.base import QuestionType
from engine.schema.question import types_for_columns
from engine.text import Text

Json = Any

FIRST_OPTIONS = ("First answer", "Second answer")
FIRST_COLUMN = "First column"
_SIMPLEST = "short_text"


class NothingToWorkWith(BadInput):
    """A question of type {type} is made of earlier answers, and the form has none here that fit."""

    code = "nothing_to_work_with"


def blank_question(
    form: AnyForm, type_name: str, label: Text, why: Text, kind: Kind = "fact", rows: str | None = None
) -> dict[str, Json]:
    """A question's JSON that follows the schema: with a free id, and with what its type cannot be without.

    That is two options, or one column, or earlier questions to work something out from; those are sought among all
    the form's, so the question belongs after them. `rows` names the question whose column it becomes. Raises KeyError
    for a type that is none, NothingToWorkWith where the form has no question that fits.
    """
    known, of = form_of(form), question_types()[type_name]
    question = {"id": new_id(known, label, rows), "type": type_name, "kind": kind, "label": label, "why": why}
    return {**question, **_what_it_needs(known, of, question)}


def _what_it_needs(form: Form, of: QuestionType, question: Mapping[str, Json]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    if of.takes_options:
        found["options"] = blank_options()
    if of.measure == "rows":
        shared = {key: question[key] for key in ("kind", "why")}
        found["columns"] = [{"id": "first_column", "type": _SIMPLEST, **shared, "label": FIRST_COLUMN}]
    lacking = [key for key in of.required_settings if key not in found]
    return {**found, **_as_in_an_example(form, of, question, lacking)} if lacking else found


def blank_options() -> list[dict[str, Json]]:
    """The two options that a choice begins with, as JSON."""
    options: list[dict[str, Json]] = []
    for label in FIRST_OPTIONS:
        options.append({"value": new_value({"options": options}, label), "label": label})
    return options


def _as_in_an_example(
    form: Form, of: QuestionType, question: Mapping[str, Json], keys: Sequence[str]
) -> dict[str, Json]:
    """The settings of the type's first example for which the form has the questions that it reads."""
    for example in of.examples:
        if example.code is None and all(key in example.settings for key in keys):
            settings = {key: example.settings[key] for key in keys}
            names = dict(_read_instead(form, of, {**question, **settings}))
            if None not in names.values():
                return {key: _renamed(value, names) for key, value in settings.items()}
    raise NothingToWorkWith(type=of.name)


def _read_instead(form: Form, of: QuestionType, question: Mapping[str, Json]) -> Iterator[tuple[str, str | None]]:
    """For each name that an example reads a question of the form that fits, None where there is none."""
    asked = form.question(question)
    takes, used = of.takes(asked), set[str]()
    for index, name in enumerate(of.reads(asked)):
        wanted = takes[min(index, len(takes) - 1)] if takes else None
        fitting = (path for path in form.spots if path not in used and _fits(form, path, wanted))
        found = next(fitting, None)
        used.add(found or "")
        yield name, found


def _fits(form: Form, path: str, wanted: frozenset[str] | None) -> bool:
    named = form.find(path)
    if named is None or not named.handler.takes_answer or named.per_child:
        return False
    measures = {named.handler.measure, "column"} if "." in path else {named.handler.measure}
    return wanted is None or bool(measures & wanted)


def _renamed(value: Json, names: Mapping[str, str | None]) -> Json:
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value


def duplicate(form: AnyForm, path: str) -> dict[str, Json]:
    """The operation that adds a copy of a question or column after it, with a free id; raises NoSuchPlace.

    The copy waits only for questions that are there, whatever the original waits for.
    """
    known = form_of(form)
    holder = known.asked(path)
    copied = deepcopy(dict(holder.data))
    columns = {found.partition(".")[2] for found in known.spots if found.startswith(f"{holder.rows}.")}
    taken = columns if holder.rows else {*known.spots, *known.sections}
    for each, rows in ((copied, holder.rows), *((column, path) for column in copied.get("columns", ()))):
        _wait_for_what_is_there(known, each, rows)
    return {"op": "add", "after": path, "question": {**copied, "id": free(copied["id"], taken)}}


def _wait_for_what_is_there(form: Form, question: dict[str, Json], rows: str | None) -> None:
    if "show_when" in question:
        left = without(question["show_when"], form.lacks, rows)
        question["show_when"] = left
        if left is None:
            del question["show_when"]


def retyped(form: AnyForm, path: str, type_name: str) -> dict[str, Json]:
    """The operation that has a question answered in another way, with all that the new type cannot be without.

    What both types have stays. Raises KeyError for a type that is none, NoSuchPlace, or NothingToWorkWith.
    """
    known, of = form_of(form), question_types()[type_name]
    question = known.asked(path).data
    old = question_types()[question["type"]]
    needs = {} if old is of else _what_it_needs(_before(known, path), of, {**question, "type": type_name})
    if old.takes_options and of.takes_options:
        needs.pop("options", None)
    found: Operation = {"op": "retype", "question": path, "type": type_name}
    return {**found, "settings": needs} if needs else dict(found)


def _before(form: Form, path: str) -> Form:
    """The form up to a question, since a type may only read what is asked earlier."""
    spot = form.spots[path]
    sections = [*form.json["sections"][: spot.section]]
    section = form.json["sections"][spot.section]
    sections.append({**section, "questions": section["questions"][: spot.question]})
    return Form({**form.json, "sections": sections}, form.code_lists, form.day)


def types_to_choose(column: bool = False) -> tuple[str, ...]:
    """The types that a question, or a column, may have."""
    return types_for_columns() if column else tuple(question_types())
