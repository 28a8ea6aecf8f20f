"""A name is the same name however it is spelled in letters, accents and hyphens, and sounds as it is said."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from webapp.store.sounds import heard, is_called, plain, sounds_of

NAMES = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=1, max_size=12)
ACCENTS = st.sampled_from(["\u0301", "\u0300", "\u0308", "\u0327", "\u030c"])


def sound(name: str) -> set[str]:
    """How a name is heard, in whatever order."""
    return set(heard(name))


@given(NAMES, NAMES)
def test_a_name_matches_itself_under_changes_of_case_and_hyphens(first: str, second: str) -> None:
    """Small or capital, with a hyphen or a space between its parts."""
    assume(plain(first) and plain(second))
    name = f"{first}-{second}"
    for other in (name.upper(), name.lower(), f"{first} {second}", f" {first}–{second} "):
        assert sound(other) == sound(name), other
        assert plain(other) == plain(name)


@given(NAMES, st.lists(ACCENTS, max_size=12))
def test_a_name_matches_itself_under_changes_of_accents(name: str, accents: list[str]) -> None:
    """With accents added, written as one character or as two, or taken away."""
    accented = "".join(letter + accent for letter, accent in zip(name, accents + [""] * len(name), strict=False))
    for other in (accented, unicodedata.normalize("NFC", accented), unicodedata.normalize("NFD", name)):
        assert sound(other) == sound(name)
        assert is_called(other, name, "", "") or not plain(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wren", "Ren"),
        ("Steven", "Stephen"),
        ("Catherine", "Kathryn"),
        ("Mohammed", "Muhamad"),
        ("Łukasz", "Lukasz"),
        ("Zoë", "zoe"),
        ("O’Brien", "OBrien"),
        ("O'Brien", "O Brien"),
        ("Smith-Jones", "Smithjones"),
        ("Smith-Jones", "Jones"),
        ("Anna Maria", "Annamaria"),
        ("van Dijk", "Dijk"),
        ("علي", "علي"),
    ],
)
def test_names_that_sound_alike(one: str, other: str) -> None:
    """Have a sound in common."""
    assert sound(one) & sound(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Wren", "Ossie"), ("O’Brien", "O’Neill"), ("van Dijk", "van Gogh"), ("Baby Smith", "Baby Jones")],
)
def test_what_many_names_share_makes_none_alike(one: str, other: str) -> None:
    """A single letter, a particle, or a word in the place of a name."""
    assert not sound(one) & sound(other)


def test_a_word_in_the_place_of_a_name_sounds_like_nobody() -> None:
    """Babies without a name are not all one child."""
    assert sounds_of("Baby", "Unknown") == []
    assert sound("Al") == {"AL"}


def test_each_sound_says_which_name_it_is_of() -> None:
    """As the store keeps them."""
    assert sounds_of("Tobi", "Penhallow-Ode") == [
        ("given", "TB"), ("family", "PNHL"), ("family", "OT"), ("family", "PNHLWT"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sought", ["tobi", "TOBI PEN", "Tobí", "penhallow ode", "Penhallowode", "toby", "N-188", "n18852", "", " "]
)
def test_a_child_is_called_by_name_sound_or_reference(sought: str) -> None:
    """Part of it is enough where it is spelled so."""
    assert is_called(sought, "Tobi", "Penhallow-Ode", "N-18852")


@pytest.mark.parametrize("sought", ["tb", "wren", "toby tallowby", "99", "!"])
def test_a_child_is_not_called_what_only_begins_to_sound_so(sought: str) -> None:
    """Every word must be found."""
    assert not is_called(sought, "Tobi", "Penhallow-Ode", "N-18852")
