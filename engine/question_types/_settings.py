"""JSON Schemas that the settings of several question types share."""

from typing import Any

Json = Any
_WORDS = {"type": "string", "minLength": 1, "maxLength": 2000}


def text(title: str, description: str) -> dict[str, Json]:
    """A setting that people read: one text, or one for each language."""
    each = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
        "additionalProperties": _WORDS,
    }
    return {"title": title, "description": description, "anyOf": [_WORDS, each]}


def texts(title: str, description: str, most: int) -> dict[str, Json]:
    """A list of such texts."""
    items = text("Text", "One text, or one for each language.")
    return {"title": title, "description": description, "type": "array", "maxItems": most, "items": items}


def texts_by_name(title: str, description: str, most: int) -> dict[str, Json]:
    """Such texts by the name of what each is for."""
    each = text("Text", "One text, or one for each language.")
    return {
        "title": title,
        "description": description,
        "type": "object",
        "maxProperties": most,
        "additionalProperties": each,
    }


def whole(title: str, description: str, least: int, most: int) -> dict[str, Json]:
    """A whole number between two limits."""
    return {"title": title, "description": description, "type": "integer", "minimum": least, "maximum": most}


def number(title: str, description: str) -> dict[str, Json]:
    """Any number a form can work with."""
    return {
        "title": title,
        "description": description,
        "type": "number",
        "minimum": -(10**15),
        "maximum": 10**15,
    }


def truth(title: str, description: str) -> dict[str, Json]:
    """True or false."""
    return {"title": title, "description": description, "type": "boolean"}


def one_of(title: str, description: str, values: list[str]) -> dict[str, Json]:
    """One of a few names."""
    return {"title": title, "description": description, "enum": values}
