"""Values, texts and conditions of a form in words, for telling people what changed."""

from collections.abc import Mapping
from typing import Any

from engine.conditions import Condition
from engine.definition import Definition
from engine.text import in_language
from engine.versions.condition_words import Teller, sentence, spaced

Json = Any

KEYS: Mapping[str, str] = {
    "label": "The wording",
    "why": "The reason given",
    "not_known": "Whether “not known yet” is offered",
    "per_child": "Whether it is asked for each child",
    "read_first": "What leads the reading view",
    "sign_off": "Who signs",
}


def key_in_words(key: str) -> str:
    """A key of the format as the beginning of a sentence."""
    return KEYS.get(key, f"The {key.replace('_', ' ')}")


def value_in_words(value: Json, language: str) -> str:
    """A text in quotation marks, yes or no, a number, or a list of them; "not given" for nothing."""
    if value is None or value in ("", (), [], {}):
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, list | tuple):
        return ", ".join(value_in_words(each, language) for each in value)
    if isinstance(value, Mapping):
        return _map_in_words(value, language)
    return str(value)


def _map_in_words(value: Mapping[str, Json], language: str) -> str:
    if language in value:
        others = [f"({each}) “{words}”" for each, words in value.items() if each != language]
        return " ".join([f"“{in_language(value, language)}”", *others])
    return ", ".join(f"{key.replace('_', ' ')} {value_in_words(each, language)}" for key, each in value.items())


def asked_when(condition: Condition | None, form: Definition, language: str, rows: str | None = None) -> str:
    """When a question is asked: "always", or "when ..."; `rows` is the question whose row the condition stands in."""
    return "always" if condition is None else f"when {condition_in_words(condition, form, language, rows)}"


def condition_in_words(condition: Condition, form: Definition, language: str, rows: str | None = None) -> str:
    """A condition as part of a sentence."""
    return sentence(spaced(Teller(form.find, language, rows).parts(condition)))
