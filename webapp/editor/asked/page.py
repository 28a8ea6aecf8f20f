"""The page on which it is chosen when a question or section is asked, by menus of what stands before it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.editing import form_of
from webapp.access import ADMIN, needs
from webapp.drawing.values import Control, Item, Link
from webapp.editor.asked.sources import Chosen, Source, leaf_of, sources_at, taken_apart
from webapp.editor.asked.tree import joined_by, part_at, parts, with_leaf, with_part, without_part
from webapp.editor.asked.words import lines_of, when
from webapp.editor.blueprint import blueprint
from webapp.editor.changes import Desk, OutOfShape, called, changed_meanwhile, desk_of, gone, keep
from webapp.editor.panel.subjects import with_subject
from webapp.editor.piecewise import place_of
from webapp.editor.sketch import mends_of
from webapp.editor.standing import WHEN_ASKED, based_of
from webapp.navigation import SEE_OTHER

Json = Any

WHEN = "show_when"
_KINDS_ASKED = ("question", "column", "section")


@dataclass(frozen=True, slots=True)
class Building:
    """The line that is being put together: where it goes, whether in place of another, and what is chosen so far.

    `missing` says that it was to go where there is nothing (any more).
    """

    way: str = ""
    instead: bool = False
    chosen: Chosen | None = None
    wrong: str = ""
    missing: bool = False


@blueprint.get("/forms/<form>/draft/asked")
@needs(ADMIN)
def asked(form: str) -> str | Response | tuple[str, int]:
    """When a part is asked, in words; every line can be changed or taken out, and another added."""
    desk = desk_of(form, request.args.get("at", ""))
    if desk is None or desk.subject.kind not in _KINDS_ASKED:
        return redirect(url_for("editor.draft", form=form))
    way = request.args.get("way", "")
    instead = "instead" in request.args
    there = part_at(desk.subject.value.get(WHEN), way)
    if there is None and (way or instead):
        return _page(desk, Building(missing=True))
    chosen = taken_apart(there) if instead else None
    if request.args.get("source"):
        chosen = Chosen(request.args["source"])
    return _page(desk, Building(way, instead, chosen))


@blueprint.post("/forms/<form>/draft/asked")
@needs(ADMIN)
def ask(form: str) -> Response | str | tuple[str, int]:
    """Add or change a line, take a part out, join a group otherwise, or ask always: each a step of the draft."""
    desk = desk_of(form, request.form.get("part", ""))
    if desk is None or desk.subject.kind not in _KINDS_ASKED:
        return gone(form)
    if changed_meanwhile(desk):
        return gone(form)
    act, _, way = request.form.get("act", "").partition(":")
    condition = desk.subject.value.get(WHEN)
    if way and part_at(condition, way) is None:
        return _page(desk, Building(missing=True)), 409
    if act in ("add", "instead"):
        source = _source(desk, request.form.get("source", ""))
        leaf, wrong = leaf_of(source, request.form) if source else (None, "Choose what it depends on")
        if wrong:
            return _page(desk, Building(way, act == "instead", _posted(), wrong)), 400
        changed = with_part(condition, way, leaf) if act == "instead" else with_leaf(condition, way, leaf)
    else:
        changed = _ACTS.get(act, _same)(condition, way)
    try:
        return _kept(desk, changed)
    except OutOfShape as refused:
        return _page(desk, Building(way, act == "instead", _posted(), str(refused))), 400


_ACTS: Mapping[str, Callable[[Json, str], Json]] = {
    "out": without_part,
    "always": lambda _condition, _way: None,
    "all": lambda condition, way: joined_by(condition, way, "all"),
    "any": lambda condition, way: joined_by(condition, way, "any"),
}


def _same(condition: Json, _way: str) -> Json:
    return condition


def _kept(desk: Desk, condition: Json) -> Response:
    value = {key: each for key, each in {**desk.subject.value, WHEN: condition}.items() if each is not None}
    at = place_of(desk.subject)
    verb = "shown" if desk.subject.kind == "section" else "asked"
    did = f"Changed when {called(desk.subject)} is {verb}"
    keep(desk, with_subject(desk.form, desk.subject, value), at, did)
    return redirect(url_for("editor.asked", form=desk.ground.form, at=at, saved=1, _anchor="saved"), SEE_OTHER)


def _posted() -> Chosen:
    form = request.form
    return Chosen(
        form.get("source", ""),
        form.get("operator", ""),
        form.getlist("values"),
        form.get("operand", ""),
        bool(form.get("turned")),
    )


def _source(desk: Desk, name: str) -> Source | None:
    found = sources_at(desk.form, desk.subject, desk.ground.lists)
    return next((each for each in found if each.name == name), None)


def _page(desk: Desk, building: Building) -> str:
    known = form_of(desk.form, desk.ground.lists)
    condition = desk.subject.value.get(WHEN)
    rows = desk.subject.name.partition(".")[0] if desk.subject.kind == "column" else None
    found = sources_at(desk.form, desk.subject, desk.ground.lists)
    chosen = building.chosen
    source = next((each for each in found if chosen and each.name == chosen.source), None)
    group = parts(part_at(condition, building.way)) if not building.instead else None
    return render_template(
        "editor/asked.html",
        ground=desk.ground,
        based=based_of(desk.standing),
        mends_of=partial(mends_of, desk.sketch, desk.ground),
        standing=desk.standing,
        back=f"{WHEN_ASKED}{place_of(desk.subject)}",
        subject=desk.subject,
        at=place_of(desk.subject),
        sentence=when(condition, known, rows),
        lines=lines_of(condition, known, rows),
        building=building,
        group=group[0] if group else "",
        menu=_menu(found, chosen),
        controls=_controls(source, chosen, building.wrong) if source and chosen else (),
        problems=[Link("#operator" if source else "#source", building.wrong)] if building.wrong else [],
        told=[each for each in desk.sketch.told.get(desk.subject.name, ()) if f"/{WHEN}" in each.problem.pointer],
        saved="saved" in request.args,
    )


def _menu(found: Sequence[Source], chosen: Chosen | None) -> Control:
    name = chosen.source if chosen else ""
    items = [Item("", each.name, each.label, checked=each.name == name) for each in found]
    nothing = [] if any(item.checked for item in items) else [Item("", "", "Choose", checked=True)]
    return Control(id="source", name="source", label="It depends on", items=[*nothing, *items])


def _controls(source: Source, chosen: Chosen, wrong: str) -> list[tuple[str, Control]]:
    """How what was chosen is compared: macros with their controls."""
    operator = chosen.operator or source.operators[0][0]
    items = [Item("", name, words, checked=name == operator) for name, words in source.operators]
    found = [("select", Control(id="operator", name="operator", label="Asked when it", items=items, error=wrong))]
    if source.options:
        values = [
            Item(f"value-{number}", value, label, checked=value in chosen.values)
            for number, (value, label) in enumerate(source.options, start=1)
        ]
        found.append(("checkboxes", Control(id="values", name="values", label="These answers", items=values)))
    elif source.measure in ("number", "date"):
        hint = "A date such as 2026-03-31, or today" if source.measure == "date" else ""
        found.append(
            ("input", Control(id="operand", name="operand", label="Than or as", hint=hint, value=chosen.operand))
        )
    turn = Item("turned", "yes", "Turn it round: asked when this is not so", checked=chosen.turned)
    return [*found, ("tick", Control(id="turned", name="turned", label="", items=[turn]))]
