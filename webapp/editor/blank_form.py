"""What a form begins as that is made from nothing, and where such a beginning still stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.editing import new_id

Json = Any

FIRST_QUESTION = "What do you want to ask first?"
FIRST_SECTION = "The first section"
WHY = "Write here why this is asked: whoever answers can read it"


def blank(form: str, title: str) -> dict[str, object]:
    """The least that a form can be: one section with one question, to be written over."""
    asked, called = new_id({"sections": []}, FIRST_QUESTION), new_id({"sections": []}, FIRST_SECTION)
    question = {"id": asked, "type": "long_text", "kind": "fact", "label": FIRST_QUESTION, "why": WHY}
    section = {"id": called, "title": FIRST_SECTION, "questions": [question]}
    return {"form": form, "version": 1, "title": title, "purpose": _purpose(title), "sections": [section]}


def not_written_yet(form: Mapping[str, Json]) -> Iterator[str]:
    """Where (by JSON pointer) a form that follows its schema still has the words it began with."""
    if form["purpose"] == _purpose(form["title"]):
        yield "/purpose"
    for number, section in enumerate(form["sections"]):
        for place, question in enumerate(section["questions"]):
            for key, words in (("label", FIRST_QUESTION), ("why", WHY)):
                if question[key] == words:
                    yield f"/sections/{number}/questions/{place}/{key}"


def _purpose(title: Json) -> str:
    return f"What {title} is for"
