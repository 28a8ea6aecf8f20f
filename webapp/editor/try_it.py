"""Trying a form: filled in as a worker would, with nothing kept anywhere but in the page itself."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.definition import Definition, Section
from engine.journey import Context, next_section
from webapp import current, htmx
from webapp.access import FORMS, needs
from webapp.drawing.rows import Order, open_row, order_from
from webapp.drawing.sections import View
from webapp.editor.blueprint import blueprint
from webapp.editor.case_files import case_to_try
from webapp.editor.invented import OLDEST, ONE_CHILD, SISTERS_AND_UNBORN, Ages, context_for
from webapp.editor.sheet import FIELD, Sheet, read_sheet
from webapp.editor.tried import Tried
from webapp.editor.try_page import check_tried, read_tried, section_tried, swapped
from webapp.editor.try_rows import carried_out, just_removed
from webapp.editor.try_stage import Stage, stage_of
from webapp.editor.try_turn import Turn, changed, first_shown, newly_wrong, opened, row_at, turn_of
from webapp.store.errors import DraftEnded, NoSuchRecord

YEARS = range(1990, 2101)
"""Years that a form can be tried in."""

Page = str | tuple[str, int] | Response


@blueprint.get("/forms/<form>/draft/try")
@needs(FORMS)
def try_draft(form: str) -> Page:
    """A draft, or the version that `version` names, for one invented child, or with the answers of a `case`."""
    try:
        return begun(stage_of(form))
    except DraftEnded:
        return redirect(url_for("editor.draft", form=form))


@blueprint.post("/forms/<form>/draft/try")
@needs(FORMS)
def go_on_trying(form: str) -> Page:
    """What follows from what the page held and from the button that was pressed."""
    return gone_on(stage_of(form))


def begun(stage: Stage) -> Page:
    """The first page of a form that is tried."""
    case = request.args.get("case")
    sheet = _new_sheet() if case is None else case_to_try(stage.form, case)
    return _not_yet(stage, sheet) if stage.definition is None else _first(stage, sheet.filled(stage.definition))


def gone_on(stage: Stage) -> Page:
    """The page after a page was posted; raises BadSheet and SheetTooLong for what no page of ours sends."""
    sheet = read_sheet(request.form.get(FIELD, ""))
    if stage.definition is None:
        return _not_yet(stage, sheet), 409
    turn = turn_of(stage.definition, sheet, request.form)
    if htmx.asked_by_htmx():
        return _fragment(turn, _section(turn.after, request.form.get("here", "")))
    do = request.form.get("do", "")
    order = order_from(do)
    if order is not None:
        return _after_order(stage, turn, order)
    verb, _, rest = do.partition(" ")
    return _DEEDS.get(verb, _continued)(stage, turn, rest)


def _new_sheet() -> Sheet:
    return Sheet({}, context_for(ONE_CHILD, current.today()))


def _not_yet(stage: Stage, sheet: Sheet) -> str:
    """A draft with errors, which cannot be filled in; what was typed so far stays on the page."""
    return render_template("editor/try_not_yet.html", stage=stage, sheet=sheet.written())


def _section(filling: Tried, section_id: str) -> Section:
    """A section of the form. Raises NoSuchRecord."""
    found = next((each for each in filling.definition.sections if each.id == section_id), None)
    if found is None:
        raise NoSuchRecord
    return found


def _fragment(turn: Turn, here: Section) -> Response:
    row = row_at(turn.before, open_row(request.form.get("row", "")))
    return htmx.fragment(swapped(turn.after, changed(turn, here, row)))


def _first(stage: Stage, filling: Tried) -> Page:
    first = first_shown(filling)
    return check_tried(stage, filling) if first is None else section_tried(stage, filling, first, View(once=True))


def _gone_to(stage: Stage, turn: Turn, section_id: str) -> Page:
    if turn.after.section(section_id) is None:
        return _first(stage, turn.after)
    return section_tried(stage, turn.after, _section(turn.after, section_id), View(once=True))


def _mended(stage: Stage, turn: Turn, where: str) -> Page:
    """A section with what is missing told at its questions, and the row open in which it is."""
    section_id, _, target = where.partition(" ")
    if turn.after.section(section_id) is None:
        return _first(stage, turn.after)
    view = View(row_at(turn.after, open_row(target)), missing=True, once=True)
    return section_tried(stage, turn.after, _section(turn.after, section_id), view)


def _checked(stage: Stage, turn: Turn, _: str) -> Page:
    return check_tried(stage, turn.after)


def _read(stage: Stage, turn: Turn, _: str) -> Page:
    return read_tried(stage, turn.after)


def _again(stage: Stage, turn: Turn, _: str) -> Page:
    """The form empty once more, for the same children on the same day."""
    sheet = Sheet({}, turn.after.journey.context, turn.after.language)
    return _first(stage, sheet.filled(turn.after.definition))


def _for_others(stage: Stage, turn: Turn, _: str) -> Page:
    """The same answers for other children, on another day, in another language of the form."""
    sheet = Sheet(turn.after.journey.answers, _context(turn.after.journey.context), request.form.get("language", ""))
    filling = sheet.filled(turn.after.definition)
    here = filling.section(request.form.get("here", ""))
    return section_tried(stage, filling, here, View(once=True)) if here else _first(stage, filling)


def _context(before: Context) -> Context:
    """For whom the page says that the form is tried."""
    day = _day(before)
    whom = request.form.get("whom", "")
    if whom not in ("one", "sisters"):
        return replace(before, today=day.isoformat())
    elder, younger = (min(max(request.form.get(name, 8, type=int), 0), OLDEST) for name in ("elder", "younger"))
    ages: Ages = (elder,) if whom == "one" else (elder, younger, *SISTERS_AND_UNBORN[2:])
    first, *others = context_for(ages, day).children
    disabled, interpreter = (True if name in request.form else None for name in ("disabled", "interpreter"))
    return Context(day.isoformat(), (replace(first, disabled=disabled, interpreter=interpreter), *others))


def _day(before: Context) -> date:
    """The day that was typed; where that is none, the one before, or today."""
    for written in (request.form.get("day", ""), before.today or ""):
        with suppress(ValueError):
            day = date.fromisoformat(written)
            if day.year in YEARS:
                return day
    return current.today()


def _continued(stage: Stage, turn: Turn, _: str) -> Page:
    """The next section; this one again where a question opened, or something new needs mending."""
    here = next((each for each in turn.after.definition.sections if each.id == request.form.get("here")), None)
    if here is None or turn.after.section(here.id) is None:
        return _first(stage, turn.after)
    added = opened(turn, here)
    if added or newly_wrong(turn, here):
        view = View(row_at(turn.after, open_row(request.form.get("row", ""))), once=True)
        return section_tried(stage, turn.after, here, view, stays=True, added=added)
    following = next_section(turn.after.journey, here.id)
    if following is None:
        return check_tried(stage, turn.after)
    return section_tried(stage, turn.after, following, View(once=True))


def _after_order(stage: Stage, turn: Turn, order: Order) -> Page:
    """The same section, with the row open that was asked for, or the keyboard back where it was."""
    here = _section(turn.after, request.form.get("here", ""))
    after, taken, new = carried_out(turn.after, order, turn.taken)
    name, _, row = order.target.partition(".")
    target = f"{name}.{new}" if new else order.target if order.deed in ("edit", "remove") else ""
    found = row_at(after, open_row(target, "leaving" if order.deed == "remove" else "open"))
    going = {"up": f"up {row}", "down": f"down {row}", "undo": f"edit {row}"}
    focus = ("", "") if found else (name, going.get(order.deed, "list"))
    view = View(found, focus=focus, removed=just_removed(after, order, taken), once=True)
    return section_tried(stage, after, here, view, taken=taken)


_DEEDS: Mapping[str, Callable[[Stage, Turn, str], Page]] = {
    "go": _gone_to,
    "mend": _mended,
    "check": _checked,
    "read": _read,
    "again": _again,
    "whom": _for_others,
}
"""What the buttons of a page ask for by the first word of their value; any other goes on."""


def filled_as_posted(definition: Definition) -> Tried:
    """The form as the page that was posted held it. Raises BadSheet, SheetTooLong, TooManyNewRows."""
    return turn_of(definition, read_sheet(request.form.get(FIELD, "")), request.form).after
