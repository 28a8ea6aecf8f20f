"""Writing an assessment a section at a time: shown, and saved with or without the page's script."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.definition import Section
from engine.forms import standings
from engine.question_types.base import HARD_CAP
from webapp import current, htmx
from webapp.access import CASEWORK, PRACTITIONER, needs
from webapp.assessments.blueprint import blueprint
from webapp.assessments.conflicts import Chosen, chosen_from, conflicts_of, settled, without_question
from webapp.assessments.drafts import keep, writing
from webapp.assessments.languages import as_page_shows, in_chosen_language, language_from
from webapp.assessments.onward import after_order, onward
from webapp.assessments.saving import Saved, Saver, carry_out, revisions, save_posted
from webapp.assessments.swaps import Swaps, swaps_of
from webapp.assessments.trial_notice import TrialNotice, notice_on
from webapp.assessments.undoing import just_removed, put_back
from webapp.assessments.version_line import VersionLine, version_line
from webapp.assessments.welcome import Welcome, section_to_go_on_with, was_away, welcome_back
from webapp.assessments.writer import refuse_another_version, refuse_another_writer
from webapp.assessments.writing import Writing
from webapp.drawing.filling import about
from webapp.drawing.languages import languages_of
from webapp.drawing.macros import macro
from webapp.drawing.questions import Conflict
from webapp.drawing.rows import Order, State, open_row, order_from
from webapp.drawing.sections import View, places_on, section_page
from webapp.drawing.swaps import OpenPage, said
from webapp.navigation import SEE_OTHER
from webapp.refusals import told_to_scripts
from webapp.store.access_log import opened_before
from webapp.store.assessments import (
    Assessment,
    assessment_to_write,
    find_assessment,
    find_submitted,
    open_assessment,
)
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord
from webapp.store.keys import key_made_from, new_key
from webapp.words import form_words, rich_words, title_language

MOST_SECONDS = 3600
"""The longest that one save counts as worked on: an hour; a page saves far more often."""


@blueprint.get("/assessments/<key>")
@needs(CASEWORK)
def carry_on(key: str) -> Response:
    """Go on where one wrote last, or to the page that is read once it was submitted."""
    with current.reading() as connection:
        assessment = _draft_or_submitted(connection, key)
        if not assessment.draft:
            return redirect(url_for("assessments.read", key=key))
        draft = writing(connection, assessment, current.today())
    there = section_to_go_on_with(draft, current.viewer())
    if there is None:
        return redirect(url_for("assessments.check", key=key))
    back = 1 if was_away(draft, current.viewer(), current.now()) else None
    return redirect(url_for("assessments.section", key=key, section_id=there, back=back))


def _draft_or_submitted(connection: Connection, key: str) -> Assessment:
    """An assessment of which one may open every child, or what was submitted about any whom one may open."""
    try:
        return find_assessment(connection, current.viewer(), key)
    except NoSuchRecord:
        return find_submitted(connection, current.viewer(), key)


@blueprint.get("/assessments/<key>/sections/<section_id>")
@needs(PRACTITIONER)
def section(key: str, section_id: str) -> str | Response:
    """One section of a draft."""
    with current.writing() as connection:
        assessment = open_assessment(connection, current.viewer(), key, current.now())
        if not assessment.draft:
            return redirect(url_for("assessments.read", key=key))
        draft = in_chosen_language(connection, current.viewer(), writing(connection, assessment, current.today()))
        here = _section_of(draft, section_id)
        removed = just_removed(connection, draft, open_row(request.args.get("removed", "")))
        welcome = _welcome(connection, draft, here)
        version = version_line(connection, current.viewer(), draft)
        trial = notice_on(connection, assessment)
    return _page(draft, here, replace(_view(), removed=removed), welcome, version, trial)


@blueprint.post("/assessments/<key>/sections/<section_id>")
@needs(PRACTITIONER)
def save_section(key: str, section_id: str) -> Response | tuple[str, int]:
    """Save what the page held, do what a button of it asked, and show what follows from it."""
    do = request.form.get("do", "")
    order, chosen, speak = order_from(do), chosen_from(do), language_from(do)
    refuse_another_writer()
    with current.writing() as connection:
        assessment = assessment_to_write(connection, current.viewer(), key)
        refuse_another_version(assessment)
        found = writing(connection, assessment, current.today())
        draft = in_chosen_language(connection, current.viewer(), found, speak)
        if htmx.asked_by_htmx():
            draft = as_page_shows(draft, request.form.get("shown_in", ""))
        here = _section_of(draft, section_id)
        saver = _saver(connection, chosen)
        new_row = key_made_from("row", saver.key, do)  # pressed twice, the same button adds the same row
        saved = save_posted(saver, draft, request.form)
        after = saved.after if order is None else _carried_out(saver, saved.after, order, new_row)
        whole_page = bool(saved.refused or settled(saved, chosen)) and not htmx.asked_by_htmx()
        if whole_page:
            open_assessment(connection, current.viewer(), key, current.now())
    if after.fresh:
        keep(after)
    if htmx.asked_by_htmx():
        return _fragment(saved, here, chosen)
    if after.section(section_id) is None:
        return redirect(url_for("assessments.carry_on", key=key), SEE_OTHER)
    if whole_page:
        return _with_words_unsaved(saved, here, chosen)
    if order is not None:
        return after_order(after, here, order, new_row)
    if speak:
        row = request.form.get("row") or None
        return redirect(url_for("assessments.section", key=key, section_id=section_id, row=row), SEE_OTHER)
    return onward(saved, here, chosen)


def _saver(connection: Connection, chosen: Chosen | None) -> Saver:
    """Who saves, with what the page says of this save."""
    seconds = request.form.get("active_seconds", "")
    key = request.form.get("key", "")[:64] or new_key()
    return Saver(
        connection,
        current.viewer(),
        current.now(),
        key,
        of_page=not htmx.asked_by_htmx(),
        page=request.form.get("page", "")[:64] if htmx.asked_by_htmx() else key,
        active_seconds=min(int(seconds[:9]), MOST_SECONDS) if seconds.isascii() and seconds.isdigit() else 0,
        held_back=chosen.address if chosen is not None and chosen.holds_back else None,
    )


def _carried_out(saver: Saver, draft: Writing, order: Order, new_row: str) -> Writing:
    if order.deed == "undo":
        return put_back(saver, draft, order)
    return carry_out(saver, draft, order, new_row, revisions(request.form))


def _section_of(draft: Writing, section_id: str) -> Section:
    found = draft.section(section_id)
    if found is None:
        raise NoSuchRecord
    return found


def _welcome(connection: Connection, draft: Writing, here: Section) -> Welcome | None:
    """What is said to somebody whom `carry_on` has led back here."""
    if "back" not in request.args:
        return None
    return welcome_back(connection, draft, current.viewer(), here, current.now())


def _view() -> View:
    """How the page's address says that a section is looked at."""
    leaving = request.args.get("remove", "")
    state: State = "" if not leaving else "changed" if "changed" in request.args else "leaving"
    row = open_row(leaving or request.args.get("row", ""), state or "open")
    name, _, focus = request.args.get("focus", "").partition(".")
    return View(row, missing="missing" in request.args, focus=(name, focus))


