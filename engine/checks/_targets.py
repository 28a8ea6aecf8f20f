"""What the leaves of a condition compare: the question, column or fact they name, or why they may not."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from engine.checks._conditions import WrittenLeaf
from engine.checks._written import Written, WrittenCondition, WrittenQuestion
from engine.checks.base import Found, Named
from engine.conditions import CHILD_FACTS


@dataclass(frozen=True, slots=True)
class Target:
    """A leaf with the question or column it reads (None for a fact of the child) and how its answer is measured."""

    leaf: WrittenLeaf
    question: WrittenQuestion | None
    measure: str

    @property
    def name(self) -> str:
        """What the leaf names, to be told: a question or column, or a fact of the child as it is."""
        return Named(self.leaf.name, of=self.question.path) if self.question else self.leaf.name


def targets(form: Written) -> Iterator[Target | Found]:
    """For every leaf whose name can be followed what it reads, for every other one the fault."""
    for condition in form.conditions:
        rows: dict[str, WrittenQuestion] = {}
        for leaf in condition.leaves:
            found = _follow(form, condition, leaf, rows)
            if isinstance(found, Target) and found.question and found.measure == "rows":
                rows[leaf.pointer] = found.question
            if found is not None:
                yield found


def _follow(
    form: Written, condition: WrittenCondition, leaf: WrittenLeaf, rows: dict[str, WrittenQuestion]
) -> Target | Found | None:
    if leaf.subject == "child":
        return Target(leaf, None, CHILD_FACTS[leaf.name]) if leaf.name in CHILD_FACTS else None
    if leaf.subject == "question":
        return _question(form, condition, leaf)
    if leaf.within is not None:
        return _column(form, leaf, rows.get(leaf.within.pointer), None)
    if condition.of is None or condition.of.rows is None:
        return Found("row_outside_rows", f"{leaf.pointer}/row", {"name": Named(leaf.name)})
    return _column(form, leaf, condition.of.rows, condition.of.column_order)


def _question(form: Written, condition: WrittenCondition, leaf: WrittenLeaf) -> Target | Found | None:
    pointer, name = f"{leaf.pointer}/question", leaf.name
    found = form.by_id.get(name)
    if found is None:
        return _no_question(form, condition, leaf)
    if found.order >= condition.order:
        return Found("forward_reference", pointer, {"name": Named(name)})
    return _target(leaf, found, pointer)


def _no_question(form: Written, condition: WrittenCondition, leaf: WrittenLeaf) -> Found:
    pointer, name = f"{leaf.pointer}/question", leaf.name
    column = form.by_column.get(name) or form.by_path.get(name)
    if column is not None and column.rows is not None:
        detail = {"name": Named(name, of=column.path), "rows": Named(column.rows.id)}
        return Found("column_outside_rows", pointer, detail)
    earlier = (Named(question.id) for question in islice(form.questions, condition.order))
    nearest = form.nearest.mend(name, earlier, "questions asked before")
    return Found("unknown_question", pointer, {"name": Named(name), "nearest": nearest})


def _column(
    form: Written, leaf: WrittenLeaf, rows: WrittenQuestion | None, before: int | None
) -> Target | Found | None:
    pointer, name = f"{leaf.pointer}/row", leaf.name
    if rows is None:
        return None
    found = next((column for column in rows.columns if column.id == name), None)
    if found is None:
        known = (Named(column.id, of=column.path) for column in rows.columns)
        detail = {"name": name, "rows": Named(rows.id), "nearest": form.nearest.mend(name, known, "columns")}
        return Found("unknown_column", pointer, detail)
    if before is not None and found.column_order >= before:
        return Found("forward_reference", pointer, {"name": Named(name, of=found.path)})
    return _target(leaf, found, pointer)


def _target(leaf: WrittenLeaf, found: WrittenQuestion, pointer: str) -> Target | Found | None:
    if found.measure is None:
        return None
    if found.works_out:
        return Found("reads_worked_out", pointer, {"name": Named(leaf.name, of=found.path)})
    return Target(leaf, found, found.measure)
