"""Small forms for tests: a definition from a few questions, with what every question must have filled in."""

from typing import Any

from engine.definition import Definition, definition_from_json

Json = Any


def question(name: str, kind_of: str = "short_text", **keys: Json) -> dict[str, Json]:
    """A question's JSON with a kind, a label and a reason."""
    if kind_of in ("choice", "choices") and "options" not in keys and "code_list" not in keys:
        keys["options"] = [{"value": value, "label": value.title()} for value in ("red", "green", "blue")]
    return {"id": name, "type": kind_of, "kind": "fact", "label": f"What about {name}?", "why": "To test it", **keys}


def section(name: str, *questions: dict[str, Json], **keys: Json) -> dict[str, Json]:
    """A section's JSON."""
    return {"id": name, "title": f"Section {name}", "questions": list(questions), **keys}


def form_json(*parts: dict[str, Json], **keys: Json) -> dict[str, Json]:
    """A form's JSON from sections, or from questions that all stand in one."""
    sections = list(parts) if all("questions" in part for part in parts) else [section("only", *parts)]
    return {"form": "tiny", "version": 1, "title": "Tiny", "purpose": "To test", "sections": sections, **keys}


def form(*parts: dict[str, Json], **keys: Json) -> Definition:
    """The form as frozen values."""
    return definition_from_json(form_json(*parts, **keys))
