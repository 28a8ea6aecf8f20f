"""Writing Markdown: tables, names as code, and messages whose details are not known yet."""

import json
from collections.abc import Iterable, Sequence
from typing import Any


class _Slot:
    """Stands in a message for a detail, whatever format the message gives it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __format__(self, _how: str) -> str:
        return f"*{self.name.replace('_', ' ')}*"


class _Slots(dict[str, _Slot]):
    def __missing__(self, name: str) -> _Slot:
        return _Slot(name)


def with_slots(message: str) -> str:
    """A message as it is told, its details in italics by their names."""
    return message.format_map(_Slots())


def code(text: str) -> str:
    """A name or value as code, whatever backticks stand in it."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def as_json(value: Any) -> str:
    """A value as it stands in a JSON file, on one line."""
    return code(json.dumps(value, ensure_ascii=False))


def names(values: Iterable[str]) -> str:
    """Names as code, with commas between them."""
    return ", ".join(map(code, values))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; "" where it has no rows."""
    lines = [_line(row) for row in rows]
    return "\n".join([_line(headings), "|" + "--|" * len(headings), *lines]) if lines else ""


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"


def paragraphs(*parts: str) -> str:
    """The parts that are not empty, a blank line between them."""
    return "\n\n".join(part for part in parts if part)
