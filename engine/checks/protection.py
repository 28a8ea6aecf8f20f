"""Protected questions that may stay blank."""

from collections.abc import Iterator

from engine.checks._written import Written
from engine.checks.base import Found, Named, warning

KINDS = {
    "protected_may_be_blank": warning(
        "“{name}” is protected, yet the form can be submitted with it blank.", "Make it required as well."
    ),
}


def find(form: Written) -> Iterator[Found]:
    """Protected questions that nobody has to answer."""
    for question in form.with_columns:
        answered = question.handler is not None and question.handler.takes_answer
        if answered and question.data.get("protected") is True and question.data.get("required", False) is False:
            yield Found("protected_may_be_blank", f"{question.pointer}/protected", {"name": Named(question.path)})
