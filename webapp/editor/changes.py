"""What an admin changes at one part of a form, kept as the next step of the draft and never over somebody unseen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.checks import Problem, in_shape
from engine.definition import definition_from_json
from engine.editing import Dependent, NothingToWorkWith, dependents_of_option, edited, retyped
from engine.overlays.faults import OperationFault
from engine.source import unescape
from engine.text import in_language
from webapp import current
from webapp.access import ADMIN, needs
from webapp.config import LANGUAGE
from webapp.editor.blueprint import blueprint
from webapp.editor.following import followed
from webapp.editor.ground import Ground
from webapp.editor.in_words import PageWords
from webapp.editor.judging import done_between, judged
from webapp.editor.layout import laid_out
from webapp.editor.panel.boxes import Posted
from webapp.editor.panel.keys import types_in_words
from webapp.editor.panel.options import moved, place_of_row
from webapp.editor.panel.panels import NO_WAYS, OPTIONS, Wrong, panel_of, read_panel
from webapp.editor.panel.subjects import HELD, THE_FORM, Form, Subject, subject_of, with_subject
from webapp.editor.piecewise import Refused, piecewise_page, place_of
from webapp.editor.sketch import Sketch, sketch_of
from webapp.editor.standing import based_of, based_on, standing_of
from webapp.navigation import SEE_OTHER
from webapp.store.draft_changes import save_draft
from webapp.store.drafts import Standing, text_at
from webapp.store.errors import DraftEnded, StaleDraft

Json = Any

MANY = 8
"""Steps of others that a refused change tells of, the newest."""

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft as it stands, as a form whose parts can be changed, and the part that was posted."""

    ground: Ground
    standing: Standing
    sketch: Sketch
    subject: Subject

    @property
    def lists(self) -> Sequence[str]:
        """The code lists that can be named."""
        return sorted(self.ground.code_lists)

    @property
    def form(self) -> Form:
        """The form’s JSON."""
        return self.sketch.form


@dataclass(frozen=True, slots=True)
class Changed:
    """The form with a change, and what cannot be so, by key; then nothing is kept.

    `ways` leads from a key to what has to be changed first, where that is at another part.
    """

    form: Form
    wrong: Wrong
    ways: Mapping[str, str] = field(default_factory=dict)


class OutOfShape(Exception):
    """A form with a change would no longer be one that can be changed piece by piece; the text says why."""


@blueprint.post("/forms/<form>/draft/change")
@needs(ADMIN)
def change(form: str) -> Response | tuple[str, int]:
    """Keep what was posted of one part, and do what the button says; what is wrong is told with all that was typed."""
    desk = desk_of(form, request.form.get("part", ""))
    if desk is None:
        return gone(form)
    if changed_meanwhile(desk):
        return _refused(desk, {}, stale=True), 409
    changed = posted_change(desk, request.form)
    if changed.wrong:
        return _refused(desk, changed.wrong, ways=changed.ways), 400
    did = f"Changed {called(desk.subject)}"
    found = followed(desk.ground, desk.form, changed.form, desk.subject)
    return keep(desk, found.form, found.name or THE_FORM, did, found.before)


def desk_of(form: str, place: str) -> Desk | None:
    """The draft of a form at a part; None where it must be mended as text first, or has no such part (any more)."""
    ground, standing = standing_of(form)
    sketch = sketch_of(standing.content, ground)
    subject = subject_of(sketch.form, "" if place == THE_FORM else place) if sketch else None
    return Desk(ground, standing, sketch, subject) if sketch and subject else None


