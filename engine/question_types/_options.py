"""What the types that pick from options share: reading, schema, labels and the field's choices."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, RadioField
from wtforms.fields.core import UnboundField

from engine.question_types import _settings
from engine.question_types.base import Asked, Choice, Fault, InvalidAnswer, QuestionType, is_blank
from engine.source import escape
from engine.text import in_language

Json = Any

HEADINGS: Mapping[str, Json] = {
    "headings": _settings.texts_by_name(
        "Headings over groups of options",
        "The words over the options of each group, by the group's name; groups without any stand in one plain list.",
        50,
    )
}
"""The setting of the types whose options a form writes itself."""


def option_label(choices: Sequence[Choice], value: Json, language: str) -> str:
    """The label of an option, or the value itself where no option has it any more."""
    return next((in_language(choice.label, language) for choice in choices if choice.value == value), str(value))


def labels(choices: Sequence[Choice], language: str) -> dict[str, str]:
    """The labels by value, in order, as WTForms takes them."""
    return {choice.value: in_language(choice.label, language) for choice in choices}


def headings_without_options(question: Asked) -> Sequence[Fault]:
    """A fault for each heading under which no option would stand."""
    groups = {choice.group for choice in question.options}
    return tuple(
        Fault(
            f"/headings/{escape(name)}",
            "heading_without_options",
            f"No option is in the group “{name}”",
            "Take the heading out, or give options this group",
        )
        for name in question.settings.get("headings", {})
        if name not in groups
    )


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
