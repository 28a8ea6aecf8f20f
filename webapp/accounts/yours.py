"""One's own account: the password, and the browsers one is signed in on."""

from collections.abc import Mapping

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine.errors import Refusal
from webapp import current
from webapp.access import SIGNED_IN, needs
from webapp.accounts.blueprint import blueprint
from webapp.accounts.guessing import MustWait, WrongPassword, check
from webapp.accounts.new_password import keep_password, new_password_box, problem_with
from webapp.accounts.passwords import hashed
from webapp.accounts.sign_in import refused
from webapp.accounts.turns import turn
from webapp.drawing.values import Control, Link
from webapp.navigation import SEE_OTHER
from webapp.refusals import Crowded
from webapp.store.access_log import log_act
from webapp.store.accounts import Account, account_of, hold_account
from webapp.store.errors import NoSuchRecord
from webapp.store.sessions import end_session_by_key, end_sessions_of, sessions_of
from webapp.store.sign_in_attempts import clear_attempts

DONE: Mapping[str, str] = {
    "password": "Your password is changed, and you are signed out everywhere but here.",
    "ended": "You are signed out there.",
    "others": "You are signed out everywhere but here.",
}
"""What the page says after each act."""


class WrongNow(WrongPassword):
    """This is not your password"""


@blueprint.get("/account")
@needs(SIGNED_IN)
def yours() -> str:
    """Who one is here, how to change the password, and where one is signed in."""
    return _page(done=DONE.get(request.args.get("done", ""), ""))


@blueprint.post("/account/password")
@needs(SIGNED_IN)
def change_password() -> Response:
    """Change the password: everywhere else, and for whoever copied this browser's cookie, the session ends."""
    account = _account()
    if account is None or not account.password_hash:
        raise NoSuchRecord
    new = request.form.get("new_password", "")
    problem = problem_with(new, account)
    try:
        with turn():
            known = check(account.email, request.form.get("password", ""), session["token"])
            password_hash = "" if problem else hashed(new)
    except (MustWait, Crowded) as refusal:
        return refused(_page({"password": refusal.message}), refusal)
    except WrongPassword:
        return refused(_page({"password": WrongNow().message}), WrongNow())
    if problem:
        _forget_failures(account)
        return refused(_page({"new-password": problem}), Refusal())
    _keep(known, password_hash)
    return redirect(url_for("accounts.yours", done="password"), SEE_OTHER)


@blueprint.post("/account/sessions/end")
@needs(SIGNED_IN)
def end_session() -> Response:
    """End one of one's own sessions."""
    viewer, at = current.viewer(), current.now()
    with current.writing() as connection:
        if end_session_by_key(connection, viewer, request.form.get("session", ""), at):
            log_act(connection, viewer, "person", [viewer.id], "signed_out_elsewhere", at)
    return redirect(url_for("accounts.yours", done="ended"), SEE_OTHER)


@blueprint.post("/account/sessions/end-others")
@needs(SIGNED_IN)
def end_other_sessions() -> Response:
    """End all of one's sessions but this."""
    viewer, at = current.viewer(), current.now()
    with current.writing() as connection:
        end_sessions_of(connection, viewer.id, at, but=session["token"])
        log_act(connection, viewer, "person", [viewer.id], "signed_out_elsewhere", at)
    return redirect(url_for("accounts.yours", done="others"), SEE_OTHER)


def _account() -> Account | None:
    with current.reading() as connection:
        return account_of(connection, current.viewer().id)


def _forget_failures(account: Account) -> None:
    with current.writing() as connection:
        clear_attempts(connection, account.email, session["token"])


def _keep(known: Account, password_hash: str) -> None:
    with current.writing() as connection:
        still = hold_account(connection, known.email)
        if still is None or still.password_hash != known.password_hash:
            raise NoSuchRecord
        keep_password(connection, still, password_hash)


def _page(problems: Mapping[str, str] | None = None, done: str = "") -> str:
    problems = problems or {}
    with current.reading() as connection:
        account = account_of(connection, current.viewer().id)
        open_now = sessions_of(connection, current.viewer(), session["token"], current.now())
    now_box = Control(
        "password",
        "password",
        "Your password now",
        error=problems.get("password", ""),
        kind="password",
        spellcheck=False,
        autocomplete="current-password",
    )
    return render_template(
        "accounts/yours.html",
        account=account,
        boxes=(now_box, new_password_box(problems.get("new-password", ""))),
        problems=[Link(f"#{box}", words) for box, words in problems.items()],
        sessions=open_now,
        done=done,
    )
