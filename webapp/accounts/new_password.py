"""Choosing a password: the box for it, and what is wrong with one."""

from webapp.accounts.passwords import LEAST, weakness
from webapp.drawing.values import Control
from webapp.store.accounts import Account


def problem_with(password: str, account: Account) -> str:
    """Why this cannot be somebody's password and what would be better, "" for a good one."""
    return weakness(password, (account.person.name, account.email, account.person.authority_name))


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
