"""Listed languages in which a text is missing."""

import re
from collections.abc import Iterator

from engine.checks._texts import WrittenText, texts
from engine.checks._written import Written
from engine.checks.base import Found, error, warning
from engine.schema.parts import LANGUAGE
from engine.text import DEFAULT_LANGUAGE, languages_of

KINDS = {
    "missing_translation": error(
        "The form is in {language}, and this text is not yet: “{words}”.",
        'Write it as {{"{has}": "…", "{language}": "…"}}.',
        of_words=True,
    ),
    "code_list_not_translated": warning(
        "The form is in {language}, and the labels of the code list “{name}” are in English alone.",
        "Tell those who use the form, or write the options out in both languages.",
    ),
}
_FOR_EDITORS = frozenset({"notes"})


def find(form: Written) -> Iterator[Found]:
    """Each text against each language that the form lists; others may be partial."""
    languages = _listed(form)
    for text in texts(form):
        if text.key not in _FOR_EDITORS:
            yield from _missing(text, languages)
    for question in form.with_columns:
        name = question.data.get("code_list")
        for language in languages:
            if language != DEFAULT_LANGUAGE and isinstance(name, str) and name in form.code_lists:
                detail = {"language": language, "name": name}
                yield Found("code_list_not_translated", f"{question.pointer}/code_list", detail)


def _listed(form: Written) -> list[str]:
    listed = form.data.get("languages", [DEFAULT_LANGUAGE]) if isinstance(form.data, dict) else []
    named = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    return [each for each in named if re.search(LANGUAGE, each)]


def _missing(text: WrittenText, languages: list[str]) -> Iterator[Found]:
    written = languages_of({language or DEFAULT_LANGUAGE: words for language, words in text.words.items()})
    for language in languages:
        if language not in written and written:
            has = DEFAULT_LANGUAGE if DEFAULT_LANGUAGE in written else min(written)
            words = next(each for spoken, each in text.words.items() if (spoken or DEFAULT_LANGUAGE) == has)
            yield Found("missing_translation", text.pointer, {"language": language, "has": has, "words": words[:80]})
