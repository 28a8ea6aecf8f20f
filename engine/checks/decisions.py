"""Decisions without their reason."""

from collections.abc import Iterator

from engine.checks._written import Written, WrittenQuestion
from engine.checks.base import Found, Named, warning

KINDS = {
    "decision_without_reason": warning(
        "“{name}” is a decision, and no question asks for its reason.",
        "Ask for the reason in a question of its own, with “{reason_for}”: “{name}”.",
    ),
}
_PICKED = frozenset({"choice", "choices"})


def find(form: Written) -> Iterator[Found]:
    """Decisions picked from options that nothing gives the reason for; one that is written carries its own."""
    reasons = {place for question in form.with_columns for place in _reason_for(question)}
    for question in form.with_columns:
        if question.kind == "decision" and question.measure in _PICKED and _place(question, question.id) not in reasons:
            yield Found(
                "decision_without_reason",
                question.pointer,
                {"name": Named(question.path), "reason_for": Named("reason_for", "key")},
            )


def _reason_for(question: WrittenQuestion) -> Iterator[tuple[str, str]]:
    """What a question may give the reason for: a column beside it, or a question of that id."""
    name = question.data.get("reason_for")
    if isinstance(name, str):
        yield _place(question, name)
        yield ("", name)


def _place(question: WrittenQuestion, name: str) -> tuple[str, str]:
    return (question.rows.pointer if question.rows else "", name)
