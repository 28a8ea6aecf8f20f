"""Reading the draft answers of one question, and of each child and row in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.conditions import Scope
from engine.definition import Question
from engine.journey.plan import Column, Plan, QuestionNode
from engine.places import Place
from engine.question_types.base import Finding, InvalidAnswer, Lookup, NotKnown, is_blank, is_not_known

Json = Any


@dataclass(slots=True)
class RowsRead:
    """The draft's rows in their order: the columns shown in each and its values; `blank` ones hold no answer."""

    shown: list[tuple[str, ...]] = field(default_factory=list)
    values: list[Mapping[str, Any]] = field(default_factory=list)
    blank: list[bool] = field(default_factory=list)


class Reader:
    """Reads one node's answers; what is wrong with them gathers in `found`, rows in the journey's `rows`."""

    def __init__(self, plan: Plan, scopes: Mapping[str | None, Scope], rows: dict[Place, RowsRead]) -> None:
        """Take the journey's scopes to look up earlier answers in, and where it keeps the rows it has read."""
        self.plan = plan
        self.scopes = scopes
        self.rows = rows
        self.found: list[tuple[Place, Finding]] = []

    def read(self, node: QuestionNode, is_open: Any, draft: Json) -> Any:
        """The valid answer of a question's node, by child where it is asked for each; None for none."""
        if not is_open:
            return None
        if not node.per_child:
            return self._answer_at(node, node.place, draft, self.scopes[None])
        if draft is not None and (not isinstance(draft, Mapping) or is_not_known(draft)):
            self._wrong(node.place, "bad_format")
            draft = None
        return self._by_child(node, is_open, draft or {})

    def _by_child(self, node: QuestionNode, is_open: tuple[str, ...], draft: Mapping[str, Json]) -> Any:
        values: dict[str, Any] = {}
        for child in is_open:
            place = Place(node.place.question, child)
            value = self._answer_at(node, place, draft.get(child), self.scopes[child])
            if value is not None:
                values[child] = value
        for child in sorted(str(each) for each in draft.keys() - self.scopes.keys()):
            self._wrong(Place(node.place.question, child), "unknown_child")
        return values or None

    def _wrong(self, place: Place, code: str) -> None:
        self.found.append((place, Finding(code, {})))

    def _answer_at(self, node: QuestionNode, place: Place, draft: Json, scope: Scope) -> Any:
        if node.columns:
            return self._rows_at(node, place, draft, scope)
        return self._answer(node, place, draft, scope)

    def _answer(
        self,
        asked: QuestionNode | Column,
        place: Place,
        draft: Json,
        scope: Scope,
        columns: frozenset[str] = frozenset(),
    ) -> Any:
        if not asked.handler.takes_answer:
            if not is_blank(draft):
                self._wrong(place, f"{asked.question.type}_posted")
            return asked.handler.work_out(asked.question, self._look_up(scope, columns), scope.today)
        answer = self._read(asked, place, draft)
        if answer is None or not asked.limited or isinstance(answer, NotKnown):
            return answer
        wrong = asked.handler.limit(asked.question, answer, self._look_up(scope, columns), scope.today)
        if wrong is None:
            return answer
        self.found.append((place, wrong))
        return None

    def _read(self, asked: QuestionNode | Column, place: Place, draft: Json) -> Any:
        if draft is None:
            return None
        if is_not_known(draft):
            return self._not_known(asked.question, place, draft)
        try:
            return asked.handler.read(asked.question, draft)
        except InvalidAnswer as refused:
            self.found.append((place, refused.finding))
            return None

    def _not_known(self, question: Question, place: Place, draft: Mapping[str, Json]) -> NotKnown | None:
        doing = draft.get("doing", "")
        if draft["not_known"] is not True or not isinstance(doing, str) or draft.keys() - {"not_known", "doing"}:
            self._wrong(place, "bad_format")
        elif not question.not_known:
            self._wrong(place, "not_known_not_allowed")
        else:
            return NotKnown(doing)
        return None

    def _rows_at(self, node: QuestionNode, place: Place, draft: Json, scope: Scope) -> Any:
        self.rows.pop(place, None)
        rows = self._read(node, place, draft)
        if rows is None or isinstance(rows, NotKnown):
            return rows
        before, read = len(self.found), RowsRead()
        for index, row in enumerate(rows):
            self._read_row(node, place._replace(row=index), row, scope, read)
        self.rows[place] = read
        present = [{"id": row["id"], **read.values[i]} for i, row in enumerate(rows) if not read.blank[i]]
        wrong = node.handler.limit(node.question, present, self._look_up(scope), scope.today) if present else None
        if wrong is None:
            return present or None
        self.found.insert(before, (place, wrong))
        return None

    def _read_row(
        self, node: QuestionNode, place: Place, row: Mapping[str, Json], scope: Scope, read: RowsRead
    ) -> None:
        shown: list[str] = []
        values: dict[str, Any] = {}
        inside = Scope(scope.answers, scope.children, scope.today, scope.child, scope.facts, values)
        for column in node.columns:
            name = column.question.id
            if column.test is not None and not column.test(inside):
                continue
            shown.append(name)
            value = self._answer(column, place._replace(column=name), row.get(name), inside, node.column_ids)
            if value is not None:
                values[name] = value
        for name in sorted(row.keys() - node.column_ids - {"id"}):
            self._wrong(place._replace(column=name), "unknown_question")
        read.shown.append(tuple(shown))
        read.values.append(values)
        read.blank.append(not any(c.handler.takes_answer and c.question.id in values for c in node.columns))

    def _look_up(self, scope: Scope, columns: frozenset[str] = frozenset()) -> Lookup:
        per_child = self.plan.definition.per_child

        def look_up(path: str) -> Any:
            if path in columns:
                return _known((scope.row or {}).get(path))
            name, _, column = path.partition(".")
            value = scope.answers.get(name)
            if name in per_child and value is not None:
                value = value.get(scope.child)
            value = _known(value)
            if value is None or not column:
                return value
            return [known for row in value if (known := _known(row.get(column))) is not None]

        return look_up


def _known(value: Any) -> Any:
    return None if isinstance(value, NotKnown) else value
