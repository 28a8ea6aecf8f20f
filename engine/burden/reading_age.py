"""The age at which a person can read a form's labels and hints, by the Automated Readability Index."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.burden.parameters import parameters
from engine.definition import Definition
from engine.text import Text, in_language

_WORD = re.compile(r"\w[\w'’-]*")
_SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n")
LANGUAGE = "en"
"""The index is made for English; no other language is measured."""


@dataclass(frozen=True, slots=True)
class HeavyText:
    """A label or hint that is hard to read: its question or column, which of the two, and the reading age."""

    path: str
    key: str
    reading_age: int


def reading_age(texts: Iterable[str]) -> int | None:
    """The reading age of some texts together, in years; None where there are too few words to tell.

    The index is 4.71 letters a word, plus half the words a sentence, less 21.43: a school year, turned into an age.
    """
    letters = words = sentences = 0
    for text in texts:
        found = _WORD.findall(text)
        letters, words = letters + _letters(found), words + len(found)
        sentences += _sentences(text)
    figures = parameters()["reading_age"]
    if words < figures["enough_words"]:
        return None
    above: int = figures["years_above_grade"]
    return max(above, round(4.71 * letters / words + 0.5 * words / sentences - 21.43 + above))


def _letters(words: Iterable[str]) -> int:
    return sum(sum(letter.isalnum() for letter in word) for word in words)


def _sentences(text: str) -> int:
    return sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))


def reading_age_of(definition: Definition) -> int | None:
    """The reading age of all labels and hints of a form; None without English or with too few words."""
    return reading_age(words for _path, _key, words in _labels_and_hints(definition))


def heavy_texts(definition: Definition) -> Iterator[HeavyText]:
    """Labels and hints that ask for more than an ordinary reader, in order; only those long enough to tell."""
    for path, key, words in _labels_and_hints(definition):
        age = reading_age([words])
        if age is not None and age >= parameters()["reading_age"]["heavy_from"]:
            yield HeavyText(path, key, age)


def _labels_and_hints(definition: Definition) -> Iterator[tuple[str, str, str]]:
    for question in definition.questions:
        for asked in (question, *question.columns):
            path = question.id if asked is question else f"{question.id}.{asked.id}"
            for key, text in (("label", asked.label), ("hint", asked.hint)):
                words = _in_english(definition, text)
                if words:
                    yield path, key, words


def _in_english(definition: Definition, text: Text | None) -> str:
    if isinstance(text, str):
        return text if definition.languages[0] == LANGUAGE else ""
    return in_language(text, LANGUAGE) if text and LANGUAGE in text else ""
