"""Answers as short quotations that analytic writing can rest on: each whole answer, or one child's, or one row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition import Definition, Question
from engine.question_types.base import is_not_known
from webapp.config import LANGUAGE
from webapp.words import Piece, as_html, form_words, on_one_line, pieces, put, shortened

Json = Any
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Quotation:
    """What was said at one place, on one line; `answer` names the place as evidence does.

    `child` is a name where it is one child's answer; the form's words are in `language`.
    """

    answer: str
    question: Question
    child: str
    pieces: Sequence[Piece]
    language: str = LANGUAGE

    @property
    def whole(self) -> str:
        """All of it, as a record quotes it."""
        return as_html(self.pieces)

    @property
    def short(self) -> str:
        """A line or two of it."""
        return as_html(shortened(self.pieces, _LONGEST))

    @property
    def cut(self) -> bool:
        """Whether there is more than `short` shows."""
        return sum(len(words) for words, _ in self.pieces) > _LONGEST

    @property
    def source(self) -> str:
        """Whose answer it is, and to what."""
        label = form_words(self.question.label, self.language)
        return put("{}: {}", self.child, label) if self.child else label


def quotations(
    question: Question, answer: Json, names: Mapping[str, str], language: str = LANGUAGE
) -> Iterator[Quotation]:
    """A question's answer, as the record holds it; `names` are the children whose answers may be quoted, by key."""
    if not question.per_child:
        yield from _of_one(question, answer, question.id, "", language)
        return
    for key, name in names.items():
        yield from _of_one(question, (answer or {}).get(key), f"{question.id}[{key}]", name, language)


def _of_one(question: Question, answer: Json, at: str, child: str, language: str) -> Iterator[Quotation]:
    if answer is None or is_not_known(answer):
        return
    if not question.columns:
        yield Quotation(at, question, child, on_one_line(pieces(question, answer, language)), language)
        return
    for row in answer:
        cells = ((column, row.get(column.id)) for column in question.columns)
        told = [pieces(column, cell, language) for column, cell in cells if _tells(column, cell)]
        found = [piece for each in told for piece in (("; ", LANGUAGE), *each)][1:]
        if found:
            yield Quotation(f"{at}[{row['id']}]", question, child, on_one_line(found), language)


def _tells(column: Question, cell: Json) -> bool:
    """Whether a cell says something without its question: yes and no do not."""
    bare = column.handler.measure == "choice" and not column.handler.takes_options
    return cell is not None and not bare and not is_not_known(cell)


def quoted(
    definition: Definition,
    record: Mapping[str, Json],
    names: Mapping[str, str],
    answers: Iterable[str],
    language: str = LANGUAGE,
) -> Iterator[Quotation]:
    """The answers that some writing rests on, those that nobody else's record may hold left out."""
    for name in answers:
        question = definition.by_id.get(question_of(name))
        found = () if question is None else quotations(question, record.get(question.id), names, language)
        yield from (each for each in found if rests_on(name, each.answer))


def question_of(answer: str) -> str:
    """The id of the question that evidence names."""
    return answer.partition("[")[0]


def rests_on(named: str, answer: str) -> bool:
    """Whether a name of evidence takes in an answer: the same, or the whole that it is part of."""
    return answer == named or answer.startswith(f"{named}[")
