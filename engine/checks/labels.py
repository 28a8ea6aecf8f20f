"""The same label twice, where a person could not tell one from the other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.checks._written import Written, objects_in
from engine.checks.base import Found, warning

Json = Any

KINDS = {"duplicate_label": warning("“{words}” is the label of two that stand here.", "Say how the two differ.")}
_DEFAULT = "en"


def find(form: Written) -> Iterator[Found]:
    """Questions over the whole form, sections by their titles, columns of one rows question, options of one list."""
    yield from _same((section.pointer, section.data) for section in form.sections if section.data.get("title"))
    yield from _same((question.pointer, question.data) for question in form.questions)
    for question in form.with_columns:
        yield from _same((column.pointer, column.data) for column in question.columns)
        options = objects_in(question.data, "options")
        yield from _same((f"{question.pointer}/options/{index}", option) for index, option in options)


def _same(labelled: Iterable[tuple[str, Mapping[str, Json]]]) -> Iterator[Found]:
    seen: set[str] = set()
    for pointer, data in labelled:
        key = "label" if "label" in data else "title"
        words = _words(data.get(key))
        folded = " ".join(words.split()).casefold()
        if folded and folded in seen:
            yield Found("duplicate_label", f"{pointer}/{key}", {"words": words.strip()})
        seen.add(folded)


def _words(text: Json) -> str:
    if isinstance(text, dict):
        text = text.get(_DEFAULT) or next(iter(text.values()), "")
    return text if isinstance(text, str) else ""
