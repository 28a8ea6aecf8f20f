"""Forms of the library and operations on whatever stands in them, for laws that hold of any."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from engine.editing import NoSuchPlace, NothingToWorkWith, edited, retyped, taken_out
from engine.overlays.faults import OperationFault
from engine.overlays.places import questions
from engine.question_types import question_types
from tests.engine.forms import form_json, question, section
from webapp.library import LIBRARY

Json = Any

FEATURES: Mapping[str, Json] = {
    path.parent.name: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((LIBRARY / "_features").glob("*/1.json"))
    if path.parent.name != "long-tick-box"
}
"""The tiny form of each feature of the format; none is changed."""

EVERYTHING = form_json(
    section(
        "first",
        question("born", "date"),
        question("met_on", "date", not_before="born"),
        question("days", "number", kind="decision"),
        question("why_days", reason_for="days"),
        question("seen", "choice", show_when={"question": "days", "at_least": 2}),
        question(
            "people",
            "rows",
            columns=[
                question("who", "person"),
                question("met", "yes_no", kind="decision"),
                question("met_why", reason_for="met", show_when={"row": "met", "is": "no"}),
                question("since", "date", not_before="born"),
                question("age", "worked_out", function="age", of=["since"]),
                question("hours", "number", not_known=False),
            ],
        ),
    ),
    section(
        "second",
        question("due_on", "worked_out", function="add_days", of=["met_on", "days"]),
        question("hours", "worked_out", function="sum", of=["people.hours", "days"]),
        question("colours", "choices", show_when={"question": "seen", "in": ["red", "blue"]}),
        question("unmet", show_when={"question": "people", "any_row": {"row": "met", "is": "no"}}),
        question("note", shows=["seen", "people.who"], show_when={"any": [
            {"question": "colours", "includes": "green"}, {"not": {"question": "days", "answered": True}}]}),
        show_when={"question": "born", "answered": True},
        group="Later",
    ),
    read_first=["seen", "note"],
    timescale={"days": 10, "unit": "working", "from": "met_on"},
)  # fmt: skip
"""A form in which everything that can name a question does."""

FORMS = st.one_of(st.sampled_from(list(FEATURES.values())), st.just(EVERYTHING))
TYPES = sorted(question_types())
TEXTS = ["How is it?", "What now?", {"en": "How?", "cy": "Sut?"}]
NEW = ["new", "newer", "new_2"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody may wish to do to a form, whatever the form: what kind of thing, and numbers that pick names."""

    kind: str
    numbers: tuple[int, int, int]

    def operations(self, form: Json) -> list[Json]:
        """The operations it comes to; some cannot be done."""
        return KINDS[self.kind](Names(form, self.numbers))


class Names:
    """Names of a form picked by numbers, each number always the same."""

    def __init__(self, form: Json, numbers: tuple[int, int, int]) -> None:
        """Pick among what stands in the form, and a name that may be new."""
        self.form = form
        self.numbers = numbers
        self.paths = [*(path for path, _, _ in questions(form)), "new"]
        self.path, self.other = self.pick(self.paths, 0), self.pick(self.paths, 1)
        sections = [section["id"] for section in form["sections"]] or ["nowhere"]
        self.section, self.beside = self.pick(sections, 0), self.pick([*sections, None], 1)
        self.text, self.new = self.pick(TEXTS, 2), self.pick(NEW, 2)

    def pick(self, among: Sequence[Json], number: int) -> Json:
        """One of several."""
        return among[self.numbers[number] % len(among)]

    def flag(self, number: int) -> Json:
        """True, false or nothing."""
        return self.pick([True, False, None], number)

    def condition(self) -> Json:
        """A condition over some question."""
        leaf = {"question": self.other.partition(".")[0], "answered": True}
        three = [leaf, {"not": leaf}, {"any": [leaf, {"child": "age", "less_than": 2}]}, None]
        return self.pick(three, 2)

    def options(self) -> tuple[str, list[str]]:
        """A question that is answered by choosing, and its values."""
        found = [(path, each["options"]) for path, _, each in questions(self.form) if each.get("options")]
        path, options = self.pick(found or [("nowhere", [{"value": "nothing"}])], 0)
        return path, [option["value"] for option in options]


