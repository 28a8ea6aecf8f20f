"""Texts of a form: one string, or the same words in several languages."""

from collections.abc import Mapping

Text = str | Mapping[str, str]

DEFAULT_LANGUAGE = "en"


def language_used(text: Text, language: str = DEFAULT_LANGUAGE) -> str:
    """The language `in_language` will answer in: the one asked for, else English, else the first there is."""
    if isinstance(text, str):
        return DEFAULT_LANGUAGE
    if language in text:
        return language
    return DEFAULT_LANGUAGE if DEFAULT_LANGUAGE in text else next(iter(text), DEFAULT_LANGUAGE)


def in_language(text: Text | None, language: str = DEFAULT_LANGUAGE) -> str:
    """The words in one language; "" for a text that is not there."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    return text.get(language_used(text, language), "")


def languages_of(text: Text | None) -> frozenset[str]:
    """The languages a text is written in; a plain string speaks for the default language alone."""
    if text is None or isinstance(text, str):
        return frozenset({DEFAULT_LANGUAGE}) if text else frozenset()
    return frozenset(language for language, words in text.items() if words.strip())
