"""A question or a section added to a form: what is asked, why, and how it is answered; everything else can follow."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.definition import KINDS
from engine.editing import NothingToWorkWith, blank_question, edited, new_id
from engine.overlays.faults import OperationFault
from webapp.access import ADMIN, needs
from webapp.drawing.values import Control, Item, Link
from webapp.editor.blueprint import blueprint
from webapp.editor.changes import Desk, OutOfShape, desk_of, gone, keep, quoted, refusal
from webapp.editor.panel.keys import types_in_words
from webapp.editor.panel.subjects import THE_FORM, Subject
from webapp.editor.panel.words import VALUES
from webapp.editor.piecewise import place_of
from webapp.editor.standing import based_of, based_on

Json = Any
Written = Mapping[str, str]

_FIRST_TYPE, _FIRST_KIND = "long_text", "fact"
_ASKED = {"label": "Enter the question", "why": "Say why it is asked"}
_TITLE = {"title": "Enter the title of the section"}


@blueprint.get("/forms/<form>/draft/add")
@needs(ADMIN)
def add(form: str) -> str | Response:
    """What a new question asks; it comes after the part that was looked at."""
    return _asked(form, section=False)


@blueprint.get("/forms/<form>/draft/add-section")
@needs(ADMIN)
def add_section(form: str) -> str | Response:
    """What a new section is called, and its first question."""
    return _asked(form, section=True)


@blueprint.post("/forms/<form>/draft/add")
@needs(ADMIN)
def added(form: str) -> Response | str | tuple[str, int]:
    """Add a question, and look at it."""
    return _added(form, section=False)


@blueprint.post("/forms/<form>/draft/add-section")
@needs(ADMIN)
def section_added(form: str) -> Response | str | tuple[str, int]:
    """Add a section with its first question, and look at it."""
    return _added(form, section=True)


def _asked(form: str, section: bool) -> str | Response:
    desk = desk_of(form, request.args.get("after", THE_FORM))
    if desk is None:
        return redirect(url_for("editor.draft", form=form))
    return _page(desk, section, {"type": _FIRST_TYPE, "kind": _FIRST_KIND}, {})


def _added(form: str, section: bool) -> Response | str | tuple[str, int]:
    desk = desk_of(form, request.form.get("part", ""))
    if desk is None or based_on().draft != desk.standing.draft.key:
        return gone(form)
    written = {key: value.strip() for key, value in request.form.items()}
    asked = {**_TITLE, **_ASKED} if section else _ASKED
    wrong = {key: words for key, words in asked.items() if not written.get(key)}
    kind = next((each for each in KINDS if each == written.get("kind")), None)
    if wrong or written.get("type") not in _types(desk, section) or kind is None:
        return _page(desk, section, written, wrong), 400
    try:
        question = blank_question(desk.form, written["type"], written["label"], written["why"], kind)
    except NothingToWorkWith as refused:
        return _page(desk, section, written, {"type": str(refused)}), 400
    operation, at = _section(desk, written, question) if section else _question(desk, question)
    did = f"Added {quoted(written['title' if section else 'label'])}"
    try:
        return keep(desk, edited(desk.form, [operation]), at, did)
    except OperationFault as fault:
        key = fault.key.rpartition("/")[2]
        wrong = {key if key in asked else "label": refusal(desk, fault)}
    except OutOfShape as refused:
        wrong = {"label": str(refused)}
    return _page(desk, section, written, wrong), 400


def _section(desk: Desk, written: Written, question: Json) -> tuple[Json, str]:
    own = new_id({**desk.form, "sections": desk.form["sections"]}, written["title"])
    own = f"{own}_section" if own == question["id"] else own
    section = {"id": own, "title": written["title"], "questions": [question]}
    after = desk.form["sections"][desk.subject.section]["id"]
    return {"op": "add_section", "section": section, "after": after}, own


def _question(desk: Desk, question: Json) -> tuple[Json, str]:
    """The operation that adds it after what was looked at: a column where that was one, else a question."""
    subject = desk.subject
    if subject.kind == "column":
        rows = subject.name.partition(".")[0]
        own = {**question, "id": new_id(desk.form, question["label"], rows)}
        return {"op": "add", "question": own, "after": subject.name}, f"{rows}.{own['id']}"
    if subject.kind == "question":
        return {"op": "add", "question": question, "after": subject.name}, question["id"]
    section = subject.name or desk.form["sections"][-1]["id"]
    return {"op": "add", "question": question, "to_section": section}, question["id"]


def _types(desk: Desk, section: bool) -> Mapping[str, str]:
    return types_in_words(column=desk.subject.kind == "column" and not section)


def _page(desk: Desk, section: bool, written: Written, wrong: Written) -> str:
    controls = _controls(desk, section, written, wrong)
    return render_template(
        "editor/add.html",
        ground=desk.ground,
        based=based_of(desk.standing),
        at=place_of(desk.subject),
        section=section,
        where=_where(desk, section),
        controls=controls,
        problems=[Link(f"#{each.first}", each.error) for _, each in controls if each.error],
    )


def _where(desk: Desk, section: bool) -> Subject | None:
    """What it comes after, where that is not simply the end."""
    return desk.subject if desk.subject.kind in ("question", "column", "section") or section else None


def _controls(desk: Desk, section: bool, written: Written, wrong: Written) -> Sequence[tuple[str, Control]]:
    boxes = [("title", "Title of the section", "")] if section else []
    boxes.append(("label", "Its first question" if section else "Question", "As a worker reads it."))
    boxes.append(("why", "Why we ask", "Without a reason nothing is asked."))
    found = [("textarea", _box(name, label, hint, written, wrong)) for name, label, hint in boxes]
    found.append(
        ("radios", _choice("type", "How it is answered", _types(desk, section), written, wrong.get("type", "")))
    )
    found.append(("radios", _choice("kind", "What it is for", VALUES["kind"], written)))
    return found


def _box(name: str, label: str, hint: str, written: Written, wrong: Written) -> Control:
    value, error = written.get(name, ""), wrong.get(name, "")
    return Control(id=name, name=name, label=label, hint=hint, rows=2, value=value, error=error)


def _choice(name: str, label: str, words: Mapping[str, str], written: Written, error: str = "") -> Control:
    items = [
        Item(name if number == 0 else f"{name}-{number + 1}", value, each, checked=written.get(name) == value)
        for number, (value, each) in enumerate(words.items())
    ]
    return Control(id=name, name=name, label=label, items=items, error=error, classes="govuk-radios--small")
