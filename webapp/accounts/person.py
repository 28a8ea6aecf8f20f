"""One person of an authority, for those who look after people: changed, ended, brought back, given a link."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN, needs
from webapp.accounts.blueprint import blueprint
from webapp.accounts.links import new_link
from webapp.accounts.particulars import Form, Typed, changed_in, form_about, posted_form, team_of
from webapp.accounts.standing import state_of
from webapp.drawing.values import Link
from webapp.navigation import SEE_OTHER
from webapp.store.access_log import log_act
from webapp.store.authorities import hold_authorities
from webapp.store.colleagues import (
    Colleague,
    Particulars,
    bring_back,
    change_colleague,
    colleague_by_key,
    end_colleague,
)
from webapp.store.database import Connection
from webapp.store.errors import NoAdminLeft, NoSuchRecord


@blueprint.get("/people/<key>")
@needs(ADMIN)
def person(key: str) -> str:
    """Somebody's particulars, to be changed, and what else can be done."""
    viewer = current.viewer()
    with current.reading() as connection:
        colleague = colleague_by_key(connection, viewer, key, current.now())
        form = form_about(connection, colleague)
    return _page(colleague, form)


@blueprint.post("/people/<key>")
@needs(ADMIN)
def change(key: str) -> Response | tuple[str, int]:
    """Save what was changed."""
    viewer, at = current.viewer(), current.now()
    try:
        with current.writing() as connection:
            hold_authorities(connection)
            colleague = colleague_by_key(connection, viewer, key, at)
            before, form = form_about(connection, colleague), posted_form(connection, colleague)
            if form.problems:
                return _page(colleague, form), 400
            change_colleague(connection, viewer, colleague, _particulars(connection, form.typed))
            for changed in changed_in(before, form):
                log_act(connection, viewer, "person", [colleague.id], f"changed_{changed}", at)
    except NoAdminLeft as refusal:
        return _page(colleague, form.with_problem("role", refusal.message)), 409
    return _back("changed", colleague)


def _particulars(connection: Connection, typed: Typed) -> Particulars:
    team = team_of(connection, typed)
    return Particulars(typed.name, typed.job, typed.chosen_role, typed.phone, team, typed.email)


@blueprint.post("/people/<key>/link")
@needs(ADMIN)
def make_link(key: str) -> str:
    """A new link for somebody who works here, shown this once."""
    with current.writing() as connection:
        colleague = colleague_by_key(connection, current.viewer(), key, current.now())
        if colleague.ended_at is not None or not colleague.email:
            raise NoSuchRecord
        link, until = new_link(connection, colleague)
    return render_template("accounts/link.html", colleague=colleague, link=link, until=until, added=False)


@blueprint.post("/people/<key>/end")
@needs(ADMIN)
def end(key: str) -> Response | tuple[str, int]:
    """Somebody no longer works here."""
    viewer, at = current.viewer(), current.now()
    try:
        with current.writing() as connection:
            colleague = colleague_by_key(connection, viewer, key, at)
            form = form_about(connection, colleague)
            end_colleague(connection, viewer, colleague, at)
            log_act(connection, viewer, "person", [colleague.id], "ended", at)
    except NoAdminLeft as refusal:
        return _page(colleague, form, refusal.message), 409
    return _back("ended", colleague)


@blueprint.post("/people/<key>/back")
@needs(ADMIN)
def back(key: str) -> Response:
    """Somebody works here again."""
    viewer, at = current.viewer(), current.now()
    with current.writing() as connection:
        colleague = colleague_by_key(connection, viewer, key, at)
        bring_back(connection, colleague)
        log_act(connection, viewer, "person", [colleague.id], "brought_back", at)
    return _back("brought_back", colleague)


def _page(colleague: Colleague, form: Form, not_ended: str = "") -> str:
    return render_template(
        "accounts/person.html",
        colleague=colleague,
        state=state_of(colleague),
        controls=form.controls,
        problems=[*form.links, *([Link("#leaving", not_ended)] if not_ended else [])],
        not_ended=not_ended,
    )


def _back(done: str, colleague: Colleague) -> Response:
    """To the list; whoever has just put themselves out of reach of it, to their own account."""
    if colleague.key == current.viewer().key:
        return redirect(url_for("accounts.yours"), SEE_OTHER)
    return redirect(url_for("accounts.people", done=done, who=colleague.key), SEE_OTHER)
