"""Any number of options of a list."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import Field, SelectMultipleField
from wtforms.fields.core import UnboundField

from engine.question_types._options import (
    HEADINGS,
    exclusive_values,
    headings_without_options,
    labels,
    option_label,
    unbound,
)
from engine.question_types.base import Asked, Example, ExportColumn, Fault, InvalidAnswer, QuestionType, is_blank

Json = Any

_AREAS = {
    "options": [
        {"value": "health", "label": "Health", "group": "child"},
        {"value": "learning", "label": "Learning", "group": "child"},
        {"value": "warmth", "label": "Warmth", "group": "care"},
        {"value": "none", "label": "None of these", "exclusive": True},
    ]
}


class ChoicesType(QuestionType):
    """Any number of options; one marked exclusive stands alone."""

    name = "choices"
    measure = "choices"
    summary = "Any number of options of a list; one marked exclusive stands alone"
    takes_options = True
    settings: ClassVar[Mapping[str, Json]] = HEADINGS
    examples = (
        Example(_AREAS, ["health"], ["health"], display="Health"),
        Example(_AREAS, ["warmth", "health", "warmth"], ["health", "warmth"], display="Health\nWarmth"),
        Example(_AREAS, ["none"], ["none"], display="None of these"),
        Example({**_AREAS, "headings": {"care": "The care"}}, ["warmth"], ["warmth"], display="Warmth"),
        Example(_AREAS, []),
        Example(_AREAS, None),
        Example(_AREAS, ["health", "money"], code="not_an_option"),
        Example(_AREAS, ["health", None], code="not_an_option"),
        Example(_AREAS, ["none", "health"], code="exclusive"),
        Example(_AREAS, "health", code="bad_format"),
    )

    def read(self, question: Asked, value: Json) -> Json:
        """The values in option order, each once; raises InvalidAnswer bad_format, not_an_option or exclusive."""
        if is_blank(value):
            return None
        if not isinstance(value, list):
            raise InvalidAnswer("bad_format")
        chosen = {each for each in value if isinstance(each, str)}
        known = [choice.value for choice in question.options if choice.value in chosen]
        strange = [each for each in value if not isinstance(each, str) or each not in known]
        if strange:
            raise InvalidAnswer("not_an_option", value=strange[0])
        exclusive = exclusive_values(question.options)
        alone = exclusive.keys() & chosen
        if alone and len(known) > 1:
            raise InvalidAnswer("exclusive", option=exclusive[min(alone)].label)
        return known

    def check(self, question: Asked) -> Sequence[Fault]:
        """Each heading stands over something."""
        return headings_without_options(question)

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """A list of option values; an exclusive one with no other."""
        schema: dict[str, Json] = {
            "type": "array",
            "minItems": 1,
            "items": {"enum": [choice.value for choice in question.options]},
        }
        alone = [
            {"if": {"contains": {"const": value}}, "then": {"items": {"const": value}}}
            for value in exclusive_values(question.options)
        ]
        return {**schema, "allOf": alone} if alone else schema

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """Each option alone; proofs combine them."""
        return tuple([choice.value] for choice in question.options)

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """Checkboxes."""
        return unbound(SelectMultipleField, question, language, choices=labels(question.options, language))

    def to_field(self, question: Asked, answer: Json) -> Any:
        """The values to tick."""
        return [value for value in answer if isinstance(value, str)] if isinstance(answer, list) else []

    def from_field(self, question: Asked, field: Field) -> Json:
        """The values that were ticked, in option order where they are options."""
        order = {choice.value: index for index, choice in enumerate(question.options)}
        return sorted(field.data or (), key=lambda value: order.get(value, len(order))) or None

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """The labels, one on a line."""
        return "\n".join(option_label(question.options, value, language) for value in answer)

    def export_columns(self, question: Asked, language: str) -> Sequence[ExportColumn]:
        """One column for each option."""
        return tuple(
            ExportColumn(f".{value}", f"{question.id}: {label}")
            for value, label in labels(question.options, language).items()
        )

    def export(self, question: Asked, answer: Json, language: str) -> Sequence[str]:
        """1 under each option that was chosen, nothing under the others."""
        return tuple("1" if choice.value in answer else "" for choice in question.options)


TYPE = ChoicesType()