def _with_words_unsaved(saved: Saved, here: Section, chosen: Chosen | None) -> tuple[str, int]:
    """The section again, with both texts where two people wrote, and what is too long still in its box."""
    conflicts = {**conflicts_of(saved), **settled(saved, chosen)}
    status = 409 if saved.clashes else 413 if saved.refused else 200
    return _page(saved.after, here, View(open_row(request.form.get("row", "")), conflicts=conflicts)), status


def _page(
    draft: Writing,
    here: Section,
    view: View,
    welcome: Welcome | None = None,
    version: VersionLine | None = None,
    trial: TrialNotice | None = None,
) -> str:
    page = section_page(draft, here, view)
    named = frozenset(request.args.getlist("added"))
    added = [found for found in page.questions if found.name in named]
    return render_template(
        "assessments/section.html",
        page=page,
        title=form_words(here.title, draft.language),
        intro=rich_words(here.intro, draft.language),
        title_language=title_language(here.title, draft.language),
        form_title=form_words(draft.definition.title, draft.language),
        languages=languages_of(draft.definition, draft.language),
        about=about(draft.assessment.children, draft.day),
        assessment=draft.assessment,
        saved_at=draft.answers.saved_at,
        problems=page.problems,
        stays="stays" in request.args or bool(view.conflicts),
        added=added,
        added_words=said(len(added), 0),
        lost=_lost(draft, here, view),
        unsaved=bool(view.conflicts),
        save_key=new_key(),
        welcome=welcome,
        version=version,
        trial=trial,
        most=HARD_CAP,
    )


def _lost(draft: Writing, here: Section, view: View) -> list[Conflict]:
    """The words that were refused and whose question the page does not hold."""
    found = standings(draft.definition, places_on(draft, here, view.row), draft.journey.answers)
    there = {each.address for each in found}
    return [without_question(each) for address, each in view.conflicts.items() if address not in there]


def _log_what_is_shown(draft: Writing, swaps: Swaps) -> None:
    """Questions are drawn with their answers: whoever has never opened the draft opens it with that."""
    if not swaps.show_answers:
        return
    with current.reading() as connection:
        known = opened_before(connection, current.viewer(), "assessment", draft.assessment.id)
    if not known:
        with current.writing() as connection:
            open_assessment(connection, current.viewer(), draft.assessment.key, current.now())


def _fragment(saved: Saved, here: Section, chosen: Chosen | None) -> Response:
    """What an open page needs after a save: its status, and only what changed."""
    told = bool(request.form.getlist("told"))
    row = open_row(request.form.get("row", ""))
    swaps = swaps_of(saved, OpenPage(here, row, frozenset(request.form.getlist("on_page")), told), chosen)
    _log_what_is_shown(saved.after, swaps)
    html = macro("assessments/_saved.html", "saved")(swaps, None if saved.refused else current.now())
    response = htmx.fragment(html, 409 if saved.clashes else 413 if saved.refused else 200)
    if saved.clashes or not saved.refused:
        response.headers["Pith-Save"] = "refused" if saved.clashes else "saved"
    else:
        refusal = next(iter(saved.refused.values())).refusal
        response.headers.update(told_to_scripts(refusal.code, refusal.message))
    return response
