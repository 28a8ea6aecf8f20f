"""Questions of every type, made from their examples, and a browser's part in asking them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from engine.definition import Question, definition_from_json
from engine.question_types import question_types
from engine.question_types.base import Example, InvalidAnswer, QuestionType

Json = Any
EXAMPLES = [
    (question_type, example) for question_type in question_types().values() for example in question_type.examples
]
EXAMPLE_IDS = [f"{question_type.name}-{number}" for number, (question_type, _example) in enumerate(EXAMPLES)]


def asked(type_name: str, settings: Mapping[str, Json] | None = None) -> Question:
    """A question of a type with these settings."""
    question = {
        "id": "asked",
        "type": type_name,
        "kind": "fact",
        "label": {"en": "Asked", "cy": "Gofynnwyd"},
        "why": "To try it",
    }
    section = {"id": "page", "title": "Page", "questions": [{**question, **(settings or {})}]}
    form = {"form": "one", "version": 1, "title": "One", "purpose": "One question", "sections": [section]}
    return definition_from_json(form).by_id["asked"]


def outcome(question: Question, example: Example) -> tuple[Json, str | None]:
    """The answer and the code that come of an example's value, as an evaluation gets them."""
    handler = question.handler
    try:
        answer = handler.read(question, example.value)
    except InvalidAnswer as refused:
        return None, refused.finding.code
    if not handler.takes_answer:
        return handler.work_out(question, example.earlier.get, example.today), None
    if answer is None:
        return None, None
    found = handler.limit(question, answer, example.earlier.get, example.today)
    return (answer, None) if found is None else (None, found.code)


def read_or_none(question: Question, value: Json) -> Json:
    """The canonical answer, None for a blank and for what is refused."""
    try:
        return question.handler.read(question, value)
    except InvalidAnswer:
        return None


def validator(question: Question) -> Draft202012Validator:
    """Its answer schema, ready, with nothing to fetch."""
    return Draft202012Validator(question.handler.answer_schema(question), registry=Registry())


def through_the_page(question: Question, stored: Json) -> Json:
    """What is read back when a page shows a stored value and the browser posts it untouched."""
    handler = question.handler
    page = BaseForm([("q-asked", handler.field(question, "en"))])
    page.process(data={"q-asked": handler.to_field(question, stored)})
    back = BaseForm([("q-asked", handler.field(question, "en"))])
    back.process(formdata=MultiDict(list(_sent(page["q-asked"]))))
    return handler.from_field(question, back["q-asked"])


def _sent(field: Any) -> list[tuple[str, str]]:
    if hasattr(field, "inputs"):
        return [(each.name, value) for each in field.inputs for value in _values(each.value)]
    choices = getattr(field, "choices", None)
    return [(field.name, value) for value in _values(field.data) if choices is None or value in choices]


def _values(data: Any) -> list[str]:
    if data is None:
        return []
    return [each.replace("\n", "\r\n") for each in (data if isinstance(data, list) else [data])]


def without_surroundings(example: Example) -> Example:
    """The example with nothing answered before and no date."""
    return replace(example, earlier={}, today=None)


def settings_schema(question_type: QuestionType) -> dict[str, Json]:
    """One schema for a type's settings, those of the definition itself passed over."""
    return {"type": "object", "properties": dict(question_type.settings), "additionalProperties": False}
