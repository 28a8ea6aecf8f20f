"""Which passwords are taken, what is stored of them, and what a refusal says."""

import hashlib
import time

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from webapp.accounts.passwords import LEAST, MOST, fits, hashed, rehashed, weakness

LONG = "".join(hashlib.sha512(word).hexdigest() for word in (b"seven", b"kettles"))[:200]
KNOWN = ("Adaeze Finch", "adaeze.finch@northshire.example", "Northshire Council")


@pytest.mark.parametrize(
    "password",
    [
        "quiet orchard bicycle lamp",
        "kZ8!qLm2#vTp",
        "correct horse battery staple",
        "  spaces   count   too  ",
        "ŵy'n cofio'r môr glas",
        "🦆🌧️🚲🫖🕰️🧤🪁🥾🧭🪴🛶🎻",
        LONG,
    ],
)
def test_good_passwords_are_taken_as_they_are(password: str) -> None:
    """Any characters, spaces too, and long ones from a password manager."""
    assert weakness(password, KNOWN) == ""


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "Enter a password"),
        ("short lamp", "This has 10 characters; a password has at least 12."),
        ("x", "This has 1 character; "),
        ("kZ8!qLm2#vTp" * 17, "This has 204 characters; a password has at most 200"),
        ("aaaaaaaaaaaaaaaa", "This says the same thing over and over."),
        ("abcdefghijklmnop", "This is a run of letters or numbers."),
        ("Password123!", "Many people use this as a password"),
        ("Adaeze Finch", "This is made of your name"),
        ("adaeze.finch1", "This is made of your name"),
        ("Northshire C0uncil", "This is made of your name"),
        ("finchadaeze2026", "This is made of your name"),
        ("adaeze northshire 12", "This is made of your name"),
        ("yellow bicycle", "This is easy to guess"),
        ("pith pith pith", ""),
    ],
)
def test_easy_passwords_are_refused_with_the_reason(password: str, says: str) -> None:
    """And, where they are merely easy, with what would be better."""
    told = weakness(password, KNOWN)
    assert told
    assert says in told


def test_a_refusal_says_how_to_do_better() -> None:
    """Nobody is left to guess what would be taken."""
    assert weakness("Password123!", KNOWN).endswith("hard to guess and easy to keep.")


def test_what_another_person_is_called_does_not_count_against_one() -> None:
    """Each estimate knows its own person only."""
    assert weakness("Northshire Council", KNOWN)
    assert weakness("Kestrelwood Marigold!", ("Marigold Kestrelwood",))
    assert not weakness("Kestrelwood Marigold!", ("Somebody Else",))


def test_the_estimate_takes_no_longer_for_a_longer_password() -> None:
    """Its work is bounded, however long the text that is sent."""
    begun = time.process_time()
    weakness("4@8({[<369!1|/0$5+7%2" * 9, KNOWN)
    assert time.process_time() - begun < 20


def test_hashes_are_made_with_the_packages_own_parameters() -> None:
    """Argon2id at what its authors recommend; the password stands nowhere in it."""
    kept = hashed("quiet orchard bicycle lamp")
    assert extract_parameters(kept) == extract_parameters(PasswordHasher().hash("x")) == RFC_9106_LOW_MEMORY
    assert kept != hashed("quiet orchard bicycle lamp")
    assert "orchard" not in kept
    assert fits("quiet orchard bicycle lamp", kept)
    assert not fits("quiet orchard bicycle lamps", kept)
    assert rehashed("quiet orchard bicycle lamp", kept) == ""


@pytest.mark.usefixtures("quick")
class TestFitting:
    """What is and is not the same password."""

    def test_letters_with_accents_are_the_same_on_every_keyboard(self) -> None:
        """One keyboard sends ŵ as one character, another as two."""
        assert fits("w\u0302y'n cofio'r mo\u0302r", hashed("\u0175y'n cofio'r m\u00f4r"))

    def test_capitals_spaces_and_the_end_of_a_long_one_count(self) -> None:
        """Nothing is cut off or made alike."""
        kept = hashed(LONG)
        assert not fits(LONG.upper(), kept)
        assert not fits(f"{LONG} ", kept)
        assert not fits(LONG + "x" * 100_000, kept)

    def test_nobody_has_a_password_that_fits(self) -> None:
        """Not even an empty one."""
        assert not fits("", "")
        assert not fits("anything at all", "")


def test_the_bounds_are_those_that_the_page_names() -> None:
    """Twelve and two hundred."""
    assert (LEAST, MOST) == (12, 200)
    assert weakness("kZ8!qLm2#vT", KNOWN)
    assert not weakness("kZ8!qLm2#vTp", KNOWN)
    assert not weakness(LONG, KNOWN)
    assert weakness(f"{LONG}y", KNOWN)
