"""Conditions in words, in parts: what stands in the form marked apart from the words between."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from engine.conditions import All, AnyOf, Condition, Leaf, Not
from engine.definition import Question
from engine.operators import OPERATORS
from engine.text import in_language

Json = Any

FACTS = {
    "age": "the child's age",
    "unborn": "the child is unborn",
    "disabled": "the child is disabled",
    "interpreter": "the child needs an interpreter",
}
NOT_SO = {
    "unborn": "the child is born",
    "disabled": "the child is not disabled",
    "interpreter": "the child needs no interpreter",
}
"""A fact that is known not to be so."""

NO_QUESTION = "(no longer a question)"
NO_CHOICE = "(no longer a choice)"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence: what is read (a label or a fact), a value it is compared with, or words between them.

    What the form's author wrote is quoted where the sentence is plain text; words bring the spaces around them.
    """

    kind: Literal["label", "value", "words"]
    text: str
    quoted: bool = False


Find = Callable[[str], Question | None]
"""The question or column with a path, if there is one."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Says conditions of one form in one language; `rows` is the question whose row they stand in."""

    find: Find
    language: str
    rows: str | None = None

    def parts(self, condition: Condition) -> Iterator[Part]:
        """A condition as part of a sentence."""
        if isinstance(condition, Leaf):
            yield from self._leaf(condition)
        elif isinstance(condition, Not):
            yield _words("it is not so that")
            yield from self._inner(condition.part)
        else:
            for index, part in enumerate(condition.parts):
                if index:
                    yield _words("and" if isinstance(condition, All) else "or")
                yield from self._inner(part)

    def _inner(self, condition: Condition) -> Iterator[Part]:
        if not isinstance(condition, All | AnyOf):
            yield from self.parts(condition)
            return
        yield _words("(")
        yield from self.parts(condition)
        yield _words(")")

    def _leaf(self, leaf: Leaf) -> Iterator[Part]:
        if leaf.subject == "child":
            yield from _fact(leaf)
            return
        path = f"{self.rows}.{leaf.name}" if leaf.subject == "row" else leaf.name
        question, operator = self.find(path), OPERATORS[leaf.operator]
        yield Part("label", in_language(question.label, self.language) if question else path, quoted=True)
        if question is None:
            yield _words(NO_QUESTION)
        yield _words(operator.words)
        if leaf.operator == "any_row":
            yield from Teller(self.find, self.language, leaf.name)._inner(leaf.operand)
        elif operator.operand != "true":
            yield from self._operand(leaf, question)

    def _operand(self, leaf: Leaf, question: Question | None) -> Iterator[Part]:
        known = self._known(leaf, question)
        for index, value in enumerate(leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)):
            if index:
                yield _words("or")
            yield Part("value", known.get(value, _spelt(value)), quoted=isinstance(value, str))
            if known and value not in known:
                yield _words(NO_CHOICE)

    def _known(self, leaf: Leaf, question: Question | None) -> dict[Json, str]:
        """What can be chosen, or the groups it is in, by what a condition writes; empty for what is not chosen from."""
        if question is None:
            return {}
        if leaf.operator == "includes_group":
            groups = {option.group for option in question.options if option.group}
            return {group: in_language(question.headings.get(group, group), self.language) for group in groups}
        choices = question.handler.choices_of(question)
        return {choice.value: in_language(choice.label, self.language) for choice in choices}


def _fact(leaf: Leaf) -> Iterator[Part]:
    fact = FACTS.get(leaf.name, leaf.name)
    if isinstance(leaf.operand, bool) and leaf.operator in ("is", "is_not"):
        holds = leaf.operand == (leaf.operator == "is")
        yield Part("label", fact if holds else NOT_SO.get(leaf.name, f"not {fact}"))
    else:
        yield Part("label", fact)
        yield _words(OPERATORS[leaf.operator].words)
        if OPERATORS[leaf.operator].operand != "true":
            yield Part("value", _spelt(leaf.operand))


def _words(text: str) -> Part:
    return Part("words", text)


def _spelt(value: Json) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def spaced(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The same with words that follow each other in one part, and with spaces where parts meet."""
    found: list[Part] = []
    for part in parts:
        if found and part.kind == found[-1].kind == "words":
            found[-1] = _words(f"{found[-1].text}{_between(found[-1].text, part.text)}{part.text}")
        else:
            found.append(part)
    return tuple(_with_spaces(part, index > 0, index < len(found) - 1) for index, part in enumerate(found))


def _between(before: str, after: str) -> str:
    return "" if before.endswith("(") or after.startswith(")") else " "


def _with_spaces(part: Part, follows: bool, leads: bool) -> Part:
    if part.kind != "words":
        return part
    before = _between("", part.text) if follows else ""
    return _words(f"{before}{part.text}{_between(part.text, '') if leads else ''}")


def sentence(parts: Iterable[Part]) -> str:
    """Spaced parts as plain text."""
    return "".join(f"“{part.text}”" if part.quoted else part.text for part in parts)
