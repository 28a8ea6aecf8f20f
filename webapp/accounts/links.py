"""One-time links: made for somebody by an admin and handed over, used once to set a password."""

from datetime import datetime, timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import open_to_all
from webapp.accounts.blueprint import blueprint
from webapp.accounts.new_password import keep_password, new_password_box, problem_with
from webapp.accounts.passwords import hashed
from webapp.accounts.sign_in import refused
from webapp.drawing.values import Link
from webapp.navigation import SEE_OTHER, this_site
from webapp.refusals import Crowded
from webapp.store.access_log import log_act
from webapp.store.account_links import account_by_link, make_link, use_link
from webapp.store.accounts import Account
from webapp.store.colleagues import Colleague
from webapp.store.database import Connection

VALID = timedelta(days=3)


def new_link(connection: Connection, colleague: Colleague) -> tuple[str, datetime]:
    """The address of a new link for a colleague, which is stored nowhere, and until when it works; logged."""
    at, by = current.now(), current.viewer()
    until = at + VALID
    token = make_link(connection, by, colleague.id, at, until)
    log_act(connection, by, "person", [colleague.id], "link_made", at)
    return f"{this_site()}{url_for('accounts.link', token=token)}", until


@blueprint.get("/new-password/<token>", endpoint="link")
@open_to_all("whoever holds a link may set one person's password with it, once")
def open_link(token: str) -> str | tuple[str, int]:
    """Where somebody chooses a password; looking at it does not use the link up."""
    with current.reading() as connection:
        account = account_by_link(connection, token, current.now())
    return _worth_nothing() if account is None else _page(account)


@blueprint.post("/new-password/<token>", endpoint="use_link")
@open_to_all("whoever holds a link may set one person's password with it, once")
def choose_password(token: str) -> Response | tuple[str, int]:
    """Set the password, sign its owner out everywhere and in here."""
    at, password = current.now(), request.form.get("new_password", "")
    with current.reading() as connection:
        account = account_by_link(connection, token, at)
    if account is None:
        return _worth_nothing()
    problem = problem_with(password, account)
    if problem:
        return _page(account, problem), 400
    try:
        password_hash = hashed(password)
    except Crowded as refusal:
        return refused(_page(account, refusal.message), refusal)
    with current.writing() as connection:
        if not use_link(connection, token, at):
            return _worth_nothing()
        keep_password(connection, account, password_hash)
    return redirect(url_for("record.home"), SEE_OTHER)


def _page(account: Account, problem: str = "") -> str:
    box = new_password_box(problem)
    problems = [Link(f"#{box.id}", problem)] if problem else []
    return render_template("accounts/new_password.html", account=account, box=box, problems=problems)


def _worth_nothing() -> tuple[str, int]:
    return render_template("accounts/link_gone.html"), 404
