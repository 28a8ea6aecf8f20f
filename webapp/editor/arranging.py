"""Parts of a form moved, duplicated, split and taken out; what others depend on is not taken out unasked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.editing import Dependent, NoSuchPlace, dependents, duplicate, edited, new_id, taken_out
from engine.overlays.faults import OperationFault
from engine.text import in_language
from webapp.access import ADMIN, needs
from webapp.config import LANGUAGE
from webapp.drawing.values import Control, Item, Link
from webapp.editor.blueprint import blueprint
from webapp.editor.changes import Desk, OutOfShape, called, desk_of, gone, keep, refusal
from webapp.editor.panel.panels import panel_of
from webapp.editor.panel.subjects import THE_FORM, Form, subject_of
from webapp.editor.piecewise import Refused, piecewise_page, place_of
from webapp.editor.places import moved_to, one_down, one_up, places_for
from webapp.editor.standing import based_of, based_on

Json = Any
Operation = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a button does: the operations (None: nothing can be done), and the part to look at then."""

    operations: Sequence[Operation] | None
    at: str


@blueprint.get("/forms/<form>/draft/move")
@needs(ADMIN)
def move(form: str) -> str | Response:
    """Where a part can go."""
    desk = desk_of(form, request.args.get("at", ""))
    if desk is None or desk.subject.kind == "form":
        return redirect(url_for("editor.draft", form=form))
    return _where_to(desk)


def _where_to(desk: Desk, wrong: str = "") -> str:
    chosen = request.form.get("place", "")
    items = [Item("", name, words, checked=name == chosen) for name, words in places_for(desk.form, desk.subject)]
    return render_template(
        "editor/move.html",
        ground=desk.ground,
        based=based_of(desk.standing),
        subject=desk.subject,
        at=place_of(desk.subject),
        places=Control(id="place", name="place", label="Where to", items=items, error=wrong),
        problems=[Link("#place", wrong)] if wrong else [],
    )


@blueprint.post("/forms/<form>/draft/arrange")
@needs(ADMIN)
def arrange(form: str) -> Response | tuple[str, int]:
    """Move, duplicate, split or take out a part: one step of the draft, which can be undone like any other."""
    desk = desk_of(form, request.form.get("part", ""))
    did, act = _ACTS.get(request.form.get("act", ""), ("", None))
    if desk is None or desk.subject.kind == "form" or act is None or based_on().draft != desk.standing.draft.key:
        return gone(form)
    if act is _out and not request.form.get("sure"):
        depending = dependents(desk.form, desk.subject.name)
        if depending:
            return _asks_first(desk, depending), 409
    try:
        arranged = act(desk)
        changed: Form = edited(desk.form, arranged.operations or ())
        return keep(desk, changed, arranged.at, f"{did} {called(desk.subject)}")
    except OperationFault as fault:
        wrong = refusal(desk, fault)
    except (OutOfShape, NoSuchPlace) as refused:
        wrong = str(refused)
    return (_where_to if act is _to else _not_done)(desk, wrong), 400


def _not_done(desk: Desk, wrong: str) -> str:
    """The part as it stands, with why nothing was done to it."""
    panel = replace(panel_of(desk.form, desk.subject, desk.lists), problems=[Link("#part", wrong)])
    return piecewise_page(desk.ground, desk.standing, place_of(desk.subject), Refused(panel))


def _up(desk: Desk) -> Arranged:
    return _moved(desk, one_up(desk.form, desk.subject))


def _down(desk: Desk) -> Arranged:
    return _moved(desk, one_down(desk.form, desk.subject))


def _to(desk: Desk) -> Arranged:
    return _moved(desk, moved_to(desk.form, desk.subject, request.form.get("place", "")))


def _moved(desk: Desk, operation: Operation | None) -> Arranged:
    return Arranged([operation] if operation else None, place_of(desk.subject))


def _duplicate(desk: Desk) -> Arranged:
    operation = duplicate(desk.form, desk.subject.name)
    own = operation["question"]["id"]
    rows = desk.subject.name.partition(".")[0]
    return Arranged([operation], f"{rows}.{own}" if desk.subject.kind == "column" else own)


def _out(desk: Desk) -> Arranged:
    return Arranged(taken_out(desk.form, desk.subject.name), _before(desk))


def _before(desk: Desk) -> str:
    """What is looked at once a part is gone: what stood before it, else what holds it."""
    subject = desk.subject
    if subject.kind == "section":
        others = [each["id"] for each in desk.form["sections"] if each["id"] != subject.name]
        return others[max(0, subject.section - 1)] if others else THE_FORM
    if subject.kind == "column":
        return subject.name.partition(".")[0]
    section = desk.form["sections"][subject.section]
    at = subject.spot.question if subject.spot else 0
    return str(section["questions"][at - 1]["id"]) if at else str(section["id"])


def _split(desk: Desk) -> Arranged:
    """A second section that begins with this question; its title says what it was split from."""
    section = desk.form["sections"][desk.subject.section]
    title = f"{in_language(section['title'], LANGUAGE)}, continued"
    own = new_id(desk.form, title)
    split = {"op": "split", "section": section["id"], "at": desk.subject.name, "id": own, "title": title}
    return Arranged([split], own)


_ACTS: Mapping[str, tuple[str, Callable[[Desk], Arranged]]] = {
    "up": ("Moved", _up),
    "down": ("Moved", _down),
    "to": ("Moved", _to),
    "duplicate": ("Duplicated", _duplicate),
    "split": ("Split the section at", _split),
    "out": ("Took out", _out),
}
"""What each button does, with the words for what it did."""


def _asks_first(desk: Desk, depending: Sequence[Dependent]) -> str:
    """The page that lists what depends on a part before it is taken out."""
    return render_template(
        "editor/taking_out.html",
        ground=desk.ground,
        based=based_of(desk.standing),
        subject=desk.subject,
        at=place_of(desk.subject),
        depending=depending,
        ways=_WAYS,
        going=_going_too(desk),
    )


def _going_too(desk: Desk) -> list[str]:
    """The labels of questions that go with a part, since nothing is left that they could be worked out from."""
    hidden = [each for each in taken_out(desk.form, desk.subject.name) if each["op"] == "hide"]
    names = [each["question"] for each in hidden if each.get("question", desk.subject.name) != desk.subject.name]
    others = [subject_of(desk.form, name) for name in names]
    return [in_language(each.value["label"], LANGUAGE) for each in others if each]


_WAYS: Mapping[str, str] = {
    "show_when": "when it is asked depends on it",
    "shows": "it is shown with its answer",
    "reason_for": "it gives the reason for it",
    "read_first": "it leads the reading view",
    "timescale": "the time the form may take is counted from it",
    "of": "it is worked out from it",
    "not_before": "its earliest day is that of this one",
    "not_after": "its latest day is that of this one",
}
"""How one part depends on another, by the key that says so; any other key by itself."""
