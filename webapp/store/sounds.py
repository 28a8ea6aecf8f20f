"""Names as they sound and without what people spell differently, so that a child is found under another spelling."""

import re
import unicodedata
from collections.abc import Iterator

import jellyfish

_LATIN = re.compile(r"[a-z]+")
_WITHOUT_STROKES = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
PARTICLES = frozenset(["al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "van", "von"])
"""Parts of names that many share: they count only where a name is nothing else."""

NAMELESS = frozenset({"baby", "unborn", "unknown"})
"""What is written in the place of a name while there is none: it sounds like nobody."""

LEAST_HEARD = 3
"""Letters that a word needs before it is also sought by its sound."""


def plain(text: str) -> str:
    """The letters and digits alone, small, without accents, in words parted by one space."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    letters = bare.casefold().translate(_WITHOUT_STROKES)
    return " ".join("".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in letters).split())


def sounds_of(given_name: str, family_name: str) -> list[tuple[str, str]]:
    """Each part of both names as it sounds, with which name it is part of: "given" or "family"."""
    found = [("given", sound) for sound in heard(given_name)] + [("family", sound) for sound in heard(family_name)]
    return list(dict.fromkeys(found))


def heard(name: str) -> Iterator[str]:
    """The parts of one name as they sound in English, and all of them said as one; none twice for any spelling.

    A part in another script sounds like itself.
    """
    words = [word for word in plain(name).split() if word not in NAMELESS]
    telling = [word for word in words if not _tells_little(word)] or words
    said = [*telling, "".join(words)] if len(words) > 1 else telling
    yield from dict.fromkeys(map(_sound, said))


def _tells_little(word: str) -> bool:
    return word in PARTICLES or (len(word) == 1 and _LATIN.fullmatch(word) is not None)


def _sound(word: str) -> str:
    if not _LATIN.fullmatch(word):
        return word
    return jellyfish.metaphone(word) or word


def is_called(sought: str, given_name: str, family_name: str, reference: str) -> bool:
    """Whether somebody is meant by what was typed: part of a name or reference, or every word as a name sounds."""
    words = plain(sought)
    if not words:
        return not sought.strip()
    if words in plain(f"{given_name} {family_name} {reference}"):
        return True
    run_on = words.replace(" ", "")
    if any(run_on in plain(each).replace(" ", "") for each in (given_name, family_name, reference)):
        return True
    sounds = {*heard(given_name), *heard(family_name)}
    return all(len(word) >= LEAST_HEARD and _sound(word) in sounds for word in words.split())
