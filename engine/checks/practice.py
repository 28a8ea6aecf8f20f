"""What makes a form hard to think with: analysis that comes after everything else, and much that must be answered."""

from collections.abc import Iterator

from engine.checks._written import Written, WrittenQuestion
from engine.checks.base import Found, Named, warning

MOST_BEFORE = 30
"""Questions that may come before the first analysis, or make up a form without any."""

MOST_REQUIRED = 12

KINDS = {
    "late_analysis": warning(
        "“{name}” is the first question for analysis, and {before} others come before it.",
        "Ask what it means while the facts are fresh: move it up, or give earlier sections an analysis of their own.",
    ),
    "no_analysis": warning(
        "The form has {count} questions, and nowhere to write what it all means.",
        "Add a question of type analysis, or a long text of kind “analysis”.",
    ),
    "many_required": warning(
        "{count} questions must be answered before the form can be submitted; {limit} are plenty.",
        "Keep “{required}” for what no reader can do without: a box that must be filled is filled with padding.",
    ),
}


def find(form: Written) -> Iterator[Found]:
    """Questions as they are written, whoever is asked them; rows count once."""
    questions = form.questions
    analysis = next((each for each in questions if _is_analysis(each)), None)
    if analysis is not None and analysis.order > MOST_BEFORE:
        yield Found("late_analysis", analysis.pointer, {"name": Named(analysis.path), "before": analysis.order})
    if analysis is None and len(questions) > MOST_BEFORE:
        yield Found("no_analysis", "/sections", {"count": len(questions)})
    required = [each for each in questions if each.data.get("required") is True]
    if len(required) > MOST_REQUIRED:
        pointer = f"{required[MOST_REQUIRED].pointer}/required"
        detail = {"count": len(required), "limit": MOST_REQUIRED, "required": Named("required", "key")}
        yield Found("many_required", pointer, detail)


def _is_analysis(question: WrittenQuestion) -> bool:
    return question.kind == "analysis" and question.measure == "text"
