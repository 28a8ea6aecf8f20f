"""The schema of a question: the keys all types share, and for each type its own settings."""

from collections.abc import Mapping
from typing import Any

from engine.definition import KINDS, MAY_BE_NOT_KNOWN
from engine.question_types import question_types
from engine.question_types.base import QuestionType
from engine.schema import examples
from engine.schema.condition import CONDITION
from engine.schema.examples import with_examples
from engine.schema.parts import NAME, PATH, QUESTION, VALUE, identifier, list_of, one_of, reference, text, yes_or_no

Json = Any

MANDATORY = ("id", "type", "kind", "label", "why")
MOST_OPTIONS = 500
MOST_COLUMNS = 40
NOT_IN_ROWS = frozenset({"per_child", "running_list"})
"""Keys that say nothing inside rows: the rows question they stand in says it."""

_KINDS = {
    "fact": "what is so",
    "voice": "what a child or parent says, in their words",
    "analysis": "what it means",
    "decision": "what will be done",
    "statutory": "what the law or a return asks for",
}
_SHARES = {
    "authority": "nobody's outside the authority",
    "professionals": "also that of other professionals",
    "family": "also the family's",
}

OPTION: Mapping[str, Json] = {
    "title": "Option",
    "description": "One answer to choose.",
    "type": "object",
    "properties": with_examples(
        {
            "value": identifier("Value", "What is stored. Never change it once the form is in use.", VALUE),
            "label": text("Label", "What a person reads beside the box.", 300),
            "hint": text("Hint", "A few words under the label.", 500),
            "group": {
                "title": "Group",
                "description": "A name that options share, so that one condition or heading stands for them all.",
                "type": "string",
                "minLength": 1,
                "maxLength": 63,
            },
            "exclusive": yes_or_no("Exclusive", "Whether choosing it rules out every other, as none of these does."),
        },
        examples.OPTION,
    ),
    "required": ["value", "label"],
    "additionalProperties": False,
}


def shared_properties() -> dict[str, Json]:
    """The keys that a question of any type may have, in the order in which people write them."""
    keys = {
        "id": identifier("Id", "The question's name in answers and conditions, such as seen or go_back."),
        "type": {"title": "Type", "description": "What kind of answer is asked for.", "enum": sorted(question_types())},
        "kind": one_of("Kind", "What the answer is for.", {kind: _KINDS[kind] for kind in KINDS}),
        "label": text("Label", "The question itself, as a person reads it.", 500),
        "hint": text("Hint", "A sentence under the question that everyone sees.", 1_000),
        "guidance": text("Guidance", "Advice that opens when a person asks for it.", 10_000),
        "why": text("Why", "Why this is asked. A question without a reason cannot be published.", 2_000),
        **_behaviour(),
        **_place_in_the_record(),
    }
    return with_examples(keys, examples.QUESTION)


def _behaviour() -> dict[str, Json]:
    offered = ", ".join(kind for kind in KINDS if kind in MAY_BE_NOT_KNOWN)
    return {
        "required": yes_or_no("Required", "Whether it must be answered before the form is submitted."),
        "not_known": yes_or_no(
            "Not known yet",
            "Whether 'not known yet' is offered as an answer. Left out, it is for the kinds " + offered + ".",
            default=None,
        ),
        "show_when": CONDITION,
        "per_child": yes_or_no("For each child", "Whether it is asked once for each child."),
        "protected": yes_or_no("Protected", "Whether local changes and trials may never drop or weaken it."),
        "reason_for": reference("Reason for", "The decision that this question gives the reason for."),
        "shows": list_of(
            "Shows",
            "Earlier answers to display with it, by question id (a column as people.age).",
            {"type": "string", "pattern": PATH, "format": QUESTION},
            most=50,
        ),
    }


def _place_in_the_record() -> dict[str, Json]:
    return {
        "concept": identifier("Concept", "The fact it records, shared by every form that asks for it.", NAME),
        "carry_forward": one_of(
            "Carry forward",
            "What a later form does with the answer.",
            {"offer": "shows it to be confirmed or changed", "never": "asks afresh"},
            default="never",
        ),
        "running_list": identifier("Running list", "The child's list that its rows join, such as people.", NAME),
        "share": one_of("Share", "Whose copy may hold the answer.", _SHARES, default="authority"),
        "returns": {
            "title": "Returns",
            "description": "The item of a statutory return that the answer yields.",
            "type": "string",
            "minLength": 1,
            "maxLength": 500,
        },
    }


def question_schema(of: QuestionType, column: bool = False) -> dict[str, Json]:
    """The schema of a question of one type, or of a column of that type."""
    shared = {key: value for key, value in shared_properties().items() if not (column and key in NOT_IN_ROWS)}
    needs = [*MANDATORY, *of.required_settings]
    schema: dict[str, Json] = {
        "title": of.name.replace("_", " ").capitalize(),
        "description": of.summary,
        "type": "object",
        "properties": {**shared, **_own_properties(of), "type": {**shared["type"], "const": of.name}},
        "required": list(dict.fromkeys(needs)),
        "additionalProperties": False,
    }
    if of.takes_options:
        schema["oneOf"] = [{"required": ["options"]}, {"required": ["code_list"]}]
    return schema


def _own_properties(of: QuestionType) -> dict[str, Json]:
    own = dict(of.settings)
    if of.takes_options:
        options = list_of("Options", "What there is to choose from, in order.", OPTION, MOST_OPTIONS, least=1)
        own["options"] = options
        own["code_list"] = identifier("Code list", "The dated list of codes to choose from, instead of options.", NAME)
    if of.measure == "rows":
        columns = list_of("Columns", "What is asked in each row.", {"$ref": "#/$defs/column"}, MOST_COLUMNS, least=1)
        own["columns"] = columns
    return own


def types_for_columns() -> tuple[str, ...]:
    """The types a column may have: those that hold one value, answered or worked out, and no rows of their own."""
    return tuple(name for name, of in question_types().items() if of.measure != "rows" and _holds_a_value(of))


def _holds_a_value(of: QuestionType) -> bool:
    return of.takes_answer or type(of).work_out is not QuestionType.work_out