def posted_change(desk: Desk, posted: Posted) -> Changed:
    """The form as it becomes with what was posted of a part and with what the button does."""
    value, wrong = read_panel(desk.form, desk.subject, posted)
    act, _, which = posted.get("act", "").partition(":")
    at = place_of_row(desk.subject.value, posted, which) if act in _OPTION_ACTS else None
    waiting: Sequence[Dependent] = ()
    if at is not None and value.get("options"):
        waiting = _waiting_for(desk, value["options"], at) if act == "option-out" else ()
        wrong = {**wrong, OPTIONS: _not_out(value["options"][at], waiting)} if waiting else wrong
        value["options"] = value["options"] if waiting else _OPTION_ACTS[act](value["options"], at)
    form = with_subject(desk.form, desk.subject, {**value, **_type_of(desk.subject)})
    wrong = {**_out_of_shape(desk, form), **wrong}
    if not wrong and value.get("type") != desk.subject.value.get("type"):
        form, wrong = _answered_otherwise(desk, form, value["type"])
    return Changed(form, wrong, {OPTIONS: _way_to(desk, waiting[0])} if waiting else {})


def _answered_otherwise(desk: Desk, form: Form, wanted: str) -> tuple[Form, Wrong]:
    """The form with another type of its question, or why it cannot have that."""
    if wanted not in types_in_words(column=desk.subject.kind == "column"):
        return form, {"type": "Choose how it is answered"}
    try:
        changed = edited(form, [retyped(form, desk.subject.name, wanted)])
    except NothingToWorkWith as refused:
        return form, {"type": str(refused)}
    except OperationFault as fault:
        return form, {"type": refusal(desk, fault)}
    return changed, _out_of_shape(desk, changed)


def _type_of(subject: Subject) -> dict[str, Json]:
    """The type that a question has, since another one is given to it by an operation of its own."""
    return {"type": subject.value["type"]} if "type" in subject.value else {}


def _waiting_for(desk: Desk, options: Sequence[Json], at: int) -> Sequence[Dependent]:
    """What bars taking an option out: the questions and sections that are asked only when it is chosen."""
    value = options[at]["value"]
    if [each["value"] for each in options].count(value) > 1:
        return ()
    return dependents_of_option(desk.form, desk.subject.name, value, desk.ground.lists)


def _not_out(option: Json, waiting: Sequence[Dependent]) -> str:
    """That an option is not taken out, and what has to be changed first."""
    names = ", ".join(f"“{in_language(each.label, LANGUAGE)}”" for each in waiting)
    wait, these = ("waits", "that is") if len(waiting) == 1 else ("wait", "they are")
    words = in_language(option["label"], LANGUAGE)
    return f"“{words}” is not taken out: {names} {wait} for it. First change when {these} asked."


def _way_to(desk: Desk, waiting: Dependent) -> str:
    return url_for("editor.draft", form=desk.ground.form, at=waiting.place, _anchor="part")


_OPTION_ACTS: Mapping[str, Callable[[Sequence[Json], int], list[Json]]] = {
    "option-up": lambda options, at: moved(options, at, -1),
    "option-down": lambda options, at: moved(options, at, 1),
    "option-out": lambda options, at: [*options[:at], *options[at + 1 :]],
}


def _out_of_shape(desk: Desk, form: Form) -> dict[str, str]:
    """By key of the part, what the check says of a value that no form may have."""
    text = laid_out(form)
    if sketch_of(text, desk.ground) is not None:
        return {}
    found: dict[str, str] = {}
    for problem in _faults(text, desk.ground):
        inside = problem.pointer.removeprefix(f"{desk.subject.pointer}/")
        key = unescape(inside.partition("/")[0])
        message, _ = PageWords(form, desk.ground).of(problem)
        found.setdefault(OPTIONS if key == "code_list" else key, message)
    return found


def _faults(text: str, ground: Ground) -> Sequence[Problem]:
    """Why a text is no form that can be changed piece by piece."""
    errors = [each.problem for each in judged(text, ground).errors]
    return [each for each in errors if not in_shape([each])] or errors


_CANNOT_BE_EMPTY: Mapping[str, str] = {
    "sections": "A form cannot be without sections: add another one first.",
    "questions": "A section cannot be without questions: take the section out instead, or add another question first.",
    "columns": "Rows cannot be without questions: take the whole question out instead, or add another to them first.",
}


