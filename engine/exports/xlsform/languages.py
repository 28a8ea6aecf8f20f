"""Headings such as label::Welsh (cy), and texts in one language or in several."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from engine.schema.parts import LANGUAGE
from engine.text import DEFAULT_LANGUAGE

Json = Any
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "cy": "Welsh",
    "ar": "Arabic",
    "bn": "Bengali",
    "de": "German",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "gu": "Gujarati",
    "it": "Italian",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "so": "Somali",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
}
_CODES = {name.lower(): code for code, name in LANGUAGES.items()} | {"cymraeg": "cy"}
_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)\s*$")


def heading(column: str, language: str, alone: bool) -> str:
    """The heading of a column's words in a language; `alone` says that the form has no other language."""
    return column if alone else f"{column}::{language_name(language)}"


def language_name(code: str) -> str:
    """A language as XLSForm writes it, such as Welsh (cy)."""
    return f"{LANGUAGES.get(code, code)} ({code})"


def language_code(name: str) -> str | None:
    """The code of a language as somebody wrote it; None where it cannot be told."""
    found = _IN_BRACKETS.search(name)
    code = found[1].lower() if found and "-" not in found[1] else found[1] if found else name.strip().lower()
    code = _CODES.get(code, code)
    if code == "default":
        return DEFAULT_LANGUAGE
    return code if re.fullmatch(LANGUAGE, code) and (found or len(code) <= 3 or "-" in code) else None


def in_columns(text: Json) -> dict[str, str]:
    """The words of a text by language; those without one are English."""
    return {DEFAULT_LANGUAGE: text} if isinstance(text, str) else dict(text)


def as_text(words: Mapping[str, str]) -> Json:
    """A text of the words by language: a plain one where it is English alone; None for none."""
    written = {language: each for language, each in words.items() if each}
    if not written:
        return None
    return written[DEFAULT_LANGUAGE] if set(written) == {DEFAULT_LANGUAGE} else written


def languages_in(texts: Iterable[Json]) -> list[str]:
    """Every language that some text is written in, in the order in which they come."""
    return list(dict.fromkeys(language for text in texts for language in in_columns(text)))
