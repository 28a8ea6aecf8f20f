"""What the conditions and limits of a form read: its leaves by the question, column or fact they compare."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.conditions import Condition, Leaf, leaves, questions_read, reads_today
from engine.definition import Definition, Question
from engine.question_types.base import QuestionType

TODAY = "today"
"""The word for today's date, in conditions and in the settings of types that limit an answer by it."""

MOST_ROWS = 20
"""Rows of one answer that are told apart."""

Together = tuple[str, ...]
"""Paths of questions (or `today`) that only together forbid an answer: the inputs of a worked-out value, or one."""


@dataclass(slots=True)
class Reading:
    """One form's conditions with option groups resolved, and what they and the types' limits read.

    `sections` and `questions` hold the conditions by section id, question id and `people.age` path; `compared` the
    distinct leaves by path, `facts` those over a fact of a child by its name, `limits` what can forbid an answer, by
    path: questions that take answers, and `today`.
    """

    definition: Definition
    sections: dict[str, Condition] = field(default_factory=dict)
    questions: dict[str, Condition] = field(default_factory=dict)
    compared: dict[str, dict[Leaf, None]] = field(default_factory=lambda: defaultdict(dict))
    facts: dict[str, dict[Leaf, None]] = field(default_factory=lambda: defaultdict(dict))
    limits: dict[str, tuple[Together, ...]] = field(default_factory=dict)
    paths: dict[str, Question] = field(default_factory=dict)

    def rows_needed(self, rows: Question) -> int:
        """Rows enough for every answer to be like one with no more: one for each "some row", as far as may be."""
        some_row = sum(leaf.operator == "any_row" for leaf in self.compared.get(rows.id, ()))
        return max(1, min(some_row, rows.settings.get("maximum_rows") or some_row))

    def rows_told_apart(self, rows: Question) -> int:
        """As many of these as proofs go on with."""
        return min(self.rows_needed(rows), MOST_ROWS)

    @property
    def crowded(self) -> bool:
        """Whether some answer would need more rows than that, so that nothing can be proved impossible."""
        return any(self.rows_needed(question) > MOST_ROWS for question in self.definition.questions)

    def ancestors(self, owners: Iterable[str]) -> frozenset[str]:
        """The sections and questions on which the conditions of some owners depend, the owners' own among them."""
        wanted = {owner.partition(".")[0] for owner in owners}
        for section in reversed(self.definition.sections):
            for question in reversed(section.questions):
                if question.id in wanted:
                    wanted |= {section.id, *_read_by(question)}
            if section.id in wanted:
                wanted |= questions_read(section.show_when)
        return frozenset(wanted)


def _read_by(question: Question) -> Iterator[str]:
    for asked in (question, *question.columns):
        yield from questions_read(asked.show_when)
        yield from (name.partition(".")[0] for name in asked.handler.reads(asked))


def read_form(definition: Definition) -> Reading:
    """Everything the proofs need to know of a form's conditions, gathered once."""
    reading = Reading(definition)
    for section in definition.sections:
        if section.show_when is not None:
            _note(reading, reading.sections, section.id, section.show_when, section.per_child, None)
        for question in section.questions:
            _read_question(reading, question)
    reading.limits = dict(_limits(reading.paths))
    return reading


def _read_question(reading: Reading, question: Question) -> None:
    reading.paths[question.id] = question
    if question.show_when is not None:
        _note(reading, reading.questions, question.id, question.show_when, question.per_child, None)
    for column in question.columns:
        path = f"{question.id}.{column.id}"
        reading.paths[path] = column
        if column.show_when is not None:
            _note(reading, reading.questions, path, column.show_when, question.per_child, question.id)


def _note(
    reading: Reading,
    found: dict[str, Condition],
    path: str,
    condition: Condition,
    for_child: bool,
    rows: str | None,
) -> None:
    resolved = reading.definition.resolved(condition, rows)
    if resolved is None:
        return
    found[path] = resolved
    for leaf, inside in _leaves_with_rows(resolved, rows):
        _note_leaf(reading, leaf, inside, for_child)


def _leaves_with_rows(condition: Condition, rows: str | None) -> Iterator[tuple[Leaf, str | None]]:
    for leaf in leaves(condition, into_rows=False):
        yield leaf, rows
        if leaf.operator == "any_row":
            yield from _leaves_with_rows(leaf.operand, leaf.name)


def _note_leaf(reading: Reading, leaf: Leaf, rows: str | None, for_child: bool) -> None:
    if leaf.subject == "child":
        reading.facts[leaf.name][leaf] = None
    elif leaf.subject == "row":
        reading.compared[f"{rows}.{leaf.name}"][leaf] = None
    else:
        reading.compared[leaf.name][leaf] = None


def _limits(paths: Mapping[str, Question]) -> Iterator[tuple[str, tuple[Together, ...]]]:
    for path, question in paths.items():
        if type(question.handler).limit is QuestionType.limit or question.columns:
            continue
        read = [_inputs(paths, path, name) for name in question.handler.reads(question)]
        read += [(TODAY,)] if TODAY in question.settings.values() else []
        if any(read):
            yield path, tuple(dict.fromkeys(each for each in read if each))


def beside(reader: str, name: str) -> str:
    """The path that a limit or function of one question means by a name: a column of its own rows comes first."""
    rows, dot, _ = reader.rpartition(".")
    return f"{rows}{dot}{name}"


def _inputs(paths: Mapping[str, Question], reader: str, name: str) -> Together:
    path = beside(reader, name) if beside(reader, name) in paths else name
    question = paths.get(path)
    if question is None or question.columns or path.count(".") > reader.count("."):
        return ()
    if question.handler.takes_answer:
        return (path,)
    found = [each for read in question.handler.reads(question) for each in _inputs(paths, path, read)]
    return tuple(dict.fromkeys(found))


def says_today(leaf: Leaf) -> bool:
    """Whether a leaf over an answer compares it with today's date."""
    return leaf.subject != "child" and leaf.operator != "any_row" and reads_today(leaf)
