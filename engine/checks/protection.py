"""Protected questions that may stay blank, and follow-ups to them that "not known yet" would close."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.checks._written import Written, WrittenCondition, WrittenQuestion
from engine.checks.base import Found, warning
from engine.conditions import All, AnyOf, Condition, Not, parse

KINDS = {
    "protected_may_be_blank": warning(
        "“{name}” is protected, yet the form can be submitted with it blank.", "Make it required as well."
    ),
    "not_known_closes_follow_up": warning(
        "“{name}” is protected, and answering “not known yet” closes what follows from it here.",
        "Let this open on “not_known” too, or set “not_known” of “{name}” to false.",
    ),
}


def find(form: Written) -> Iterator[Found]:
    """What a person should think about before relying on a protected question."""
    guarded = [question for question in form.with_columns if question.data.get("protected") is True]
    for question in guarded:
        answered = question.handler is not None and question.handler.takes_answer
        if answered and question.data.get("required", False) is False:
            yield Found("protected_may_be_blank", f"{question.pointer}/protected", {"name": question.path})
    offering = [question for question in guarded if question.rows is None and _offers_not_known(form, question)]
    for condition in form.conditions:
        for question in offering:
            if not condition.faults and _closes(condition, question.id):
                yield Found("not_known_closes_follow_up", condition.pointer, {"name": question.id})


def _offers_not_known(form: Written, question: WrittenQuestion) -> bool:
    asked = form.read(question)
    return asked is not None and asked.not_known


def _closes(condition: WrittenCondition, name: str) -> bool:
    reads = any(leaf.name == name and leaf.subject == "question" for leaf in condition.leaves)
    return reads and not _can_be(parse(condition.data), name).true


class _Can(NamedTuple):
    true: bool
    false: bool


def _can_be(condition: Condition, name: str) -> _Can:
    """What a condition can come out as while one question is not known yet and every other leaf is free."""
    if isinstance(condition, Not):
        inner = _can_be(condition.part, name)
        return _Can(inner.false, inner.true)
    if isinstance(condition, All | AnyOf):
        parts = [_can_be(part, name) for part in condition.parts]
        if isinstance(condition, All):
            return _Can(all(part.true for part in parts), any(part.false for part in parts))
        return _Can(any(part.true for part in parts), all(part.false for part in parts))
    if condition.subject != "question" or condition.name != name:
        return _Can(True, True)
    holds = condition.operator in ("answered", "not_known")
    return _Can(holds, not holds)
