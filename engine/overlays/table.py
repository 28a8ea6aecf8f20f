"""The table of operations: a new one is a function in its file and a line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from engine.overlays import operations as on
from engine.overlays import shapes
from engine.overlays.options import change_options
from engine.overlays.reshaping import retype_question, split_section
from engine.overlays.shapes import NEW_QUESTION, NEW_SECTION, PLACES, QUESTION, SECTION, Schema, Shapes, after
from engine.overlays.state import State

Json = Any


@dataclass(frozen=True, slots=True)
class Operation:
    """What it does, the schema of what it is about, its other keys, those it needs, one of `either`, and the rest."""

    do: Callable[[State, Mapping[str, Json]], State]
    about: Schema
    keys: Shapes
    needs: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    also: Schema = field(default_factory=dict)


@cache
def operations() -> Mapping[tuple[str, str], Operation]:
    """Each operation by its name and by the key that says what it is about."""
    places = ("after", "to_section", "to_rows")
    settings = ("settings",)
    form = shapes.form_settings()
    return {
        ("reword", "question"): Operation(
            on.reword_question, QUESTION, shapes.question_words(), either=tuple(shapes.question_words())
        ),
        ("reword", "section"): Operation(on.reword_section, SECTION, shapes.section_words(), either=on.SECTION_WORDS),
        ("hide", "question"): Operation(on.hide_question, QUESTION, {}),
        ("hide", "section"): Operation(on.hide_section, SECTION, {}),
        ("add", "question"): Operation(
            on.add_question, NEW_QUESTION, PLACES, either=places, also=shapes.QUESTION_OR_COLUMN
        ),
        ("move", "question"): Operation(on.move_question, QUESTION, PLACES, either=places),
        ("move", "section"): Operation(on.move_section, SECTION, after(SECTION), ("after",)),
        ("options", "question"): Operation(
            change_options, QUESTION, shapes.options(), either=("add", "remove", "reword", "move")
        ),
        ("retype", "question"): Operation(retype_question, QUESTION, shapes.other_type(), ("type",)),
        ("set", "question"): Operation(on.set_question, QUESTION, shapes.question_settings(), settings),
        ("set", "section"): Operation(on.set_section, SECTION, shapes.section_settings(), settings),
        ("set_form", "settings"): Operation(on.set_form, form["settings"], {}),
        ("split", "section"): Operation(split_section, SECTION, shapes.second_half(), ("at", "id", "title")),
        ("add_section", "section"): Operation(on.add_section, NEW_SECTION, after(SECTION)),
    }


def subjects(name: str) -> tuple[str, ...]:
    """What an operation can be about; empty for a name that is none."""
    return tuple(subject for operation, subject in operations() if operation == name)
