"""The boxes of a step at which something is still to do, marked as such: a step counts no more than it shows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from webapp.drawing.values import Control


def marked(shown: Mapping[str, Any], left: Mapping[str, str]) -> dict[str, Any]:
    """What a page shows, each box with what is still to do there under its hint; `left` says it by the box's name."""
    return {key: _marked(value, left) for key, value in shown.items()}


def _marked(value: Any, left: Mapping[str, str]) -> Any:
    if isinstance(value, Control):
        words = left.get(value.id, "")
        return replace(value, hint=". ".join(filter(None, (value.hint, f"Still to do: {words}")))) if words else value
    if isinstance(value, list):
        return [_marked(each, left) for each in value]
    return tuple(_marked(each, left) for each in value) if type(value) is tuple else value
