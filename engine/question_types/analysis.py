"""Analytic writing: a worker's thinking, with prompts beside it and the answers it rests on."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import Field
from wtforms.fields.core import UnboundField

from engine.question_types import _settings
from engine.question_types._fields import Part, PartsField
from engine.question_types._options import unbound
from engine.question_types._texts import anchored, read_text, text_schema, with_plain_line_ends
from engine.question_types._words import word
from engine.question_types.base import BLANK, Asked, Example, ExportColumn, InvalidAnswer, is_blank
from engine.question_types.long_text import LongTextType

Json = Any
_ANSWER = r"[a-z][a-z0-9_]{0,62}(\[[A-Za-z0-9_-]{1,64}\]){0,2}"
"""An answer: a question's id, then the child's where it is asked for each, then the row's where it is one of rows."""
_MOST_EVIDENCE = 200


class AnalysisType(LongTextType):
    """Analytic writing, with prompts and, where it is on, the answers it rests on."""

    name = "analysis"
    summary = "Analytic writing, with prompts beside it and the answers it rests on"
    settings: ClassVar[Mapping[str, Json]] = {
        **LongTextType.settings,
        "prompts": _settings.texts("Questions to think with", "They stand beside the box.", 12),
        "evidence": _settings.truth(
            "Evidence can be pinned to it", "The writer can point to the answers that it rests on."
        ),
        "words_guide": _settings.whole("About how many words are enough", "A guide: nobody is held to it.", 1, 5000),
    }
    defaults: ClassVar[Mapping[str, Json]] = {**LongTextType.defaults, "rows": 8, "prompts": (), "evidence": False}
    examples: ClassVar[tuple[Example, ...]] = (
        Example({}, "He waits for her to nod.", "He waits for her to nod.", display="He waits for her to nod."),
        Example({"evidence": True}, "He waits.", "He waits.", display="He waits."),
        Example(
            {"evidence": True},
            {"text": "He waits.", "evidence": ["seen", "seen"]},
            {"text": "He waits.", "evidence": ["seen"]},
            display="He waits.",
        ),
        Example(
            {"evidence": True},
            {"text": "He waits.", "evidence": ["words[c1]", "people[r1]", "injuries[c1][r1]"]},
            {"text": "He waits.", "evidence": ["words[c1]", "people[r1]", "injuries[c1][r1]"]},
            display="He waits.",
        ),
        Example({"evidence": True}, {"text": "He waits.", "evidence": []}, "He waits."),
        Example({}, None),
        Example({"evidence": True}, {"text": " ", "evidence": ["seen"]}),
        Example({}, {"text": "He waits."}, code="bad_format"),
        Example({"evidence": True}, {"text": "He waits.", "evidence": "seen"}, code="bad_format"),
        Example({"evidence": True}, {"text": "He waits.", "evidence": ["words[c1"]}, code="bad_format"),
        Example({"evidence": True}, {"text": "He waits.", "by": "me"}, code="bad_format"),
        Example({"max_length": 4}, "He waits.", code="too_long"),
        Example({"evidence": True, "max_length": 4}, {"text": "He waits."}, code="too_long"),
    )

    def read(self, question: Asked, value: Json) -> Json:
        """The text, or text and evidence; raises InvalidAnswer bad_format or too_long."""
        if not isinstance(value, dict) or is_blank(value):
            return super().read(question, value)
        if not question.settings["evidence"] or value.keys() - {"text", "evidence"}:
            raise InvalidAnswer("bad_format")
        evidence = _read_evidence(value.get("evidence"))
        text = value.get("text")
        if is_blank(text):
            return None
        written = read_text(text, question.settings["max_length"])
        return {"text": written, "evidence": evidence} if evidence else written

    def apart(self, value: Json) -> tuple[Json, Json]:
        """The text, and what is ticked under it."""
        return (value.get("text"), value.get("evidence")) if isinstance(value, Mapping) else (value, None)

    def answer_schema(self, question: Asked) -> dict[str, Json]:
        """The text, or an object with the text and the answers it rests on."""
        text = text_schema(question.settings["max_length"])
        if not question.settings["evidence"]:
            return text
        return {"anyOf": [text, {**_with_evidence(text), "required": ["text"]}]}

    def blank_schema(self, question: Asked) -> Mapping[str, Json]:
        """No words, whatever they would rest on."""
        return {"anyOf": [BLANK, _with_evidence(BLANK)]} if question.settings["evidence"] else BLANK

    def samples(self, question: Asked, literals: Sequence[Json]) -> Sequence[Json]:
        """As for any text, and where evidence is on one that rests on an answer."""
        texts = super().samples(question, literals)
        return (*texts, {"text": "x", "evidence": ["x"]}) if question.settings["evidence"] else texts

    def field(self, question: Asked, language: str) -> "UnboundField[Field]":
        """One box, and beside it the evidence to tick where it is on; its choices are the page's to offer."""
        if not question.settings["evidence"]:
            return super().field(question, language)
        parts = (Part("text", word("text", language)), Part("evidence", word("evidence", language), many=True))
        return unbound(PartsField, question, language, parts=parts)

    def to_field(self, question: Asked, answer: Json) -> Any:
        """The text, or the parts with the text and what is ticked."""
        if not question.settings["evidence"]:
            return super().to_field(question, answer)
        if not isinstance(answer, dict):
            return {"text": super().to_field(question, answer), "evidence": []}
        evidence = answer.get("evidence")
        kept = [each for each in evidence if isinstance(each, str)] if isinstance(evidence, list) else []
        return {"text": super().to_field(question, answer.get("text")), "evidence": kept}

    def from_field(self, question: Asked, field: Field) -> Json:
        """The text alone where nothing is ticked, else text and evidence."""
        if not question.settings["evidence"]:
            return super().from_field(question, field)
        text = with_plain_line_ends(field.data.get("text") or "")
        evidence = list(field.data.get("evidence") or ())
        if evidence:
            return {"text": text, "evidence": evidence}
        return None if is_blank(text) else text

    def display(self, question: Asked, answer: Json, language: str) -> str:
        """The text; what it rests on is shown beside it by the page."""
        return str(answer["text"]) if isinstance(answer, dict) else str(answer)

    def export_columns(self, question: Asked, language: str) -> Sequence[ExportColumn]:
        """The text, then the ids it rests on where evidence is on."""
        text = ExportColumn("", question.id)
        if not question.settings["evidence"]:
            return (text,)
        return (text, ExportColumn(".evidence", f"{question.id}: {word('evidence', language)}"))

    def export(self, question: Asked, answer: Json, language: str) -> Sequence[str]:
        """The text, then the ids with spaces between them."""
        text = self.display(question, answer, language)
        if not question.settings["evidence"]:
            return (text,)
        return (text, " ".join(answer["evidence"]) if isinstance(answer, dict) else "")


def _with_evidence(text: Mapping[str, Json]) -> dict[str, Json]:
    ids = {
        "type": "array",
        "maxItems": _MOST_EVIDENCE,
        "items": {"type": "string", "pattern": anchored(_ANSWER)},
    }
    return {
        "type": "object",
        "properties": {"text": text, "evidence": {"anyOf": [ids, {"type": "null"}]}},
        "additionalProperties": False,
    }


def _read_evidence(value: Json) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > _MOST_EVIDENCE:
        raise InvalidAnswer("bad_format")
    for each in value:
        if not isinstance(each, str) or re.fullmatch(_ANSWER, each) is None:
            raise InvalidAnswer("bad_format")
    return list(dict.fromkeys(value))


TYPE = AnalysisType()
