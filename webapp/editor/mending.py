"""A problem mended at one press, where the check knows what could stand in place of what is wrong."""

from flask import request
from werkzeug.wrappers import Response

from engine.editing import mended
from webapp.access import ADMIN, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.changes import OutOfShape, desk_of, gone, keep
from webapp.editor.piecewise import place_of
from webapp.editor.sketch import mends_of
from webapp.editor.standing import based_on


@blueprint.post("/forms/<form>/draft/mend")
@needs(ADMIN)
def mend(form: str) -> Response | tuple[str, int]:
    """Make one of the mends offered at a problem: one step of the draft, which can be undone like any other."""
    desk = desk_of(form, request.form.get("part", ""))
    if desk is None or based_on().draft != desk.standing.draft.key:
        return gone(form)
    about = (request.form.get("code", ""), request.form.get("pointer", ""))
    told = desk.sketch.told.get(desk.subject.name, ())
    offered = [
        each
        for one in told
        if (one.problem.code, one.problem.pointer) == about
        for each in mends_of(desk.sketch, desk.ground, one)
    ]
    chosen = next((each for each in offered if each.words == request.form.get("mend", "")), None)
    if chosen is None:
        return gone(form)
    try:
        return keep(desk, mended(desk.form, chosen), place_of(desk.subject), chosen.words)
    except OutOfShape:
        return gone(form)
