"""The JSON Schema (2020-12) of a definition, composed from the settings of every question type there is."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from engine.question_types import question_types
from engine.schema import examples
from engine.schema.condition import CONDITION, condition_schema
from engine.schema.examples import with_examples
from engine.schema.parts import FORM_ID, LANGUAGE, identifier, list_of, one_of, reference, text, yes_or_no
from engine.schema.question import MANDATORY, question_schema, types_for_columns

Json = Any

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_SECTIONS = 500
MOST_QUESTIONS = 5_000
"""Questions in one form, columns counted too."""

BUDGET: Mapping[str, str] = {
    "longest_path": "Questions asked of the person who is asked most.",
    "shortest_path": "Questions asked of the person who is asked least.",
    "minutes": "Minutes to fill in the longest path.",
    "questions_per_child": "Questions that each further child adds.",
    "minutes_per_child": "Minutes that each further child adds.",
    "words_to_read": "Words a worker must read on the longest path.",
    "printed_pages": "Pages of the empty form printed at A4.",
    "reading_age": "Age at which a child could read the labels and hints.",
}


def form_properties() -> dict[str, Json]:
    """The keys of a form, in the order in which people write them."""
    keys = {
        "$schema": {
            "title": "Schema",
            "description": "Where an editor finds this schema, such as ../definition.schema.json. It says nothing of "
            "the form: two that differ in it alone are the same.",
            "type": "string",
        },
        "notes": text("Notes", "Notes for those who edit the form; no worker sees them.", 10_000),
        "form": identifier("Form", "The form's id: the name of its folder, such as visit or plan-review.", FORM_ID),
        "version": _whole("Version", "1 for the first version, one more for each that follows.", 1, 1_000_000),
        "title": text("Title", "What the form is called.", 300),
        "purpose": text("Purpose", "What the form is for, in a sentence or two.", 2_000),
        "replaces": _replaces(),
        "languages": list_of(
            "Languages",
            "The languages every text must be written in; a text without a language is English.",
            {"type": "string", "pattern": LANGUAGE},
            most=20,
            least=1,
        )
        | {"default": ["en"]},
        "budget": _budget(),
        "timescale": _timescale(),
        "read_first": list_of(
            "Read first", "The questions that lead the reading view.", reference("Question", "Its id."), most=50
        ),
        "sign_off": _sign_off(),
        "sections": {
            **list_of("Sections", "The pages of the form, in order.", {"$ref": "#/$defs/section"}, MOST_SECTIONS, 1),
            "uniqueItems": False,
        },
    }
    return with_examples(keys, examples.FORM)


def _whole(title: str, description: str, least: int, most: int) -> dict[str, Json]:
    return {"title": title, "description": description, "type": "integer", "minimum": least, "maximum": most}


def _object(title: str, description: str, properties: Mapping[str, Json], required: Iterable[str]) -> dict[str, Json]:
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _part(
    key: str, title: str, description: str, properties: Mapping[str, Json], required: Iterable[str]
) -> dict[str, Json]:
    return _object(title, description, with_examples(properties, examples.PARTS[key]), required)


def _replaces() -> dict[str, Json]:
    properties = {
        "title": text("Title", "What the long form was called.", 300),
        "pages": _whole("Pages", "How many pages it had.", 1, 1_000),
    }
    return _part("replaces", "Replaces", "The form that this one stands in for.", properties, ["title"])


def _budget() -> dict[str, Json]:
    limits = {
        name: {"title": name.replace("_", " ").capitalize(), "description": words, "type": "number", "minimum": 0}
        for name, words in BUDGET.items()
    }
    return _part("budget", "Budget", "The most that the form may cost the person who fills it in.", limits, [])


def _timescale() -> dict[str, Json]:
    properties = {
        "days": _whole("Days", "Days until it should be finished.", 1, 3_650),
        "unit": one_of("Unit", "Which days count.", {"working": "not weekends or bank holidays", "calendar": "all"}),
        "from": reference("From", "The date question that they are counted from; left out, the day it was begun."),
    }
    return _part("timescale", "Timescale", "When it should be finished.", properties, ["days", "unit"])


def _sign_off() -> dict[str, Json]:
    kept = {"required": "must be recorded", "optional": "may be recorded", "none": "is not asked about"}
    properties = {
        "by": identifier("By", "Whose agreement it needs, such as manager."),
        "conversation": one_of("Conversation", "Whether what was talked over is recorded: it", kept, "optional"),
    }
    return _part("sign_off", "Sign-off", "Who agrees to it before it is finished.", properties, ["by"])


def _origin() -> dict[str, Json]:
    properties = {
        "form": identifier("Form", "The form’s id.", FORM_ID),
        "version": _whole("Version", "Its version.", 1, 1_000_000),
        "section": identifier("Section", "The section’s id there."),
    }
    about = "Where a copied section came from; no worker sees it, and nothing follows from it."
    return _object("Origin", about, with_examples(properties, examples.ORIGIN), ["form", "version", "section"])


def section_schema(question: Mapping[str, Json]) -> dict[str, Json]:
    """The schema of a section whose questions have the given schema."""
    questions = {
        "title": "Questions",
        "description": "What is asked, in order.",
        "type": "array",
        "items": dict(question),
        "minItems": 1,
        "maxItems": MOST_QUESTIONS,
    }
    properties = {
        "id": identifier("Id", "The section's name in addresses and links."),
        "title": text("Title", "The heading of the page.", 300),
        "intro": text("Intro", "A few sentences under the heading.", 10_000),
        "group": text("Group", "The heading that this and neighbouring sections stand under in the list.", 300),
        "show_when": CONDITION,
        "per_child": yes_or_no("For each child", "Whether the whole section is asked once for each child."),
        "origin": _origin(),
        "questions": questions,
    }
    properties = with_examples(properties, examples.SECTION)
    return _object("Section", "One page of questions.", properties, ["id", "title", "questions"])


def form_schema() -> dict[str, Json]:
    """The schema of a form that stands on `#/$defs/section`."""
    required = ["form", "version", "title", "purpose", "sections"]
    return _object("Form", "A form of Pith at one version.", form_properties(), required)


@cache
def definition_schema() -> dict[str, Json]:
    """The whole schema as it is published; change nothing in it, it is shared."""
    types = question_types()
    for_columns = types_for_columns()
    return {
        "$schema": DIALECT,
        **form_schema(),
        "$defs": {
            "section": section_schema({"$ref": "#/$defs/question"}),
            "question": _by_type(types, "question"),
            "column": _by_type(for_columns, "column"),
            "condition": condition_schema(),
            **{f"{name}_question": question_schema(of) for name, of in types.items()},
            **{f"{name}_column": question_schema(types[name], column=True) for name in for_columns},
        },
    }


def _by_type(names: Iterable[str], place: str) -> dict[str, Json]:
    """A question or column: its `type` says which of the schemas it must follow."""
    each = list(names)
    return {
        "type": "object",
        "required": list(MANDATORY),
        "properties": {"type": {"enum": each}},
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/{name}_{place}"},
            }
            for name in each
        ],
    }
