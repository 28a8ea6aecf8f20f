"""The caps that come before any other check, so that no definition, however large, makes the check slow."""

from collections.abc import Iterator
from typing import Any

from engine.checks.base import Found, error
from engine.schema.definition import MOST_QUESTIONS, MOST_SECTIONS
from engine.source import LIMITS, escape

Json = Any

MOST_ITEMS = 5_000
MOST_KEYS = 500

KINDS = {
    "too_many_questions": error(
        "The form has more than {limit:,} questions, columns counted.", "Split it into several forms."
    ),
    "too_many_sections": error("The form has more than {limit:,} sections.", "Split it into several forms."),
    "too_many_items": error("This list holds more than {limit:,}.", "Keep {limit:,} or fewer."),
    "too_many_keys": error("There are more than {limit:,} keys here.", "Keep {limit:,} or fewer."),
    "too_deep": error("This is nested more than {limit} deep.", "Write it flatter."),
}


def size_fault(data: Json) -> Found | None:
    """The first cap that a JSON value breaks, None where it keeps to all."""
    return _too_many_sections(data) or _too_many_questions(data) or _too_much_of_anything(data)


def _too_many_sections(data: Json) -> Found | None:
    if len(_listed(data, "sections")) <= MOST_SECTIONS:
        return None
    return Found("too_many_sections", f"/sections/{MOST_SECTIONS}", {"limit": MOST_SECTIONS})


def _too_many_questions(data: Json) -> Found | None:
    for count, pointer in enumerate(_questions(data)):
        if count == MOST_QUESTIONS:
            return Found("too_many_questions", pointer, {"limit": MOST_QUESTIONS})
    return None


def _questions(data: Json) -> Iterator[str]:
    for number, section in enumerate(_listed(data, "sections")):
        for index, question in enumerate(_listed(section, "questions")):
            pointer = f"/sections/{number}/questions/{index}"
            yield pointer
            yield from (f"{pointer}/columns/{column}" for column in range(len(_listed(question, "columns"))))


def _listed(data: Json, key: str) -> list[Json]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def _too_much_of_anything(data: Json) -> Found | None:
    waiting: list[tuple[Json, str, int]] = [(data, "", 0)]
    while waiting:
        value, pointer, depth = waiting.pop()
        if isinstance(value, dict | list):
            fault = _too_much(value, pointer, depth)
            if fault:
                return fault
            inside = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += [(each, f"{pointer}/{escape(str(key))}", depth + 1) for key, each in inside]
    return None


def _too_much(value: dict[str, Json] | list[Json], pointer: str, depth: int) -> Found | None:
    if depth >= LIMITS.depth:
        return Found("too_deep", pointer, {"limit": LIMITS.depth})
    if isinstance(value, list) and len(value) > MOST_ITEMS:
        return Found("too_many_items", pointer, {"limit": MOST_ITEMS})
    if isinstance(value, dict) and len(value) > MOST_KEYS:
        return Found("too_many_keys", pointer, {"limit": MOST_KEYS})
    return None
