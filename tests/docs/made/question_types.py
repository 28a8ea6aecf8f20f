"""Every question type: its settings, the operators that read its answers, and its own examples."""

import json
from collections.abc import Mapping
from typing import Any

from engine.operators import OPERATORS
from engine.question_types import question_types
from engine.question_types.base import Example, QuestionType
from engine.schema.question import question_schema, shared_properties
from tests.docs.made.keys import key_table
from tests.docs.made.writing import as_json, code, names, paragraphs, table

SHOWN = 70
"""Characters of a value that a table shows."""


def question_types_page() -> str:
    """One part for each type, by name."""
    return paragraphs(*map(_part, question_types().values()))


def _part(of: QuestionType) -> str:
    return paragraphs(f"## {of.name}", f"{of.summary}.", _conditions(of), _settings(of), _examples(of))


def _conditions(of: QuestionType) -> str:
    fitting = [name for name, operator in OPERATORS.items() if of.measure in operator.measures]
    return f"Conditions can ask: {names(fitting)}." if fitting else "No condition can read it."


def _settings(of: QuestionType) -> str:
    properties: Mapping[str, Any] = question_schema(of)["properties"]
    own = {key: schema for key, schema in properties.items() if key not in shared_properties()}
    either = "It takes either `options` or `code_list`." if of.takes_options else ""
    used = {key: value for example in reversed(of.examples) for key, value in example.settings.items()}
    return paragraphs(
        key_table(own, of.required_settings, of.defaults, used) or "It has no settings of its own.", either
    )


def _examples(of: QuestionType) -> str:
    shared = _long_and_shared(of.examples)
    block = f"Examples, all with\n\n```json\n{json.dumps(shared, indent=2, ensure_ascii=False)}\n```"
    headings = ("Settings", "Given" if of.takes_answer else "Given or worked out from", "Answer", "Reads as")
    rows = [_row(example, shared) for example in of.examples]
    return paragraphs(block if shared else "Examples:", table(headings, rows))


def _long_and_shared(examples: tuple[Example, ...]) -> Mapping[str, Any]:
    """The settings that all examples have alike and that are too long for a table."""
    first, *others = (example.settings for example in examples)
    alike = {key: value for key, value in first.items() if all(other.get(key) == value for other in others)}
    return {key: value for key, value in alike.items() if len(json.dumps(value)) > SHOWN}


def _row(example: Example, shared: Mapping[str, Any]) -> tuple[str, str, str, str]:
    own = {key: value for key, value in example.settings.items() if key not in shared}
    return as_json(own) if own else "", _given(example), _outcome(example), example.display or ""


def _given(example: Example) -> str:
    given = "" if example.value is None and (example.earlier or example.today) else _short(example.value)
    earlier = _short(dict(example.earlier)) if example.earlier else ""
    today = f"today {code(example.today)}" if example.today else ""
    return ", ".join(part for part in (given, earlier, today) if part)


def _short(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return code(written) if len(written) <= SHOWN else f"{code(written[:SHOWN])} … {len(written):,} characters"


def _outcome(example: Example) -> str:
    if example.code:
        return f"refused: {code(example.code)}"
    return "blank" if example.answer is None else _short(example.answer)
