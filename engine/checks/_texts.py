"""Every text of a definition that people read, with its place and whether it may hold markup."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.checks._written import Written, WrittenQuestion, objects_in
from engine.question_types import question_types
from engine.source import escape

Json = Any
RICH = frozenset({"intro", "guidance"})
"""Keys whose text may hold Markdown or HTML, which is made safe before it is shown."""

_OF_FORM = ("title", "purpose", "notes")
_OF_SECTION = ("title", "intro", "group")
_OF_QUESTION = ("label", "hint", "guidance", "why")
_OF_OPTION = ("label", "hint")


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text as written: its key, its place, and its words by language ("" for words without one)."""

    key: str
    pointer: str
    words: Mapping[str, str]

    def pointer_in(self, language: str) -> str:
        """The place of its words in one language."""
        return f"{self.pointer}/{escape(language)}" if language else self.pointer


def texts(form: Written) -> Iterator[WrittenText]:
    """Every text that can be read, in order."""
    if isinstance(form.data, dict):
        yield from _under(form.data, "", _OF_FORM)
        replaces = form.data.get("replaces")
        yield from _under(replaces if isinstance(replaces, dict) else {}, "/replaces", ("title",))
    for section in form.sections:
        yield from _under(section.data, section.pointer, _OF_SECTION)
    for question in form.with_columns:
        yield from texts_of(question)


def texts_of(question: WrittenQuestion) -> Iterator[WrittenText]:
    """The texts of one question or column: its words, its type's own, its options'."""
    yield from _under(question.data, question.pointer, _OF_QUESTION)
    if question.handler is None:
        return
    for key, several in _own_texts(question.handler.name):
        if several:
            for name, value in _each(question.data.get(key)):
                yield from _text(key, f"{question.pointer}/{key}/{escape(name)}", value)
        else:
            yield from _under(question.data, question.pointer, (key,))
    for index, option in objects_in(question.data, "options"):
        yield from _under(option, f"{question.pointer}/options/{index}", _OF_OPTION)


def _each(several: Json) -> Iterator[tuple[str, Json]]:
    """The values of a list by their index, of an object by their key."""
    if isinstance(several, dict):
        yield from several.items()
    elif isinstance(several, list):
        yield from ((str(index), value) for index, value in enumerate(several))


def _under(data: Mapping[str, Json], pointer: str, keys: tuple[str, ...]) -> Iterator[WrittenText]:
    for key in keys:
        if key in data:
            yield from _text(key, f"{pointer}/{key}", data[key])


def _text(key: str, pointer: str, value: Json) -> Iterator[WrittenText]:
    if isinstance(value, str):
        yield WrittenText(key, pointer, {"": value})
    elif isinstance(value, dict):
        words = {language: each for language, each in value.items() if isinstance(each, str)}
        yield WrittenText(key, pointer, words)


@cache
def _own_texts(type_name: str) -> tuple[tuple[str, bool], ...]:
    """The settings of a type that are texts, and whether each is several of them."""
    own = question_types()[type_name].settings
    one = [(key, False) for key, schema in own.items() if _is_text(schema)]
    many = [(key, True) for key, schema in own.items() if _is_text(_several_of(schema))]
    return (*one, *many)


def _several_of(schema: Mapping[str, Json]) -> Mapping[str, Json]:
    """The schema of each value where a setting is a list, or values by names; empty for any other."""
    found = schema.get("items") or schema.get("additionalProperties")
    return found if isinstance(found, dict) else {}


def _is_text(schema: Mapping[str, Json]) -> bool:
    """Whether a schema is that of words or of words by language, as no other setting is."""
    return any("propertyNames" in each for each in (schema, *schema.get("anyOf", ())))
