"""The small schemas that the definition's schema is made of: texts, ids, option values, dates."""

from collections.abc import Mapping
from typing import Any

Json = Any

ID = "^[a-z][a-z0-9_]{0,62}$"
FORM_ID = "^[a-z][a-z0-9-]{0,62}$"
VALUE = "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$"
LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
NAME = "^[a-z][a-z0-9_.]{0,127}$"
PATH = rf"{ID[:-1]}(\.{ID[1:-1]})?$"
"""A question by its id, a column as people.age."""

QUESTION = "question"
"""The format of a string that names a question: a note for those who edit forms, no rule."""


def text(title: str, description: str, longest: int) -> dict[str, Json]:
    """Words for people: one string, or an object of the same words by language; `longest` in characters."""
    return {
        "title": title,
        "description": description,
        "type": ["string", "object"],
        "minLength": 1,
        "maxLength": longest,
        "minProperties": 1,
        "propertyNames": {"pattern": LANGUAGE},
        "additionalProperties": {"type": "string", "minLength": 1, "maxLength": longest},
    }


def identifier(title: str, description: str, pattern: str = ID) -> dict[str, Json]:
    """A short name that other parts of a form refer to."""
    return {"title": title, "description": description, "type": "string", "pattern": pattern}


def reference(title: str, description: str, pattern: str = ID) -> dict[str, Json]:
    """The name of a question that stands elsewhere in the form."""
    return {**identifier(title, description, pattern), "format": QUESTION}


def yes_or_no(title: str, description: str, default: bool | None = False) -> dict[str, Json]:
    """A switch; without a default where the default depends on other keys."""
    stated: dict[str, Json] = {} if default is None else {"default": default}
    return {"title": title, "description": description, "type": "boolean", **stated}


def one_of(title: str, description: str, words: Mapping[str, str], default: str | None = None) -> dict[str, Json]:
    """A word out of a few, each explained in the description."""
    explained = "; ".join(f"{word}: {meaning}" for word, meaning in words.items())
    stated = {} if default is None else {"default": default}
    return {"title": title, "description": f"{description} {explained}.", "enum": list(words), **stated}


def list_of(title: str, description: str, items: Mapping[str, Json], most: int, least: int = 0) -> dict[str, Json]:
    """A list in which nothing stands twice."""
    return {
        "title": title,
        "description": description,
        "type": "array",
        "items": dict(items),
        "minItems": least,
        "maxItems": most,
        "uniqueItems": True,
    }
