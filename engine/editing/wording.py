"""Conditions of a form under change in words, whatever is no longer there."""

from typing import Any

from engine.conditions import parse
from engine.editing.form import AnyForm, form_of
from engine.versions.condition_words import Part, Teller, spaced

Json = Any


def condition_in_words(form: AnyForm, condition: Json, rows: str | None = None, language: str = "en") -> list[Part]:
    """A condition's JSON in words: labels and values marked apart, words with the spaces around them.

    A question that is not there is told by its id with “(no longer a question)”, a value that no option has with
    “(no longer a choice)”. `rows` is the question whose row the condition stands in; the condition follows the schema.
    """
    known = form_of(form)
    return list(spaced(Teller(known.find, language, rows).parts(parse(condition))))
