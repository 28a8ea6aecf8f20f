"""Settings that are words for people: one text, several of them, or some by name, each in the form's languages."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.text import DEFAULT_LANGUAGE, in_language
from webapp.drawing.values import Control
from webapp.editor.panel.boxes import Around, Drawn, Json, NotRead, Posted, Schema, Setting, control_of, plain

SHORT = 300
"""Characters up to which a text gets a box of one line."""

LONG = 2_000


def texts(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    """A text, in each of the languages of the form a box."""
    longest = _longest(setting.schema)
    rows = 2 if longest <= SHORT else 3 if longest <= LONG else 6
    for language in around.languages:
        text = value if isinstance(value, str) else (value or {}).get(language, "")
        if isinstance(value, str) and language != DEFAULT_LANGUAGE:
            text = ""
        yield Drawn("textarea", _in(setting, language, around, value=text, rows=rows), language)


def _in(setting: Setting, language: str, around: Around, **more: Any) -> Control:
    """The control of a text in one language; its label names that but for the form's first, its name but for English.

    So a box is the same language's whatever order the languages have meanwhile.
    """
    control = control_of(setting, **more)
    if language != around.languages[0]:
        control = replace(control, label=f"{setting.title} ({language})", hint="")
    if language == DEFAULT_LANGUAGE:
        return control
    return replace(control, id=f"{control.id}--{language}", name=f"{control.name}:{language}")


def read_texts(setting: Setting, posted: Posted, before: Json, around: Around) -> Json:
    """One text, or the same in several languages; None where nothing is written."""
    found = _in_other_languages(before, around)
    for language in around.languages:
        words = plain(posted.get(_in(setting, language, around).name, ""))
        if words:
            found[language] = words
    return _one_text(found)


def _in_other_languages(text: Json, around: Around) -> dict[str, str]:
    """What a text says in languages that the form does not have, or no longer: no box shows it, and it stays."""
    said = {DEFAULT_LANGUAGE: text} if isinstance(text, str) else text or {}
    return {language: words for language, words in said.items() if language not in around.languages}


def _one_text(found: Mapping[str, str]) -> Json:
    if not found:
        return None
    return found[DEFAULT_LANGUAGE] if list(found) == [DEFAULT_LANGUAGE] else dict(found)


def _longest(schema: Schema) -> int:
    found = schema.get("maxLength") or schema.get("anyOf", [{}])[0].get("maxLength")
    return int(found or LONG)


def lines(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    """Several texts, a line each, in each of the languages a box."""
    hint = f"{setting.hint} One on each line."
    for language in around.languages:
        written = "\n".join(in_language(each, language) if _said(each, language) else "" for each in value or ())
        yield Drawn("textarea", _in(replace(setting, hint=hint), language, around, value=written, rows=5), language)


def _said(text: Json, language: str) -> bool:
    return language in text if isinstance(text, Mapping) else language == DEFAULT_LANGUAGE


def read_lines(setting: Setting, posted: Posted, before: Json, around: Around) -> Json:
    """Line by line, so that the languages of a text stay together; one that has no words in any is left out."""
    columns = {each: posted.get(_in(setting, each, around).name, "").splitlines() for each in around.languages}
    most = max(map(len, columns.values()))
    rows = [{each: lines[n].strip() for each, lines in columns.items() if n < len(lines)} for n in range(most)]
    as_many = len([row for row in rows if any(row.values())]) == len(before or ())
    others = [_in_other_languages(text, around) for text in before or ()] if as_many else [{} for _ in rows]
    said = ({each: words for each, words in row.items() if words} for row in rows if any(row.values()))
    found = [_one_text({**other, **words}) for words, other in zip(said, others, strict=False)]
    return [each for each in found if each is not None] or None


def named(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    """Texts by name, each name a line: `name: words`."""
    hint = f"{setting.hint} One on each line: the name, a colon, the words."
    for language in around.languages:
        texts = {name: text for name, text in (value or {}).items() if _said(text, language)}
        lines = "\n".join(f"{name}: {in_language(text, language)}" for name, text in texts.items())
        yield Drawn("textarea", _in(replace(setting, hint=hint), language, around, value=lines, rows=4), language)


def read_named(setting: Setting, posted: Posted, before: Json, around: Around) -> Json:
    """Texts by name; raises NotRead for a line that has no name or no words."""
    others = {name: _in_other_languages(text, around) for name, text in (before or {}).items()}
    found: dict[str, dict[str, str]] = {}
    for language in around.languages:
        for line in plain(posted.get(_in(setting, language, around).name, "")).split("\n"):
            name, colon, words = (part.strip() for part in line.partition(":"))
            if line.strip() and not (colon and name and words):
                raise NotRead(f"Write a name, a colon and the words, not “{line.strip()}”")
            if colon:
                found.setdefault(name, dict(others.get(name, {})))[language] = words
    return {name: _one_text(words) for name, words in found.items()} or None
