"""Rows in the schema of answers, whose cells' conditions may read the whole form, which a row cannot see.

What the columns' conditions read outside their row is asked first, where all the answers can be seen; for each way
in which that turns out there is a schema of the row.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.conditions import All, AnyOf, Condition, Leaf, Not, leaves
from engine.definition import Definition, Question
from engine.errors import BadInput
from engine.schema.literals import NOT_KNOWN
from engine.schema.logic import Schema, both, case_by_case, either, opposite, where
from engine.schema.pieces import About, Pieces, answered_at, if_there, reference, there, valued_at

Json = Any
MOST_TESTS = 8
"""Conditions outside its rows that one rows question's schema can tell apart, since every case is written out."""


class TooManyCases(BadInput):
    """The rows of “{question}” read more than {limit} conditions outside them, too many for a JSON Schema."""

    code = "too_many_cases"


Holds = Callable[[Condition, About | None], Schema]
Truths = Mapping[Condition, bool]


class Rows:
    """Schemas of rows questions; `holds` gives those of the conditions outside."""

    def __init__(self, definition: Definition, pieces: Pieces, holds: Holds) -> None:
        """Gather the schemas among the pieces as they are asked for."""
        self.definition = definition
        self.pieces = pieces
        self.holds = holds

    def value(self, question: Question, child: About | None) -> Schema:
        """Forms' answers in which the rows, where there are any, are no problem while the question is shown."""
        return self._by_case(question, child, lambda row: valued_at(question, child, row.value()))

    def given(self, question: Question, child: About | None) -> Schema:
        """Forms' answers in which there is a row that is not blank, or "not known yet" where that is offered."""
        return self._by_case(question, child, lambda row: answered_at(question, child, row.given()))

    def some_row(self, question: Question, child: About | None, inner: Condition, asker: About | None) -> Schema:
        """Forms' answers in which a row that is not blank meets a condition, asked for a child or for all."""
        outside = tuple(_outside_row(inner))

        def in_case(turned_out: tuple[bool, ...]) -> Schema:
            truths = dict(zip(outside, turned_out, strict=True))
            return self._by_case(
                question, child, lambda row: answered_at(question, child, row.some(row.meets(inner, truths)))
            )

        return case_by_case([self.holds(part, asker) for part in outside], in_case)

    def _by_case(self, question: Question, child: About | None, schema_for: Callable[["_Row"], Schema]) -> Schema:
        conditions = {column.id: self.definition.resolved(column.show_when, question.id) for column in question.columns}
        outside = tuple(dict.fromkeys(part for each in conditions.values() for part in _outside_row(each)))
        tests = [self.holds(part, child) for part in outside]
        if sum(not isinstance(test, bool) for test in tests) > MOST_TESTS:
            raise TooManyCases(question=question.id, limit=MOST_TESTS)

        def in_case(turned_out: tuple[bool, ...]) -> Schema:
            return schema_for(_Row(self.pieces, question, conditions, dict(zip(outside, turned_out, strict=True))))

        return case_by_case(tests, in_case)


def _outside_row(condition: Condition | None) -> Iterator[Condition]:
    """The largest parts of a condition that read nothing of their own row."""
    if condition is None:
        return
    if not any(leaf.subject == "row" for leaf in leaves(condition, into_rows=False)):
        yield condition
    elif isinstance(condition, Not):
        yield from _outside_row(condition.part)
    elif isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from _outside_row(part)


class _Row:
    """A row in one case: `truths` says how what its columns' conditions read outside it turns out."""

    def __init__(
        self, pieces: Pieces, rows: Question, conditions: Mapping[str, Condition | None], truths: Truths
    ) -> None:
        self.pieces = pieces
        self.rows = rows
        self.conditions = conditions
        self.truths = truths
        self.columns = {column.id: column for column in rows.columns}
        self.case = "".join(f".{int(truth)}" for truth in truths.values())

    def path(self, column: Question) -> str:
        return f"{self.rows.id}.{column.id}"

    def shown(self, column: Question) -> Schema:
        """Rows in which a column is asked."""
        name = f"shown.{self.path(column)}{self.case}"
        if name in self.pieces.named:
            return reference(name)
        condition = self.conditions[column.id]
        return True if condition is None else self.pieces.name(name, self.meets(condition, self.truths))

    def meets(self, condition: Condition, truths: Truths) -> Schema:
        """Rows that meet a condition."""
        if condition in truths:
            return truths[condition]
        if isinstance(condition, All):
            return both(self.meets(part, truths) for part in condition.parts)
        if isinstance(condition, AnyOf):
            return either(self.meets(part, truths) for part in condition.parts)
        if isinstance(condition, Not):
            return opposite(self.meets(condition.part, truths))
        return self._leaf(condition)

    def _leaf(self, leaf: Leaf) -> Schema:
        column = self.columns[leaf.name]
        holding = self.pieces.where_leaf_holds(leaf, column, self.path(column))
        return both([self.shown(column), there(column.id, holding)])

    def present(self) -> Schema:
        """Rows that are not blank."""
        cells = (
            both([self.shown(column), there(column.id, self.pieces.given(column, self.path(column)))])
            for column in self.rows.columns
            if column.handler.takes_answer
        )
        return self.pieces.name(f"present.{self.rows.id}{self.case}", either(cells))

    def some(self, meeting: Schema) -> Schema:
        """Lists with a row that is not blank and meets a schema."""
        return {"type": "array", "contains": both([self.present(), meeting])}

    def given(self) -> Schema:
        """Lists that satisfy `required`, or "not known yet"."""
        return either([self.some(True), NOT_KNOWN if self.rows.not_known else False])

    def value(self) -> Schema:
        """What is no problem while the question is shown, blanks among it."""
        blank = self.rows.handler.blank_schema(self.rows)
        well_formed = self.rows.handler.answer_schema(self.rows)
        listed = both([well_formed, {"items": self._row()}, where(self.some(True), self._as_many_as_allowed())])
        value = either([blank, listed, NOT_KNOWN if self.rows.not_known else False])
        return self.pieces.name(f"value.{self.rows.id}{self.case}", value)

    def _as_many_as_allowed(self) -> Schema:
        least, most = self.rows.settings["minimum_rows"], self.rows.settings["maximum_rows"]
        return {"contains": self.present(), "minContains": max(least, 1), "maxContains": most}

    def _row(self) -> Schema:
        known = {"properties": dict.fromkeys(("id", *self.columns), True), "additionalProperties": False}
        cells = [where(self.shown(column), self._cell(column)) for column in self.rows.columns]
        required = [
            where(self.shown(column), self._required(column)) for column in self.rows.columns if column.required
        ]
        return self.pieces.name(
            f"row.{self.rows.id}{self.case}", both([known, *cells, where(self.present(), both(required))])
        )

    def _cell(self, column: Question) -> Schema:
        return if_there(column.id, self.pieces.value(column, self.path(column)))

    def _required(self, column: Question) -> Schema:
        return there(column.id, self.pieces.given(column, self.path(column)))
