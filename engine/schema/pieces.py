"""The pieces that a schema of answers is put together from, each written once and referred to by its name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.conditions import Leaf
from engine.definition import Question
from engine.operators import OPERATORS
from engine.schema.literals import NOT_KNOWN, answer_where
from engine.schema.logic import Schema, either

Json = Any


@dataclass(frozen=True, slots=True)
class About:
    """One child of the assessment: its number in the order, its id and the facts that are known."""

    number: int
    id: str
    facts: Mapping[str, Any]


@dataclass
class Pieces:
    """Named schemas of answers; `today` is an ISO date or None."""

    today: str | None
    named: dict[str, Schema] = field(default_factory=dict)

    def name(self, name: str, schema: Schema) -> Schema:
        """A reference to a schema kept under a name; one that takes everything or nothing needs no name."""
        if isinstance(schema, bool):
            return schema
        self.named[name] = schema
        return reference(name)

    def answer(self, question: Question, path: str) -> Schema:
        """The answers to a question or column that are valid and not blank, "not known yet" apart."""
        return self.name(f"answer.{path}", question.handler.answer_schema(question))

    def given(self, question: Question, path: str) -> Schema:
        """The answers that satisfy `required`."""
        return either([self.answer(question, path), NOT_KNOWN if question.not_known else False])

    def value(self, question: Question, path: str) -> Schema:
        """The values that are no problem while the question is shown, blanks among them."""
        blank = question.handler.blank_schema(question)
        given = self.given(question, path) if question.handler.takes_answer else False
        return self.name(f"value.{path}", either([blank, given]))

    def where_leaf_holds(self, leaf: Leaf, question: Question, path: str) -> Schema:
        """The answers to a question or column over which a leaf holds."""
        says_today = leaf.operand == "today" and OPERATORS[leaf.operator].operand == "date"
        operand = self.today if says_today else leaf.operand
        return operand is not None and answer_where(leaf.operator, operand, self.answer(question, path))


def reference(name: str) -> dict[str, Json]:
    """What stands for a schema kept under a name."""
    return {"$ref": f"#/$defs/{name}"}


def there(key: str, schema: Schema) -> Schema:
    """Objects that hold a key whose value follows a schema."""
    return schema if schema is False else {"type": "object", "required": [key], "properties": {key: schema}}


def if_there(key: str, schema: Schema) -> Schema:
    """Objects whose value under a key, if there is one, follows a schema."""
    return schema if schema is True else {"properties": {key: schema}}


def answered_at(question: Question, child: About | None, schema: Schema) -> Schema:
    """Forms' answers in which one question, or one child's, is there and follows a schema."""
    return there(question.id, schema if child is None else there(child.id, schema))


def valued_at(question: Question, child: About | None, schema: Schema) -> Schema:
    """Forms' answers in which one question's value, or one child's, follows a schema if it is there."""
    return if_there(question.id, schema if child is None else if_there(child.id, schema))
