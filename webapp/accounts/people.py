"""The people of an authority, for those who look after them: the list, and somebody new."""

from collections.abc import Mapping
from itertools import groupby

from flask import render_template, request

from webapp import current
from webapp.access import ADMIN, needs
from webapp.accounts.blueprint import blueprint
from webapp.accounts.links import new_link
from webapp.accounts.particulars import ROLES, Form, Typed, empty_form, posted_form, team_of, typed_in_form
from webapp.accounts.standing import state_of
from webapp.store.access_log import log_act
from webapp.store.accounts import add_account
from webapp.store.authorities import hold_authorities
from webapp.store.colleagues import Colleague, colleague_by_key, colleagues_of
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord
from webapp.store.keys import key_made_from, new_key
from webapp.store.people import NewPerson, add_person

DONE: Mapping[str, str] = {
    "changed": "{name}: the changes are saved.",
    "ended": "{name} no longer works here, and is signed out everywhere.",
    "brought_back": "{name} works here again, and can sign in as before.",
}
"""What the list says after each act."""


@blueprint.get("/people")
@needs(ADMIN)
def people() -> str:
    """Everybody of the authority by team, and how each stands; who has left comes last."""
    with current.reading() as connection:
        everybody = colleagues_of(connection, current.viewer(), current.now())
    here = [each for each in everybody if each.ended_at is None]
    named = next((each.name for each in everybody if each.key == request.args.get("who")), "")
    done = DONE.get(request.args.get("done", ""), "") if named else ""
    return render_template(
        "accounts/people.html",
        teams=[(team, list(group)) for team, group in groupby(here, key=lambda each: each.team)],
        gone=[each for each in everybody if each.ended_at is not None],
        roles=ROLES,
        state_of=state_of,
        done=done.format(name=named),
    )


@blueprint.get("/people/add")
@needs(ADMIN)
def add() -> str:
    """An empty form for somebody new."""
    with current.reading() as connection:
        form = empty_form(connection)
    return _page(form, new_key())


@blueprint.post("/people/add")
@needs(ADMIN)
def add_posted() -> str | tuple[str, int]:
    """Add somebody and show the link for them; the same again makes nobody new, only another link."""
    sent = request.form.get("key", "") or new_key()
    key = key_made_from("person", current.viewer().key, sent, typed_in_form().email.casefold())
    with current.writing() as connection:
        hold_authorities(connection)
        colleague = _added_before(connection, key)
        if colleague is None:
            form = posted_form(connection)
            if form.problems:
                return _page(form, sent), 400
            colleague = _add(connection, form.typed, key)
        link, until = new_link(connection, colleague)
    return render_template("accounts/link.html", colleague=colleague, link=link, until=until, added=True)


def _added_before(connection: Connection, key: str) -> Colleague | None:
    try:
        return colleague_by_key(connection, current.viewer(), key, current.now())
    except NoSuchRecord:
        return None


def _add(connection: Connection, typed: Typed, key: str) -> Colleague:
    viewer, at = current.viewer(), current.now()
    person = NewPerson(typed.name, typed.job, typed.chosen_role, typed.phone)
    number = add_person(connection, viewer.authority, team_of(connection, typed), person, key)
    add_account(connection, viewer.authority, number, typed.email)
    log_act(connection, viewer, "person", [number], "added", at)
    return colleague_by_key(connection, viewer, key, at)


def _page(form: Form, key: str) -> str:
    return render_template("accounts/add_person.html", controls=form.controls, problems=form.links, key=key)