def _options(names: Names) -> list[Json]:
    path, values = names.options()
    value, other = names.pick(values, 1), names.pick(values, 2)
    keys: list[Json] = [
        {"move": [value], "after": other},
        {"move": [value], "after": None, "add": [{"value": names.new, "label": names.text}]},
        {"remove": [value]},
        {"add": [{"value": names.new, "label": names.text}], "after": value},
        {"reword": [{"value": value, "label": names.text}]},
    ]
    return [{"op": "options", "question": path, **names.pick(keys, 2)}]


def _new_section(names: Names) -> list[Json]:
    made = section(names.new, question(f"{names.new}_one"), question(f"{names.new}_two"))
    return [{"op": "add_section", "section": made, "after": names.beside}]


def _taken_out(names: Names) -> list[Json]:
    try:
        return list(taken_out(names.form, names.pick([names.path, names.section], 1), bool(names.numbers[2] % 2)))
    except NoSuchPlace:
        return []


def _retyped(names: Names) -> list[Json]:
    try:
        return [retyped(names.form, names.path, names.pick(TYPES, 1))]
    except (NothingToWorkWith, NoSuchPlace):
        return []


def _added(names: Names, **place: Json) -> list[Json]:
    return [{"op": "add", "question": {**question(names.new), "hint": names.text}, **place}]


def _of(op: str, names: Names, **keys: Json) -> list[Json]:
    return [{"op": op, "question": names.path, **keys}]


def _of_section(op: str, names: Names, **keys: Json) -> list[Json]:
    return [{"op": op, "section": names.section, **keys}]


KINDS: Mapping[str, Callable[[Names], list[Json]]] = {
    "reword": lambda of: _of("reword", of, label=of.text, hint=of.pick([None, "More"], 1)),
    "hint": lambda of: _of("reword", of, hint=of.pick([None, "More", "Less"], 1)),
    "reword section": lambda of: _of_section("reword", of, title=of.text),
    "group": lambda of: _of_section("reword", of, group=of.pick([None, "Later"], 1)),
    "hide": lambda of: _of("hide", of),
    "hide section": lambda of: _of_section("hide", of),
    "hide new": lambda of: [{"op": "hide", "question": of.new}],
    "add": lambda of: _added(of, after=of.other),
    "add last": lambda of: _added(of, to_section=of.section),
    "add first": lambda of: _added(of, to_section=of.section, after=None),
    "add column": lambda of: _added(of, to_rows=of.other),
    "set new": lambda of: [{"op": "set", "question": of.new, "settings": {"show_when": of.condition()}}],
    "move": lambda of: _of("move", of, to_section=of.section),
    "move first": lambda of: _of("move", of, to_section=of.section, after=None),
    "move after": lambda of: _of("move", of, after=of.other),
    "move section": lambda of: _of_section("move", of, after=of.beside),
    "split": lambda of: _of_section("split", of, at=of.other, id=of.new, title=of.text),
    "set": lambda of: _of("set", of, settings={"required": of.flag(1), "per_child": of.flag(2)}),
    "condition": lambda of: _of("set", of, settings={"show_when": of.condition()}),
    "shows": lambda of: _of("set", of, settings={"shows": [of.other]}),
    "set section": lambda of: _of_section("set", of, settings={"show_when": of.condition()}),
    "group section": lambda of: _of_section("set", of, settings={"group": of.pick([None, "Sooner"], 1)}),
    "set form": lambda of: [{"op": "set_form", "settings": {"title": of.text, "read_first": [of.path]}}],
    "retype": lambda of: _of("retype", of, type=of.pick(TYPES, 1)),
    "retyped": _retyped,
    "taken out": _taken_out,
    "options": _options,
    "add section": _new_section,
}
"""Every kind of wish, so that between them they hold every operation."""

WISHES = st.lists(st.builds(Wish, st.sampled_from(list(KINDS)), st.tuples(*[st.integers(0, 40)] * 3)), max_size=10)


@dataclass(frozen=True, slots=True)
class Edit:
    """A form, operations that can all be done to it, and the form that they make."""

    before: Json
    operations: list[Json]
    after: Json


def done(form: Json, wishes: Sequence[Wish]) -> Edit:
    """What comes of wishes, those that cannot be done left out."""
    after, operations = form, list[Json]()
    for wish in wishes:
        for operation in wish.operations(after):
            with suppress(OperationFault):
                after = edited(after, [operation])
                operations.append(operation)
    return Edit(form, operations, after)


EDITS = st.builds(done, FORMS, WISHES)
