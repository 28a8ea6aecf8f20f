"""Beginning a session in the browser that asks, under a new id."""

from datetime import timedelta

from flask import request, session

from webapp import current
from webapp.access import Viewer
from webapp.accounts.browsers import in_words
from webapp.accounts.guessing import WrongPassword, check
from webapp.accounts.known_browsers import know, known_as
from webapp.accounts.passwords import rehashed
from webapp.accounts.turns import turn
from webapp.session_cookie import change_token
from webapp.store.access_log import log_act
from webapp.store.accounts import hold_account, rehash
from webapp.store.database import Connection
from webapp.store.sessions import begin_session, end_session
from webapp.store.sign_in_attempts import clear_attempts


def enter(connection: Connection, person: Viewer) -> None:
    """Sign somebody in, which is logged; whoever was signed in here before is not any longer."""
    at = current.now()
    until = at + timedelta(hours=current.surroundings().settings.session_hours)
    end_session(connection, session["token"], at)
    log_act(connection, person, "person", [person.id], "signed_in", at)
    change_token(begin_session(connection, person, at, until, in_words(request.user_agent.string)))


def enter_with_password(email: str, password: str) -> Viewer:
    """Sign in whoever an e-mail address and a password belong to; raises WrongPassword, MustWait or Crowded."""
    browser = known_as(email)
    with turn():
        account = check(email, password, browser)
        better = rehashed(password, account.password_hash)
    with current.writing() as connection:
        still = hold_account(connection, email)
        if still is None or still.password_hash != account.password_hash:
            raise WrongPassword
        clear_attempts(connection, email, browser)
        if better:
            rehash(connection, account, better)
        enter(connection, still.person)
    know(email)
    return still.person