def _in_words(problem: Problem, form: Form, ground: Ground) -> str:
    key = problem.pointer.rpartition("/")[2]
    if problem.code == "empty" and key in _CANNOT_BE_EMPTY:
        return _CANNOT_BE_EMPTY[key]
    message, mend = PageWords(form, ground).of(problem)
    return message if "/show_when" in problem.pointer else f"{message} {mend}"


def keep(desk: Desk, form: Form, at: str, did: str, before: Form | None = None) -> Response:
    """Keep a form as the next step of its draft, and lead to a part of it.

    `did` names the step where the versions before and after it cannot be compared; `before` is that before it where
    something has another name since. Where others changed other parts since the page was loaded, theirs are in it
    already. Raises OutOfShape for a form that could not be changed piece by piece any more, StaleDraft for what came
    in between even now.
    """
    text = laid_out(form)
    if sketch_of(text, desk.ground) is None:
        faults = [_in_words(each, form, desk.ground) for each in _faults(text, desk.ground)]
        raise OutOfShape(" ".join(dict.fromkeys(faults)))
    was = judged(desk.standing.content, desk.ground).definition
    if was is not None and before is not None:
        was = definition_from_json(before, desk.ground.lists, desk.ground.day.isoformat())
    done = done_between(was, judged(text, desk.ground).definition, did)
    with current.writing() as connection:
        save_draft(connection, current.viewer(), based_of(desk.standing), text, done, current.now())
    address = url_for("editor.draft", form=desk.ground.form, at=at, saved=1, _anchor="saved")
    return redirect(address, SEE_OTHER)


def _refused(desk: Desk, wrong: Wrong, stale: bool = False, ways: Mapping[str, str] = NO_WAYS) -> str:
    """The page with everything as it was posted, and what is wrong with it or who changed the same meanwhile."""
    panel = panel_of(desk.form, desk.subject, desk.lists, request.form, wrong, ways)
    since = based_on().revision if stale else None
    return piecewise_page(desk.ground, desk.standing, place_of(desk.subject), Refused(panel, since))


def called(subject: Subject) -> str:
    """A part as a list of what was done calls it."""
    words = in_language(subject.value.get("label", subject.value.get("title", "")), LANGUAGE)
    return quoted(words) if subject.name else "the form itself"


def quoted(words: str) -> str:
    """Words in quotation marks, the end of long ones left out."""
    return f"“{words if len(words) <= LONGEST_NAME else f'{words[: LONGEST_NAME - 1]}…'}”"


def refusal(desk: Desk, fault: OperationFault) -> str:
    """Why an operation on the draft cannot be done, and how to mend that."""
    return PageWords(desk.form, desk.ground).refusal(fault)


def gone(form: str) -> tuple[str, int] | Response:
    """The part that was posted is no longer there, or the draft must be mended as text first."""
    ground, standing = standing_of(form)
    newest = standing.newest
    stale = StaleDraft(by=newest.by, at=newest.at, revision=newest.number, own=newest.by_id == current.viewer().id)
    return piecewise_page(ground, standing, "", refused=stale), 409


def changed_meanwhile(desk: Desk) -> bool:
    """Whether somebody changed this very part since the page was loaded."""
    based = based_on()
    if based == based_of(desk.standing):
        return False
    if based.draft != desk.standing.draft.key:
        raise DraftEnded
    with current.reading() as connection:
        text = text_at(connection, current.viewer(), based.draft, based.revision)
    before = sketch_of(text, desk.ground) if text else None
    was = subject_of(before.form, desk.subject.name) if before else None
    return was is None or _own(was) != _own(desk.subject)


def _own(subject: Subject) -> dict[str, Json]:
    """What belongs to a part alone, without the parts that stand in it."""
    return {key: value for key, value in subject.value.items() if key not in HELD.get(subject.kind, ())}
