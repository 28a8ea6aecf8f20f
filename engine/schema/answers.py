"""The JSON Schema (2020-12) of a form's completed answers, which any validator can use."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from engine.definition import Definition, Question
from engine.schema.definition import DIALECT
from engine.schema.disclosure import Disclosure
from engine.schema.logic import Schema, both, either, where
from engine.schema.pieces import About, Pieces, answered_at, if_there, valued_at
from engine.text import in_language

Json = Any


class KnownChild(Protocol):
    """A child of the context: its id, and the facts known about it on a day."""

    @property
    def id(self) -> str: ...
    def facts(self, today: str | None) -> Mapping[str, Any]: ...


class KnownContext(Protocol):
    """What is known beside the answers: today's date, if it counts, and the children."""

    @property
    def today(self) -> str | None: ...
    @property
    def children(self) -> Sequence[KnownChild]: ...


def answer_schema(definition: Definition, context: KnownContext | None = None) -> dict[str, Json]:
    """The schema of the answers with which a form is complete, for the children and the day of a context.

    Without one: one child, c1, about whom nothing is known, on no particular day. What JSON Schema cannot say stands
    in `$comment`; answers of hidden questions may stay and are passed over. Raises TooManyCases.
    """
    today = context.today if context else None
    known = [(child.id, child.facts(today)) for child in context.children] if context else [("c1", {})]
    children = [About(number, name, facts) for number, (name, facts) in enumerate(known, start=1)]
    return _Compiler(definition, children, Pieces(today)).schema()


class _Compiler:
    """Puts the schemas of all questions together."""

    def __init__(self, definition: Definition, children: Sequence[About], pieces: Pieces) -> None:
        self.definition = definition
        self.children = children
        self.pieces = pieces
        self.disclosure = Disclosure(definition, children, pieces)

    def schema(self) -> dict[str, Json]:
        """The whole schema; a question's own is named by its id."""
        rules = [rule for question in self.definition.questions for rule in self._rules(question)]
        return {
            "$schema": DIALECT,
            "title": in_language(self.definition.title),
            "$comment": self._comment(),
            "type": "object",
            "properties": {q.id: {"title": in_language(q.label)} for q in self.definition.questions},
            "additionalProperties": False,
            "allOf": [rule for rule in rules if rule is not True],
            "$defs": self.pieces.named,
        }

    def _rules(self, question: Question) -> Iterator[Schema]:
        asked = self.disclosure.asked_for(question)
        if question.per_child:
            shown = either(self.disclosure.shown(question, child) for child in asked)
            yield where(shown, if_there(question.id, self._by_child()))
        for child in asked:
            yield where(self.disclosure.shown(question, child), self._while_shown(question, child))

    def _by_child(self) -> Schema:
        ids = dict.fromkeys((child.id for child in self.children), True)
        return either([{"type": "null"}, {"type": "object", "properties": ids, "additionalProperties": False}])

    def _while_shown(self, question: Question, child: About | None) -> Schema:
        if question.columns:
            rows = self.disclosure.rows
            return both([rows.value(question, child), rows.given(question, child) if question.required else True])
        value = valued_at(question, child, self.pieces.value(question, question.id))
        if not question.required:
            return value
        return both([value, answered_at(question, child, self.pieces.given(question, question.id))])

    def _comment(self) -> str:
        unsaid = [f"{path}: {comment}" for path, comment in _comments(self.definition)]
        return "JSON Schema cannot say: " + "; ".join(unsaid) if unsaid else "Everything is said."


def _comments(definition: Definition) -> Iterator[tuple[str, str]]:
    for question in definition.questions:
        for path, asked in ((question.id, question), *((f"{question.id}.{c.id}", c) for c in question.columns)):
            comment = asked.handler.answer_schema(asked).get("$comment")
            if comment:
                yield path, comment
