"""Values, texts and conditions of a form in words, for telling people what changed."""

from collections.abc import Mapping
from typing import Any

from engine.conditions import All, AnyOf, Condition, Leaf, Not
from engine.definition import Definition, Question
from engine.operators import OPERATORS
from engine.text import in_language

Json = Any

FACTS: Mapping[str, str] = {
    "age": "the child's age",
    "unborn": "the child is unborn",
    "disabled": "the child is disabled",
    "interpreter": "the child needs an interpreter",
}
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
    if isinstance(condition, Leaf):
        return _leaf_in_words(condition, form, language, rows)
    if isinstance(condition, Not):
        return f"it is not so that {_part(condition.part, form, language, rows)}"
    word = " and " if isinstance(condition, All) else " or "
    return word.join(_part(part, form, language, rows) for part in condition.parts)


def _part(condition: Condition, form: Definition, language: str, rows: str | None) -> str:
    words = condition_in_words(condition, form, language, rows)
    return f"({words})" if isinstance(condition, All | AnyOf) else words


def _leaf_in_words(leaf: Leaf, form: Definition, language: str, rows: str | None) -> str:
    if leaf.subject == "child":
        return _fact_in_words(leaf, language)
    path = f"{rows}.{leaf.name}" if leaf.subject == "row" else leaf.name
    question = form.find(path)
    subject = f"“{in_language(question.label, language)}”" if question else f"“{path}”"
    operator = OPERATORS[leaf.operator]
    if operator.operand == "true":
        return f"{subject} {operator.words}"
    if leaf.operator == "any_row":
        return f"{subject} {operator.words} {_part(leaf.operand, form, language, leaf.name)}"
    return f"{subject} {operator.words} {_operand_in_words(leaf.operand, question, language)}"


def _fact_in_words(leaf: Leaf, language: str) -> str:
    fact = FACTS.get(leaf.name, leaf.name)
    if isinstance(leaf.operand, bool):
        return fact if leaf.operand == (leaf.operator == "is") else f"not {fact}"
    return f"{fact} {OPERATORS[leaf.operator].words} {value_in_words(leaf.operand, language)}"


def _operand_in_words(operand: Json, question: Question | None, language: str) -> str:
    labels = {option.value: in_language(option.label, language) for option in question.options} if question else {}
    values = operand if isinstance(operand, tuple) else (operand,)
    return " or ".join(value_in_words(labels.get(value, value), language) for value in values)
