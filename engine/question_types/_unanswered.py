"""What the types that take no answer share."""

from typing import Any

from wtforms import Field
from wtforms.fields.core import UnboundField

from engine.question_types._fields import NoField
from engine.question_types._options import unbound
from engine.question_types.base import Asked, InvalidAnswer, QuestionType, is_blank

Json = Any


class Unanswered(QuestionType):
    """A type that is shown and never answered."""

    measure = "none"
    takes_answer = False

    def read(self, question: Asked, value: Json) -> Json:
        """Nothing but a blank; raises InvalidAnswer statement_posted or worked_out_posted for anything else."""
        if not is_blank(value):
            raise InvalidAnswer(f"{self.name}_posted")

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """No answer is accepted."""
        return {"not": {}}

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """A field without an input."""
        return unbound(NoField, question, language)
