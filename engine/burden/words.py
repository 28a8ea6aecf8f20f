"""What a person reads of a form: the texts of a question that stand on the page without being opened."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from engine.definition import Question, Section
from engine.question_types import question_type
from engine.text import Text, in_language

Json = Any


def count(words: str) -> int:
    """Words are what stands between spaces."""
    return len(words.split())


def words_of_section(section: Section, language: str) -> int:
    """The words of a section's title and intro."""
    return count(in_language(section.title, language)) + count(in_language(section.intro, language))


def words_of_question(question: Question, language: str) -> int:
    """The words of a question, its columns' among them; guidance and reason are opened on demand and not counted."""
    own = sum(count(in_language(text, language)) for text in texts_shown(question))
    return own + sum(words_of_question(column, language) for column in question.columns)


def texts_shown(question: Question) -> Iterator[Text]:
    """Label, hint, the options' labels and hints, headings, and the texts among the type's own settings."""
    yield from (text for text in (question.label, question.hint) if text is not None)
    for option in question.options:
        yield from (text for text in (option.label, option.hint) if text is not None)
    for name in _texts_among_settings(question.type):
        found = question.settings.get(name)
        if found is not None:
            yield from found if isinstance(found, list | tuple) else (found,)
    yield from question.headings.values()


@cache
def _texts_among_settings(type_name: str) -> tuple[str, ...]:
    settings = question_type(type_name).settings
    return tuple(name for name, schema in settings.items() if _is_text(schema) or _is_text(schema.get("items", {})))


def _is_text(schema: Mapping[str, Json]) -> bool:
    """Whether a setting's schema is that of words, or of words by language, as no other setting's is."""
    return any("propertyNames" in each for each in (schema, *schema.get("anyOf", ())))
