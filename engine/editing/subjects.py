"""What an operation is about, and what it brings into the form."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.editing.applying import Operation

Json = Any


def subject(operation: Operation) -> str:
    """The path or id of what an operation is about, "" for the form; for what it adds the name that gets."""
    if operation["op"] in ("add", "add_section"):
        return next(created(operation))
    return str(operation.get("question", operation.get("section", "")))


def is_section(operation: Operation) -> bool:
    """Whether it is about a section."""
    return "section" in operation


def created(operation: Operation) -> Iterator[str]:
    """The names that an operation brings into the form: what it adds first, then what stands in that."""
    if operation["op"] == "split":
        yield operation["id"]
    elif operation["op"] == "add":
        yield from _with_columns(f"{_rows(operation)}{operation['question']['id']}", operation["question"])
    elif operation["op"] == "add_section":
        yield operation["section"]["id"]
        for question in operation["section"]["questions"]:
            yield from _with_columns(question["id"], question)


def _rows(operation: Operation) -> str:
    """The rows that a column is added to, with the dot after it."""
    if "to_rows" in operation:
        return f"{operation['to_rows']}."
    after = operation.get("after") or ""
    return after[: after.find(".") + 1]


def _with_columns(path: str, question: Mapping[str, Json]) -> Iterator[str]:
    yield path
    yield from (f"{path}.{column['id']}" for column in question.get("columns", ()))
