"""When each question is shown, said as a schema of all the answers of a form."""

from collections.abc import Sequence
from typing import Any

from engine.conditions import All, AnyOf, Condition, Leaf, Not, holds
from engine.definition import Definition, Question, Section
from engine.schema.logic import Schema, both, either, opposite
from engine.schema.pieces import About, Pieces, answered_at, reference
from engine.schema.rows import Rows

Json = Any


class Disclosure:
    """What is shown for the children of an assessment; a child of None stands for what is asked once for all."""

    def __init__(self, definition: Definition, children: Sequence[About], pieces: Pieces) -> None:
        """Gather the schemas among the pieces as they are asked for."""
        self.definition = definition
        self.children = children
        self.pieces = pieces
        self.rows = Rows(definition, pieces, self.holds)

    def shown(self, asked: Question | Section, child: About | None) -> Schema:
        """The answers with which a question or section is shown."""
        name = f"shown.{asked.id}" if child is None else f"shown.{asked.id}.{child.number}"
        if name in self.pieces.named:
            return reference(name)
        condition = self.definition.resolved(asked.show_when)
        own = True if condition is None else self.holds(condition, child)
        if isinstance(asked, Question):
            section = self.definition.section_of[asked.id]
            own = both([self.shown(section, child if section.per_child else None), own])
        return self.pieces.name(name, own)

    def holds(self, condition: Condition, child: About | None) -> Schema:
        """The answers with which a condition holds that reads no row of its own; its groups are resolved."""
        if isinstance(condition, All):
            return both(self.holds(part, child) for part in condition.parts)
        if isinstance(condition, AnyOf):
            return either(self.holds(part, child) for part in condition.parts)
        if isinstance(condition, Not):
            return opposite(self.holds(condition.part, child))
        if condition.subject == "child":
            asked = self.children if child is None else [child]
            return any(holds(condition, each.facts.get(condition.name), self.pieces.today) for each in asked)
        question = self.definition.by_id[condition.name]
        return either(self._leaf(condition, question, each, child) for each in self.asked_for(question, child))

    def asked_for(self, question: Question, child: About | None = None) -> Sequence[About | None]:
        """Whose answers to a question are read for a child, or for all of them."""
        if not question.per_child:
            return [None]
        return self.children if child is None else [child]

    def _leaf(self, leaf: Leaf, question: Question, of: About | None, asker: About | None) -> Schema:
        if question.columns and leaf.operator == "any_row":
            holding = self.rows.some_row(question, of, leaf.operand, asker)
        elif question.columns and leaf.operator == "answered":
            holding = self.rows.given(question, of)
        else:
            holding = answered_at(question, of, self.pieces.where_leaf_holds(leaf, question, question.id))
        return both([self.shown(question, of), holding])
