"""Answers as short quotations that analytic writing can rest on: each whole answer, or one child's, or one row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition import Definition, Question
from engine.question_types import in_words
from engine.question_types.base import is_not_known
from engine.text import in_language
from webapp.config import LANGUAGE

Json = Any
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Quotation:
    """What was said at one place, on one line; `answer` names the place as evidence does.

    `child` is a name where it is one child's answer.
    """

    answer: str
    question: Question
    child: str
    said: str

    @property
    def short(self) -> str:
        """A line or two of it."""
        return self.said if not self.cut else f"{self.said[:_LONGEST].rsplit(' ', 1)[0]} …"

    @property
    def cut(self) -> bool:
        """Whether there is more than `short` shows."""
        return len(self.said) > _LONGEST

    @property
    def source(self) -> str:
        """Whose answer it is, and to what."""
        label = in_language(self.question.label, LANGUAGE)
        return f"{self.child}: {label}" if self.child else label


def quotations(question: Question, answer: Json, names: Mapping[str, str]) -> Iterator[Quotation]:
    """A question's answer, as the record holds it; `names` are the children whose answers may be quoted, by key."""
    if not question.per_child:
        yield from _of_one(question, answer, question.id, "")
        return
    for key, name in names.items():
        yield from _of_one(question, (answer or {}).get(key), f"{question.id}[{key}]", name)


def _of_one(question: Question, answer: Json, at: str, child: str) -> Iterator[Quotation]:
    if answer is None or is_not_known(answer):
        return
    if not question.columns:
        yield Quotation(at, question, child, _on_one_line(in_words(question, answer, LANGUAGE)))
        return
    for row in answer:
        cells = ((column, row.get(column.id)) for column in question.columns)
        words = [in_words(column, cell, LANGUAGE) for column, cell in cells if _tells(column, cell)]
        if words:
            yield Quotation(f"{at}[{row['id']}]", question, child, _on_one_line("; ".join(words)))


def _tells(column: Question, cell: Json) -> bool:
    """Whether a cell says something without its question: yes and no do not."""
    bare = column.handler.measure == "choice" and not column.handler.takes_options
    return cell is not None and not bare and not is_not_known(cell)


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def quoted(
    definition: Definition, record: Mapping[str, Json], names: Mapping[str, str], answers: Iterable[str]
) -> Iterator[Quotation]:
    """The answers that some writing rests on, those that nobody else's record may hold left out."""
    for name in answers:
        question = definition.by_id.get(question_of(name))
        found = () if question is None else quotations(question, record.get(question.id), names)
        yield from (each for each in found if rests_on(name, each.answer))


def question_of(answer: str) -> str:
    """The id of the question that evidence names."""
    return answer.partition("[")[0]


def rests_on(named: str, answer: str) -> bool:
    """Whether a name of evidence takes in an answer: the same, or the whole that it is part of."""
    return answer == named or answer.startswith(f"{named}[")
