"""Somebody has been in touch about a child: look across the authority first, then make a record if there is none."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import CASEWORK, may_write, needs
from webapp.navigation import SEE_OTHER
from webapp.record.blueprint import blueprint
from webapp.record.contact_forms import ContactForm, RecordForm
from webapp.record.controls import controls_of, links_to
from webapp.record.likeness_words import how_it_looked, likeness_in_words, who_was_sought
from webapp.store.children import Child, children_of, find_child
from webapp.store.errors import ReferenceTaken
from webapp.store.keys import new_key
from webapp.store.matches import Match, Matches, look_for
from webapp.store.new_records import NewRecord, make_record

Answer = str | tuple[str, int]

CARRIED = ("form_key", "reference", "disabled", "interpreter", "sibling")
"""What the second page holds beside the names and the date; kept where the search is made again."""


@blueprint.get("/new-contact")
@needs(CASEWORK)
def new_contact() -> str:
    """Ask what is known of the child."""
    return _ask(ContactForm(), {})


@blueprint.post("/new-contact")
@needs(CASEWORK)
def look() -> Answer:
    """Look for the child across the authority; names are posted, so that none stands in an address."""
    form = ContactForm(request.form)
    if "again" in request.form:
        return _ask(form, {})
    problems = form.problems(current.today())
    if problems:
        return _ask(form, problems), 400
    return _found(form, _matches(form), again=False)


@blueprint.post("/new-contact/record")
@needs(CASEWORK)
def ask_for_record() -> Answer:
    """Ask what a new record needs, with names and date as they were typed."""
    searched = ContactForm(request.form)
    problems = searched.problems(current.today())
    if problems:
        return _ask(searched, problems), 400
    form = RecordForm(request.form)
    if not form.born.data and searched.span(current.today()) is not None:
        form.born.data = "yes"
    if form.typed_date.day is None:
        form.dated.data = {}
    return _ask_for_record(form, {}, searched.roughly, form.looked)


@blueprint.post("/new-contact/make")
@needs(CASEWORK)
def make() -> Response | Answer:
    """Make the record, once for each form however often it is sent, and go to the child's page.

    Where names or date differ from those looked for, they are looked for first.
    """
    form = RecordForm(request.form)
    wrote, looked = request.form.get("wrote", ""), request.form.get("looked", "")
    problems = form.problems(current.today())
    if problems:
        return _ask_for_record(form, problems, wrote, looked), 400
    if looked != form.looked:
        searched = ContactForm(request.form)
        matches = _matches(searched)
        if matches.found:
            return _found(searched, matches, again=True)
    made = _make(form)
    if isinstance(made, ReferenceTaken):
        return _ask_for_record(form, {"reference": made.message.rstrip(".")}, wrote, looked), 400
    return redirect(url_for("record.child", key=made, made=1), SEE_OTHER)


def _make(form: RecordForm) -> str | ReferenceTaken:
    """The key of the child's record; a reference that is taken is given back, so that what was logged of it stands."""
    viewer = current.viewer()
    with current.writing() as connection:
        sibling = find_child(connection, viewer, form.sibling.data) if form.sibling.data else None
        new = NewRecord(form.child(), sibling, request.form.get("form_key", ""))
        try:
            return make_record(connection, viewer, new, current.now())
        except ReferenceTaken as refused:
            return refused


def _matches(form: ContactForm) -> Matches:
    with current.writing() as connection:
        return look_for(connection, current.viewer(), form.sought(current.today()), current.now())


def _ask(form: ContactForm, problems: Mapping[str, str]) -> str:
    controls = controls_of(form, problems, {})
    return render_template(
        "record/new_contact.html", controls=controls, problems=links_to(problems, controls), kept=_carried()
    )


def _found(form: ContactForm, matches: Matches, again: bool) -> str:
    return render_template(
        "record/matches.html",
        found=[_in_words(match, form.unborn) for match in matches.found],
        beyond=any(match.child is None for match in matches.found),
        more=matches.more,
        who=who_was_sought(form),
        how=list(how_it_looked(form)),
        kept=[*_typed(form), *_carried()],
        again=again,
    )


def _in_words(match: Match, unborn: bool) -> dict[str, Any]:
    return {
        "child": match.child,
        "likeness": likeness_in_words(match.likeness, unborn),
        "contacts": match.contacts,
        "formerly": match.formerly,
    }


def _ask_for_record(form: RecordForm, problems: Mapping[str, str], wrote: str, looked: str) -> str:
    viewer = current.viewer()
    with current.reading() as connection:
        mine = children_of(connection, viewer)
    form.sibling.choices = {"": "No, or not on my list: a new family", **_families(mine)}
    hints = {
        "given_name": "For a child not yet born, leave it blank if there is no name",
        "dated": _about_the_date(wrote),
    }
    controls = controls_of(form, problems, hints)
    return render_template(
        "record/new_record.html",
        controls=controls,
        problems=links_to(problems, controls),
        looked=looked,
        form_key=request.form.get("form_key") or new_key(),
        wrote=wrote,
        about=request.form.get("about", ""),
        to_team="" if may_write(viewer) else viewer.team_name,
    )


def _about_the_date(wrote: str) -> str:
    later = "it can be added later, under the particulars on the child’s page"
    if wrote.startswith("about"):
        return f"You wrote {wrote}. The age is not kept. Leave the birth date blank until it is known: {later}"
    wrote = f"You wrote {wrote}. " if wrote else ""
    return f"{wrote}Only a whole date can be kept. Leave it blank until it is known: {later}"


def _families(mine: tuple[Child, ...]) -> dict[str, str]:
    """Each family on the viewer's list with its children there, by the key of its eldest child."""
    of_family: dict[int, list[Child]] = {}
    for child in mine:
        of_family.setdefault(child.family, []).append(child)
    return {
        found[0].key: f"{found[0].family_title}: {', '.join(child.given_name for child in found)}"
        for found in of_family.values()
    }


def _typed(form: ContactForm) -> list[tuple[str, str]]:
    """Names, date and age as the form sends them, for the form on the page that follows."""
    parts = [(each.name, each.value) for each in form.dated.inputs]
    typed = [(name, form[name].data) for name in ("given_name", "family_name", "born", "about")]
    return [(name, value) for name, value in (*typed, *parts) if value]


def _carried() -> list[tuple[str, str]]:
    return [(name, value) for name in CARRIED if (value := request.form.get(name))]
