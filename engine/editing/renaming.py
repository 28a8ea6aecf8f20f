"""Operations, and whole forms, in which a question, section or column has another name wherever they speak of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.editing.applying import Operation
from engine.editing.conditions import changed
from engine.editing.subjects import created
from engine.overlays.shapes import question_keys
from engine.schema.question import shared_properties

Json = Any

_NAMES = frozenset({"question", "section", "after", "at", "to_section", "to_rows", "shows", "reason_for", "read_first"})
_HOLDERS = frozenset({"question", "section", "settings", "questions", "columns", "timescale"})


def rows_of(operation: Operation) -> str | None:
    """The question whose column an operation is about."""
    name = operation["question"] if isinstance(operation.get("question"), str) else next(created(operation), "")
    return name.rpartition(".")[0] or None


def renamed(operation: Operation, old: str, new: str) -> Operation:
    """The operation with another name (a column's as people.age) for one thing; texts and values stay as they are."""
    renaming = _Renaming(old, new)
    found = renaming.of_keys(operation, rows_of(operation))
    if operation["op"] == "options" and "after" in operation:
        found["after"] = operation["after"]
    return found


def with_name(form: Mapping[str, Json], old: str, new: str) -> dict[str, Json]:
    """The form in which a question, a column (by its path, such as people.age) or a section has another name."""
    renaming = _Renaming(old, new)
    named = {key: form[key] for key in ("read_first", "timescale") if key in form}
    return {
        **form,
        **renaming.of_keys(named, None),
        "sections": [renaming.of_section(each) for each in form["sections"]],
    }


@dataclass(frozen=True, slots=True)
class _Renaming:
    old: str
    new: str

    def of_keys(self, given: Mapping[str, Json], rows: str | None) -> dict[str, Json]:
        """An operation, question or section; `rows` is the question whose column it is about."""
        return {key: self._value(key, value, rows) for key, value in given.items()}

    def of_section(self, section: Mapping[str, Json]) -> dict[str, Json]:
        """A section with its questions and their columns."""
        own = {key: section[key] for key in ("id", "show_when") if key in section}
        questions = [self._of_question(each) for each in section["questions"]]
        return {**section, **self.of_keys(own, None), "questions": questions}

    def _of_question(self, question: Mapping[str, Json]) -> dict[str, Json]:
        own = self.of_keys({key: value for key, value in question.items() if key != "columns"}, None)
        if "columns" in question:
            own["columns"] = [self.of_keys(each, question["id"]) for each in question["columns"]]
        return {key: own[key] for key in question}

    def _value(self, key: str, value: Json, rows: str | None) -> Json:
        if key == "show_when" and isinstance(value, Mapping):
            return changed(value, self._leaf, rows)
        if key == "id":
            return self._name(value, rows, own=True)
        if isinstance(value, Mapping):
            return self.of_keys(value, rows) if key in _HOLDERS else value
        if isinstance(value, list):
            return [self._value(key, each, rows) for each in value]
        naming = key in _NAMES or key == "from" or key in settings_that_name()
        return self._name(value, rows) if naming and isinstance(value, str) else value

    def _name(self, name: str, rows: str | None, own: bool = False) -> str:
        head, _, column = self.old.rpartition(".")
        if head and head == rows and name == column:
            return self.new.rpartition(".")[2]
        if own and rows:
            return name
        is_it = name == self.old or name.startswith(f"{self.old}.")
        return self.new + name[len(self.old) :] if is_it else name

    def _leaf(self, leaf: Mapping[str, Json], path: str) -> Mapping[str, Json]:
        if path != self.old:
            return leaf
        subject = "question" if "question" in leaf else "row"
        return {key: self.new.rpartition(".")[2] if key == subject else value for key, value in leaf.items()}


@cache
def settings_that_name() -> frozenset[str]:
    """The settings of types that can hold the id of a question: those whose schema has a pattern for it."""
    own = question_keys().keys() - shared_properties().keys()
    return frozenset(key for key in own if _has_pattern(question_keys()[key]))


def _has_pattern(schema: Mapping[str, Json]) -> bool:
    parts = (schema, schema.get("items", {}), *schema.get("anyOf", ()))
    return any("pattern" in part for part in parts)
