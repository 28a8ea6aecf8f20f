"""Passwords: how one is hashed and checked, and when one is too easy to guess."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from threading import Lock
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from webapp.accounts.turns import turn

LEAST, MOST = 12, 200
"""Characters in a password."""

LOOKED_AT = 72
"""Characters that the estimate of guessing looks at: its work grows faster than their number."""

HARD_ENOUGH = 4
"""The estimate's own highest mark: ten thousand million guesses would not be enough."""

OF_ITS_OWN = 6
"""Characters that are left at least once everything known of the person is taken away."""

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
_ESTIMATING = Lock()
"""The estimate keeps the words it is given in one place for the whole process."""


def hashed(password: str) -> str:
    """What is stored of a password; raises Crowded."""
    with turn():
        return _HASHER.hash(_one_spelling(password))


def fits(password: str, password_hash: str) -> bool:
    """Whether this is the password behind a hash; for "", the hash of nobody, it costs as much to say no.

    Raises Crowded.
    """
    try:
        with turn():
            nobodys = _nobodys_hash()
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
    words = _words_of(known)
    if _left_of(password, words) < OF_ITS_OWN:
        return f"{_REASONS['user_inputs']} {BETTER}"
    found = _estimate(password, words)
    return "" if found["score"] >= HARD_ENOUGH else f"{_reason(found)} {BETTER}"


def _characters(number: int) -> str:
    return "1 character" if number == 1 else f"{number} characters"


def _words_of(known: Iterable[str]) -> Sequence[str]:
    """Each text as a whole and word by word, the longest first."""
    texts = [text.casefold() for text in (*known, "pith")]
    words = {word for text in texts for word in (text, *re.findall(r"\w+", text)) if len(word) > 2}
    return sorted(words, key=lambda word: (-len(word), word))


def _left_of(password: str, words: Sequence[str]) -> int:
    """How many characters are left of a password without these words."""
    left = password.casefold()
    for word in words:
        left = left.replace(word, "")
    return len(left)


def _estimate(password: str, words: Sequence[str]) -> Any:
    from zxcvbn import zxcvbn  # its lists of words take memory and time, which only this needs

    with _ESTIMATING:
        return zxcvbn(password[:LOOKED_AT], user_inputs=words)


def _reason(found: Any) -> str:
    """Why it is easy, where one part makes up most of it."""
    longest = max(found["sequence"], key=lambda part: len(part["token"]))
    most = len(longest["token"]) * 2 > len(found["password"])
    name = longest.get("dictionary_name", longest["pattern"])
    return _REASONS.get(name if most else "", "This is easy to guess.")


def _one_spelling(password: str) -> str:
    """Keyboards write the same letter with its accent in two ways."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys_hash() -> str:
    return hashed("nobody's password, which nobody can type: it is longer than they may be" * 3)
