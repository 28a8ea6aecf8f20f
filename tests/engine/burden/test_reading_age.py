"""The reading age of labels and hints, by the Automated Readability Index."""

import pytest

from engine.burden import HeavyText, heavy_texts, reading_age
from tests.engine.forms import form, question

EASY = "Did you see the child? Was the child well? What did the child say to you? What did you do then?"
HEAVY = (
    "Notwithstanding multidisciplinary considerations previously communicated, practitioners demonstrating "
    "responsibility should comprehensively contextualise developmental circumstances."
)


def test_the_index_is_as_published() -> None:
    """Forty letters in ten words in one sentence: 4.71 * 4 + 0.5 * 10 - 21.43 is 2.41, an age of 7."""
    assert reading_age(["abcd " * 9 + "abcd.", "abcd " * 9 + "abcd."]) == 7


@pytest.mark.parametrize("text", ["", "Why?", "Characteristically overcomplicated institutional terminology"])
def test_too_few_words_say_nothing(text: str) -> None:
    """Neither easy nor heavy."""
    assert reading_age([text]) is None


def test_long_words_and_long_sentences_are_harder() -> None:
    """Each alone, and together."""
    easy, heavy = reading_age([EASY]), reading_age([HEAVY])
    run_on = reading_age([EASY.replace("?", " and")])
    assert easy is not None
    assert heavy is not None
    assert run_on is not None
    assert easy < run_on < heavy


def test_short_texts_count_together() -> None:
    """Labels that are each too short to tell make up a form that can be told; each is a sentence at least."""
    labels = ["What happened next", "Who was there then", "What was said to him", "How did it end"]
    assert [reading_age([label]) for label in labels] == [None] * 4
    assert reading_age(labels) == reading_age([". ".join(labels)])


def test_heavy_labels_and_hints_are_named() -> None:
    """With their question or column, and which of the two it is; in a form in English only."""
    rows = question("people", "rows", columns=[question("who", label=EASY, hint=HEAVY)])
    parts = (question("a", label=HEAVY), question("b", label=EASY), rows)
    age = reading_age([HEAVY])
    assert age is not None
    assert list(heavy_texts(form(*parts))) == [HeavyText("a", "label", age), HeavyText("people.who", "hint", age)]
    assert list(heavy_texts(form(*parts, languages=["cy"]))) == []
