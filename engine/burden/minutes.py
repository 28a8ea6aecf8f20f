"""An estimate of the minutes a form takes: words read, answers settled on and words written, simply added up.

Reading and writing go at published rates; how long it takes to settle on an answer and how much is written are our
assumptions, to be fitted to measured times. All figures stand in parameters.json, with their sources.
"""

from collections.abc import Iterable

from engine.burden.parameters import parameters
from engine.burden.words import words_of_question, words_of_section
from engine.definition import Question, Section


def minutes_to_read(words: int) -> float:
    """Minutes to read so many words."""
    return float(words / parameters()["reading"]["words_per_minute"])


def minutes_to_answer(question: Question) -> float:
    """Minutes to settle on an answer and write it; of rows, a few with what is always asked in each."""
    if not question.handler.takes_answer:
        return 0.0
    answering = parameters()["answering"]
    seconds = answering["seconds"].get(question.handler.measure, answering["otherwise"])
    own = seconds / 60 + words_written(question) / parameters()["writing"]["words_per_minute"]
    rows: int = parameters()["words_written"]["rows"]
    always = [column for column in question.columns if column.show_when is None]
    return float(own + rows * sum(minutes_to_answer(column) for column in always))


def seconds_to_answer(question: Question) -> int:
    """Whole seconds to settle on an answer and write it, its label not read: what path of the longest takes longest."""
    return round(60 * minutes_to_answer(question))


def words_written(question: Question) -> int:
    """Words a person is likely to write: the question's own guide where it has one."""
    guessed, measure = parameters()["words_written"], question.handler.measure
    if measure == "person":
        return int(guessed["person"])
    if measure != "text":
        return 0
    guide = question.settings.get("words_guide")
    long = guide or guessed["by_kind"][question.kind]
    return int(long if is_long(question) else guessed["short"])


def is_long(question: Question) -> bool:
    """Whether a text has room for several lines."""
    return question.handler.measure == "text" and question.settings.get("rows", 1) > 1


def minutes(sections: Iterable[Section], questions: Iterable[Question], language: str) -> float:
    """Minutes to fill in these questions, each as often as it is listed, the sections' headings read."""
    asked = list(questions)
    words = sum(words_of_section(section, language) for section in sections)
    words += sum(words_of_question(question, language) for question in asked)
    return minutes_to_read(words) + sum(minutes_to_answer(question) for question in asked)
