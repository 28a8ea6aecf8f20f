"""Why an answer changed or has no place when it moved to another version, and what it said, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine import question_types
from engine.definition import Question
from engine.question_types import as_written
from engine.text import in_language

Json = Any

REASONS: Mapping[str, str] = {
    "question_gone": "“{label}” is no longer asked.",
    "column_gone": "“{label}” is no longer asked.",
    "option_gone": "“{label}” no longer has this option.",
    "other_type": "“{label}” is now answered in another way.",
    "not_known_gone": "“{label}” can no longer be answered with “not known yet”.",
    "evidence_gone": "“{label}” no longer asks what the writing rests on.",
    "asked_for_each_child": "“{label}” is now asked for each child, and this was not said about one of them.",
    "asked_once": "“{label}” is now asked once for all children, and this was said about one.",
    "options_gone": "“{label}” no longer has some of the options chosen.",
    "cells_gone": "Some of what stood in the rows of “{label}” has no place.",
    "no_longer_valid": "The answer to “{label}” is kept, but a new limit says that it must change.",
    "wrapped": "“{label}” is now asked for each child; the answer is this child's.",
    "unwrapped": "“{label}” is now asked once for all children.",
}


def in_words(code: str, question: Question, language: str) -> str:
    """The reason in words; `question` as the version tells it that still has it."""
    return REASONS[code].format(label=in_language(question.label, language))


def as_text(question: Question, value: Json, language: str) -> str:
    """A draft's value as a person reads it, cells of columns that are gone among them."""
    if question.columns and isinstance(value, list):
        return "\n".join(_rows(question.columns, value, language))
    return question_types.in_words(question, value, language) or as_written(value)


def _rows(columns: Sequence[Question], rows: Sequence[Json], language: str) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        cells = row if isinstance(row, Mapping) else {"": row}
        known = {column.id: column for column in columns}
        words = [_cell(known.get(key), key, cell, language) for key, cell in cells.items() if key != "id"]
        yield f"{number}. " + ". ".join(words)


def _cell(column: Question | None, key: str, cell: Json, language: str) -> str:
    if column is None:
        return f"{key}: {as_written(cell)}"
    return f"{in_language(column.label, language)}: {as_text(column, cell, language)}"
