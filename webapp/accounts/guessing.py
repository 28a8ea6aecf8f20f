"""Whether an e-mail address and a password belong together, and how long guessing has to wait."""

from datetime import datetime, timedelta

from engine.errors import Refusal
from webapp import current
from webapp.accounts.passwords import fits
from webapp.accounts.turns import turn
from webapp.store.access_log import log_act
from webapp.store.accounts import Account, account_by_email
from webapp.store.sign_in_attempts import count_failure, hold_attempts

FREE_FAILURES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


class WrongPassword(Refusal):
    """The e-mail address or the password is wrong"""

    code = "wrong_password"


class MustWait(Refusal):
    """Signing in with this e-mail address has failed too often. Wait {words}, then try again"""

    code = "must_wait"

    def __init__(self, seconds: int) -> None:
        """How long until another try is listened to."""
        super().__init__(seconds=seconds, words=_in_words(seconds))
        self.seconds = seconds


def check(email: str, password: str, browser: str = "") -> Account:
    """The account that an e-mail address and a password open.

    An address that nobody has, a wrong password, somebody who has left and an account without a password are told
    apart neither by words nor by work. Raises WrongPassword or, before looking at the password, MustWait; Crowded
    before anything is counted. Failures in a `browser` that the owner has signed in with before are counted apart, so
    that nobody else's keep the owner out.
    """
    with turn():
        return _check(email, password, browser)


def _check(email: str, password: str, browser: str) -> Account:
    at = current.now()
    # Counted before the password is looked at: guesses sent at once would otherwise all be looked at.
    with current.writing() as connection:
        wait = _wait(*hold_attempts(connection, email, at, browser), at)
        if not wait:
            count_failure(connection, email, at, browser)
    if wait:
        raise MustWait(wait)
    with current.reading() as connection:
        account = account_by_email(connection, email)
    if not fits(password, account.password_hash if account else "") or account is None:
        _note_failure(email, account, at, browser)
        raise WrongPassword
    return account


def _note_failure(email: str, account: Account | None, at: datetime, browser: str) -> None:
    """Log a wrong password of an account that there is, with as much writing for a name that nobody has."""
    with current.writing() as connection:
        hold_attempts(connection, email, at, browser)
        if account is not None:
            log_act(connection, account.person, "person", [account.person.id], "sign_in_failed", at)


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many failures: none at first, then half a minute, doubled up to a quarter hour."""
    if failures < FREE_FAILURES:
        return timedelta()
    return min(FIRST_WAIT * (1 << min(failures - FREE_FAILURES, 10)), LONGEST_WAIT)


def _wait(failures: int, last_at: datetime, at: datetime) -> int:
    """Whole seconds that are left to wait."""
    left = (last_at + wait_after(failures) - at).total_seconds()
    return max(0, -int(-left // 1))


def _in_words(seconds: int) -> str:
    if seconds <= 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return f"{minutes} minutes"
