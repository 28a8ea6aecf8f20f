"""Faults in what people read: no words, stray spaces, characters that cannot be seen, markup where none is drawn."""

import re
from collections.abc import Iterator
from typing import Any

from engine.checks._texts import RICH, texts
from engine.checks._written import Written
from engine.checks.base import Found, error, warning

Json = Any

KINDS = {
    "blank_text": error("There are only spaces here.", "Write something, or take it out.", of_words=True),
    "stray_spaces": warning("There are spaces too many in “{words}”.", "Keep one space between words, none around."),
    "control_character": error(
        "A character that cannot be seen stands in this text (U+{code:04X}).", "Type the text again.", of_words=True
    ),
    "html_in_text": error(
        "“{words}” would be shown as it is written: this text takes no HTML.", "Take the markup out.", of_words=True
    ),
}

# What turns the reading direction round, has no width, or marks a file that was read with the wrong encoding.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]"
)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:[a-zA-Z]{2,10}|#[0-9]{1,7});")
_STRAY = re.compile(r"^\s|\s$|[^\S\n]{2}")


def find(form: Written) -> Iterator[Found]:
    """What is wrong with the letters themselves, whatever they say."""
    for text in texts(form):
        for language, words in text.words.items():
            yield from _in_words(text.pointer_in(language), words, text.key in RICH)
    for question in form.with_columns:
        if isinstance(question.data.get("returns"), str):
            yield from _in_words(f"{question.pointer}/returns", question.data["returns"], False)


def _in_words(pointer: str, words: str, rich: bool) -> Iterator[Found]:
    unseen = _UNSEEN.search(words)
    markup = None if rich else _MARKUP.search(words)
    if unseen:
        yield Found("control_character", pointer, {"code": ord(unseen[0])})
    if words and not words.strip():
        yield Found("blank_text", pointer)
    elif not rich and _STRAY.search(words):
        yield Found("stray_spaces", pointer, {"words": words.strip()[:60]})
    if markup:
        yield Found("html_in_text", pointer, {"words": markup[0][:60]})
