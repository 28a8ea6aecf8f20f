"""A definition made ready for evaluation: its conditions compiled, and who reads whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from engine.conditions import Condition, Test, compile_condition, questions_read
from engine.definition import Definition, Question, Section
from engine.places import Place
from engine.question_types.base import QuestionType

ReadBy = defaultdict[str, list[int]]


@dataclass(slots=True, eq=False)
class Node:
    """One thing to evaluate in definition order: the condition of a section.

    `page` is its section's position, `section` the node that must be shown first (None for a section that is always
    shown), `readers` the later nodes whose outcome may change when this one's does.
    """

    index: int
    page: int
    per_child: bool
    test: Test | None
    section: int | None = None
    readers: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class Column:
    """A column of rows: its question, its type, whether earlier answers limit it, and its condition."""

    question: Question
    handler: QuestionType
    limited: bool
    test: Test | None


@dataclass(slots=True, eq=False, kw_only=True)
class QuestionNode(Node):
    """One question, or all of its children's answers where it is asked for each."""

    question: Question
    handler: QuestionType
    limited: bool
    place: Place
    columns: tuple[Column, ...] = ()
    column_ids: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Plan:
    """All nodes in order, the questions' also by page and by id, the sections' by id."""

    definition: Definition
    nodes: list[Node] = field(default_factory=list)
    pages: list[list[QuestionNode]] = field(default_factory=list)
    of_question: dict[str, QuestionNode] = field(default_factory=dict)
    of_section: dict[str, Node] = field(default_factory=dict)


@lru_cache(maxsize=256)
def plan_of(definition: Definition) -> Plan:
    """The plan of a definition, made once for as long as it is in use."""
    plan = Plan(definition)
    read_by: ReadBy = defaultdict(list)
    for page, section in enumerate(definition.sections):
        gate = _add_section(plan, page, section, read_by)
        for question in section.questions:
            _add_question(plan, page, question, gate, read_by)
        plan.pages.append([plan.of_question[question.id] for question in section.questions])
    _set_readers(plan, read_by)
    return plan


def _add_section(plan: Plan, page: int, section: Section, read_by: ReadBy) -> int | None:
    if section.show_when is None:
        return None
    node = Node(len(plan.nodes), page, section.per_child, _compiled(plan, section.show_when, section.per_child))
    _note(read_by, questions_read(section.show_when), node.index)
    plan.of_section[section.id] = node
    plan.nodes.append(node)
    return node.index


def _add_question(plan: Plan, page: int, question: Question, gate: int | None, read_by: ReadBy) -> None:
    node = QuestionNode(
        index=len(plan.nodes),
        page=page,
        per_child=question.per_child,
        test=_compiled(plan, question.show_when, question.per_child),
        section=gate,
        question=question,
        handler=question.handler,
        limited=_limited(question),
        place=Place(question.id),
        columns=tuple(
            Column(
                column,
                column.handler,
                _limited(column),
                _compiled(plan, column.show_when, question.per_child, question.id),
            )
            for column in question.columns
        ),
        column_ids=frozenset(column.id for column in question.columns),
    )
    for asked in (question, *question.columns):
        _note(read_by, questions_read(asked.show_when), node.index)
        _note(read_by, (path.partition(".")[0] for path in asked.handler.reads(asked)), node.index)
    plan.of_question[question.id] = node
    plan.nodes.append(node)


def _limited(question: Question) -> bool:
    return type(question.handler).limit is not QuestionType.limit


def _compiled(plan: Plan, condition: Condition | None, for_child: bool, rows: str | None = None) -> Test | None:
    definition = plan.definition
    return compile_condition(definition.resolved(condition, rows), definition.per_child, for_child)


def _note(read_by: ReadBy, names: Iterable[str], reader: int) -> None:
    for name in names:
        read_by[name].append(reader)


def _set_readers(plan: Plan, read_by: ReadBy) -> None:
    of_gate: defaultdict[int, list[int]] = defaultdict(list)
    for node in plan.nodes:
        if node.section is not None:
            of_gate[node.section].append(node.index)
    for node in plan.nodes:
        direct = read_by.get(node.question.id, []) if isinstance(node, QuestionNode) else of_gate[node.index]
        node.readers = tuple(sorted({reader for reader in direct if reader > node.index}))
