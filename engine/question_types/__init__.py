"""Every question type, found by its file's name: a new type is one new file. Also what any value is in words."""

import importlib
import json
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Any

from engine.question_types._fields import Part, PartsField
from engine.question_types._typed_dates import date_in_words, typed_date
from engine.question_types._words import MONTHS, not_known_words
from engine.question_types.base import Asked, InvalidAnswer, NotKnown, QuestionType, is_not_known

__all__ = [
    "Part",
    "PartsField",
    "as_written",
    "date_in_words",
    "in_words",
    "question_type",
    "question_types",
    "speaks",
    "typed_date",
]

Json = Any
_NOT_TYPES = {"base"}


@cache
def question_types() -> Mapping[str, QuestionType]:
    """Each type by name; files whose names start with `_` are shared code, not types."""
    names = sorted(
        module.name
        for module in pkgutil.iter_modules(__path__)
        if module.name not in _NOT_TYPES and not module.name.startswith("_")
    )
    return {name: importlib.import_module(f"{__name__}.{name}").TYPE for name in names}


def question_type(name: str) -> QuestionType:
    """The type by its name; raises KeyError for a name that is not one."""
    return question_types()[name]


def in_words(question: Asked, value: Json, language: str) -> str:
    """A draft's value as a person reads it: "" for a blank, one that is no answer as it was written."""
    if is_not_known(value):
        value = NotKnown(str(value.get("doing", "")))
    if isinstance(value, NotKnown):
        return not_known_words(value, language)
    handler = question_type(question.type)
    try:
        answer = handler.read(question, value) if handler.takes_answer else value
    except InvalidAnswer:
        return as_written(value)
    return "" if answer is None else handler.display(question, answer, language)


def as_written(value: Json) -> str:
    """A value that is no answer: a text as it is, what was typed into several boxes in a row, anything else as JSON."""
    if isinstance(value, Mapping) and all(isinstance(part, str) for part in value.values()):
        return " ".join(value.values())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def speaks(language: str) -> bool:
    """Whether the words that are not a form's (yes, no, names of months) are known in a language; else English."""
    return language in MONTHS
