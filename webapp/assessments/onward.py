"""Where a page without script goes on once it was saved: the same section, the next one, or the check."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.definition import Section
from engine.forms import HELD, Address, field_name
from engine.journey import next_section
from webapp.assessments.conflicts import Chosen
from webapp.assessments.feedback import FEEDBACK
from webapp.assessments.saving import Saved
from webapp.assessments.writing import Writing
from webapp.drawing.questions import element_id
from webapp.drawing.rows import Order
from webapp.drawing.sections import names_on
from webapp.navigation import SEE_OTHER


def after_order(after: Writing, here: Section, order: Order, new_row: str) -> Response:
    """The same section, with the row open that was asked for, or the keyboard back where it was."""
    name = field_name(order.address)
    row = {"edit": order.target, "add": f"{name}.{new_row}"}.get(order.deed, "")
    asked: dict[str, Any] = {"row": row}
    if order.deed == "remove":
        asked = {"remove": order.target}
    elif order.deed == "removed" and order.row in after.stored().rows(order.address):
        asked = {"remove": order.target, "changed": "1"}
    elif not row:
        going = {"up": f"up {order.row}", "down": f"down {order.row}", "undo": f"edit {order.row}"}
        asked = {"focus": f"{name}.{going.get(order.deed, 'list')}"}
        if order.deed == "removed":
            asked["removed"] = order.target
    return redirect(url_for("assessments.section", key=after.assessment.key, section_id=here.id, **asked), SEE_OTHER)


def onward(saved: Saved, here: Section, chosen: Chosen | None) -> Response:
    """The next section; this one again where a choice was made, a question opened, or something new needs mending."""
    if request.form.get("do") == FEEDBACK:
        return redirect(url_for("assessments.feedback", key=saved.after.assessment.key, section_id=here.id), SEE_OTHER)
    if chosen is not None:
        asked: dict[str, Any] = {
            "key": saved.after.assessment.key,
            "section_id": here.id,
            "row": request.form.get("row") or None,
        }
        there = url_for("assessments.section", _anchor=element_id(field_name(chosen.address)), **asked)
        return redirect(there, SEE_OTHER)
    key, added, wrong = saved.after.assessment.key, _opened(saved.after, here), _newly_wrong(saved.after, here)
    if added or wrong:
        again: dict[str, Any] = {"added": added, "stays": "1", "row": request.form.get("row") or None}
        return redirect(url_for("assessments.section", key=key, section_id=here.id, **again), SEE_OTHER)
    following = next_section(saved.after.journey, here.id)
    if following is None:
        return redirect(url_for("assessments.check", key=key), SEE_OTHER)
    return redirect(url_for("assessments.section", key=key, section_id=following.id), SEE_OTHER)


def _opened(after: Writing, here: Section) -> list[str]:
    """The names of the questions that this section asks now and the page did not hold."""
    held = set(request.form.getlist(HELD))
    return [name for name in names_on(after, here) if name not in held]


def _newly_wrong(after: Writing, here: Section) -> bool:
    """Whether an answer of this section needs mending that the page had no message at."""
    told = set(request.form.getlist("told"))
    wrong = {field_name(Address(place.question, place.child)) for place, _ in after.journey.findings}
    return not wrong.isdisjoint(names_on(after, here).keys() - told)
