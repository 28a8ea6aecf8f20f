"""What a form says apart from its words: two forms that say the same are proved alike."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from engine.definition import Definition, Option, Question

_WORDS = {"label", "why", "hint", "guidance", "given"}


def _all_but_words(kind: type, apart: Iterable[str] = ()) -> Callable[[Any], tuple[object, ...]]:
    return attrgetter(*(each.name for each in fields(kind) if each.name not in {*_WORDS, *apart}))


_OF_OPTION, _OF_QUESTION = _all_but_words(Option), _all_but_words(Question, ("options", "columns"))


def wordless(definition: Definition) -> str:
    """Everything that a proof about a form can depend on, spelt out; labels, reasons, hints and titles left out."""
    sections = [
        (section.id, section.show_when, section.per_child, [_question(question) for question in section.questions])
        for section in definition.sections
    ]
    return repr(sections)


def _question(question: Question) -> tuple[object, ...]:
    options = [_OF_OPTION(option) for option in question.options]
    return (*_OF_QUESTION(question), options, [_question(column) for column in question.columns])
