"""Evaluation: hidden, blank and invalid answers are absent, and a change re-reads only what depends on it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from heapq import heappop, heappush
from itertools import chain
from typing import Any

from engine.conditions import Condition, Leaf, Scope, satisfied
from engine.definition import Definition, Question
from engine.journey.context import ONE_CHILD, Context
from engine.journey.plan import Node, Plan, QuestionNode, plan_of
from engine.journey.reading import Reader, RowsRead
from engine.places import Place
from engine.question_types.base import Finding, NotKnown

Json = Any
_NOWHERE: Mapping[str, Any] = {}


class Journey:
    """A form with one state of its answers; a change gives a new Journey, this one stays as it is.

    `values` are the valid answers of shown questions by question id, worked-out values among them; a per-child
    question's are a dict by child id, a rows question's a list of dicts. `answers` is the draft as it was given.
    """

    def __init__(self, plan: Plan, answers: Mapping[str, Json], context: Context) -> None:
        """Evaluate every node once; use `evaluate` instead."""
        self.plan = plan
        self.answers = answers
        self.context = context
        self.values: dict[str, Any] = {}
        self._open: list[Any] = [None] * len(plan.nodes)
        self._rows: dict[Place, RowsRead] = {}
        self._found: dict[int, tuple[tuple[Place, Finding], ...]] = {}
        self._pages: list[tuple[Place, ...] | None] = [None] * len(plan.pages)
        facts = {child.id: child.facts(context.today) for child in context.children}
        self._scopes = self._make_scopes(facts)
        self._reader = Reader(plan, self._scopes, self._rows)
        for node in plan.nodes:
            self._settle(node)

    def _make_scopes(self, facts: Mapping[str, Mapping[str, Any]]) -> dict[str | None, Scope]:
        today = self.context.today
        scopes: dict[str | None, Scope] = {None: Scope(self.values, facts, today)}
        for child, known in facts.items():
            scopes[child] = Scope(self.values, facts, today, child, known)
        return scopes

    @property
    def definition(self) -> Definition:
        """The form."""
        return self.plan.definition

    def change(self, changes: Mapping[str, Json]) -> "Journey":
        """The journey after some questions' draft answers changed (None takes an answer away)."""
        other = object.__new__(Journey)
        other.plan, other.context = self.plan, self.context
        other.answers = {**self.answers, **changes}
        other.values, other._open = self.values.copy(), self._open.copy()
        other._rows, other._found = self._rows.copy(), self._found.copy()
        other._pages = self._pages.copy()
        other._scopes = other._make_scopes(self._scopes[None].children)
        other._reader = Reader(other.plan, other._scopes, other._rows)
        known = self.plan.of_question
        other._settle_all([known[name].index for name in changes if name in known])
        return other

    def _settle_all(self, waiting: list[int]) -> None:
        waiting.sort()
        done = -1
        while waiting:
            index = heappop(waiting)
            if index == done:
                continue
            done = index
            node = self.plan.nodes[index]
            if self._settle(node):
                for reader in node.readers:
                    heappush(waiting, reader)

    def _settle(self, node: Node) -> bool:
        """Evaluate one node; whether anything that others read came out otherwise than before."""
        before = self._open[node.index]
        now = self._open[node.index] = self._is_open(node)
        if not isinstance(node, QuestionNode):
            return bool(now != before)
        if now != before or node.columns:
            self._pages[node.page] = None
        return self._settle_answer(node, now)

    def _settle_answer(self, node: QuestionNode, is_open: Any) -> bool:
        name, reader = node.question.id, self._reader
        old, new = self.values.get(name), reader.read(node, is_open, self.answers.get(name))
        self._found.pop(node.index, None)
        if reader.found:
            self._found[node.index] = tuple(reader.found)
            reader.found.clear()
        if new is None:
            self.values.pop(name, None)
        else:
            self.values[name] = new
        return bool(new != old)

    def _is_open(self, node: Node) -> Any:
        if node.per_child:
            return tuple(child.id for child in self.context.children if self._is_open_for(node, child.id))
        return self._is_open_for(node, None)

    def _is_open_for(self, node: Node, child: str | None) -> bool:
        if node.section is not None:
            gate = self._open[node.section]
            if gate is False or (gate is not True and child not in gate):
                return False
        return node.test is None or node.test(self._scopes[child])

    @cached_property
    def shown(self) -> tuple[Place, ...]:
        """Every place shown, in definition order; a section asked for each child goes child by child."""
        return tuple(chain.from_iterable(self._shown_on(page) for page in range(len(self._pages))))

    def shown_in(self, section_id: str) -> tuple[Place, ...]:
        """The places shown in one section, in order."""
        return self._shown_on([section.id for section in self.definition.sections].index(section_id))

    def _shown_on(self, page: int) -> tuple[Place, ...]:
        known = self._pages[page]
        if known is None:
            known = self._pages[page] = tuple(self._places_on(page))
        return known

    def _places_on(self, page: int) -> Iterator[Place]:
        if not self.definition.sections[page].per_child:
            for node in self.plan.pages[page]:
                yield from self._shown_of(node, self._open[node.index])
            return
        for child in self.context.children:
            for node in self.plan.pages[page]:
                yield from self._shown_of(node, (child.id,) if child.id in self._open[node.index] else ())

    def _shown_of(self, node: QuestionNode, is_open: Any) -> Iterator[Place]:
        if is_open is True:
            yield node.place
            yield from self._cells_shown(node, node.place)
        for child in is_open if node.per_child else ():
            place = Place(node.place.question, child)
            yield place
            yield from self._cells_shown(node, place)

    def _cells_shown(self, node: QuestionNode, place: Place) -> Iterator[Place]:
        read = self._rows.get(place) if node.columns else None
        if read is not None:
            for row, columns in enumerate(read.shown):
                for column in columns:
                    yield Place(place.question, place.child, row, column)

    @cached_property
    def shown_set(self) -> frozenset[Place]:
        """The places shown, for asking after one."""
        return frozenset(self.shown)

    @property
    def findings(self) -> tuple[tuple[Place, Finding], ...]:
        """What is wrong with answers that were given, in definition order."""
        return tuple(found for index in sorted(self._found) for found in self._found[index])

    def value(self, place: Place) -> Any:
        """The valid shown answer at a place, None where there is none."""
        found = self.values.get(place.question)
        if place.question in self.definition.per_child:
            found = (found or _NOWHERE).get(place.child or "")
        if place.row is None or found is None or isinstance(found, NotKnown):
            return found
        row = self._rows[place._replace(row=None, column=None)].values[place.row]
        return row if place.column is None else row.get(place.column)

    def blank_rows(self, place: Place) -> frozenset[int]:
        """Rows of the draft at a rows question that hold no valid shown answer, by index."""
        read = self._rows.get(place)
        return frozenset() if read is None else frozenset(i for i, blank in enumerate(read.blank) if blank)

    def record(self, child: str | None = None) -> dict[str, Json]:
        """What stands in the record, as JSON; for one child, without the others' own answers."""
        kept: dict[str, Json] = {}
        for question in self.definition.questions:
            value = self.values.get(question.id)
            if value is not None and question.per_child:
                value = {each: found for each, found in value.items() if child in (None, each)}
            if value is not None and value != {}:
                kept[question.id] = as_json(value)
        return kept

    def why(self, place: Place) -> tuple[Leaf, ...]:
        """The leaves of its own condition that opened a shown question or cell; empty where it is always asked."""
        question = self.definition.find(f"{place.question}.{place.column}" if place.column else place.question)
        if question is None or question.show_when is None or place not in self.shown_set:
            return ()
        scope = self._scopes[place.child]
        if place.row is not None:
            row = self._rows[place._replace(row=None, column=None)].values[place.row]
            scope = Scope(scope.answers, scope.children, scope.today, scope.child, scope.facts, row)
        return self._satisfied(question, scope, place.child is not None)

    def _satisfied(self, question: Question, scope: Scope, for_child: bool) -> tuple[Leaf, ...]:
        condition: Condition | None = self.definition.resolved(question.show_when, question.id)
        return tuple(satisfied(condition, scope, self.definition.per_child, for_child)) if condition else ()


def as_json(value: Any) -> Json:
    """A canonical answer as JSON: "not known yet" in its stored form, mappings and lists inside too."""
    if isinstance(value, NotKnown):
        return value.to_json()
    if isinstance(value, Mapping):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    return value


def evaluate(definition: Definition, answers: Mapping[str, Json], context: Context = ONE_CHILD) -> Journey:
    """What the answers mean for a form; never raises, whatever JSON the answers hold."""
    return Journey(plan_of(definition), answers, context)
