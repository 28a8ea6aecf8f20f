"""What the types that pick from options share: reading, schema, labels and the field's choices."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, RadioField
from wtforms.fields.core import UnboundField

from engine.question_types.base import Asked, Choice, InvalidAnswer, QuestionType, is_blank
from engine.text import in_language

Json = Any


def option_label(choices: Sequence[Choice], value: Json, language: str) -> str:
    """The label of an option, or the value itself where no option has it any more."""
    return next((in_language(choice.label, language) for choice in choices if choice.value == value), str(value))


def labels(choices: Sequence[Choice], language: str) -> dict[str, str]:
    """The labels by value, in order, as WTForms takes them."""
    return {choice.value: in_language(choice.label, language) for choice in choices}


class OneOption(QuestionType):
    """A type whose answer is the value of one of its options."""

    measure = "choice"

    def read(self, question: Asked, value: Json) -> Json:
        """The option's value; raises InvalidAnswer not_an_option."""
        if is_blank(value):
            return None
        if not isinstance(value, str) or all(choice.value != value for choice in self.choices_of(question)):
            raise InvalidAnswer("not_an_option", value=value)
        return value

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """One of the options' values."""
        return {"enum": [choice.value for choice in self.choices_of(question)]}

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """Each option."""
        return tuple(choice.value for choice in self.choices_of(question))

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """Radios; a long list is drawn as a select by the template."""
        return unbound(RadioField, question, language, choices=labels(self.choices_of(question), language))

    def to_field(self, question: Asked, answer: Json) -> Any:
        """The value of the option to tick; None for anything that cannot be one."""
        return answer if isinstance(answer, str) else None

    def from_field(self, question: Asked, field: Field) -> Json:
        """The value that was ticked."""
        return field.data or None

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """The option's label."""
        return option_label(self.choices_of(question), answer, language)


def unbound(field: type[Field], question: Asked, language: str, **options: Any) -> "UnboundField[Field]":
    """A field not bound to a form yet, labelled with the question."""
    return UnboundField(field, in_language(question.label, language), **options)


def exclusive_values(choices: Sequence[Choice]) -> Mapping[str, Choice]:
    """The options that cannot stand beside another, by value."""
    return {choice.value: choice for choice in choices if choice.exclusive}
