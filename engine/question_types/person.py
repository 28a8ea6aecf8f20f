"""A person: a name, or a description while the name is not known."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import Field
from wtforms.fields.core import UnboundField

from engine.question_types._fields import Part, PartsField
from engine.question_types._options import unbound
from engine.question_types._texts import read_text, text_schema, with_plain_line_ends
from engine.question_types._words import word
from engine.question_types.base import (
    BLANK,
    Asked,
    Example,
    ExportColumn,
    Fault,
    InvalidAnswer,
    QuestionType,
    is_blank,
)

Json = Any
DETAILS = ("name", "description", "relationship", "born", "role", "contact", "address")
"""All that can be asked about a person, in the order it is asked."""
_LONGEST = 200


class PersonType(QuestionType):
    """A person, named or described."""

    name = "person"
    measure = "person"
    summary = "A person: a name, or a description while the name is not known"
    settings: ClassVar[Mapping[str, Json]] = {
        "ask": {
            "title": "What to ask",
            "description": "Which details are asked about the person.",
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {"enum": list(DETAILS)},
        }
    }
    defaults: ClassVar[Mapping[str, Json]] = {"ask": ("name", "description", "relationship")}
    examples = (
        Example(
            {},
            {"name": "Kit", "relationship": "mum's friend"},
            {"name": "Kit", "relationship": "mum's friend"},
            display="Kit, mum's friend",
        ),
        Example({}, {"description": "a man in a cap", "name": " "}, {"description": "a man in a cap"}),
        Example({"ask": ["name", "born"]}, {"born": "2019", "name": "Kit"}, {"name": "Kit", "born": "2019"}),
        Example({}, None),
        Example({}, {"name": "", "relationship": None}),
        Example({}, {"relationship": "aunt"}, code="bad_format"),
        Example({}, {"name": "Kit", "shoe_size": "7"}, code="bad_format"),
        Example({}, {"name": 7}, code="bad_format"),
        Example({}, "Kit", code="bad_format"),
        Example({}, {"name": "K" * 201}, code="too_long"),
    )

    def read(self, question: Asked, value: Json) -> Json:
        """The details that are not blank, in a fixed order; raises InvalidAnswer bad_format or too_long (limit).

        Details beyond those asked are read too: what another form has written about a person is not lost.
        """
        if is_blank(value):
            return None
        if not isinstance(value, dict) or value.keys() - set(DETAILS):
            raise InvalidAnswer("bad_format")
        given = {detail: value[detail] for detail in DETAILS if not is_blank(value.get(detail))}
        person = {detail: read_text(text, _LONGEST) for detail, text in given.items()}
        if person and "name" not in person and "description" not in person:
            raise InvalidAnswer("bad_format")
        return person or None

    def check(self, question: Asked) -> Sequence[Fault]:
        """Someone who is asked for must be nameable."""
        if {"name", "description"} & set(question.settings["ask"]):
            return ()
        words = "Neither a name nor a description of the person is asked"
        return (Fault("/ask", "no_answer_possible", words, "Ask for the name or a description"),)

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """An object of short texts, a name or a description among them; blank details do no harm."""
        detail = {"anyOf": [{"type": "string", "maxLength": _LONGEST}, {"enum": [None, [], {}]}]}
        present = text_schema(_LONGEST)
        return {
            "type": "object",
            "properties": dict.fromkeys(DETAILS, detail),
            "additionalProperties": False,
            "anyOf": [{"properties": {name: present}, "required": [name]} for name in ("name", "description")],
        }

    def blank_schema(self, question: Asked) -> Mapping[str, Json]:
        """No detail written."""
        details = {"type": "object", "properties": dict.fromkeys(DETAILS, BLANK), "additionalProperties": False}
        return {"anyOf": [BLANK, details]}

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """One person: conditions only ask whether there is one."""
        return ({"name": "x"},)

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """An input for each detail; those not asked are drawn only where they hold something."""
        parts = [Part(name, word(name, language), asked=name in question.settings["ask"]) for name in DETAILS]
        return unbound(PartsField, question, language, parts=parts)

    def to_field(self, question: Asked, answer: Json) -> Any:
        """The details by name; a stored text stands as the description."""
        if isinstance(answer, dict):
            return {name: str(answer[name]) for name in DETAILS if answer.get(name) is not None}
        return {} if answer is None else {"description": str(answer)}

    def from_field(self, question: Asked, field: Field) -> Json:
        """The details that were filled in."""
        data = field.data
        return {name: with_plain_line_ends(data[name]) for name in DETAILS if not is_blank(data.get(name))} or None

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """The name first, then what else is known, with commas between."""
        return ", ".join(answer[name] for name in DETAILS if name in answer)

    def export_columns(self, question: Asked, language: str) -> Sequence[ExportColumn]:
        """One column for each detail that can be known."""
        return tuple(ExportColumn(f".{name}", f"{question.id}: {word(name, language)}") for name in DETAILS)

    def export(self, question: Asked, answer: Json, language: str) -> Sequence[str]:
        """The details in the same order."""
        return tuple(answer.get(name, "") for name in DETAILS)


TYPE = PersonType()
