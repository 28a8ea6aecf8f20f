"""Choosing a password: the box for it, what is wrong with one, and all that ends when it is set."""

from webapp import current
from webapp.accounts.entering import enter
from webapp.accounts.known_browsers import know
from webapp.accounts.passwords import LEAST, weakness
from webapp.drawing.values import Control
from webapp.store.access_log import log_act
from webapp.store.account_links import void_links
from webapp.store.accounts import Account, set_password
from webapp.store.database import Connection
from webapp.store.sessions import end_sessions_of
from webapp.store.sign_in_attempts import clear_attempts


def problem_with(password: str, account: Account) -> str:
    """Why this cannot be somebody's password and what would be better, "" for a good one."""
    return weakness(password, (account.person.name, account.email, account.person.authority_name))


def keep_password(connection: Connection, account: Account, password_hash: str) -> None:
    """Set somebody's password and sign them in here.

    Every session of theirs, every open link and every wait that guessing has caused is over.
    """
    person, at = account.person, current.now()
    set_password(connection, person.id, password_hash, at)
    void_links(connection, person.id, at)
    end_sessions_of(connection, person.id, at)
    clear_attempts(connection, account.email)
    log_act(connection, person, "person", [person.id], "password_set", at)
    enter(connection, person)
    know(account.email)


def new_password_box(problem: str = "") -> Control:
    """The box for a new password; browsers may fill it in, and people may paste into it."""
    return Control(
        "new-password",
        "new_password",
        "New password",
        hint=f"At least {LEAST} characters, any you like, spaces too. Three or four words that do not belong together "
        "work well.",
        error=problem,
        kind="password",
        spellcheck=False,
        autocomplete="new-password",
    )
