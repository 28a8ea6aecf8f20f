"""The text of a draft as a form that can be changed piece by piece, with what the check says of each piece."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.checks import in_shape
from engine.editing import Mend, mends
from engine.source import Unreadable, read_json
from engine.text import in_language
from webapp.config import LANGUAGE
from webapp.editor.ground import Ground
from webapp.editor.judging import Told, judged, kept_by_text
from webapp.editor.panel.subjects import THE_FORM, name_at, names_in, subject_of

Json = Any


@dataclass(frozen=True, slots=True)
class Sketch:
    """A form that follows its schema, though it may have other errors; `told` are its problems by the part's name.

    Those of the form itself stand under "".
    """

    form: Mapping[str, Json]
    told: Mapping[str, Sequence[Told]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form as a link names it: its place in an address, and what people know it by."""

    name: str
    label: str


def part_told(sketch: Sketch | None, told: Told) -> Part | None:
    """The part that a problem concerns; None where the text must be mended first."""
    if sketch is None:
        return None
    name = name_at(dict(names_in(sketch.form)), told.problem.pointer)
    subject = subject_of(sketch.form, name)
    words = subject.value.get("label", subject.value.get("title", "")) if subject and name else "The form itself"
    return Part(name or THE_FORM, in_language(words, LANGUAGE))


def mends_of(sketch: Sketch, ground: Ground, told: Told) -> tuple[Mend, ...]:
    """What can be done at one press about a problem of a draft."""
    return mends(sketch.form, told.problem.code, told.problem.pointer, ground.lists, LANGUAGE)


@kept_by_text
def sketch_of(text: str, ground: Ground) -> Sketch | None:
    """The form that a draft's text is; None where the text must be mended first."""
    judgement = judged(text, ground)
    if not in_shape(each.problem for each in judgement.told):
        return None
    try:
        form = read_json(text).value
    except Unreadable:
        return None
    names = dict(names_in(form))
    found: dict[str, list[Told]] = {}
    for each in judgement.told:
        found.setdefault(name_at(names, each.problem.pointer), []).append(each)
    return Sketch(form, found)
