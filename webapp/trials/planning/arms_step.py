"""The first step of a plan: the question, the control, and the form under trial."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from json import dumps
from typing import Any

from engine.editing import operations_between
from engine.overlays.faults import OperationFault
from engine.source import Unreadable, read_json
from engine.trials.plan import Arm, Plan
from webapp import current
from webapp.drawing.values import Control
from webapp.store.contents import content_of
from webapp.store.database import Connection
from webapp.store.drafts import open_draft
from webapp.store.publishing import next_version
from webapp.store.withdrawals import Published, published
from webapp.trials.planning.arms_beside import beside
from webapp.trials.planning.desk import Desk
from webapp.trials.planning.typed import Form, Wrong, box, choice, clean, listed, text_box, words_typed

Json = Any
CONTROL, TESTED = "present", "tested"
VERSION, DRAFT, CHANGES = "version", "draft", "changes"
QUESTION_HINT = (
    "One question, in words a councillor understands. For example: does the shorter assessment take less time, "
    "without saying less about the child?"
)


def read(connection: Connection, plan: Plan, form: Form, file: bytes) -> Plan:
    """The plan with what was typed in this step; `file` is one with changes, empty for none."""
    control = Arm(CONTROL, words_typed(form, "control_name"), True, words_typed(form, "control"))
    name = words_typed(form, "tested_name")
    tested = Arm(TESTED, name, False, _tested(connection, replace(plan, arms=(control,)), form, file))
    return replace(plan, question=words_typed(form, "question"), arms=(control, tested))


def _tested(connection: Connection, plan: Plan, form: Form, file: bytes) -> str | Mapping[str, Json]:
    by = form.get("tested")
    if by == VERSION:
        return words_typed(form, "tested_version")
    if by == DRAFT:
        found = from_draft(connection, plan)
        return found if isinstance(found, dict) else ""
    typed = file.decode("utf-8", "replace") if file else form.get("changes", "")
    typed = clean(typed)
    return overlay_in(typed) or typed[:20_000]


def overlay_in(typed: str) -> dict[str, Json] | None:
    """The overlay that a text is; None where it is none."""
    try:
        found = read_json(typed).value
    except Unreadable:
        return None
    return found if isinstance(found, dict) else None


def editions_of(connection: Connection, form: str) -> list[Published]:
    """The versions of a form that can be an arm, newest first: neither withdrawn nor waiting for their day."""
    found = published(connection, current.viewer(), current.today())
    return [each for each in found if each.edition.form == form and not each.withdrawn_at and not each.waits]


def from_draft(connection: Connection, plan: Plan) -> dict[str, Json] | str:
    """The open draft as changes of the control; where it cannot be told so, why, "" for no draft."""
    standing = open_draft(connection, current.viewer(), plan.form)
    control = plan.control.definition if plan.control else ""
    base = next((each for each in editions_of(connection, plan.form) if each.key == control), None)
    if standing is None:
        return ""
    if base is None:
        return "Choose the control first: the draft is told as changes of it."
    draft = overlay_in(standing.content)
    if draft is None:
        return "The draft’s text has to be mended first."
    try:
        changes = operations_between(content_of(connection, base.edition), draft)
    except OperationFault as fault:
        return f"{fault.message} {fault.how_to_mend}"
    return overlay(connection, base, changes)


def overlay(connection: Connection, base: Published, changes: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    """Changes as an overlay on a published version."""
    edition = base.edition
    on = {"owner": "authority" if base.own else "library", "form": edition.form, "version": edition.version}
    version = next_version(connection, current.viewer(), edition.form)
    return {"owner": "authority", "form": edition.form, "version": version, "base": on, "changes": list(changes)}


def page(connection: Connection, desk: Desk, wrong: Wrong) -> dict[str, Any]:
    """What the page of this step shows."""
    plan, editions = desk.plan, editions_of(connection, desk.plan.form)
    control, tested = plan.control or Arm(CONTROL), plan.under_test or Arm(TESTED)
    by = _by(tested, editions)
    wrong = {**wrong, **_own_faults(tested, by)}
    draft = from_draft(connection, plan)
    has_draft = open_draft(connection, current.viewer(), plan.form) is not None
    return {
        "controls": [
            text_box("question", "What do you want to find out?", plan.question, wrong, QUESTION_HINT, 2),
            *_of_control(control, editions, wrong),
            box("tested_name", "What is the form under trial called?", tested.name, wrong, _NAMED, _WIDE),
        ],
        "tested": choice(
            "tested", "What is tried?", _ways(has_draft, draft), by, wrong, "" if has_draft else _NO_DRAFT
        ),
        "version": listed("tested_version", "If another version: which?", _listed(editions), _key(tested), wrong),
        "changes": _changes_box(tested, by),
        "beside": beside(desk),
        "faults": [f"{each.message} {each.mend}" for each in desk.problems if each.code == "arm_unfit"],
        "draft": draft if isinstance(draft, str) else "",
    }


_NAMED = "A short name for pages and results, such as “Short form”"
_WIDE = "govuk-input--width-20"
_NO_DRAFT = (
    "To try other words, ask whoever looks after forms to begin a draft of this form with them. It need not be "
    "published: as long as it is there, you can choose it here"
)


def _of_control(control: Arm, editions: Sequence[Published], wrong: Wrong) -> Iterator[Control]:
    key = control.definition if isinstance(control.definition, str) else ""
    hint = "The form as it is: what is tried is compared with it"
    yield listed("control", "Which version is the control?", _listed(editions), key, wrong, hint)
    yield box(
        "control_name", "What is the control called?", control.name, wrong, _NAMED.replace("Short", "Present"), _WIDE
    )


def _listed(editions: Sequence[Published]) -> list[tuple[str, str]]:
    return [("", "Choose a version"), *((each.key, version_words(each)) for each in editions)]


def version_words(each: Published) -> str:
    """A published version as it is chosen."""
    whose = f", {current.viewer().authority_name}’s own" if each.own else " that ships"
    return f"Version {each.edition.version}{whose}{', in use' if each.in_use else ''}"


def _ways(has_draft: bool, draft: dict[str, Json] | str) -> Iterator[tuple[str, str, str]]:
    yield VERSION, "Another published version", ""
    if has_draft:
        about = (
            draft if isinstance(draft, str) else "It is copied as you save; later changes of the draft change no plan"
        )
        yield DRAFT, "The draft of this form, as it stands now", about
    yield CHANGES, "Changes of the control, as JSON", "From a file of local changes, or pasted"


def _by(tested: Arm, editions: Sequence[Published]) -> str:
    if isinstance(tested.definition, str):
        known = tested.definition == "" or tested.definition in {each.key for each in editions}
        return ("" if not tested.definition else VERSION) if known or _like_a_key(tested.definition) else CHANGES
    return CHANGES


def _like_a_key(definition: str) -> bool:
    return definition.startswith(("own-", "shipped-"))


def _key(tested: Arm) -> str:
    return tested.definition if isinstance(tested.definition, str) else ""


def _own_faults(tested: Arm, by: str) -> dict[str, str]:
    """What is wrong with changes that are no JSON, with the line."""
    if by != CHANGES or not isinstance(tested.definition, str):
        return {}
    try:
        read_json(tested.definition)
    except Unreadable as fault:
        return {"tested": f"Line {fault.position.line} of the changes: {fault.message} {fault.how_to_mend}"}
    return {"tested": "The changes must be an object: { … }"}


def _changes_box(tested: Arm, by: str) -> Control:
    is_text = isinstance(tested.definition, str)
    text = tested.definition if is_text else dumps(tested.definition, indent=2, ensure_ascii=False)
    hint = "An overlay on the control, as the editor of forms downloads local changes"
    label = "If changes: what they are"
    return Control(
        "changes", "changes", label, hint, value=str(text) if by == CHANGES else "", rows=8, spellcheck=False
    )
