"""Faults in a type's own settings that its schema cannot say, as the type itself tells them."""

from collections.abc import Iterator, Mapping

from engine.checks._written import Written
from engine.checks.base import Found, Kind, error

KINDS: Mapping[str, Kind] = {}
_IN_ITS_WORDS = error("{message}.", "{mend}.")


def find(form: Written) -> Iterator[Found]:
    """What the types of readable questions and columns say about their settings."""
    for question in form.with_columns:
        asked = form.read(question)
        if asked is None or question.broken & asked.handler.settings.keys():
            continue
        for fault in asked.handler.check(asked):
            words = {"message": fault.message.rstrip("."), "mend": fault.mend.rstrip(".")}
            yield Found(fault.code, question.pointer + fault.pointer, words, _IN_ITS_WORDS)
