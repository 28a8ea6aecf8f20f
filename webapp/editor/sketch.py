"""The text of a draft as a form that can be changed piece by piece, with what the check says of each piece."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.checks import in_shape
from engine.source import Unreadable, read_json
from webapp.editor.ground import Ground
from webapp.editor.judging import Told, judged, kept_by_text
from webapp.editor.panel.subjects import name_at, names_in

Json = Any


@dataclass(frozen=True, slots=True)
class Sketch:
    """A form that follows its schema, though it may have other errors; `told` are its problems by the part's name.

    Those of the form itself stand under "".
    """

    form: Mapping[str, Json]
    told: Mapping[str, Sequence[Told]]


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
