"""Passwords: how one is hashed and checked, and when one is too easy to guess."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from threading import BoundedSemaphore, Lock
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

LEAST, MOST = 12, 200
"""Characters in a password."""

LOOKED_AT = 72
"""Characters that the estimate of guessing looks at: its work grows faster than their number."""

HARD_ENOUGH = 3
"""The estimate's own mark, from 0 to 4: from 3 on, a hundred million guesses would not be enough."""

BETTER = "Three or four words that do not belong together are hard to guess and easy to keep."
_REASONS: Mapping[str, str] = {
    "user_inputs": "This is made of your name, your e-mail address or the name of your authority.",
    "passwords": "Many people use this as a password, or something very like it.",
    "repeat": "This says the same thing over and over.",
    "sequence": "This is a run of letters or numbers.",
    "spatial": "This is a run of keys that lie side by side.",
    "date": "This is mostly a date.",
}
"""Why a password is easy to guess, by the name of the list or the pattern that it was found in."""

_HASHER = PasswordHasher()
_HASHING = BoundedSemaphore(2)
"""Each hash takes 64 MiB while it is made, so no more than two are made at once."""

_ESTIMATING = Lock()
"""The estimate keeps the words it is given in one place for the whole process."""


def hashed(password: str) -> str:
    """What is stored of a password."""
    with _HASHING:
        return _HASHER.hash(_one_spelling(password))


def fits(password: str, password_hash: str) -> bool:
    """Whether this is the password behind a hash; for "", the hash of nobody, it costs as much to say no."""
    nobodys = _nobodys_hash()
    try:
        with _HASHING:
            return _HASHER.verify(password_hash or nobodys, _one_spelling(password)[: MOST + 1])
    except VerifyMismatchError:
        return False


def rehashed(password: str, password_hash: str) -> str:
    """A new hash where the stored one was made with other parameters than today's; "" where it is as it should be."""
    return hashed(password) if _HASHER.check_needs_rehash(password_hash) else ""


def weakness(password: str, known: Iterable[str]) -> str:
    """Why a new password is refused and what would be better, "" for a good one.

    `known` is what others know of the person: name, e-mail address, authority.
    """
    length = len(_one_spelling(password))
    if not length:
        return "Enter a password"
    if length < LEAST:
        return f"This has {_characters(length)}; a password has at least {LEAST}. {BETTER}"
    if length > MOST:
        return f"This has {_characters(length)}; a password has at most {MOST}"
    found = _estimate(password, known)
    if found["score"] >= HARD_ENOUGH:
        return ""
    return f"{_reason(found)} {BETTER}"


def _characters(number: int) -> str:
    return "1 character" if number == 1 else f"{number} characters"


def _estimate(password: str, known: Iterable[str]) -> Any:
    from zxcvbn import zxcvbn  # its lists of words take memory and time, which only this needs

    words = [word for text in (*known, "pith") for word in (text, *text.replace("@", " ").replace(".", " ").split())]
    with _ESTIMATING:
        return zxcvbn(password[:LOOKED_AT], user_inputs=[word for word in words if len(word) > 2])


def _reason(found: Any) -> str:
    for part in sorted(found["sequence"], key=lambda part: -len(part["token"])):
        reason = _REASONS.get(part.get("dictionary_name", part["pattern"]))
        if reason:
            return reason
    return "This is easy to guess."


def _one_spelling(password: str) -> str:
    """Keyboards write the same letter with its accent in two ways."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys_hash() -> str:
    return hashed("nobody's password, which nobody can type: it is longer than they may be" * 3)
