"""Names as they sound, so that a child is found under another spelling."""

import re
import unicodedata
from collections.abc import Iterator

import jellyfish

_PARTS = re.compile(r"[^a-z]+")


def sounds_of(given_name: str, family_name: str) -> list[tuple[str, str]]:
    """Each part of both names as it sounds, with which name it is part of: "given" or "family"."""
    found = [("given", sound) for sound in _sounds(given_name)] + [("family", sound) for sound in _sounds(family_name)]
    return list(dict.fromkeys(found))


def _sounds(name: str) -> Iterator[str]:
    """The parts of one name as they sound in English; a part in another script sounds like itself."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    for word in plain.casefold().split():
        latin = [jellyfish.metaphone(part) for part in _PARTS.split(word) if part]
        yield from filter(None, latin or [word])
