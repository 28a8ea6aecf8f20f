"""Where a part of a form can go: one place up or down, after any other, or to the beginning of a section."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.overlays.places import questions
from engine.text import in_language
from webapp.config import LANGUAGE
from webapp.editor.panel.subjects import Form, Subject

Json = Any
Operation = Mapping[str, Json]

FIRST_IN = "in:"
"""What the name of a place begins with that is the first of a section; any other is the name of what stands before."""


def one_up(form: Form, subject: Subject) -> Operation | None:
    """The operation that moves a part before what it stands after; None for the first."""
    order, index = _neighbours(form, subject)
    return None if index == 0 else _after(form, subject, order[index - 2] if index > 1 else None)


def one_down(form: Form, subject: Subject) -> Operation | None:
    """The operation that moves a part after what follows it; None for the last."""
    order, index = _neighbours(form, subject)
    return None if index == len(order) - 1 else _after(form, subject, order[index + 1])


def moved_to(form: Form, subject: Subject, place: str) -> Operation:
    """The operation that moves a part to a place by its name."""
    if place.startswith(FIRST_IN):
        section = place.removeprefix(FIRST_IN)
        if subject.kind == "section":
            return {"op": "move", "section": subject.name, "after": None}
        return {"op": "move", "question": subject.name, "to_section": section, "after": None}
    return _after(form, subject, place)


def places_for(form: Form, subject: Subject) -> list[tuple[str, str]]:
    """Every place a part can go to, by its name, in words."""
    if subject.kind == "section":
        others = [each for each in form["sections"] if each["id"] != subject.name]
        return [(FIRST_IN, "First"), *((each["id"], f"After “{_words(each['title'])}”") for each in others)]
    if subject.kind == "column":
        order, _ = _neighbours(form, subject)
        labels = {name: _words(question["label"]) for name, _, question in questions(form)}
        return [(name, f"After “{labels[name]}”") for name in order if name != subject.name]
    return list(_places_for_a_question(form, subject))


def _places_for_a_question(form: Form, subject: Subject) -> Sequence[tuple[str, str]]:
    found = []
    for section in form["sections"]:
        title = _words(section["title"])
        found.append((f"{FIRST_IN}{section['id']}", f"{title}: first"))
        others = [each for each in section["questions"] if each["id"] != subject.name]
        found += [(each["id"], f"{title}: after “{_words(each['label'])}”") for each in others]
    return found


def _neighbours(form: Form, subject: Subject) -> tuple[list[str], int]:
    """The names of what stands beside a part in its order, itself included, and its position."""
    if subject.kind == "section":
        return [each["id"] for each in form["sections"]], subject.section
    assert subject.spot is not None
    members = form["sections"][subject.section]["questions"]
    if subject.spot.column is None:
        return [each["id"] for each in members], subject.spot.question
    rows = members[subject.spot.question]
    return [f"{rows['id']}.{each['id']}" for each in rows["columns"]], subject.spot.column


def _after(form: Form, subject: Subject, after: str | None) -> Operation:
    if subject.kind == "section":
        return {"op": "move", "section": subject.name, "after": after}
    if after is not None:
        return {"op": "move", "question": subject.name, "after": after}
    if subject.kind == "column":
        return {"op": "move", "question": subject.name, "to_rows": subject.name.partition(".")[0], "after": None}
    section = form["sections"][subject.section]["id"]
    return {"op": "move", "question": subject.name, "to_section": section, "after": None}


def _words(text: Json) -> str:
    return in_language(text, LANGUAGE)
