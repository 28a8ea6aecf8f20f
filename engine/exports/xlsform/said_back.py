"""What an expression that was written here says when it is read again."""

from typing import Any

from engine.exports.xlsform.expressions import CannotSay
from engine.exports.xlsform.known import Questions
from engine.exports.xlsform.relevant import condition_from

Json = Any


def condition_said(text: str, questions: Questions, rows: str | None) -> Json:
    """The condition that an expression says, None where it says none."""
    if not text:
        return None
    try:
        return condition_from(text, questions, rows)
    except CannotSay:
        return None
