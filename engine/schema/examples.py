"""An example of each key of a definition, as it is written: editors offer them, and the reference shows them."""

from collections.abc import Mapping
from typing import Any

Json = Any

_SEEN = {"id": "seen", "type": "yes_no", "kind": "fact", "label": "Seen?", "why": "To know"}

FORM: Mapping[str, Json] = {
    "$schema": "../definition.schema.json",
    "notes": "Reviewed by the duty team in May.",
    "form": "plan-review",
    "version": 1,
    "title": "Plan review",
    "purpose": "What has changed for the child, and what happens next.",
    "replaces": {"title": "Review record", "pages": 14},
    "languages": ["en", "cy"],
    "budget": {"longest_path": 22, "minutes": 45},
    "timescale": {"days": 5, "unit": "working", "from": "visited_on"},
    "read_first": ["meaning", "child_words"],
    "sign_off": {"by": "manager", "conversation": "required"},
    "sections": [{"id": "visit", "title": "The visit", "questions": [_SEEN]}],
}
PARTS: Mapping[str, Mapping[str, Json]] = {
    "replaces": {"title": "Core assessment", "pages": 34},
    "budget": {
        "longest_path": 22,
        "shortest_path": 8,
        "minutes": 45,
        "questions_per_child": 6,
        "minutes_per_child": 12,
        "words_to_read": 900,
        "printed_pages": 4,
        "reading_age": 11,
    },
    "timescale": {"days": 5, "unit": "working", "from": "visited_on"},
    "sign_off": {"by": "manager", "conversation": "required"},
}
ORIGIN: Mapping[str, Json] = {"form": "visit", "version": 1, "section": "child"}
SECTION: Mapping[str, Json] = {
    "id": "each_child",
    "title": "The child",
    "intro": "Write what you saw **yourself**.",
    "group": "Before you decide",
    "show_when": {"question": "contact", "is": "in_person"},
    "per_child": True,
    "origin": ORIGIN,
    "questions": [_SEEN],
}
QUESTION: Mapping[str, Json] = {
    "id": "child_words",
    "type": "long_text",
    "kind": "voice",
    "label": "What did the child say?",
    "hint": "In the child’s own words",
    "guidance": "Quote, and say who asked.",
    "why": "What a child says comes before what we make of it.",
    "required": True,
    "not_known": False,
    "show_when": {"question": "seen", "in": ["alone", "with_others"]},
    "per_child": True,
    "protected": True,
    "reason_for": "manager_today",
    "shows": ["saw", "people.who"],
    "concept": "household.people",
    "carry_forward": "offer",
    "running_list": "people",
    "share": "family",
    "returns": "Child seen (CINV004A)",
}
OPTION: Mapping[str, Json] = {
    "value": "with_others",
    "label": "With others only",
    "hint": "Somebody else could hear",
    "group": "seen",
    "exclusive": True,
}


def with_examples(properties: Mapping[str, Json], examples: Mapping[str, Json]) -> dict[str, Json]:
    """The schemas of some keys, each with its example where there is one."""
    return {
        key: schema if key not in examples else {**schema, "examples": [examples[key]]}
        for key, schema in properties.items()
    }
