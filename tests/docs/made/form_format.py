"""The format of a form as tables: the keys of its parts, its conditions, and what an overlay can do to it."""

from collections.abc import Mapping
from typing import Any

from engine.conditions import CHILD_FACTS
from engine.messages import FORMATS, MESSAGES
from engine.operators import OPERATORS, OperandShape
from engine.overlays.table import operations
from engine.question_types import question_types
from engine.question_types.base import HARD_CAP
from engine.schema.definition import definition_schema, form_schema
from engine.schema.question import MANDATORY, NOT_IN_ROWS, OPTION, shared_properties
from tests.docs.made.keys import key_table
from tests.docs.made.writing import code, names, table, with_slots

WRITTEN: Mapping[OperandShape, str] = {
    "value": "one value",
    "values": "a list of values",
    "true": "`true`",
    "number": "a number",
    "date": "a date or `today`",
    "group": "a group of options",
    "condition": "a condition, `row` leaves inside",
}
FACTS = {"number": "a whole number", "truth": "true or false"}


def form_keys() -> str:
    """The keys of a form."""
    return _keys(form_schema())


def part_keys(part: str) -> str:
    """The keys of an object that stands in a form, such as its budget."""
    return _keys(form_schema()["properties"][part])


def section_keys() -> str:
    """The keys of a section."""
    return _keys(definition_schema()["$defs"]["section"])


def origin_keys() -> str:
    """The keys of where a copied section came from."""
    return _keys(definition_schema()["$defs"]["section"]["properties"]["origin"])


def question_keys() -> str:
    """The keys that a question of any type may have."""
    return key_table(shared_properties(), MANDATORY)


def not_in_rows() -> str:
    """The keys that a column may not have."""
    return f"A column takes the same keys, except {names(sorted(NOT_IN_ROWS))}."


def option_keys() -> str:
    """The keys of an option."""
    return _keys(OPTION)


def _keys(schema: Mapping[str, Any]) -> str:
    return key_table(schema["properties"], schema["required"])


def types_in_short() -> str:
    """Each question type in a line."""
    rows = [(f"[{name}](question-types.md#{name})", f"{of.summary}.") for name, of in question_types().items()]
    return table(["Type", "What it asks for"], rows)


def operators() -> str:
    """The operators with what they can be asked of and what they compare with."""
    rows = [
        (code(name), operator.words, _asked_of(name, operator.measures), WRITTEN[operator.operand])
        for name, operator in OPERATORS.items()
    ]
    return table(["Operator", "The answer", "Asked of", "Written with"], rows)


def _asked_of(operator: str, measures: frozenset[str]) -> str:
    types = [name for name, of in question_types().items() if of.measure in measures]
    facts = [fact for fact, measure in CHILD_FACTS.items() if measure in measures and operator != "not_known"]
    return names(types) + (f"; of a child {names(facts)}" if facts else "")


def facts_of_a_child() -> str:
    """What a condition can read about a child."""
    return table(["Fact", "Is"], [(code(name), FACTS[measure]) for name, measure in CHILD_FACTS.items()])


def answer_problems() -> str:
    """Every code that an answer can be refused with, and what the worker reads."""
    return table(["Code", "What the worker reads"], [(code(name), with_slots(MESSAGES[name])) for name in MESSAGES])


def text_formats() -> str:
    """The formats a short text can be held to."""
    rows = [(code(name), words) for name, words in FORMATS.items()]
    return table(["Format", "What the worker reads where the text is not one"], rows)


def overlay_operations() -> str:
    """What an overlay can do."""
    rows = [(code(name), code(subject), names(operation.keys)) for (name, subject), operation in operations().items()]
    return table(["Operation", "Names", "Further keys"], rows)


def hard_cap() -> str:
    """The longest text there can be."""
    return f"No setting lets an answer be longer than {HARD_CAP:,} characters."
