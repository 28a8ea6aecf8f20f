"""Labels and hints that are hard to read."""

from collections.abc import Iterator

from engine.burden import parameters, reading_age
from engine.checks._texts import WrittenText, texts_of
from engine.checks._written import Written
from engine.checks.base import Found, warning
from engine.text import DEFAULT_LANGUAGE

KINDS = {
    "heavy_wording": warning(
        "This asks for a reading age of {age}.", "Use shorter words and sentences; below {limit} most people follow."
    ),
}
_MEASURED = frozenset({"label", "hint"})


def find(form: Written) -> Iterator[Found]:
    """Each label and hint of a question or column in English, the one language that is measured."""
    limit = parameters()["reading_age"]["heavy_from"]
    for question in form.with_columns:
        for text in texts_of(question):
            if text.pointer in {f"{question.pointer}/{key}" for key in _MEASURED}:
                age = reading_age([_in_english(text)])
                if age is not None and age >= limit:
                    yield Found("heavy_wording", text.pointer, {"age": age, "limit": limit})


def _in_english(text: WrittenText) -> str:
    return text.words.get("") or text.words.get(DEFAULT_LANGUAGE, "")
