"""The stories read like the real thing: full to their stage, nothing said twice, no date that would grow old."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from engine.definition import Question
from tests.webapp.demo.told import Told, carried, texts, told_forms, words_in
from webapp.demo.forms import said_about_forms
from webapp.demo.stories import FOLDER, stories

LONG = 8
"""Words: a longer sentence stands in one place only."""
_SENTENCE = re.compile(r"(?<=[.!?])[”’]?\s+|\n+|; ")
_MONTHS = (
    r"January|February|March|April|June|July|August|September|October|November|December|"
    r"spring|summer|autumn|winter|Christmas|Easter|Diwali|Eid|20\d\d"
)


def _written() -> Iterator[tuple[str, str]]:
    """Every text of the stories with where it stands."""
    for told in told_forms():
        again = carried(told)
        for name, value in told.form.answers.items():
            yield from ((f"{told.name}, {name}", text) for text in texts(value, again))
        yield told.name, told.form.note
    for story in stories():
        yield from ((f"{story.name}, given {given.on}", given.said) for given in story.given)
    yield from (("said about forms", said["words"]) for said in said_about_forms())


def test_no_sentence_stands_twice() -> None:
    """Nothing was copied from one story or form into another."""
    places = defaultdict(list)
    for where, text in _written():
        for sentence in _SENTENCE.split(text):
            words = re.findall(r"[\w’'-]+", sentence.lower())
            if len(words) > LONG:
                places[" ".join(words)].append(where)
    assert {sentence: found for sentence, found in places.items() if len(found) > 1} == {}


def _analyses(told: Told) -> Iterator[tuple[Question, int]]:
    for question in told.journey.definition.questions:
        value = told.form.answers.get(question.id)
        if question.type == "analysis" and value is not None:
            for each in value.values() if question.per_child else [value]:
                if words := words_in(each):
                    yield question, words


def _is_main(question: Question) -> bool:
    """What the form is for; the reason of one decision, and what asks for a few sentences, may be short."""
    return question.reason_for is None and question.settings.get("words_guide", 0) >= 100


@pytest.mark.parametrize("told", list(told_forms()), ids=lambda told: told.name)
def test_analysis_is_neither_a_line_nor_a_lecture(told: Told) -> None:
    """The main analysis of what was submitted has 80 to 250 words, any other at least a sentence; one is there."""
    found = list(_analyses(told))
    assert [(question.id, words) for question, words in found if words > 250] == []
    if told.form.submitted:
        assert [(question.id, words) for question, words in found if words < (80 if _is_main(question) else 12)] == []
        asks = [question for question in told.journey.definition.questions if _is_main(question)]
        shown = {place.question for place in told.journey.shown}
        assert any(_is_main(question) for question, _ in found) or not any(each.id in shown for each in asks)


def test_nothing_in_the_stories_grows_old() -> None:
    """No month, season or year stands in a text as itself: the demonstration may be filled on any day."""
    found = [(where, dated[0]) for where, text in _written() if (dated := re.search(rf"\b({_MONTHS})\b", text))]
    assert found == []


def test_people_are_plainly_invented() -> None:
    """Telephone numbers are those kept for fiction; nobody has an address of the real world."""
    for path in FOLDER.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert [each for each in re.findall(r"\b0\d[\d ]{7,}\d\b", text) if not each.startswith("01632 960")] == []
        assert "@" not in text


def test_punctuation_is_as_on_the_pages() -> None:
    """Quotation marks and apostrophes are typographic, as people are shown them elsewhere."""
    assert [(where, text) for where, text in _written() if re.search(r"""["']""", text)] == []
