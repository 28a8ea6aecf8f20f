"""A definition laid out as text: what is short on one line, everything else with a line for each key."""

import json
from collections.abc import Iterator
from typing import Any

Json = Any

WIDTH = 100
"""Characters up to which an object or a list stands on one line."""


def laid_out(value: Json) -> str:
    """The text of a JSON value, ending with a line break; it reads back equal."""
    return f"{_laid_out(value, '', 0)}\n"


def _laid_out(value: Json, indent: str, before: int) -> str:
    """The value where `before` characters precede it on its line; its further lines stand at `indent`."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or len(indent) + before + len(flat) <= WIDTH:
        return flat
    inner = f"{indent}  "
    body = ",\n".join(f"{inner}{line}" for line in _lines(value, inner))
    opening, closing = "[]" if isinstance(value, list) else "{}"
    return f"{opening}\n{body}\n{indent}{closing}"


def _lines(value: Json, indent: str) -> Iterator[str]:
    if isinstance(value, list):
        yield from (_laid_out(each, indent, 0) for each in value)
        return
    for key, each in value.items():
        written = json.dumps(key, ensure_ascii=False)
        yield f"{written}: {_laid_out(each, indent, len(written) + 2)}"
