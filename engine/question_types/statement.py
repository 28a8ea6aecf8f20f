"""Words for the reader, with earlier answers beside them; nothing is answered."""

from collections.abc import Sequence
from typing import Any

from engine.question_types._unanswered import Unanswered
from engine.question_types.base import Asked, Example, ExportColumn

Json = Any


class StatementType(Unanswered):
    """Words for the reader, with earlier answers beside them."""

    name = "statement"
    summary = "Words for the reader, with earlier answers beside them; nothing is answered"
    examples = (
        Example({}, None),
        Example({}, ""),
        Example({}, "\n"),
        Example({}, []),
        Example({}, "read and agreed", code="statement_posted"),
        Example({}, True, code="statement_posted"),
    )

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """Nothing: a statement has no answer to show."""
        return ""

    def export_columns(self, question: Asked, language: str) -> Sequence[ExportColumn]:
        """None."""
        return ()

    def export(self, question: Asked, answer: Json, language: str) -> Sequence[str]:
        """None."""
        return ()


TYPE = StatementType()
